"""One project on its way through the lifecycle: what all three front ends talk to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui import lifecycle, places
from mlops_tui import session as sessions
from mlops_tui.errors import BadAnswers, BadInput
from mlops_tui.journey import landing, progress, records, versions
from mlops_tui.journey.forms import asked_after, make_form, recommended, type_problems
from mlops_tui.journey.kinds import Confirmed, Form, OnEvent, Past, Place, Recorded
from mlops_tui.journey.local import Local, Suggestions
from mlops_tui.journey.threads import to_the_end
from mlops_tui.journey.view import View
from mlops_tui.journey.workbench import Workbench
from mlops_tui.project.lock import ProjectLock
from mlops_tui.project.plan import Choice
from mlops_tui.project.repository import Repository
from mlops_tui.project.scratch import scratch
from mlops_tui.session import Author, Decision, Session
from mlops_tui.steps import STEPS
from mlops_tui.steps.base import Outcome
from mlops_tui.steps.data import PROFILE, SNAPSHOT

if TYPE_CHECKING:
    from mlops_tui.profile import Profile


class Journey:
    """A project and its session. One program at a time holds it; `Held` names the holder."""

    def __init__(self, root: Path, repository: Repository, session: Session) -> None:
        self.root = root
        self.session = session
        self.repository = repository
        self.local = Local(root)
        self._lock = ProjectLock(root, "mlops-tui").acquire()
        self._looked: dict[str, dict[int, Mapping[str, Any]]] = {}
        places.remember_project(root)

    @classmethod
    def create(
        cls, root: Path, suggestions: Suggestions | None = None, author: Author | None = None
    ) -> Journey:
        """Start a project in a new or empty folder; one that is already ours is continued.

        `suggestions` maps step -> field -> value and takes the place of recommended defaults.
        Raises BadInput when the folder holds something else.
        """
        root = root.expanduser().absolute()
        repository = Repository.create(root)
        session = Session(
            author=author or versions.author(repository), versions=versions.installed()
        )
        journey = cls(root, repository, session)
        if suggestions is not None:
            journey.local.suggest(suggestions)
        return journey

    @classmethod
    def open(cls, root: Path, suggestions: Suggestions | None = None) -> Journey:
        """Continue a project; raises BadInput when the folder holds none."""
        root = root.expanduser().absolute()
        repository = Repository.open(root)
        file = root / sessions.FILE_NAME
        if file.is_file():
            session = sessions.load(file)
        elif repository.head() is None and (root / ".mlops").is_dir():
            return cls.create(root, suggestions)
        else:
            raise BadInput(
                f"The folder {root} holds no mlops-tui project.",
                "It has no session.yaml.",
                "Name the folder of a project, or a new folder to start one.",
            )
        journey = cls(root, repository, session)
        if suggestions is not None:
            journey.local.suggest(suggestions)
        return journey

    def close(self) -> None:
        """Let go of the project."""
        self._lock.release()

    def rail(self) -> list[Place]:
        """All 13 steps with their states."""
        return progress.rail(self.session)

    def next_step(self) -> str | None:
        """The step to do next; None when the journey is complete."""
        return progress.next_step(self.session)

    def form(self, step: str, stage: int = 1, given: Mapping[str, Any] | None = None) -> Form:
        """The questions of a stage; `given` holds the answers of this step so far.

        Filled in is a kept draft, else the answer in force, a suggestion, what is recommended.
        """
        values = dict(given or {})
        looked = self._looked.get(step, {})
        found = records.look_text(step, stage, values, looked[stage]) if stage in looked else ""
        return make_form(
            STEPS[step],
            stage,
            self._given(step, stage, values),
            self._view(step),
            {**self._filled(step, values), **values},
            found,
            tuple(f"python -m {self.package()} {line}" for line in STEPS[step].commands_at(stage)),
        )

    def check(self, step: str, stage: int, values: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with the values of a stage, by field; cheap enough for every key."""
        room = STEPS[step]
        found = type_problems(room, room.screen.at(stage), values)
        if found:
            return found
        return room.problems(stage, self._given(step, stage, values), self._view(step))

    def keep_draft(self, step: str, stage: int, values: Mapping[str, Any]) -> None:
        """Keep what was typed and not confirmed; survives a crash."""
        self.local.keep_draft(step, stage, values)

    def answered_otherwise(self, step: str, stage: int) -> frozenset[str]:
        """Forget, and name, the later answers that another answer at a stage puts in doubt."""
        later = asked_after(step, stage)
        self.local.forget(step, later)
        return later

    async def look(
        self,
        step: str,
        stage: int,
        values: Mapping[str, Any],
        on_event: OnEvent,
    ) -> str:
        """After a stage that is not the last: find out what the next stage's questions need.

        Returns markdown. Raises BadAnswers for an answer so far, another Trouble where work fails.
        """
        room = STEPS[step]
        if stage == 1:
            self.local.clear_keep()
            self._looked.pop(step, None)
        self._refuse_bad(step, stage, values)
        self.local.remember_source_of(values)
        # What is filled in on the stages to come holds for the look already.
        given = {**self._filled(step, values), **self._given(step, stage, values)}
        with self._bench(on_event) as bench:
            if room.commands:
                line = landing.Line(self.repository, self.session, {})
                answers = room.model.model_construct(**given)
                await to_the_end(line.prepare_look, step, answers)
                await self._check_out(bench, line)
            found = await room.look(stage, given, self._view(step), bench)
        looked = self._looked.setdefault(step, {})
        # Where there is nothing new to find out, what is known already leads on.
        looked[stage + 1] = found.facts if found else looked.get(stage, {})
        return records.look_text(step, stage + 1, values, found.facts if found else {})

    async def confirm(
        self,
        step: str,
        values: Mapping[str, Any],
        on_event: OnEvent,
        conflicts: Mapping[str, Choice] | None = None,
        recorded: Recorded | None = None,
    ) -> Confirmed:
        """Do the step's work and land the decision as a commit.

        `recorded` is the decision of a recording that is replayed: its time is kept. Raises
        BadAnswers, another Trouble, or Conflicts when the user edited the very lines that change.
        Cancelling the task ends the work's processes and leaves the project as it was.
        """
        room = STEPS[step]
        for stage in range(1, room.screen.stages + 1):
            self._refuse_bad(step, stage, values)
        answers = room.model.model_validate({k: values[k] for k in room.model.model_fields})
        self.local.remember_source_of(values)
        taken = Decision(
            step=step,
            at=recorded.decision.at if recorded else datetime.now(UTC),
            answers=room.recorded(answers),
            reasons=self._reasons(step, values),
        )
        same = progress.same_ground(self.session, taken, recorded)
        line = landing.Line(self.repository, self.session, conflicts or {})
        outcome, commit = await self._work_and_land(line, taken, answers, values, on_event, same)
        # Shown is what was measured here and now, also where a recording's figures are kept.
        seen = taken.model_copy(update={"measured": dict(outcome.measured)})
        text = records.found_text(seen)
        return Confirmed(step, commit, seen.facts, seen.measured, text, self.next_step())

    async def _work_and_land(
        self,
        line: landing.Line,
        taken: Decision,
        answers: Any,
        values: Mapping[str, Any],
        on_event: OnEvent,
        recorded: Recorded | None,
    ) -> tuple[Outcome, str]:
        step, room = taken.step, STEPS[taken.step]
        await to_the_end(line.prepare, taken, answers)
        given = self._given(step, room.screen.stages, values)
        with self._bench(on_event, recorded) as bench:
            if room.works_in_checkout:
                await self._check_out(bench, line)
            outcome = await room.work(answers, given, self._view(step, {step: answers}), bench)
            if recorded and outcome is bench.recorded:
                progress.keep_places(taken, recorded.decision)
            commit = await self._land(line, taken, outcome, recorded)
        self.session = line.session
        self.local.forget_draft()
        self._looked.clear()
        return outcome, commit

    async def _land(
        self, line: landing.Line, taken: Decision, outcome: Outcome, recorded: Recorded | None
    ) -> str:
        """A cancellation that comes while landing comes too late: the decision stands."""
        try:
            return await to_the_end(line.land, taken, outcome, recorded)
        except asyncio.CancelledError:
            if line.commit is None:
                raise
            return line.commit

    def found(self, step: str) -> Confirmed | None:
        """What a decided step found, once more; None when it was not decided yet."""
        taken = lifecycle.latest(self.session.decisions, step)
        if taken is None:
            return None
        text = records.found_text(taken)
        return Confirmed(step, "", taken.facts, taken.measured, text, self.next_step())

    def facts(self, step: str) -> Mapping[str, Any]:
        """What the work of a step found."""
        return self._view().facts(step)

    def profile(self) -> Profile | None:
        """The data profile of the last look, else of the decision in force."""
        return self._view("data").profile()

    def history(self) -> list[Past]:
        """What landed, newest first: decisions and the user's own edits."""
        return landing.history(self.repository, self.session)

    def package(self) -> str:
        """The name of the project's Python package."""
        return str(self._view().params()["project"]["package"])

    def _view(self, step: str = "", pending: Mapping[str, Any] | None = None) -> View:
        """What the step `step` sees; only the data step sees a profile that is not decided yet."""
        return View(
            self.session.decisions,
            self.root,
            profile_file=self.local.keep / PROFILE if step == "data" else None,
            source=self.local.source,
            pending=pending,
        )

    def _filled(self, step: str, values: Mapping[str, Any]) -> dict[str, Any]:
        in_force = self.session.answers(step) or {}
        return self.local.filled(step, STEPS[step].still_holds(in_force, values))

    def _given(self, step: str, stage: int, values: Mapping[str, Any]) -> dict[str, Any]:
        looked = self._looked.get(step, {})
        return {**values, "look": looked.get(stage, looked.get(max(looked, default=0)))}

    def _reasons(self, step: str, values: Mapping[str, Any]) -> dict[str, str]:
        looked = self._looked.get(step, {})
        given = {
            stage: self._given(step, stage, values)
            for stage in range(1, STEPS[step].screen.stages + 1)
            if stage == 1 or stage in looked
        }
        return recommended(STEPS[step], values, given, self._view(step))

    def _refuse_bad(self, step: str, stage: int, values: Mapping[str, Any]) -> None:
        problems = self.check(step, stage, values)
        if problems:
            raise BadAnswers(step, problems)

    def _bench(self, on_event: OnEvent, recorded: Recorded | None = None) -> Workbench:
        return Workbench(
            self.root,
            self.package(),
            keep=self.local.keep,
            log=self.local.log,
            on_event=on_event,
            recorded=landing.outcome_of(recorded) if recorded else None,
        )

    async def _check_out(self, bench: Workbench, line: landing.Line) -> None:
        await to_the_end(bench.open, scratch(self.repository, line.tree, [SNAPSHOT]))
