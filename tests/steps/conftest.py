"""A journey on paper: answers in, and all that follows from them out, without running work."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mlops_tui import catalogue, demo, lifecycle, session
from mlops_tui.answers import Data
from mlops_tui.journey import before_launch, progress, records
from mlops_tui.journey.forms import make_form
from mlops_tui.journey.view import View
from mlops_tui.profile import inspect
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS
from mlops_tui.steps.base import Outcome

Answers = Mapping[str, Mapping[str, Any]]
FOUND = Path(__file__).parents[1] / "screens" / "found.json"
THINKS = ("problem", "users", "need", "tools")
"""The steps whose work is thought alone: done again for other answers."""


@dataclass
class Paper:
    """A desk that runs nothing and remembers what it was asked to run."""

    root: Path
    ran: list[tuple[str, ...]] = field(default_factory=list)
    recorded: Outcome | None = None

    @property
    def keep(self) -> Path:
        return self.root

    def made(self, *patterns: str) -> dict[str, Path]:
        return {}

    async def run_profile(self, verb: str, *options: str) -> Outcome:
        self.ran.append((verb, *options))
        return Outcome({"committed": True})


class Sketch:
    """The demo's journey, to be answered in other ways."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = session.load(demo.SESSION)
        models = {step: room.model for step, room in STEPS.items()}
        self.answers = {
            taken.step: models[taken.step].model_validate(taken.answers).model_dump(mode="json")
            for taken in told.decisions
        }
        self._session = told
        self._found = json.loads(FOUND.read_text(encoding="utf-8"))

    def session(self, answers: Answers) -> Session:
        """The demo's session with these answers and what follows from them by thought alone."""
        decisions: list[Decision] = []
        for taken in self._session.decisions:
            told = {**taken.answers, **answers.get(taken.step, {})}
            facts = dict(self._found.get(taken.step, {}).get("facts", {}))
            if taken.step in THINKS:
                model = STEPS[taken.step].model.model_validate(told)
                view = View(decisions, self.folder)
                work = STEPS[taken.step].work(model, {}, view, Paper(self.folder))
                facts = dict(asyncio.run(work).facts)
            decisions.append(taken.model_copy(update={"answers": told, "facts": facts}))
        return self._session.model_copy(update={"decisions": decisions})

    def consequences(self, step: str, answers: Answers) -> dict[str, Any]:
        """All that follows from the answers, apart from the records.

        The project's files are rendered from `params` and `tools` alone, so these stand for them.
        """
        told = self.session(answers)
        view = View(told.decisions, self.folder)
        facts = {name: dict(view.facts(name)) for name in THINKS if name != "tools"}
        return {
            "params": view.params(),
            "tools": catalogue.chosen(told.answers("tools") or {}),
            "asked": [self._asked(name, stage, told, view) for name, stage in _later(step)],
            "advice": facts,
            "to do": before_launch.to_do(told),
            "open": records.open_questions(told),
            "next": progress.next_step(told),
            "runs": self._runs(view),
        }

    def _asked(self, name: str, stage: int, told: Session, view: View) -> Any:
        given = {**(told.answers(name) or {}), "look": view.facts(name)}
        form = make_form(STEPS[name], stage, given, view, {}, "", ())
        return [(q.recommended, q.options, q.example) for q in form.questions], STEPS[
            name
        ].problems(stage, given, view)

    def _runs(self, view: View) -> list[tuple[str, ...]]:
        data = view.answers("data", Data)
        desk = Paper(self.folder)
        asyncio.run(STEPS["data"].work(data, {}, view, desk))
        return desk.ran


def _later(step: str) -> list[tuple[str, int]]:
    """The questions asked after the answer: of later steps, and of later stages of its own."""
    at = lifecycle.ORDER.index(step)
    return [
        (name, stage)
        for name in lifecycle.ORDER[at:]
        for stage in range(1, STEPS[name].screen.stages + 1)
        if name != step or stage > 1
    ]


@pytest.fixture(scope="session")
def sketch(tmp_path_factory: pytest.TempPathFactory) -> Sketch:
    folder = tmp_path_factory.mktemp("sketch")
    (folder / "reports").mkdir()
    profile = inspect(demo.DATA, demo.TARGET)
    (folder / "reports" / "profile.json").write_text(profile.to_json(), encoding="utf-8")
    return Sketch(folder)
