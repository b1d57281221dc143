"""The one step that touches the user's files, and how it is finished after a crash."""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path

from mlops_tui.errors import StepFailed
from mlops_tui.project.git import Git, GitFailed
from mlops_tui.project.objects import EMPTY_TREE, STATE, Entry, Tree, read_blob, temporary

_JOURNAL = Path(STATE) / "landing"
_PATIENCE = 3.0


def fast_forward(git: Git, head: str | None, commit: str) -> None:
    """Move main, the index and the files from `head` to `commit`, or change nothing at all."""
    before = _tree(git, head)
    after = _tree(git, commit)
    changed = _changed(before, after)
    _refuse_unsaved(git, changed)
    _refuse_in_the_way(git.folder, [p for p in changed if p not in before.entries], before)
    journal = git.folder / _JOURNAL
    journal.parent.mkdir(exist_ok=True)
    _write_safely(journal, json.dumps({"from": head, "to": commit}))
    try:
        git.run("merge", "--ff-only", "--no-stat", "--no-autostash", "--quiet", commit)
    except StepFailed as error:
        # A full disk can stop git half-way. When this fails too, the journal stays for `recover`.
        _put(git, before, [path for path in changed if _is_ours(git, path, before, after)])
        journal.unlink()
        raise _refused(error) from error
    journal.unlink()


def recover(git: Git) -> bool:
    """Finish a landing that was cut off half-way; True when there was one to finish.

    The decision was confirmed and its commit was complete, so it goes forward. A file that the
    user changed since then stays as it is and counts as their edit.
    """
    journal = git.folder / _JOURNAL
    try:
        told = json.loads(journal.read_text(encoding="utf-8"))
        start, goal = told["from"], str(told["to"])
    except FileNotFoundError:
        return False
    except (ValueError, KeyError, TypeError):
        journal.unlink()
        return False
    _clear_locks(git)
    head = git.run("rev-parse", "--verify", "--quiet", "HEAD", codes=(0, 1)).text or None
    if head == start and git.succeeds("cat-file", "-e", f"{goal}^{{commit}}"):
        _finish(git, start, goal)
    journal.unlink()
    return bool(head == start)


def _finish(git: Git, start: str | None, goal: str) -> None:
    before, after = _tree(git, start), _tree(git, goal)
    ours = [path for path in _changed(before, after) if _is_ours(git, path, before, after)]
    git.run("read-tree", goal)
    _put(git, after, ours)
    git.run("update-ref", "-m", "finish a landing", "refs/heads/main", goal, start or "")
    git.run("update-index", "-q", "--refresh", codes=(0, 1))


def _put(git: Git, tree: Tree, paths: list[str]) -> None:
    """Bring files to what the tree says; the index has to say the same already."""
    for path in paths:
        if path not in tree.entries:
            (git.folder / path).unlink(missing_ok=True)
            _remove_empty(git.folder, Path(path).parent)
    kept = b"".join(os.fsencode(path) + b"\0" for path in paths if path in tree.entries)
    git.run("checkout-index", "--force", "-z", "--stdin", data=kept)


def _remove_empty(root: Path, folder: Path) -> None:
    for place in (folder, *folder.parents):
        if place == Path() or not (root / place).is_dir() or any((root / place).iterdir()):
            return
        (root / place).rmdir()


def _is_ours(git: Git, path: str, before: Tree, after: Tree) -> bool:
    """Whether a file is as it was, as it should become, missing, or the beginning of it."""
    place = git.folder / path
    try:
        if place.is_symlink():
            found = os.fsencode(place.readlink())
        elif stat.S_ISREG(place.stat().st_mode):
            found = place.read_bytes()
        else:
            return False
    except (FileNotFoundError, NotADirectoryError):
        return True
    old, new = before.entries.get(path), after.entries.get(path)
    return found == _content(git, old) or (_content(git, new) or b"").startswith(found)


def _content(git: Git, entry: Entry | None) -> bytes | None:
    return read_blob(git, entry.id) if entry else None


def _refuse_unsaved(git: Git, changed: list[str]) -> None:
    told = git.run("diff-index", "-z", "--name-only", "HEAD", codes=(0, 128)).names
    touched = sorted(set(told) & set(changed))
    if touched and not _same_as_head(git, touched):
        raise StepFailed(
            f"{_few(touched)} changed while the decision was being prepared.",
            "The decision changes the same file, and your change must not be lost.",
            "Continue once more: your change is then committed first and merged.",
        )


def _same_as_head(git: Git, paths: list[str]) -> bool:
    """diff-index goes by time stamps when the index was not refreshed: look at the contents."""
    with temporary(git) as folder:
        index = {"GIT_INDEX_FILE": str(folder / "index")}
        git.run("read-tree", "HEAD", environment=index)
        git.run("update-index", "-q", "--refresh", environment=index, codes=(0, 1))
        told = git.run("diff-files", "-z", "--name-only", environment=index).names
    staged = git.run("diff-index", "-z", "--cached", "--name-only", "HEAD").names
    return not set(paths) & {*told, *staged}


def _refuse_in_the_way(root: Path, added: list[str], before: Tree) -> None:
    blocking = set()
    for path in added:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            name = "/".join(parts[:depth])
            place = root / name
            if name in before.entries or not os.path.lexists(place):
                break
            if place.is_symlink() or not place.is_dir():
                blocking.add(name)
                break
    if blocking:
        names = sorted(blocking)
        raise StepFailed(
            f"{_few(names)} is in the way: the decision writes a file of that name.",
            "It is not under git's care, so writing would lose it. Nothing was changed.",
            f"Move it elsewhere, or run `git add '{names[0]}'` to have it merged; then continue.",
        )


def _refused(error: StepFailed) -> StepFailed:
    if not isinstance(error, GitFailed):
        return error
    return StepFailed(
        "git did not move your files to the new decision; nothing was changed.",
        error.why,
        "Run `git status` in the project, mend what it names, then continue.",
    )


def _clear_locks(git: Git) -> None:
    """Wait for a git that may still be at work, then take away what a dead one left."""
    folder = Path(git.text("rev-parse", "--absolute-git-dir"))
    locks = [folder / name for name in ("index.lock", "HEAD.lock", "refs/heads/main.lock")]
    deadline = time.monotonic() + _PATIENCE
    while any(lock.exists() for lock in locks) and time.monotonic() < deadline:
        time.sleep(0.05)
    for lock in locks:
        lock.unlink(missing_ok=True)


def _write_safely(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


def _tree(git: Git, commit: str | None) -> Tree:
    return Tree(git, commit or EMPTY_TREE)


def _changed(before: Tree, after: Tree) -> list[str]:
    both = before.entries.keys() | after.entries.keys()
    return sorted(p for p in both if before.entries.get(p) != after.entries.get(p))


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
