"""Real repositories for the tests, away from the configuration of whoever runs them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from mlops_tui.project import git as runner
from mlops_tui.project.objects import File, Files, Signature
from mlops_tui.project.repository import Repository

ZONE = timezone(timedelta(hours=1))


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # Waiting for the disk is most of the time, and no test pulls the plug.
    settings = tuple(text for text in runner._SETTINGS if not text.startswith("core.fsync="))
    monkeypatch.setattr(runner, "_SETTINGS", (*settings, "core.fsync=none"))


def signed(number: int = 0) -> Signature:
    when = datetime(2025, 3, 4, 5, 6, 7, tzinfo=ZONE) + timedelta(minutes=number)
    return Signature("Ada Example", "ada@example.org", when)


def files(**texts: str) -> Files:
    """`a__b_txt="x"` stands for the file a/b.txt."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in texts.items()}
    return {name: File(text.encode()) for name, text in named.items()}


def decide(
    repository: Repository, number: int, rendered: Mapping[str, File], **more: object
) -> str:
    """What the assistant does for one confirmed step."""
    repository.preflight()
    repository.commit_edits(signed(number))
    whole = {**rendered, "session.yaml": File(f"decisions: {number}\n".encode())}
    plan = repository.plan(whole, **more)  # type: ignore[arg-type]
    trailers = {"Step": "problem", "Decision": str(number)}
    return repository.land(plan, f"problem: number {number}\n\nBecause.", trailers, signed(number))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.create(tmp_path / "project")


@pytest.fixture
def git(repository: Repository) -> Callable[..., str]:
    """The user's own git in the project."""

    def run(*arguments: str, check: bool = True) -> str:
        identity = ["-c", "user.name=Bob", "-c", "user.email=bob@example.org"]
        done = subprocess.run(
            ["git", *identity, *arguments],
            cwd=repository.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


def snapshot(root: Path) -> dict[str, bytes | str]:
    """Every file of the project's work tree, to show that nothing changed."""
    return {
        str(path.relative_to(root)): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if (path.is_symlink() or path.is_file())
        and path.relative_to(root).parts[0] not in {".git", ".mlops"}
    }
