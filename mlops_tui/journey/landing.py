"""How a decision becomes a commit: render, merge, work, render again, land."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlops_tui.journey import records
from mlops_tui.journey.entries import changes
from mlops_tui.journey.files import PINS, project_files
from mlops_tui.journey.kinds import Past, Recorded
from mlops_tui.journey.view import View
from mlops_tui.project.objects import Files, Signature
from mlops_tui.project.pins import pinned_requirements
from mlops_tui.project.plan import Choice, Conflicts, Plan
from mlops_tui.project.repository import Repository
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS
from mlops_tui.steps.base import Outcome


class Line:
    """One decision on its way into the project."""

    def __init__(
        self, repository: Repository, session: Session, choices: Mapping[str, Choice]
    ) -> None:
        self.repository = repository
        self.session = session
        self.tree = ""
        self.commit: str | None = None
        self._choices = choices

    def prepare(self, taken: Decision, answers: Any) -> None:
        """Check the repository, keep the user's edits, and work out the tree the work runs in.

        Raises Conflicts while a choice is open; nothing of the user's is touched before.
        """
        self.repository.preflight()
        self.repository.commit_edits(self._signature(taken))
        if STEPS[taken.step].works_in_checkout:
            session = self.session.with_decision(taken)
            self.tree = self._plan(session, {taken.step: answers}, {}).tree

    def prepare_look(self, step: str, answers: Any) -> None:
        """The same for a look: the answers so far are not part of any decision."""
        self.repository.preflight()
        self.tree = self._plan(self.session, {step: answers}, {}, settle=True).tree

    def land(self, taken: Decision, outcome: Outcome, recorded: Recorded | None) -> str:
        """Make the decision and what its work made part of the project; returns the commit.

        An unchanged decision of a recording keeps what was measured then.
        """
        made = {path: file.read_bytes() for path, file in sorted(outcome.files.items())}
        taken.facts = dict(outcome.facts)
        taken.measured = dict((recorded.decision.measured if recorded else {}) or outcome.measured)
        taken.files = {path: hashlib.sha256(data).hexdigest() for path, data in made.items()}
        session = self.session.with_decision(taken)
        plan = self._plan(session, {}, made)
        self._place(outcome.local)
        order = len(session.decisions)
        again = self.session.answers(taken.step) is not None
        text = records.message(taken, order, again)
        trailers = {"Step": taken.step, "Decision": str(order)}
        self.commit = self.repository.land(plan, text, trailers, self._signature(taken))
        self.session = session
        return self.commit

    def _plan(
        self, session: Session, pending: Mapping[str, Any], made: Mapping[str, bytes],
        settle: bool = False,
    ) -> Plan:  # fmt: skip
        files = self._files(session, pending, made)
        plan = self.repository.plan(files, rebuild=self._rebuild, mine=session.mine)
        if plan.conflicts and settle:
            return plan.resolve({conflict.path: "mine" for conflict in plan.conflicts})
        plan = plan.resolve(
            {c.path: self._choices[c.path] for c in plan.conflicts if c.path in self._choices}
        )
        if plan.conflicts:
            raise Conflicts(plan.conflicts)
        return plan

    def _files(
        self, session: Session, pending: Mapping[str, Any], made: Mapping[str, bytes]
    ) -> Files:
        base = self.repository.base(self._rebuild)
        fresh = dict(made)
        if PINS not in base.paths():
            fresh[PINS] = pinned_requirements().encode()
        view = View(session.decisions, self.repository.root, pending=pending)
        return project_files(session, view, base.read, fresh)

    def _rebuild(self) -> Files | None:
        """The last render made again, with what work made read from the user's own commit."""
        tree = self.repository.tree()
        view = View(self.session.decisions, self.repository.root)
        try:
            return project_files(self.session, view, tree.read, {})
        except KeyError:
            return None

    def _place(self, local: Mapping[str, Path]) -> None:
        for path, file in local.items():
            target = self.repository.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.new")
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()
            shutil.copyfile(file, beside)
            beside.replace(target)

    def _signature(self, taken: Decision) -> Signature:
        author = self.session.author
        return Signature(author.name, author.email, taken.at)


def outcome_of(recorded: Recorded) -> Outcome:
    """What a recorded decision found, with those of its files that are at hand.

    Data that was too large for git lies in the recording's folder as well, outside git.
    """
    decision, at_hand = recorded.decision, recorded.files
    files = {path: place for path, place in at_hand.items() if path in decision.files}
    local = {path: place for path, place in at_hand.items() if path not in decision.files}
    return Outcome(decision.facts, decision.measured, files, local)


def history(repository: Repository, session: Session) -> list[Past]:
    """Decisions and the user's own commits, newest first."""
    found: list[Past] = []
    for commit in repository.history():
        step = commit.trailers.get("Step", "")
        order = commit.trailers.get("Decision", "")
        taken = _decision(session, order, step)
        found.append(
            Past(
                commit.id,
                step,
                commit.when,
                commit.subject,
                records.decision(session, taken) if taken else commit.body,
                changes(session, taken) if taken else {},
            )
        )
    return found


def _decision(session: Session, order: str, step: str) -> Decision | None:
    if not order.isdigit() or not 0 < int(order) <= len(session.decisions):
        return None
    taken = session.decisions[int(order) - 1]
    return taken if taken.step == step else None
