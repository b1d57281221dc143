"""The user's edits survive: the failure table, against real git."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.project import git as runner
from mlops_tui.project.objects import File
from mlops_tui.project.plan import Conflicts
from mlops_tui.project.repository import Repository
from tests.project.conftest import decide, files, signed, snapshot

Git = Callable[..., str]
LINES = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture(params=["merge-tree", "work tree"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with a git that is too old to merge without a work tree."""
    if request.param == "work tree":
        monkeypatch.setattr(runner, "version", lambda: (2, 30))


both = pytest.mark.usefixtures("both_ways")


def edit(repository: Repository, path: str, old: str, new: str) -> None:
    place = repository.root / path
    place.write_text(place.read_text().replace(old, new))


def text(repository: Repository, path: str) -> str:
    return (repository.root / path).read_text()


@both
def test_edited_deleted_and_untracked_files_survive(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt=LINES, b_txt="b\n", c_txt="c\n"))
    edit(repository, "a.txt", "line 2\n", "mine\n")
    (repository.root / "b.txt").unlink()
    (repository.root / "own.txt").write_text("own\n")
    (repository.root / "c.txt").chmod(0o755)
    decide(repository, 2, files(a_txt=LINES.replace("18", "x"), b_txt="b\n", c_txt="c2\n"))
    assert text(repository, "a.txt") == LINES.replace("line 2\n", "mine\n").replace("18", "x")
    assert not (repository.root / "b.txt").exists()
    assert text(repository, "own.txt") == "own\n"
    assert text(repository, "c.txt") == "c2\n" and os.access(repository.root / "c.txt", os.X_OK)
    assert git("status", "--porcelain") == "?? own.txt"


