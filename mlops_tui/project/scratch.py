"""A scratch checkout in which a step's work runs, so that the project changes only at landing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_tui.project.objects import EMPTY_TREE, STATE
from mlops_tui.project.repository import Repository

WORK = f"{STATE}/work"
_INDEX = f"{STATE}/work.index"


@contextmanager
def scratch(repository: Repository, tree: str, data: Collection[str] = ()) -> Iterator[Path]:
    """Check out a tree into a fresh folder inside the project; the folder goes at the end.

    `var` leads to the project's own, so that its database and caches are the same. `data` names
    git-ignored files that the work reads. The user's untracked files come along, too.
    """
    root = repository.root
    work = root / WORK
    remove(work)
    work.mkdir(parents=True)
    try:
        _check_out(repository, tree, work)
        (root / "var").mkdir(exist_ok=True)
        with contextlib.suppress(FileExistsError):
            (work / "var").symlink_to((root / "var").resolve(), target_is_directory=True)
        untracked = repository.git.run("ls-files", "--others", "--exclude-standard", "-z").names
        for path in untracked:
            _bring(root, work, path, link=False)
        for path in data:
            _bring(root, work, path, link=True)
        yield work
    finally:
        remove(work)


def remove(folder: Path) -> None:
    """Take a folder away, also one with read-only parts; a link goes without what it leads to."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder, onerror=_make_writable)


def _check_out(repository: Repository, tree: str, work: Path) -> None:
    git = repository.git
    index = repository.root / _INDEX
    index.unlink(missing_ok=True)
    environment = {"GIT_INDEX_FILE": str(index.resolve())}
    try:
        if tree != EMPTY_TREE:
            git.run("read-tree", tree, environment=environment)
            git.run("checkout-index", "--all", f"--prefix={WORK}/", environment=environment)
    finally:
        index.unlink(missing_ok=True)


def _bring(root: Path, work: Path, path: str, *, link: bool) -> None:
    """Copy or link one file, unless the checkout has one there already."""
    source, target = root / path, work / path
    if os.path.lexists(target) or not os.path.lexists(source) or path.endswith("/"):
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return
    if link and not source.is_symlink():
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
        target.symlink_to(source.resolve())
    elif source.is_symlink():
        target.symlink_to(source.resolve())
    elif source.is_file():
        shutil.copy2(source, target)


def _make_writable(call: object, path: str, problem: object) -> None:
    """A read-only folder keeps its files: open it up and go on."""
    Path(path).parent.chmod(0o700)
    if Path(path).is_dir() and not Path(path).is_symlink():
        Path(path).chmod(0o700)
        shutil.rmtree(path, ignore_errors=True)
    else:
        Path(path).unlink(missing_ok=True)
