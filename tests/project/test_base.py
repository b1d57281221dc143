"""The base of a merge is the last render that went into main, or is rendered again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from mlops_tui.project.objects import File, Files
from mlops_tui.project.repository import Repository
from tests.project.conftest import decide, files, signed

Git = Callable[..., str]
LINES = "".join(f"line {number}\n" for number in range(20))
SECOND = LINES.replace("line 9\n", "second\n")
THIRD = SECOND.replace("line 18\n", "third\n")


def render(text: str, number: int) -> Files:
    return {**files(a_txt=text), "session.yaml": File(f"decisions: {number}\n".encode())}


def two_decisions(repository: Repository) -> None:
    decide(repository, 1, files(a_txt=LINES))
    place = repository.root / "a.txt"
    place.write_text(place.read_text().replace("line 2\n", "mine\n"))
    decide(repository, 2, files(a_txt=SECOND))


def third_keeps_the_edit(repository: Repository, *, lost: bool) -> None:
    """The third decision after history was rewritten: new lines come, the edit stays."""
    asked = []

    def again() -> Files:
        asked.append(1)
        return render(SECOND, 2)

    repository.preflight()
    assert repository.base(again).lost is lost
    asked.clear()
    decide(repository, 3, files(a_txt=THIRD), rebuild=again)
    assert bool(asked) is lost
    assert (repository.root / "a.txt").read_text() == THIRD.replace("line 2\n", "mine\n")
    assert repository.base().commit == repository.pristine() is not None
    decide(repository, 4, files(a_txt=THIRD.replace("line 5\n", "fourth\n")))
    assert "fourth\n" in (repository.root / "a.txt").read_text()


def test_squashed_and_collected(repository: Repository, git: Git) -> None:
    two_decisions(repository)
    start = git("rev-list", "--max-parents=0", "--first-parent", "HEAD")
    git("reset", "-q", "--soft", start)
    git("commit", "-q", "--amend", "-m", "all of it\n\nStep: x\nDecision: 2")
    git("reflog", "expire", "--expire=now", "--all")
    git("gc", "-q", "--prune=now")
    third_keeps_the_edit(repository, lost=True)


def test_a_squash_of_the_last_decisions_only(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt=LINES))
    first = git("rev-parse", "HEAD")
    place = repository.root / "a.txt"
    place.write_text(place.read_text().replace("line 2\n", "mine\n"))
    decide(repository, 2, files(a_txt=SECOND))
    git("reset", "-q", "--soft", first)
    git("commit", "-q", "-m", "squashed\n\nStep: x\nDecision: 2")
    third_keeps_the_edit(repository, lost=True)


def test_rebased_from_the_root(repository: Repository, git: Git) -> None:
    two_decisions(repository)
    git("-c", "sequence.editor=true", "rebase", "-q", "--root", "-X", "ours")
    assert not [commit for commit in repository.history() if commit.is_decision]
    place = repository.root / "a.txt"
    place.write_text(SECOND.replace("line 2\n", "mine\n"))
    (repository.root / "session.yaml").write_text("decisions: 2\n")
    git("add", ".")
    third_keeps_the_edit(repository, lost=True)


def clone(repository: Repository, target: Path, *options: str) -> Repository:
    subprocess.run(
        ["git", "clone", "-q", *options, f"file://{repository.root}", str(target)], check=True
    )
    return Repository.open(target)


def test_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    two_decisions(repository)
    third_keeps_the_edit(clone(repository, tmp_path / "clone", "--depth=1"), lost=True)


def test_a_shallow_clone_that_has_the_last_render(repository: Repository, tmp_path: Path) -> None:
    two_decisions(repository)
    third_keeps_the_edit(clone(repository, tmp_path / "clone", "--depth=2"), lost=False)


def test_an_ordinary_clone(repository: Repository, tmp_path: Path) -> None:
    two_decisions(repository)
    copy = clone(repository, tmp_path / "clone")
    third_keeps_the_edit(copy, lost=False)
    assert "/.mlops/" in (copy.root / ".git/info/exclude").read_text()


def test_a_reverted_decision(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt=LINES))
    first = repository.pristine()
    decide(repository, 2, files(a_txt=SECOND))
    git("revert", "--no-edit", "-m", "1", "HEAD")
    assert repository.base().commit == first


def test_an_amended_decision(repository: Repository, git: Git) -> None:
    two_decisions(repository)
    place = repository.root / "a.txt"
    place.write_text(place.read_text() + "mine at the end\n")
    (repository.root / "session.yaml").write_text("decisions: two\n")
    git("commit", "-qa", "--amend", "--no-edit")
    assert repository.base().commit == repository.pristine()
    assert not repository.base().lost


def test_decisions_on_a_branch_that_was_merged(repository: Repository, git: Git) -> None:
    """The first-parent line of main knows the first decision only, the files know the second."""
    decide(repository, 1, files(a_txt=LINES))
    git("commit", "-q", "--allow-empty", "-m", "mine")
    mine = git("rev-parse", "HEAD")
    git("reset", "-q", "--hard", "HEAD~1")
    decide(repository, 2, files(a_txt=SECOND))
    git("branch", "side")
    git("reset", "-q", "--hard", mine)
    git("merge", "-q", "--no-ff", "-m", "bring it in", "side")
    place = repository.root / "a.txt"
    place.write_text(place.read_text().replace("line 2\n", "mine\n"))
    third_keeps_the_edit(repository, lost=True)


def test_without_a_render_the_user_sees_both(repository: Repository, git: Git) -> None:
    """The assistant is newer and cannot repeat the old render: nothing goes silently."""
    two_decisions(repository)
    git("checkout", "-q", "--orphan", "fresh")
    git("commit", "-q", "-m", "all of it")
    git("branch", "-M", "main")
    plan = repository.plan(render(THIRD, 3), rebuild=lambda: None)
    assert plan.base.lost
    assert [conflict.path for conflict in plan.conflicts] == ["a.txt", "session.yaml"]
    assert b"mine" in (plan.conflicts[0].mine or b"")
    chosen = plan.resolve({"a.txt": "mine", "session.yaml": "new"})
    repository.land(chosen, "x", {"Decision": "3"}, signed(3))
    assert "mine\n" in (repository.root / "a.txt").read_text()


def test_a_root_commit_is_never_taken_for_a_render(repository: Repository, git: Git) -> None:
    """It once was, and the user's edit was lost."""
    (repository.root / "a.txt").write_text(LINES.replace("line 2\n", "mine\n"))
    (repository.root / "session.yaml").write_text("decisions: 2\n")
    git("add", ".")
    git("commit", "-q", "-m", "squashed\n\nStep: x\nDecision: 2")
    plan = repository.plan(render(THIRD, 3), rebuild=lambda: render(LINES, 2))
    assert not plan.conflicts
    assert b"mine\n" in repository.tree(plan.tree).read("a.txt")
