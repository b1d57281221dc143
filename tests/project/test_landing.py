"""Landing changes everything or nothing, and is finished after a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.errors import StepFailed
from mlops_tui.project.git import Git as Runner
from mlops_tui.project.git import GitFailed
from mlops_tui.project.landing import fast_forward, recover
from mlops_tui.project.objects import File
from mlops_tui.project.plan import Plan
from mlops_tui.project.repository import Repository
from tests.project.conftest import decide, files, signed, snapshot

Git = Callable[..., str]


def ready(repository: Repository) -> Plan:
    decide(repository, 1, files(a_txt="a\n", gone__b_txt="b\n"))
    return repository.plan(files(a_txt="a2\n", new__c_txt="c\n", session_yaml="s2\n"))


def land(repository: Repository, plan: Plan) -> str:
    return repository.land(plan, "second", {"Decision": "2"}, signed(2))


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("path", ["new/c.txt", "new"])
def test_an_untracked_file_in_the_way_is_named(
    repository: Repository, path: str, ignored: bool
) -> None:
    plan = ready(repository)
    place = repository.root / path
    place.parent.mkdir(exist_ok=True)
    place.write_text("precious\n")
    if ignored:
        (repository.root / ".git/info/exclude").write_text("*.txt\nnew\n/.mlops/\n")
    before, head = snapshot(repository.root), repository.head()
    with pytest.raises(StepFailed, match=path) as caught:
        land(repository, plan)
    assert f"git add '{path}'" in caught.value.do
    assert (snapshot(repository.root), repository.head()) == (before, head)
    place.unlink()
    land(repository, plan)
    assert (repository.root / "new/c.txt").read_text() == "c\n"


def test_a_link_in_the_way_is_not_followed(repository: Repository, tmp_path: Path) -> None:
    plan = ready(repository)
    (tmp_path / "elsewhere").mkdir()
    (repository.root / "new").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StepFailed, match="new is in the way"):
        land(repository, plan)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_first_decision_overwrites_nothing_either(repository: Repository) -> None:
    (repository.root / "a.txt").write_text("precious\n")
    with pytest.raises(StepFailed, match=r"a\.txt is in the way"):
        decide(repository, 1, files(a_txt="a\n"))
    assert (repository.root / "a.txt").read_text() == "precious\n"
    assert repository.head() is None


def test_an_edit_made_meanwhile_is_not_lost(repository: Repository) -> None:
    plan = ready(repository)
    (repository.root / "a.txt").write_text("mine\n")
    head = repository.head()
    with pytest.raises(StepFailed, match=r"a\.txt changed while"):
        land(repository, plan)
    assert (repository.root / "a.txt").read_text() == "mine\n"
    assert repository.head() == head


def test_an_edit_elsewhere_meanwhile_does_not_matter(repository: Repository) -> None:
    decide(repository, 1, files(a_txt="a\n", b_txt="b\n"))
    plan = repository.plan(files(a_txt="a\n", b_txt="b2\n"))
    (repository.root / "a.txt").write_text("mine\n")
    os.utime(repository.root / "b.txt", (1, 1))  # touched, not changed
    land(repository, plan)
    assert (repository.root / "a.txt").read_text() == "mine\n"
    assert (repository.root / "b.txt").read_text() == "b2\n"


def test_a_commit_made_meanwhile_stops_it(repository: Repository, git: Git) -> None:
    plan = ready(repository)
    git("commit", "-q", "--allow-empty", "-m", "mine")
    with pytest.raises(StepFailed, match="new commit"):
        land(repository, plan)


def test_killed_before_the_fast_forward_nothing_changed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = ready(repository)
    before, head = snapshot(repository.root), repository.head()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("mlops_tui.project.repository.fast_forward", killed)
        land(repository, plan)
    assert (snapshot(repository.root), repository.head()) == (before, head)
    repository.preflight()
    first = land(repository, plan)
    assert repository.head() == first


def commit_of(repository: Repository, plan: Plan) -> str:
    """The decision's commit, complete, before main moves to it."""
    return repository._write_commits(plan, "second", {"Decision": "2"}, signed(2))


def cut_off(repository: Repository, commit: str) -> None:
    """A landing of which only some files were written when the power went."""
    journal = repository.root / ".mlops/landing"
    journal.write_text(json.dumps({"from": repository.head(), "to": commit}))
    (repository.root / ".git/index.lock").write_bytes(b"half an index")
    (repository.root / ".git/refs/heads/main.lock").write_bytes(b"")
    (repository.root / "new").mkdir()
    (repository.root / "new/c.txt").write_text("")
    (repository.root / "a.txt").unlink()


