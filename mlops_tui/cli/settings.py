"""`--set STEP.FIELD=VALUE`, `--data` and `--target`, as suggestions for the journey."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from mlops_tui.errors import BadInput, Usage

Suggestions = dict[str, dict[str, Any]]
_TEXTUAL = frozenset({"text", "choice", "column", "value", "path"})


def suggestions(options: Namespace) -> Suggestions:
    """What the command line says about answers, by step and field."""
    found: Suggestions = {}
    for told in getattr(options, "set", None) or ():
        step, field, value = _parse(told)
        found.setdefault(step, {})[field] = value
    if getattr(options, "data", None) is not None:
        found.setdefault("data", {})["source"] = str(data_file(options.data))
    if getattr(options, "target", None) is not None:
        found.setdefault("data", {})["target"] = options.target
    return found


def data_file(given: str) -> Path:
    """The data file named on the command line; raises BadInput when there is none."""
    path = Path(given).expanduser()
    if not path.exists():
        raise BadInput(
            f"There is no file {given}.",
            "The path does not lead to anything.",
            "Check the spelling, or give the full path with --data.",
        )
    return path.resolve()


def known_step(name: str) -> str:
    """The name of a step, as typed after --until; raises Usage naming the steps."""
    from mlops_tui.lifecycle import ORDER

    if name not in ORDER:
        raise Usage(
            f"There is no step '{name}'.",
            f"The steps are: {', '.join(ORDER)}.",
            "Use one of these names.",
        )
    return name


def _parse(told: str) -> tuple[str, str, Any]:
    import yaml

    place, equals, text = told.partition("=")
    step, dot, field = place.strip().partition(".")
    if not (equals and dot):
        raise Usage(
            f"'--set {told}' is not understood.",
            "It must read STEP.FIELD=VALUE.",
            "For example: --set training.budget_seconds=30",
        )
    kind = _kind(known_step(step), field)
    try:
        return step, field, _value(kind, yaml.safe_load(text), text)
    except yaml.YAMLError as error:
        raise Usage(
            f"The value in '--set {told}' is not understood.",
            "Values are written as in YAML: 30, true, text, [one, two], {column: number}.",
            "Put text with special characters in quotes: --set 'problem.goal=\"Why: time\"'",
        ) from error


def _kind(step: str, field: str) -> str:
    from mlops_tui.steps import STEPS

    found = {words.name: words.kind for words in STEPS[step].screen.fields}
    if field not in found:
        raise Usage(
            f"The step '{step}' has no question '{field}'.",
            f"It asks for: {', '.join(found)}.",
            "Use one of these names.",
        )
    return found[field]


def _value(kind: str, value: Any, text: str) -> Any:
    """What YAML makes of it; but `true` or `2013-01-01` stay text where text is asked for."""
    if kind in _TEXTUAL and value is not None and not isinstance(value, str):
        return text
    if kind in ("choices", "columns") and not isinstance(value, list):
        return [] if value is None else [part.strip() for part in text.split(",")]
    return value
