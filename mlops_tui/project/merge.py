"""Git's own three-way merge of trees, without touching the project's files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from mlops_tui.project import git as runner
from mlops_tui.project.git import Git
from mlops_tui.project.objects import (
    EMPTY_TREE,
    LINK,
    SUBMODULE,
    Entry,
    Signature,
    Tree,
    edit_tree,
    read_blob,
    temporary,
    write_blobs,
    write_commit,
)

# For helper commits that no branch ever reaches.
_NOBODY = Signature("mlops-tui", "nobody@localhost", datetime(2000, 1, 1, tzinfo=timezone.utc))
_OURS, _THEIRS = 2, 3
_LABELS = {_OURS: b"yours", _THEIRS: b"new"}


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged tree; where both sides changed the same lines it holds both, with markers."""

    tree: str
    conflicts: Mapping[str, Mapping[int, Entry]]
    """Path -> side (1 base, 2 ours, 3 theirs) -> what that side has."""


def merge(git: Git, base: str, ours: str, theirs: str) -> Merged:
    """Merge two trees that grew from `base`."""
    if ours in (base, theirs):
        return Merged(theirs, {})
    if theirs == base:
        return Merged(ours, {})
    root = write_commit(git, base, [], "base", _NOBODY)
    sides = [write_commit(git, tree, [root], tree, _NOBODY) for tree in (ours, theirs)]
    if runner.version() >= runner.MERGE_TREE:
        merged = _with_merge_tree(git, *sides)
    else:
        merged = _with_work_tree(git, root, *sides)
    return _relabel(git, merged, dict(zip((_OURS, _THEIRS), sides, strict=True)))


def _with_merge_tree(git: Git, ours: str, theirs: str) -> Merged:
    told = git.run(
        "merge-tree", "--write-tree", "-z", "--no-messages", ours, theirs, codes=(0, 1)
    ).names
    return Merged(told[0], _sides(told[1:]))


def _with_work_tree(git: Git, base: str, ours: str, theirs: str) -> Merged:
    """The same for an older git: in a throw-away work tree with an index of its own."""
    with temporary(git) as folder:
        (folder / "work").mkdir()
        inside = Git(folder / "work")
        environment = {
            "GIT_DIR": git.text("rev-parse", "--absolute-git-dir"),
            "GIT_WORK_TREE": str(folder / "work"),
            "GIT_INDEX_FILE": str(folder / "index"),
        }
        inside.run("read-tree", ours, environment=environment)
        inside.run("checkout-index", "--all", "--index", environment=environment)
        sides = (base, "--", ours, theirs)
        inside.run("merge-recursive", *sides, environment=environment, codes=(0, 1))
        listed = inside.run("ls-files", "--stage", "-z", environment=environment).names
        conflicts = _sides(listed)
        clean = {path: sides[0] for path, sides in conflicts.items() if 0 in sides}
        open_ones = {
            _beside_folder(path, sides, clean, {_OURS: ours, _THEIRS: theirs}): sides
            for path, sides in conflicts.items()
            if 0 not in sides
        }
        left = {path: _left_behind(git, folder / "work", path, s) for path, s in open_ones.items()}
        tree = edit_tree(git, EMPTY_TREE, clean | left)
        return Merged(tree, open_ones)


def _beside_folder(
    path: str, sides: Mapping[int, Entry], clean: Mapping[str, Entry], commits: Mapping[int, str]
) -> str:
    """A file cannot stay where the other side has a folder: it gets the name merge-tree gives."""
    if not any(name.startswith(f"{path}/") for name in clean):
        return path
    return f"{path}~{commits[_OURS if _OURS in sides else _THEIRS]}"


def _left_behind(git: Git, work: Path, path: str, sides: Mapping[int, Entry]) -> Entry | None:
    """What a merge that stopped left in the work tree for one path."""
    about = sides.get(_OURS) or sides.get(_THEIRS)
    place = work / path
    if about is None or not os.path.lexists(place) or place.is_dir():
        return None
    content = os.fsencode(place.readlink()) if place.is_symlink() else place.read_bytes()
    mode = LINK if place.is_symlink() else about.mode
    return Entry(mode, write_blobs(git, [content])[content])


def _sides(listed: list[str]) -> dict[str, dict[int, Entry]]:
    """Read lines of `mode id stage<TAB>path`."""
    found: dict[str, dict[int, Entry]] = {}
    for line in listed:
        about, path = line.split("\t", 1)
        mode, name, stage = about.split()
        found.setdefault(path, {})[int(stage)] = Entry(mode, name)
    return found


def _relabel(git: Git, merged: Merged, sides: Mapping[int, str]) -> Merged:
    """Let markers say whose lines they are instead of naming helper commits."""
    changes: dict[str, Entry | None] = {}
    conflicts: dict[str, Mapping[int, Entry]] = {}
    entries = Tree(git, merged.tree).entries if merged.conflicts else {}
    for path, stages in merged.conflicts.items():
        named = _readable(path, sides)
        conflicts[named] = stages
        entry = entries.get(path)
        if entry is None or entry.mode == SUBMODULE:
            continue
        content = read_blob(git, entry.id)
        told = content
        for side, commit in sides.items():
            sign = b"<<<<<<< " if side == _OURS else b">>>>>>> "
            told = told.replace(sign + commit.encode(), sign + _LABELS[side])
        if told != content or named != path:
            changes[path] = None
            changes[named] = Entry(entry.mode, write_blobs(git, [told])[told])
    return Merged(edit_tree(git, merged.tree, changes), conflicts)


def _readable(path: str, sides: Mapping[int, str]) -> str:
    """Git names a file that cannot stay at its path `path~<commit>`."""
    for side, commit in sides.items():
        path = path.replace(f"~{commit}", f"~{_LABELS[side].decode()}")
    return path
