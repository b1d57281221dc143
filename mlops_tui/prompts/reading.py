"""From what a person types to an answer, and back: pure, no terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from mlops_tui.journey import Question
from mlops_tui.screens import Option

NOTHING = "none"
_YES, _NO = frozenset({"y", "yes", "true"}), frozenset({"n", "no", "false"})


class NotUnderstood(Exception):
    """What was typed is no answer to the question; says what would be."""


def read(question: Question, typed: str) -> Any:
    """The answer in what was typed; an empty line is the answer that is filled in already."""
    text = typed.strip()
    if not text:
        return _filled_in(question)
    if text.lower() == NOTHING and question.optional:
        return None
    match question.kind:
        case "yes_no":
            return _yes_no(text)
        case "integer" | "number":
            return _number(question, text)
        case "choice" | "value" | "column":
            return _one(question.options, text)
        case "choices" | "columns":
            return _several(question.options, text)
        case "table":
            return _table(question, text)
    return text


def written(value: Any) -> str:
    """An answer as it could be typed."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value) or NOTHING
    if isinstance(value, dict):
        return f"{len(value)} as listed" if value else "as listed"
    return str(value)


def _filled_in(question: Question) -> Any:
    if question.default is None and not question.optional:
        raise NotUnderstood(f"This needs an answer, for example: {question.example}")
    return question.default


def _yes_no(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise NotUnderstood("Type yes or no.")


def _number(question: Question, text: str) -> float | int:
    plain = text.replace("_", "").replace(" ", "")
    if plain.count(",") == 1 and "." not in plain and len(plain.rpartition(",")[2]) != 3:
        plain = plain.replace(",", ".")
    try:
        return int(plain) if question.kind == "integer" else float(plain.replace(",", ""))
    except ValueError:
        kind = "a whole number" if question.kind == "integer" else "a number"
        raise NotUnderstood(f"Type {kind}, for example {question.example}.") from None


def _one(options: Sequence[Option], text: str) -> str:
    """By value, by label, by the number in the list, or by a beginning that fits only one."""
    for key in (text, text.lower()):
        for option in options:
            if key in (option.value, option.label, option.value.lower(), option.label.lower()):
                return option.value
    if text.isdigit() and 1 <= int(text) <= len(options):
        return options[int(text) - 1].value
    begun = [o.value for o in options if o.value.lower().startswith(text.lower())]
    if len(begun) == 1:
        return begun[0]
    if not options:
        return text
    several = f"'{text}' could be {' or '.join(begun[:5])}" if begun else f"'{text}' is not here"
    raise NotUnderstood(f"{several}; type a name or a number from the list.")


def _several(options: Sequence[Option], text: str) -> list[str]:
    if text.lower() == NOTHING:
        return []
    if text.lower() == "all":
        return [option.value for option in options]
    parts = _parts(text)
    return list(dict.fromkeys(_one(options, part) for part in parts))


def _parts(text: str) -> list[str]:
    """`a, b`, or as YAML where a name holds a comma: `["a, b", c]`."""
    if text.startswith("["):
        try:
            told = yaml.safe_load(text)
        except yaml.YAMLError:
            raise NotUnderstood('Type names with commas between, or ["a", "b"].') from None
        return [str(part) for part in told]
    return [part.strip() for part in text.split(",") if part.strip()]


def _table(question: Question, text: str) -> dict[str, str]:
    """`carrier = category, remarks = text`; the rows not named keep what is filled in."""
    found: dict[str, str] = dict(question.default or {})
    rows = {row.label: row for row in question.rows}
    rows |= {one.label: one for row in question.rows for one in question.apart(row)}
    names = [Option(label, label) for label in rows]
    for part in _parts(text):
        name, equals, value = part.rpartition("=")
        if not equals:
            raise NotUnderstood("Type changes as NAME = WHAT, with commas between.")
        row = rows[_one(names, name.strip())]
        chosen = _one(row.options or question.options, value.strip())
        found |= dict.fromkeys(row.columns, chosen)
    return found
