"""A merge that was worked out and has not landed: what it changes, and where it needs a choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from mlops_tui.errors import StepFailed
from mlops_tui.project.base import Base
from mlops_tui.project.git import Git
from mlops_tui.project.merge import merge
from mlops_tui.project.objects import (
    EMPTY_TREE,
    LINK,
    SUBMODULE,
    Entry,
    Files,
    Tree,
    edit_tree,
    read_blob,
    write_tree,
)

Choice = Literal["mine", "new", "markers"]
_OURS, _THEIRS = 2, 3


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that the user and the new decision both changed, at the same lines."""

    path: str
    mine: bytes | None
    """As the user has it; None when the user deleted it."""
    new: bytes | None
    """As the decision would have it; None when the decision takes it away."""
    marked: bytes
    """Both, with conflict markers."""
    sides: Mapping[int, Entry] = field(repr=False)

    @property
    def can_mark(self) -> bool:
        """Whether markers make sense: not where one side deleted it, nor in binary files."""
        return self.marked not in (self.mine, self.new)


class Conflicts(StepFailed):
    """Some files need the user's choice before the decision can land."""

    def __init__(self, conflicts: Collection[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        self.paths = [conflict.path for conflict in self.conflicts]
        super().__init__(
            f"You and this decision changed the same lines of {', '.join(self.paths)}.",
            "Nothing was written: only you can say which version is right.",
            "Choose for each file: keep mine, take the new one, or both with markers.",
        )


@dataclass(frozen=True)
class Plan:
    """What landing would do; nothing but unreachable git objects has been written yet."""

    git: Git = field(repr=False)
    head: str | None
    base: Base
    pristine: str
    """The tree of the pure render."""
    tree: str
    """The merged tree; holds conflict markers where a choice is still open."""
    conflicts: tuple[Conflict, ...] = ()

    def resolve(self, choices: Mapping[str, Choice]) -> Plan:
        """A plan in which these files are settled; conflicts without a choice stay open."""
        changes: dict[str, Entry | None] = {}
        for conflict in self.conflicts:
            choice = choices.get(conflict.path, "markers")
            if choice == "mine":
                changes[conflict.path] = conflict.sides.get(_OURS)
            elif choice == "new":
                changes[conflict.path] = conflict.sides.get(_THEIRS)
        left = tuple(conflict for conflict in self.conflicts if conflict.path not in choices)
        return replace(self, tree=edit_tree(self.git, self.tree, changes), conflicts=left)

    def changes(self) -> dict[str, Literal["A", "M", "D", "T"]]:
        """Path -> added, modified, deleted or type changed, against what the project has now."""
        told = self.git.run(
            "diff-tree",
            "-r",
            "-z",
            "--no-renames",
            "--name-status",
            f"{self.head}^{{tree}}" if self.head else EMPTY_TREE,
            self.tree,
        ).names
        return dict(zip(told[1::2], told[::2], strict=True))  # type: ignore[arg-type]


def make_plan(
    git: Git, head: str | None, base: Base, files: Files, mine: Collection[str] = ()
) -> Plan:
    """Merge a render into what the user has; `mine` names files that stay as they are."""
    current = Tree(git, git.text("rev-parse", f"{head}^{{tree}}") if head else EMPTY_TREE)
    known = {entry.id for tree in (base.tree, current) for entry in tree.entries.values()}
    pristine = write_tree(git, files, known)
    merged = merge(git, base.tree.id, current.id, pristine)
    kept = {path: current.entries.get(path) for path in mine}
    tree = Tree(git, edit_tree(git, merged.tree, _needed(Tree(git, merged.tree), kept)))
    conflicts = tuple(
        _conflict(git, tree, path, sides)
        for path, sides in sorted(merged.conflicts.items())
        if path not in kept
    )
    return Plan(git, head, base, pristine, tree.id, conflicts)


def _needed(tree: Tree, wanted: Mapping[str, Entry | None]) -> dict[str, Entry | None]:
    return {path: entry for path, entry in wanted.items() if tree.entries.get(path) != entry}


def _conflict(git: Git, tree: Tree, path: str, sides: Mapping[int, Entry]) -> Conflict:
    def content(entry: Entry | None) -> bytes | None:
        if entry is None or entry.mode == SUBMODULE:
            return None
        shown = read_blob(git, entry.id)
        return b"link to " + shown if entry.mode == LINK else shown

    mine, new = content(sides.get(_OURS)), content(sides.get(_THEIRS))
    marked = content(tree.entries.get(path))
    return Conflict(path, mine, new, marked if marked is not None else mine or new or b"", sides)
