"""Where the data is, what it holds, and which column is the answer."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, ClassVar

from mlops_tui.advice import kinds, protected
from mlops_tui.advice.metrics import METRICS
from mlops_tui.answers import Answers, Data, Problem
from mlops_tui.screens import Option
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values

PROFILE = "profile.json"
COMMITTED = ("data/manifest.yaml", "data/contract.yaml", "data/sample.parquet", "reports/profile.*")
SNAPSHOT = "data/raw.parquet"
_FROM_DATA = ("target", "positive", "time_column", "group_column", "known_later", "protected")


class DataStep(Step):
    """Asks in three stages: the file, the answer column, then what depends on both."""

    name: ClassVar[str] = "data"
    model: ClassVar[type[Answers]] = Data
    words_only: ClassVar[frozenset[str]] = frozenset({"source", "commit_limit_mb", "row_is"})

    @property
    def works_in_checkout(self) -> bool:
        """The snapshot is written beside the project's files; looks read in place."""
        return True

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """Guesses from the profile, each with its reason."""
        if stage == 1:
            source = so_far.source()
            known = {"source": Default(str(source), "source_given")} if source else {}
            return {**known, "commit_limit_mb": Default(5.0, "limit_usual")}
        from mlops_tui.profile import roles

        profile = so_far.profile()
        if profile is None:
            return {}
        if stage == 2:
            ranked = roles.guess_targets(profile)
            if not ranked:
                return {}
            return {"target": Default(ranked[0].value, f"target_{ranked[0].reason}")}
        return _last_defaults(given["target"], so_far)

    def options(self, name: str, given: Values, so_far: SoFar) -> tuple[Option, ...] | None:
        """The columns of the file; for the positive class, the values of the target."""
        profile = so_far.profile()
        if profile is None or name not in _FROM_DATA:
            return None
        if name == "positive":
            classes = profile.target.classes if profile.target else None
            return tuple(Option(_label(value), _label(value)) for value, _ in classes or ())
        columns = [column for column in profile.columns if column.name != given.get("target")]
        if name == "target":
            columns = list(profile.columns)
        return tuple(Option(column.name, column.name, column.semantic) for column in columns)

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """The named columns must exist; the answer column cannot play a second part."""
        if stage == 1:
            return _source_problems(str(given.get("source") or ""))
        profile = so_far.profile()
        if profile is None:
            return {}
        found: dict[str, str] = {}
        names = set(profile.names)
        for field in ("target", "time_column", "group_column"):
            if given.get(field) is not None and given[field] not in names:
                found[field] = "This file has no such column; pick one from the list."
            elif field != "target" and given.get(field) == given.get("target"):
                found.setdefault(field, "This is the answer column; pick another or none.")
        if unknown := sorted(set(given.get("known_later") or ()) - names):
            found["known_later"] = f"This file has no column {', '.join(unknown[:5])}."
        elif given.get("target") in (given.get("known_later") or ()):
            found["known_later"] = "The answer column is always known later; leave it out here."
        if unknown := sorted(set(given.get("protected") or ()) - names):
            found["protected"] = f"This file has no column {', '.join(unknown[:5])}."
        elif given.get("target") in (given.get("protected") or ()):
            found["protected"] = "This is the answer column; groups are told apart by others."
        return found | (_task_problems(given, profile) if stage == 3 and not found else {})

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """Read and profile the file; once the answer column is named, look for leaks."""
        target = ("--target", given["target"]) if stage == 2 else ()
        out = desk.keep / PROFILE
        return await desk.run_profile("inspect", given["source"], *target, "--out", str(out))

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Snapshot the data with its fingerprint, profile and contract.

        The snapshot of the very recording that is replayed brings all of these along.
        """
        if desk.recorded and _is_snapshot_of(desk.recorded, Path(answers.source)):
            return desk.recorded
        roles = desk.keep / "roles.json"
        roles.write_text(json.dumps(_roles(answers)), encoding="utf-8")
        found = await desk.run_profile(
            "prepare", answers.source, "--roles", str(roles), "--into", str(desk.root),
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
        """The session keeps the file's name, not its place on this machine."""
        kept = super().recorded(answers)
        return {**kept, "source": Path(kept["source"]).name}

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


def _is_snapshot_of(recorded: Outcome, source: Path) -> bool:
    if not recorded.files:
        return False
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return digest == recorded.facts.get("snapshot_sha256")


def _excluded(answers: Data) -> dict[str, str]:
    reason = "only known after the prediction is made"
    return dict.fromkeys(sorted(answers.known_later), reason)


def _roles(answers: Data) -> dict[str, Any]:
    return {
        "target": answers.target,
        "task": answers.task,
        "positive": answers.positive,
        "time": answers.time_column,
        "group": answers.group_column,
        "exclude": _excluded(answers),
    }


def _last_defaults(target: str, so_far: SoFar) -> dict[str, Default]:
    from mlops_tui.profile import roles

    profile = so_far.profile()
    if profile is None:
        return {}
    task, task_reason = roles.guess_task(profile, target)
    time, group = roles.guess_time(profile), roles.guess_group(profile, target)
    late = roles.suspects_known_later(profile, target)
    groups = protected.guess(name for name in profile.names if name != target)
    return {
        "task": Default(task, f"task_{task_reason}"),
        "positive": _positive(roles.guess_positive(profile, target) if task == "binary" else None),
        "row_is": _row(so_far),
        "time_column": Default(time.value if time else None, "time_found" if time else "time_none"),
        "group_column": Default(
            group.value if group else None, "group_found" if group else "group_none"
        ),
        "known_later": Default(
            late, "late_suspects" if late else "late_none", {"columns": ", ".join(late)}
        ),
        "protected": Default(
            groups,
            "protected_named" if groups else "protected_none",
            {"columns": ", ".join(groups)},
        ),
    }


def _row(so_far: SoFar) -> Default:
    problem = so_far.answers("problem", Problem)
    if problem and problem.kind in kinds.ROW_IS:
        return Default(kinds.ROW_IS[problem.kind], "row_kind")
    return Default("one case", "row_general")


def _positive(guess: tuple[str, str] | None) -> Default:
    if guess is None:
        return Default(None, "positive_none")
    return Default(guess[0], f"positive_{guess[1]}")


def _source_problems(source: str) -> dict[str, str]:
    if not source.strip():
        return {"source": "Name a data file, for example ~/data/orders.csv"}
    path = Path(source).expanduser()
    if not path.exists():
        return {"source": "There is no such file. Check the spelling; Tab completes names."}
    if path.is_dir():
        return {"source": "This is a folder. Name one file in it."}
    return {}


def _task_problems(given: Values, profile: Any) -> dict[str, str]:
    classes = [_label(value) for value, _ in (profile.target.classes or ())]
    if given.get("task") != "binary":
        if given.get("positive") is not None:
            return {"positive": "Only a yes/no task has a positive answer; choose none."}
        return {}
    if classes and len(classes) != 2:
        return {"task": f"The answer column has {profile.target.n_classes} values, not two."}
    if classes and given.get("positive") not in classes:
        return {"positive": f"Pick the value that you look for: {' or '.join(classes)}."}
    return {}


def _label(value: str | int | float | bool | None) -> str:
    from mlops_tui.profile import roles

    return roles.as_text(value)
