"""The user's project as a git repository: one decision, one merge commit; their edits survive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mlops_tui.errors import StepFailed
from mlops_tui.project import checks
from mlops_tui.project import git as runner
from mlops_tui.project.base import Base, Rebuild, find_base
from mlops_tui.project.git import Git
from mlops_tui.project.history import DECISION, EDIT, Commit, log, message
from mlops_tui.project.landing import fast_forward, recover
from mlops_tui.project.objects import (
    EMPTY_TREE,
    STATE,
    Files,
    Signature,
    Tree,
    resolve,
    write_commit,
)
from mlops_tui.project.plan import Conflicts, Plan, make_plan

_NEVER_COMMITTED = (f"/{STATE}/", "/var")


@dataclass(frozen=True)
class Repository:
    """A project's repository. Changing it needs the project's lock (see `lock.py`)."""

    root: Path
    session: str = "session.yaml"
    git: Git = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "git", Git(self.root))

    @classmethod
    def create(cls, root: Path, session: str = "session.yaml") -> Repository:
        """Begin a repository in a new or empty folder (or go on with one that was begun)."""
        runner.version()
        checks.check_new(root)
        (root / STATE).mkdir(parents=True, exist_ok=True)
        Git(root).run(
            "init", "--quiet", "--template=", "--object-format=sha1", f"-b{checks.BRANCH}"
        )
        repository = cls(root, session)
        # The user's own git commands here must see the bytes that the decisions wrote.
        repository.git.run("config", "--local", "core.autocrlf", "false")
        repository._exclude()
        return repository

    @classmethod
    def open(cls, root: Path, session: str = "session.yaml") -> Repository:
        """Open an existing repository; refuses a folder that is not the top of one."""
        runner.version()
        checks.check_existing(root)
        repository = cls(root, session)
        (root / STATE).mkdir(exist_ok=True)
        repository._exclude()
        return repository

    def preflight(self) -> None:
        """Finish a landing that was cut off; then refuse, with a hint, what cannot be built on."""
        recover(self.git)
        checks.check_ready(self.git)

    def head(self) -> str | None:
        """The commit main is at; None before the first."""
        return resolve(self.git, ["HEAD^{commit}"])[0]

    def history(self) -> list[Commit]:
        """The first-parent line, newest first: decisions and the user's own commits."""
        head = self.head()
        return log(self.git, head) if head else []

    def tree(self, revision: str = "HEAD") -> Tree:
        """The files of a commit."""
        found = resolve(self.git, [f"{revision}^{{tree}}"])[0]
        if found is None and revision != "HEAD":
            raise KeyError(revision)
        return Tree(self.git, found or EMPTY_TREE)

    def commit_edits(self, fallback: Signature, what: str = EDIT) -> str | None:
        """Commit what changed in tracked files, as the user's; None when nothing changed.

        `what` begins the subject: their own edit, or the command they ran. `fallback` gives the
        time, and signs when git knows no name for the user.
        """
        self.git.run("add", "--update", "--", ".")
        tree = self.git.text("write-tree")
        head, before = resolve(self.git, ["HEAD^{commit}", "HEAD^{tree}"])
        if tree == (before or EMPTY_TREE):
            return None
        told = self.git.run(
            "diff-tree", "-r", "-z", "--name-only", "--no-renames", before or EMPTY_TREE, tree
        ).names
        more = f" and {len(told) - 3} more" if len(told) > 3 else ""
        text = message(f"{what}{', '.join(told[:3])}{more}", {})
        parents = [head] if head else []
        commit = write_commit(self.git, tree, parents, text, self._user(fallback))
        self.git.run("update-ref", "-m", "edit", "HEAD", commit, head or "")
        return commit

    def base(self, rebuild: Rebuild | None = None) -> Base:
        """The last pure render that is part of main; `rebuild` renders it when it is lost."""
        return find_base(self.git, self.head(), self.session, rebuild)

    def plan(
        self, files: Files, *, rebuild: Rebuild | None = None, mine: Collection[str] = ()
    ) -> Plan:
        """Merge a pure render with what the user has. Touches no file of theirs.

        `mine` are paths that stay as the user has them, whatever the render says.
        """
        head = self.head()
        return make_plan(
            self.git, head, find_base(self.git, head, self.session, rebuild), files, mine
        )

    def land(self, plan: Plan, text: str, trailers: Mapping[str, str], signature: Signature) -> str:
        """Commit a plan and move main, the index and the files to it; returns the commit's id.

        Raises `Conflicts` while a choice is open. When anything is in the way, nothing changes.
        """
        if DECISION not in trailers:
            raise ValueError(f"a decision needs the trailer {DECISION}")
        if plan.conflicts:
            raise Conflicts(plan.conflicts)
        if plan.head != self.head():
            raise StepFailed(
                "The project got a new commit while the decision was being prepared.",
                "The decision was worked out against the commit before.",
                "Continue once more.",
            )
        commit = self._write_commits(plan, text, trailers, signature)
        fast_forward(self.git, plan.head, commit)
        return commit

    def pristine(self) -> str | None:
        """The newest pristine commit of main: what a replay compares when there are edits."""
        decisions = (commit for commit in self.history() if commit.is_decision)
        newest = next(decisions, None)
        return newest.parents[1] if newest else None

    def _write_commits(
        self, plan: Plan, text: str, trailers: Mapping[str, str], signature: Signature
    ) -> str:
        """Start (only before the first decision), pristine and decision commit."""
        head, before = plan.head, plan.base.commit
        if head is None:
            start = message("Start of the project", {})
            head = before = write_commit(self.git, EMPTY_TREE, [], start, signature)
        elif before is None and plan.base.lost:
            again = message("render: once more, as the history no longer holds it", {})
            before = write_commit(self.git, plan.base.tree.id, [], again, signature)
        rendered = message(f"render: {text.splitlines()[0]}", {})
        parents = [before] if before else []
        pristine = write_commit(self.git, plan.pristine, parents, rendered, signature)
        told = message(text, trailers)
        return write_commit(self.git, plan.tree, [head, pristine], told, signature)

    def _user(self, fallback: Signature) -> Signature:
        told = self.git.run(
            "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT", codes=(0, 128)
        )
        name, _, rest = told.text.partition(" <")
        if told.code != 0 or not name:
            return fallback
        return Signature(name, rest.partition(">")[0], fallback.when)

    def _exclude(self) -> None:
        """Keep our own folders out of git, also in a clone, whatever .gitignore says."""
        place = self.root / self.git.text("rev-parse", "--git-path", "info/exclude")
        place.parent.mkdir(parents=True, exist_ok=True)
        told = place.read_text(encoding="utf-8", errors="surrogateescape") if place.exists() else ""
        missing = [line for line in _NEVER_COMMITTED if line not in told.splitlines()]
        if missing:
            lines = [*told.splitlines(), *missing]
            place.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogateescape")


def now() -> datetime:
    """This moment, in the zone of the machine, to whole seconds."""
    return datetime.now().astimezone().replace(microsecond=0)
