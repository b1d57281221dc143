"""The base of the next merge: the last pure render that went into what the user has now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlops_tui.project.git import Git
from mlops_tui.project.history import Commit, log
from mlops_tui.project.objects import EMPTY_TREE, Files, Tree, resolve, write_tree

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
    commits = log(git, head) if head else []
    decisions = [commit for commit in commits if commit.is_decision]
    names = [f"{head}:{session}"]
    for decision in decisions:
        pristine = decision.parents[1]
        names += [f"{decision.id}:{session}", f"{pristine}:{session}", f"{pristine}^{{tree}}"]
    current, *rest = resolve(git, names) if head else [None]
    if current is None:
        return Base(Tree(git, EMPTY_TREE))
    found = list(zip(decisions, rest[0::3], rest[1::3], rest[2::3], strict=True))
    for decision, merged, rendered, tree in found:
        if current in (merged, rendered) and tree:
            return Base(Tree(git, tree), decision.parents[1])
    if found and _edited_by_hand(git, commits, decisions[0], session):
        decision, _, rendered, tree = found[0]
        if rendered and tree:
            return Base(Tree(git, tree), decision.parents[1])
    files = rebuild() if rebuild else None
    again = write_tree(git, files) if files is not None else EMPTY_TREE
    return Base(Tree(git, again), lost=True)


def _edited_by_hand(git: Git, commits: list[Commit], last: Commit, session: str) -> bool:
    """Whether only our `edit:` commits changed the session file since the last decision."""
    told = git.text(
        "log", "--first-parent", "-m", "--format=%H", f"{last.id}..{commits[0].id}", "--", session
    ).split()
    edits = {commit.id for commit in commits if commit.is_edit}
    return bool(told) and set(told) <= edits
