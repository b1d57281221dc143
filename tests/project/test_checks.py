"""Where decisions cannot be committed, the user is told why and what to do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.errors import BadInput, StepFailed, Trouble
from mlops_tui.project import git as runner
from mlops_tui.project.repository import Repository
from tests.project.conftest import decide, files, signed

Git = Callable[..., str]


def refused(repository: Repository, words: str) -> Trouble:
    head = repository.head()
    with pytest.raises(StepFailed, match=words) as caught:
        repository.preflight()
    assert (caught.value.why and "`" in caught.value.do) or "delete" in caught.value.do
    assert repository.head() == head
    return caught.value


def diverge(repository: Repository, git: Git) -> None:
    """Two branches that change the same line; `main` is checked out."""
    decide(repository, 1, files(a_txt="a\n"))
    git("switch", "-q", "-c", "other")
    (repository.root / "a.txt").write_text("other\n")
    git("commit", "-qam", "other")
    git("switch", "-q", "main")
    (repository.root / "a.txt").write_text("mine\n")
    git("commit", "-qam", "mine")
    repository.preflight()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["merge", "other"], "git merge is under way"),
        (["rebase", "other"], "git rebase is under way"),
        (["rebase", "--apply", "other"], "git rebase is under way"),
        (["cherry-pick", "other"], "git cherry-pick is under way"),
        (["revert", "HEAD~1", "-m", "1"], "git revert is under way"),
        (["bisect", "start"], "git bisect is under way"),
    ],
)
def test_something_under_way(
    repository: Repository, git: Git, command: list[str], words: str
) -> None:
    diverge(repository, git)
    git(*command, check=False)
    told = refused(repository, words)
    git(*told.do.split("`")[3].split()[1:])
    repository.preflight()


def test_an_open_conflict_from_a_stash(repository: Repository, git: Git) -> None:
    diverge(repository, git)
    (repository.root / "a.txt").write_text("stashed\n")
    git("stash", "-q")
    (repository.root / "a.txt").write_text("again\n")
    git("commit", "-qam", "again")
    git("stash", "pop", check=False)
    refused(repository, r"a\.txt still has an open conflict")


def test_detached_head_and_another_branch(repository: Repository, git: Git) -> None:
    diverge(repository, git)
    git("switch", "-q", "--detach")
    refused(repository, "on no branch, not on main")
    git("switch", "-q", "other")
    told = refused(repository, "on the branch other, not on main")
    assert "`git switch main`" in told.do


def test_a_submodule_inside(repository: Repository, git: Git, tmp_path: Path) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    inner = Repository.create(tmp_path / "inner")
    decide(inner, 1, files(a_txt="a\n"))
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "inner")
    with pytest.raises(StepFailed, match="contains the submodule inner"):
        repository.preflight()


def test_a_project_that_is_a_submodule(repository: Repository, tmp_path: Path) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    outer = tmp_path / "outer"
    allow = ["-c", "protocol.file.allow=always"]
    subprocess.run(["git", "init", "-q", str(outer)], check=True)
    subprocess.run(
        ["git", *allow, "submodule", "--quiet", "add", str(repository.root), "inner"],
        cwd=outer,
        check=True,
    )
    with pytest.raises(StepFailed, match="is a submodule"):
        Repository.open(outer / "inner").preflight()


def test_another_git_at_work(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlops_tui.project.checks._PATIENCE", 0.05)
    decide(repository, 1, files(a_txt="a\n"))
    lock = repository.root / ".git/index.lock"
    lock.write_text("")
    refused(repository, "Another git command")
    assert lock.exists()


def test_a_nested_repository_that_is_only_lying_there(repository: Repository) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    subprocess.run(["git", "init", "-q", str(repository.root / "nested")], check=True)
    (repository.root / "nested/x").write_text("x")
    decide(repository, 2, files(a_txt="b\n"))
    assert (repository.root / "nested/x").exists()


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="not empty") as caught:
        Repository.create(tmp_path)
    assert "empty folder" in caught.value.do
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(BadInput, match="is a file"):
        Repository.create(tmp_path / "notes.txt")


def test_a_repository_of_somebody_else_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    with pytest.raises(BadInput, match="not empty"):
        Repository.create(tmp_path)


def test_inside_another_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    with pytest.raises(BadInput, match="inside another git repository") as caught:
        Repository.create(tmp_path / "deep" / "project")
    assert ".gitignore" in caught.value.do
    assert not (tmp_path / "deep").exists()
    (tmp_path / ".gitignore").write_text("/deep/\n")
    decide(Repository.create(tmp_path / "deep" / "project"), 1, files(a_txt="a\n"))


def test_begun_and_killed_goes_on(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / ".mlops").mkdir(parents=True)
    Repository.create(root)
    decide(Repository.create(root), 1, files(a_txt="a\n"))
    with pytest.raises(BadInput, match="not empty"):
        Repository.create(root)


def test_open_needs_a_repository_of_its_own(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no folder"):
        Repository.open(tmp_path / "none")
    (tmp_path / "plain").mkdir()
    with pytest.raises(BadInput, match="holds no project"):
        Repository.open(tmp_path / "plain")
    (repository.root / "sub").mkdir()
    with pytest.raises(BadInput, match="no project of its own"):
        Repository.open(repository.root / "sub")
    subprocess.run(["git", "init", "-q", "--object-format=sha256", str(tmp_path / "s")], check=True)
    with pytest.raises(BadInput, match="sha256"):
        Repository.open(tmp_path / "s")


def test_open_through_a_link(repository: Repository, tmp_path: Path) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    (tmp_path / "link").symlink_to(repository.root)
    assert Repository.open(tmp_path / "link").head() == repository.head()


def test_our_folders_are_never_committed(repository: Repository, git: Git) -> None:
    decide(repository, 1, files(a_txt="a\n"))
    for name in (".mlops/draft.json", "var/mlflow.db"):
        (repository.root / name).parent.mkdir(exist_ok=True)
        (repository.root / name).write_text("x")
    git("add", "-A")
    assert repository.commit_edits(signed(2)) is None
    before = (repository.root / ".git/info/exclude").read_text()
    Repository.open(repository.root)
    assert (repository.root / ".git/info/exclude").read_text() == before


def fake_git(folder: Path, script: str) -> str:
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)
    return str(folder)


def test_git_missing_or_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner.version.cache_clear()
    monkeypatch.setenv("PATH", fake_git(tmp_path / "old", "echo git version 2.20.1"))
    with pytest.raises(Trouble, match=r"too old \(git version 2\.20\.1\)"):
        Repository.create(tmp_path / "project")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    runner.version.cache_clear()
    with pytest.raises(Trouble, match="not found") as caught:
        Repository.create(tmp_path / "project")
    assert "package manager" in caught.value.do


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("fatal: detected dubious ownership in repository at '/x'", "does not trust"),
        ("error: No space left on device", "disk is full"),
        ("fatal: something odd", "git status did not work"),
    ],
)
def test_the_words_of_git_become_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, words: str
) -> None:
    path = fake_git(tmp_path / "bin", f'echo "{said}" >&2; exit 128')
    monkeypatch.setenv("PATH", f"{path}{os.pathsep}/bin")
    with pytest.raises(Trouble, match=words) as caught:
        runner.Git(tmp_path).run("status")
    assert caught.value.why and caught.value.do


def test_a_folder_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="could not be started"):
        runner.Git(tmp_path / "gone").run("status")


@pytest.fixture(autouse=True)
def _forget_version() -> object:
    yield
    runner.version.cache_clear()
