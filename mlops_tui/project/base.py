"""The base of the next merge: the last pure render that went into what the user has now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlops_tui.project.git import Git
from mlops_tui.project.history import Commit, log
from mlops_tui.project.objects import EMPTY_TREE, Files, Tree, write_tree

Rebuild = Callable[[], Files | None]
"""Renders the decisions so far once more; None when that is no longer possible."""


@dataclass(frozen=True, slots=True)
class Base:
    """A pristine tree. `commit` is None when it is not in the history (first decision, or lost)."""

    tree: Tree
    commit: str | None = None
    lost: bool = False
    """The history no longer holds it: it was rendered again, or taken as empty."""

    def paths(self) -> list[str]:
        """The files of the render."""
        return self.tree.paths()

    def read(self, path: str) -> bytes:
        """One file of the render; KeyError when there is none of that name."""
        return self.tree.read(path)


def find_base(git: Git, head: str | None, session: str, rebuild: Rebuild | None) -> Base:
    """The pristine commit that HEAD's session came from, else the render made again.

    A commit counts only as the second parent of a decision's merge on the first-parent line,
    and only while HEAD's session file is the one of that decision, or the user's own edit of
    it: after a squash, a rebase or a merged branch another render went into HEAD's files, and
    a wrong base would silently drop lines.
    """
    if head is None or (current := _session(git, head, session)) is None:
        return Base(Tree(git, EMPTY_TREE))
    commits = log(git, head)
    decisions = [commit for commit in commits if commit.is_decision]
    for decision in decisions:
        if current in (_session(git, part, session) for part in (decision.id, decision.parents[1])):
            return _base(git, decision)
    if decisions and _edited_by_hand(git, commits, decisions[0], session):
        return _base(git, decisions[0])
    files = rebuild() if rebuild else None
    tree = write_tree(git, files) if files is not None else EMPTY_TREE
    return Base(Tree(git, tree), lost=True)


def _base(git: Git, decision: Commit) -> Base:
    pristine = decision.parents[1]
    return Base(Tree(git, git.text("rev-parse", f"{pristine}^{{tree}}")), pristine)


def _session(git: Git, commit: str, path: str) -> str | None:
    """The blob of the session file in a commit, None when either is missing."""
    found = git.run("rev-parse", "--verify", "--quiet", f"{commit}:{path}", codes=(0, 1, 128))
    return found.text if found.code == 0 else None


def _edited_by_hand(git: Git, commits: list[Commit], last: Commit, session: str) -> bool:
    """Whether only our `edit:` commits changed the session file since the last decision."""
    told = git.text(
        "log", "--first-parent", "-m", "--format=%H", f"{last.id}..{commits[0].id}", "--", session
    ).split()
    edits = {commit.id for commit in commits if commit.is_edit}
    return bool(told) and set(told) <= edits and _session(git, last.parents[1], session) is not None
