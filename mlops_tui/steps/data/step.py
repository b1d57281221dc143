"""The step that asks for the data in four stages, and puts it into the project."""

from __future__ import annotations

import json
from asyncio import to_thread
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from mlops_tui.advice.metrics import METRICS
from mlops_tui.answers import Answers, Data
from mlops_tui.errors import BadAnswers, Trouble
from mlops_tui.screens import Option, Row
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values
from mlops_tui.steps.data import checks, defaults, mending, tables
from mlops_tui.steps.data.spelled import once_merged

PROFILE = "profile.json"
CORRECTIONS = "corrections.json"
COMMITTED = (
    "data/manifest.yaml", "data/contract.yaml", "data/cleaning.yaml", "data/sample.parquet",
    "reports/profile.*",
)  # fmt: skip
SNAPSHOT = "data/raw.parquet"
_COLUMNS = ("target", "time_column", "group_column", "protected")
_OF_THE_FILE = ("source", "commit_limit_mb", "layout", "types", "row_is")
_LATE = {
    "after": "only known after the prediction is made",
    "unknown": "nobody has said yet whether it is known before the prediction is made",
}


class DataStep(Step):
    """Asks for the file; how it is read and the answer column; what plays which part; what is
    known in time and what is to be mended."""

    name: ClassVar[str] = "data"
    places: ClassVar[tuple[str, ...]] = ("source",)
    model: ClassVar[type[Answers]] = Data
    words_only: ClassVar[frozenset[str]] = frozenset({"source", "row_is"})

    @property
    def works_in_checkout(self) -> bool:
        """The snapshot is written beside the project's files; looks read in place."""
        return True

    def still_holds(self, in_force: Values, given: Values) -> Values:
        """What was said of one file says nothing of another; nor of another answer column."""
        from mlops_tui.profile.sources import name

        source, target = given.get("source"), given.get("target")
        if source is not None and in_force and name(str(source)) != in_force["source"]:
            return {}
        if target is not None and in_force and target != in_force["target"]:
            return {field: in_force[field] for field in _OF_THE_FILE if field in in_force}
        return in_force

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """Guesses from the profile, each with its reason."""
        if stage == 1:
            return defaults.of_the_file(so_far.source())
        profile = so_far.profile()
        if profile is None:
            return {}
        if stage == 2:
            return defaults.of_the_answer(profile)
        if stage == 3:
            return defaults.of_the_parts(profile, given["target"], so_far)
        return defaults.of_what_is_mended(profile, given)

    def options(self, name: str, given: Values, so_far: SoFar) -> tuple[Option, ...] | None:
        """The columns of the file, the values of the target, the remedies of the findings."""
        profile = so_far.profile()
        if profile is None:
            return None
        if name == "positive":
            block = once_merged(profile).target
            classes = block.classes if block else None
            return tuple(Option(*[checks.as_text(value)] * 2) for value, _ in classes or ())
        if name == "remedies":
            return mending.options(self.words(name), profile)
        if name not in _COLUMNS:
            return None
        columns = [c for c in profile.columns if name == "target" or c.name != given.get("target")]
        return tuple(Option(column.name, column.name, column.semantic) for column in columns)

    def rows(self, name: str, given: Values, so_far: SoFar) -> tuple[Row, ...]:
        """What was found about the file and its columns, to be corrected."""
        profile = so_far.profile()
        if profile is None:
            return ()
        if name == "layout":
            return tables.layout(self.words(name), profile)
        if name == "types":
            return tables.types(profile)
        return tables.known_later(self.words(name), profile, given["target"])

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """The named columns must exist; each plays one part."""
        if stage == 1:
            return checks.source(str(given.get("source") or ""))
        profile = so_far.profile()
        return checks.columns(stage, given, profile) if profile else {}

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """Read and profile the file; once the answer column is named, look for leaks."""
        if stage > 2:
            return None
        from mlops_tui.profile.sources import resolved

        source = resolved(str(given["source"]))
        told = _corrections(given)
        if stage == 1:
            return await self._first(desk, source, told)
        if _read_otherwise(desk.keep / CORRECTIONS, told):
            await self._inspect(desk, source, told)
            profile = so_far.profile()
            if profile and given["target"] not in profile.names:
                raise BadAnswers(self.name, {"target": self.words("target").labels["gone"]})
        return await self._inspect(desk, source, told, "--target", given["target"])

    async def _first(self, desk: Desk, source: str, told: dict[str, Any]) -> Outcome:
        """As filled in already, or, where the file cannot be read so, as found: said with it."""
        try:
            return await self._inspect(desk, source, told)
        except Trouble as trouble:
            if not any(told.values()):
                raise
            found = await self._inspect(desk, source, {})
            note = self.words("layout").labels["unreadable"].format(why=trouble.what)
            detected = found.facts.get("detected", {})
            notes = [note, *detected.get("notes", ())]
            return replace(found, facts={**found.facts, "detected": {**detected, "notes": notes}})

    async def _inspect(
        self, desk: Desk, source: str, told: dict[str, Any], *options: str
    ) -> Outcome:
        file = desk.keep / CORRECTIONS
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(told), encoding="utf-8")
        corrected = ("--corrections", str(file)) if any(told.values()) else ()
        out = ("--out", str(desk.keep / PROFILE))
        return await desk.run_profile("inspect", source, *options, *corrected, *out)

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Snapshot the data with its fingerprint, profile and contract.

        The snapshot of the very recording that is replayed brings all of these along.
        """
        from mlops_tui.profile.sources import resolved

        recorded = desk.recorded
        if recorded is not None:
            same = await to_thread(_is_snapshot_of, recorded, answers.source)
            if same and _committed_alike(recorded, answers):
                return recorded
        roles = desk.keep / "roles.json"
        roles.parent.mkdir(parents=True, exist_ok=True)
        roles.write_text(json.dumps(prepared(answers)), encoding="utf-8")
        found = await desk.run_profile(
            "prepare", resolved(answers.source), "--roles", str(roles), "--into", str(desk.root),
            "--commit-limit-mb", str(answers.commit_limit_mb),
        )  # fmt: skip
        committed = bool(found.facts["committed"])
        snapshot = {SNAPSHOT: desk.root / SNAPSHOT}
        return Outcome(
            found.facts,
            found.measured,
            files={**desk.made(*COMMITTED), **(snapshot if committed else {})},
            local={} if committed else snapshot,
        )

    def recorded(self, answers: Any) -> dict[str, Any]:
        """The session keeps the source's name, not its place on this machine."""
        from mlops_tui.profile.sources import name

        kept = super().recorded(answers)
        return {**kept, "source": name(kept["source"])}

    def rendered(self, answers: Any, facts: Values) -> dict[str, str]:
        """Data over the limit stays out of git."""
        return {"data/.gitignore": "" if facts.get("committed", True) else "/raw.parquet\n"}

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """Which column is what, and a metric that fits until the training step chooses one."""
        return {
            "data": _roles(answers),
            "training": {"metric": METRICS[answers.task][0]},
            "evaluation": {"slices": list(answers.protected)} if answers.protected else {},
        }


