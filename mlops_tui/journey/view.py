"""What was decided and found so far, as the steps see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from mlops_tui.errors import BadInput
from mlops_tui.journey.params import params
from mlops_tui.session import Decision
from mlops_tui.steps.base import A

if TYPE_CHECKING:
    from mlops_tui.profile import Profile


class View:
    """The decisions in force, the project's folder and what the last look found."""

    def __init__(
        self,
        decisions: Sequence[Decision],
        folder: Path,
        *,
        profile_file: Path | None = None,
        source: str | None = None,
        pending: Mapping[str, BaseModel] | None = None,
    ) -> None:
        self._inforce = {decision.step: decision for decision in decisions}
        self._folder = folder
        self._profile_file = profile_file
        self._source = source
        self._pending = dict(pending or {})

    @property
    def folder(self) -> Path:
        """The project's folder."""
        return self._folder

    def answers(self, step: str, model: type[A]) -> A | None:
        """The answers in force for a step, or None; raises BadInput when they do not fit."""
        decision = self._inforce.get(step)
        if decision is None:
            return None
        try:
            return model.model_validate(decision.answers)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise BadInput(
                f"The session's answer to {step}.{field} cannot be used.",
                f"{first['msg']}.",
                "Mend it in session.yaml, or answer the step again.",
            ) from error

    def facts(self, step: str) -> Mapping[str, Any]:
        """What the work of a step found; empty when it was not done yet."""
        decision = self._inforce.get(step)
        return decision.facts if decision else {}

    def measured(self, step: str) -> Mapping[str, Any]:
        """What depends on clock and load in what a step found."""
        decision = self._inforce.get(step)
        return decision.measured if decision else {}

    def params(self) -> Mapping[str, Any]:
        """The content of `params.yaml` as decided so far."""
        return params(self, self._pending)

    def source(self) -> str | None:
        """Where the data is on this machine, if that is known."""
        return self._source

    def profile(self) -> Profile | None:
        """The data profile of the last look or, without one, of the decision in force."""
        places = (self._profile_file, self._folder / "reports" / "profile.json")
        file = next((place for place in places if place and place.is_file()), None)
        return _read_profile(file, file.stat().st_mtime_ns) if file else None


class OnPaper(View):
    """What a session alone tells, without the project's files."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        super().__init__(decisions, Path())

    def profile(self) -> None:
        """No profile: it is a file."""


@lru_cache(maxsize=2)
def _read_profile(file: Path, _changed: int) -> Profile:
    from mlops_tui.profile import Profile

    return Profile.from_json(file.read_text(encoding="utf-8"))
