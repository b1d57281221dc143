"""One answer as the records tell it: what was chosen, why, and what else there was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlops_tui.profile.printing import listed, printable
from mlops_tui.screens import UNKNOWN, Words
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS
from mlops_tui.steps.base import SoFar
from mlops_tui.steps.data.mending import mended

_LONGEST_TEXT = 2000
_MOST_NAMES = 8


def entries(taken: Decision, so_far: SoFar | None = None) -> list[dict[str, Any]]:
    """Every answer of a decision, in the order in which it was asked.

    With `so_far`, what was not chosen is what was on offer then, not all that a question knows.
    """
    return [
        {**_entry(taken, words), "alternatives": _not_chosen(taken, words, so_far)}
        for words in fields(taken)
        if words.name in taken.answers
    ]


def fields(taken: Decision) -> tuple[Words, ...]:
    """The words of the questions that a decision answers."""
    return STEPS[taken.step].screen.fields


def shown(words: Words, value: Any) -> str:
    """An answer as a person reads it."""
    labels = {option.value: option.label for option in words.options}
    if isinstance(value, dict):
        return _grouped(value, labels) or words.labels.get("usual", "none")
    if words.is_unknown(value):
        return "not known yet"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        return ", ".join(labels.get(item) or mended(words, str(item)) for item in value) or "none"
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)


def changes(session: Session, taken: Decision) -> dict[str, tuple[Any, Any]]:
    """What an amendment changed against the decision before: answer -> (was, is)."""
    earlier = session.decisions[: _place(session, taken)]
    before = next((one for one in reversed(earlier) if one.step == taken.step), None)
    if before is None:
        return {}
    return {
        name: (before.answers.get(name), taken.answers.get(name))
        for name in {**before.answers, **taken.answers}
        if before.answers.get(name) != taken.answers.get(name)
    }


def changes_shown(session: Session, taken: Decision) -> list[dict[str, str]]:
    """The same as a person reads it, in the order in which it is asked."""
    found = changes(session, taken)
    return [
        {"label": words.label, "was": _line(words, was), "now": _line(words, now)}
        for words in fields(taken)
        if words.name in found
        for was, now in [found[words.name]]
    ]


def tidy(text: str) -> str:
    """Text from data or answers on one line, without control characters."""
    return printable(text, _LONGEST_TEXT)


def _place(session: Session, taken: Decision) -> int:
    """Where a decision stands among all; behind them when it is not one of them."""
    same = [at for at, one in enumerate(session.decisions) if one is taken]
    return same[0] if same else len(session.decisions)


def _entry(taken: Decision, words: Words) -> dict[str, Any]:
    answer = taken.answers[words.name]
    reason = taken.reasons.get(words.name)
    unknown = words.is_unknown(answer)
    return {
        "name": words.name,
        "label": words.label,
        "answer": _line(words, answer),
        "unknown": words.unknown if unknown else "",
        "recommended": reason is not None and not unknown,
        "reason": reason or "",
        "changes": words.changes,
        "limit": words.limits.get(answer, "") if isinstance(answer, str) else "",
        "to_do": words.to_do.get(answer, "") if isinstance(answer, str) else "",
    }


def _line(words: Words, answer: Any) -> str:
    return tidy(" ".join(shown(words, answer).split()))


def _not_chosen(taken: Decision, words: Words, so_far: SoFar | None) -> list[str]:
    """The other options; none where each column has an answer of its own."""
    answer = taken.answers[words.name]
    if isinstance(answer, dict):
        return []
    chosen = answer if isinstance(answer, list) else [answer]
    offered = STEPS[taken.step].options(words.name, taken.answers, so_far) if so_far else None
    return [
        option.label
        for option in offered or words.options
        if option.value not in chosen and option.value != UNKNOWN
    ]


def _grouped(value: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Many columns by what becomes of them: "Number: a, b and 7 more; Category: c"."""
    groups: dict[str, list[str]] = {}
    for name, how in value.items():
        groups.setdefault(labels.get(how, how), []).append(name)
    return "; ".join(f"{how}: {listed(names, _MOST_NAMES)}" for how, names in groups.items())