def _corrections(given: Values) -> dict[str, Any]:
    """How the file is to be read, as answered or filled in; an empty correction is none."""
    told = {name: dict(given.get(name) or {}) for name in ("layout", "types")}
    return {name: {k: v for k, v in said.items() if v} for name, said in told.items()}


def _read_otherwise(before: Path, told: dict[str, Any]) -> bool:
    try:
        known = json.loads(before.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    return bool(known.get("layout", {}) != told["layout"])


def _is_snapshot_of(recorded: Outcome, source: str) -> bool:
    from mlops_tui.profile.guard import sha256

    if not recorded.files or not Path(source).is_file():
        return False
    return sha256(Path(source)) == recorded.facts.get("snapshot_sha256")


def _committed_alike(recorded: Outcome, answers: Data) -> bool:
    fits = Path(answers.source).stat().st_size <= answers.commit_limit_mb * 1e6
    return fits == bool(recorded.facts.get("committed"))


def _excluded(answers: Data) -> dict[str, str]:
    """The columns that are not used to predict, each with the reason."""
    return {name: _LATE[when] for name, when in answers.unusable.items()}


def _roles(answers: Data) -> dict[str, Any]:
    return {
        "target": answers.target,
        "task": answers.task,
        "positive": answers.positive,
        "time": answers.time_column,
        "group": answers.group_column,
        "exclude": _excluded(answers),
    }


def prepared(answers: Data) -> dict[str, Any]:
    """What the data is prepared with: the parts of the columns, corrections, remedies."""
    from mlops_tui.profile.model import Remedy

    remedies = [Remedy.read(written) for written in answers.remedies]
    return _roles(answers) | {
        "corrections": {"layout": dict(answers.layout), "types": dict(answers.types)},
        "remedies": [
            {"action": one.action, "columns": list(one.columns), "value": one.value}
            for one in remedies
        ],
    }