def test_edits_are_committed_as_the_users_own(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    assert repository.commit_edits(signed(2)) is None
    git("config", "user.name", "Bob")
    git("config", "user.email", "bob@example.org")
    edit(repository, "a.txt", "a", "mine")
    commit = repository.commit_edits(signed(2))
    newest = repository.history()[0]
    assert newest.id == commit and newest.is_edit
    assert (newest.author, newest.subject) == ("Bob", "edit: a.txt")
    assert newest.when == signed(2).when


def test_edits_of_somebody_git_does_not_know_get_the_fallback(repository: Repository) -> None:
    decide(repository, 1, files(**{f"a{n}_txt": "a\n" for n in range(5)}))
    for number in range(5):
        edit(repository, f"a{number}.txt", "a", "mine")
    repository.commit_edits(signed(2))
    newest = repository.history()[0]
    assert newest.author == "Ada Example"
    assert newest.subject == "edit: a0.txt, a1.txt, a2.txt and 2 more"


@both
def test_a_renamed_file_receives_the_new_render(repository: Repository, git: Git) -> None:
    git("config", "merge.renames", "false")
    decide(repository, 1, files(a_txt=LINES, docs__x_txt=LINES + "x\n"))
    git("mv", "a.txt", "renamed.txt")
    edit(repository, "renamed.txt", "line 2\n", "mine\n")
    decide(repository, 2, files(a_txt=LINES.replace("line 18", "new"), docs__x_txt=LINES + "x\n"))
    assert not (repository.root / "a.txt").exists()
    assert "mine\n" in text(repository, "renamed.txt") and "new\n" in text(
        repository, "renamed.txt"
    )


def conflicted(repository: Repository) -> dict[str, File]:
    decide(repository, 1, files(a_txt=LINES, b_txt="b\n"))
    edit(repository, "a.txt", "line 2\n", "mine\n")
    new = files(a_txt=LINES.replace("line 2\n", "new\n"), b_txt="b2\n")
    return {**new, "session.yaml": File(b"decisions: 2\n")}


@both
def test_a_conflict_stops_before_anything_changes(repository: Repository) -> None:
    rendered = conflicted(repository)
    repository.commit_edits(signed(2))
    before, head = snapshot(repository.root), repository.head()
    plan = repository.plan(rendered)
    (conflict,) = plan.conflicts
    assert conflict.path == "a.txt" and conflict.can_mark
    assert conflict.mine == LINES.replace("line 2\n", "mine\n").encode()
    assert conflict.new == LINES.replace("line 2\n", "new\n").encode()
    assert b"<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> new\n" in conflict.marked
    with pytest.raises(Conflicts) as caught:
        repository.land(plan, "x", {"Decision": "2"}, signed(2))
    assert caught.value.paths == ["a.txt"]
    assert (snapshot(repository.root), repository.head()) == (before, head)


@both
@pytest.mark.parametrize("choice", ["mine", "new", "markers"])
def test_each_choice_lands(repository: Repository, choice: str) -> None:
    rendered = conflicted(repository)
    repository.commit_edits(signed(2))
    plan = repository.plan(rendered)
    expected = {
        "mine": plan.conflicts[0].mine,
        "new": plan.conflicts[0].new,
        "markers": plan.conflicts[0].marked,
    }
    chosen = plan.resolve({"a.txt": choice})  # type: ignore[dict-item]
    assert chosen.conflicts == () and len(plan.conflicts) == 1
    touched = {"b.txt": "M", "session.yaml": "M"} | ({} if choice == "mine" else {"a.txt": "M"})
    assert chosen.changes() == touched
    repository.land(chosen, "x", {"Decision": "2"}, signed(2))
    assert (repository.root / "a.txt").read_bytes() == expected[choice]
    assert text(repository, "b.txt") == "b2\n"


def test_mine_asks_again_unless_it_is_mine_for_good(repository: Repository) -> None:
    rendered = conflicted(repository)
    repository.commit_edits(signed(2))
    plan = repository.plan(rendered).resolve({"a.txt": "mine"})
    repository.land(plan, "x", {"Decision": "2"}, signed(2))
    again = files(a_txt=LINES.replace("line 2\n", "newer\n").replace("line 18", "more"))
    assert [conflict.path for conflict in repository.plan(again).conflicts] == ["a.txt"]
    for number in (3, 4):
        decide(repository, number, again, mine=["a.txt", "never-there.txt"])
        assert text(repository, "a.txt") == LINES.replace("line 2\n", "mine\n")
    last = LINES.replace("line 2\n", "newer\n").replace("line 18", "more")
    decide(repository, 5, files(a_txt=last.replace("line 10", "last")))
    assert "mine\n" in text(repository, "a.txt") and "last\n" in text(repository, "a.txt")


def test_a_deleted_file_that_is_mine_for_good_stays_deleted(repository: Repository) -> None:
    decide(repository, 1, files(a_txt="a\n", b_txt="b\n"))
    (repository.root / "a.txt").unlink()
    decide(repository, 2, files(a_txt="a2\n", b_txt="b\n"), mine=["a.txt"])
    assert not (repository.root / "a.txt").exists()


@both
def test_a_deleted_file_whose_render_changes_is_asked_about(repository: Repository) -> None:
    decide(repository, 1, files(a_txt="a\n", b_txt="b\n"))
    (repository.root / "a.txt").unlink()
    repository.commit_edits(signed(2))
    plan = repository.plan(files(a_txt="a2\n", b_txt="b\n"))
    (conflict,) = plan.conflicts
    assert (conflict.mine, conflict.new, conflict.can_mark) == (None, b"a2\n", False)
    assert "a.txt" not in plan.resolve({"a.txt": "mine"}).changes()
    assert plan.resolve({"a.txt": "new"}).changes()["a.txt"] == "A"


@both
def test_an_edited_file_that_the_render_drops_is_asked_about(repository: Repository) -> None:
    decide(repository, 1, files(a_txt="a\n", b_txt="b\n"))
    edit(repository, "a.txt", "a", "mine")
    repository.commit_edits(signed(2))
    plan = repository.plan(files(b_txt="b\n"))
    (conflict,) = plan.conflicts
    assert (conflict.mine, conflict.new) == (b"mine\n", None)
    assert plan.resolve({"a.txt": "new"}).changes()["a.txt"] == "D"
    assert "a.txt" not in plan.resolve({"a.txt": "mine"}).changes()


def test_a_file_that_the_render_drops_goes(repository: Repository) -> None:
    decide(repository, 1, files(docs__a_txt="a\n", b_txt="b\n"))
    decide(repository, 2, files(b_txt="b\n"))
    assert not (repository.root / "docs").exists()


@both
def test_a_binary_conflict_offers_no_markers(repository: Repository) -> None:
    decide(repository, 1, {"a.bin": File(b"\0one")})
    (repository.root / "a.bin").write_bytes(b"\0mine")
    repository.commit_edits(signed(2))
    (conflict,) = repository.plan({"a.bin": File(b"\0new")}).conflicts
    assert (conflict.mine, conflict.new, conflict.can_mark) == (b"\0mine", b"\0new", False)


@both
def test_a_file_both_made_is_asked_about_unless_equal(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    (repository.root / "b.txt").write_text("mine\n")
    (repository.root / "c.txt").write_text("same\n")
    git("add", "b.txt", "c.txt")
    repository.commit_edits(signed(2))
    plan = repository.plan(files(a_txt="a\n", b_txt="new\n", c_txt="same\n"))
    assert [(c.path, c.mine, c.new) for c in plan.conflicts] == [("b.txt", b"mine\n", b"new\n")]


@both
def test_a_folder_where_the_render_has_a_file(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    (repository.root / "notes").mkdir()
    (repository.root / "notes/own.txt").write_text("own\n")
    git("add", "notes")
    repository.commit_edits(signed(2))
    plan = repository.plan(files(a_txt="a\n", notes="new\n"))
    (conflict,) = plan.conflicts
    assert conflict.path.startswith("notes~new") and conflict.new == b"new\n"
    repository.land(plan.resolve({conflict.path: "mine"}), "x", {"Decision": "2"}, signed(2))
    assert text(repository, "notes/own.txt") == "own\n"
    assert sorted(p.name for p in repository.root.iterdir() if p.name[0] != ".") == [
        "a.txt",
        "notes",
    ]


def test_crlf_and_encodings_of_the_user_are_kept(repository: Repository) -> None:
    decide(repository, 1, files(a_txt=LINES, b_txt="b\n"))
    mine = LINES.replace("\n", "\r\n").encode() + b"\xff\xfe"
    (repository.root / "a.txt").write_bytes(mine)
    decide(repository, 2, files(a_txt=LINES, b_txt="b2\n"))
    assert (repository.root / "a.txt").read_bytes() == mine


def test_what_the_user_committed_themselves_is_merged_too(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt=LINES))
    edit(repository, "a.txt", "line 2\n", "mine\n")
    git("commit", "-qam", "my change")
    decide(repository, 2, files(a_txt=LINES.replace("line 18", "new")))
    assert "mine\n" in text(repository, "a.txt") and "new\n" in text(repository, "a.txt")
    assert [commit.subject for commit in repository.history()][1] == "my change"


def test_the_session_edited_by_hand_is_an_edit_like_any_other(repository: Repository) -> None:
    decide(repository, 1, files(a_txt=LINES))
    edit(repository, "a.txt", "line 2\n", "mine\n")
    edit(repository, "session.yaml", "1", "one")
    repository.commit_edits(signed(2))
    base = repository.base()
    assert base.commit == repository.pristine() and not base.lost
    whole = {**files(a_txt=LINES.replace("line 18", "new")), "session.yaml": File(b"d: one\n")}
    plan = repository.plan(whole).resolve({"session.yaml": "new"})
    repository.land(plan, "x", {"Decision": "2"}, signed(2))
    assert "mine\n" in text(repository, "a.txt") and "new\n" in text(repository, "a.txt")


def test_edits_before_the_first_decision_are_merged(repository: Repository, git: Git) -> None:
    (repository.root / "README.md").write_text("my own words\n")
    git("add", "README.md")
    repository.preflight()
    assert repository.commit_edits(signed())
    plan = repository.plan({"README.md": File(b"ours\n"), "session.yaml": File(b"s\n")})
    assert [conflict.path for conflict in plan.conflicts] == ["README.md"]
    repository.land(plan.resolve({"README.md": "mine"}), "x", {"Decision": "1"}, signed())
    assert text(repository, "README.md") == "my own words\n"
    assert repository.base().read("README.md") == b"ours\n"


def test_attributes_of_the_user_do_not_change_a_render(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    (repository.root / ".gitattributes").write_text("* text eol=crlf\n")
    git("add", ".gitattributes")
    decide(repository, 2, files(a_txt="a\n", b_txt="b\r\n"))
    assert repository.base().read("b.txt") == b"b\r\n"


def test_a_clone_whose_owner_converts_line_ends(
    repository: Repository, git: Git, tmp_path: Path
) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    git("clone", "-q", ".", str(tmp_path / "clone"))
    (Path(os.environ["HOME"]) / ".gitconfig").write_text("[core]\nautocrlf = true\n")
    decide(Repository.open(tmp_path / "clone"), 2, files(a_txt="a2\n", b_txt="b\n"))
    assert (tmp_path / "clone/a.txt").read_bytes() == b"a2\n"
    assert (tmp_path / "clone/b.txt").read_bytes() == b"b\n"
