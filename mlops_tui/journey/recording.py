"""A recorded session, done again: the same steps through the same code, asking nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mlops_tui import lifecycle
from mlops_tui import session as sessions
from mlops_tui.errors import BadInput
from mlops_tui.journey.core import Journey
from mlops_tui.journey.kinds import Confirmed, OnEvent, Recorded
from mlops_tui.profile.guard import sha256
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS
from mlops_tui.steps.data import SNAPSHOT, leaves_out

Changes = Mapping[str, Mapping[str, Any]]


class Recording:
    """The decisions of a session file, in order.

    `changes` (step -> field -> value) replace answers of the step's decision in force; `data`
    takes the place of the recorded data file.
    """

    def __init__(self, file: Path, changes: Changes | None = None, data: str | None = None):
        self.session: Session = sessions.load(file)
        self._folder = file.resolve().parent
        self._changes = changes or {}
        self._data = data
        self._refuse_unknown(self.session.decisions)

    def begin(self, root: Path) -> Journey:
        """An empty project, signed by the author of the recording."""
        return Journey.create(root, author=self.session.author)

    def steps(self, until: str | None = None) -> Sequence[Decision]:
        """The recorded decisions, up to and with the first one of the step `until`."""
        names = [decision.step for decision in self.session.decisions]
        end = names.index(until) + 1 if until in names else len(names)
        return self.session.decisions[:end]

    async def confirm(self, journey: Journey, taken: Decision, on_event: OnEvent) -> Confirmed:
        """Do one recorded decision again, at its recorded time."""
        values = self._values(taken)
        recorded = Recorded(taken, self._at_hand(taken, values))
        if not recorded.files:
            # The snapshot is what the file became; only the file itself is looked at anew.
            for stage in range(1, STEPS[taken.step].screen.stages):
                await journey.look(taken.step, stage, values, on_event)
        return await journey.confirm(taken.step, values, on_event, recorded=recorded)

    def _at_hand(self, taken: Decision, values: Mapping[str, Any]) -> dict[str, Path]:
        """The files of the data decision, when the data is the snapshot beside the session.

        Empty unless each of them is as it was recorded.
        """
        snapshot = self._folder / SNAPSHOT
        if taken.step != "data" or values["source"] != str(snapshot):
            return {}
        for path, digest in taken.files.items():
            place = self._folder / path
            if not place.is_file() or sha256(place) != digest:
                return {}
        return {SNAPSHOT: snapshot} | {path: self._folder / path for path in taken.files}

    def _values(self, taken: Decision) -> dict[str, Any]:
        values = {**STEPS[taken.step].model.unasked(), **taken.answers}
        latest = taken is lifecycle.latest(self.session.decisions, taken.step)
        changes = self._changes.get(taken.step, {}) if latest else {}
        if taken.step == "data":
            values["source"] = self._source(str(values.get("source", "")))
            if values["source"] == str(self._folder / SNAPSHOT) and (changes or not latest):
                values |= _done_already(values)
        return {**values, **changes}

    def _source(self, name: str) -> str:
        """The data: as told, else beside the session, else the snapshot of its project."""
        from mlops_tui.profile.sources import problem

        if self._data:
            return self._data
        beside = self._folder / name
        # A session is data: it may name what lies beside it and below, and nothing else.
        inside = name.strip() not in ("", ".") and _normal(beside).is_relative_to(self._folder)
        for place in ([beside] if inside else []) + [self._folder / SNAPSHOT]:
            if problem(str(place)) is None:
                return str(place)
        raise BadInput(
            f"The data file {name!r} of this session is not here.",
            "A session keeps the file's name and fingerprint, not the file.",
            "Name it with --data FILE.",
        )

    def _refuse_unknown(self, decisions: Sequence[Decision]) -> None:
        for decision in decisions:
            if decision.step not in STEPS:
                raise BadInput(
                    f"The session has a step {decision.step!r}, which does not exist.",
                    f"The steps are: {', '.join(STEPS)}.",
                    "Mend the name in the session file.",
                )
            known = STEPS[decision.step].model.model_fields
            if unknown := sorted(set(decision.answers) - set(known)):
                raise BadInput(
                    f"The session answers {decision.step}.{unknown[0]}, which no question asks.",
                    f"The questions of this step are: {', '.join(known)}.",
                    "Mend the name in the session file.",
                )


def _done_already(values: Mapping[str, Any]) -> dict[str, Any]:
    """A snapshot was read as corrected, and lacks the columns that were left out."""
    told = values.get("remedies") or ()
    return {"layout": {}, "types": {}, "remedies": [r for r in told if not leaves_out(r)]}


def _normal(place: Path) -> Path:
    return Path(os.path.normpath(place))
