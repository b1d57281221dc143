"""`--set STEP.FIELD=VALUE`, `--data` and `--target`, as suggestions for the journey."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from mlops_tui.errors import Usage

Suggestions = dict[str, dict[str, Any]]
_TEXTUAL = frozenset({"text", "choice", "column", "value", "path"})


def suggestions(options: Namespace) -> Suggestions:
    """What the command line says about answers, by step and field."""
    found: Suggestions = {}
    for told in getattr(options, "set", None) or ():
        step, field, value = _parse(told)
        found.setdefault(step, {})[field] = value
    if getattr(options, "data", None) is not None:
        found.setdefault("data", {})["source"] = data_file(options.data)
    if getattr(options, "target", None) is not None:
        found.setdefault("data", {})["target"] = options.target
    return found


def data_file(given: str) -> str:
    """The source named on the command line, in a form that holds in every folder.

    Raises BadInput when there is none, or when an address has a password in it.
    """
    from mlops_tui.profile.sources import Source

    source = Source.parse(given)
    source.check()
    return source.resolved


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