def test_a_landing_cut_off_half_way_is_finished(
    repository: Repository, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlops_tui.project.landing._PATIENCE", 0.1)
    plan = ready(repository)
    commit = commit_of(repository, plan)
    cut_off(repository, commit)
    repository.preflight()
    assert repository.head() == commit
    assert git("status", "--porcelain") == ""
    assert snapshot(repository.root) == {
        "a.txt": b"a2\n",
        "new/c.txt": b"c\n",
        "session.yaml": b"s2\n",
    }
    assert not (repository.root / "gone").exists()
    assert repository.commit_edits(signed(3)) is None


def test_what_the_user_did_after_the_crash_is_their_edit(
    repository: Repository, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlops_tui.project.landing._PATIENCE", 0.1)
    plan = ready(repository)
    commit = commit_of(repository, plan)
    cut_off(repository, commit)
    (repository.root / "a.txt").write_text("mine\n")
    (repository.root / "gone/b.txt").write_text("mine, too\n")
    repository.preflight()
    assert repository.head() == commit
    assert git("status", "--porcelain").split("\n") == ["M a.txt", "?? gone/"]
    assert (repository.root / "a.txt").read_text() == "mine\n"


def test_the_very_first_landing_is_finished_too(
    repository: Repository, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlops_tui.project.landing._PATIENCE", 0.1)
    commit = commit_of(repository, repository.plan(files(a_txt="a\n", b_txt="b\n")))
    journal = repository.root / ".mlops/landing"
    journal.write_text(json.dumps({"from": None, "to": commit}))
    (repository.root / "a.txt").write_text("a\n")
    repository.preflight()
    assert repository.head() == commit and git("status", "--porcelain") == ""


@pytest.mark.parametrize("told", ["", "{", "[]", '{"from": null}', '{"from": "x", "to": "y"}'])
def test_a_broken_journal_is_no_obstacle(repository: Repository, told: str) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    head = repository.head()
    (repository.root / ".mlops/landing").write_text(told)
    repository.preflight()
    assert repository.head() == head and not recover(repository.git)


def test_when_git_fails_half_way_the_files_come_back(
    repository: Repository, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = ready(repository)
    commit = commit_of(repository, plan)
    before, head = snapshot(repository.root), repository.head()
    real = Runner.run

    def full_disk(self: Runner, *arguments: str, **more: object) -> object:
        if arguments[0] != "merge":
            return real(self, *arguments, **more)  # type: ignore[arg-type]
        (self.folder / "a.txt").write_text("a")
        (self.folder / "gone/b.txt").unlink()
        (self.folder / "new").mkdir()
        (self.folder / "new/c.txt").write_text("")
        raise GitFailed("git merge did not work", "error: unable to write file")

    with monkeypatch.context() as patch, pytest.raises(StepFailed, match="nothing was changed"):
        patch.setattr(Runner, "run", full_disk)
        fast_forward(repository.git, head, commit)
    assert (snapshot(repository.root), repository.head()) == (before, head)
    assert git("status", "--porcelain") == "" and not (repository.root / "new").exists()
    repository.preflight()
    assert land(repository, plan) == commit


def test_killed_for_real_while_git_writes(
    repository: Repository, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL to the assistant and to git together, at several moments of a large landing."""
    monkeypatch.setattr("mlops_tui.project.landing._PATIENCE", 0.1)
    decide(repository, 1, files(a_txt="a\n"))
    rendered = {f"d{n % 7}/f{n}.txt": File(f"{n}\n".encode() * 3000) for n in range(200)}
    commit = commit_of(repository, repository.plan(rendered))
    head = repository.head()
    code = textwrap.dedent(f"""
        from pathlib import Path
        from mlops_tui.project.git import Git
        from mlops_tui.project import git, landing
        real = git.subprocess.run
        def same_group(*a, **k):
            k["start_new_session"] = False
            return real(*a, **k)
        git.subprocess.run = same_group
        landing.fast_forward(Git(Path({str(repository.root)!r})), {head!r}, {commit!r})
    """)
    states = set()
    for written in (1, 60):
        child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        while child.poll() is None:
            if len(list(repository.root.glob("d*/f*"))) >= written:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        states.add(repository.head() == commit)
        repository.preflight()
        assert repository.head() == commit and git("status", "--porcelain") == ""
        git("reset", "-q", "--hard", str(head))
    assert False in states
