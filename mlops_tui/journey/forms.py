"""From a step's words, defaults and choices to a form that can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from mlops_tui.answers import Problem
from mlops_tui.journey.kinds import Form, Question
from mlops_tui.screens import Option, Row, Words
from mlops_tui.steps import STEPS
from mlops_tui.steps.base import Default, SoFar, Step, Values

_TOLD = {
    "missing": "This needs an answer.",
    "greater_than": "Give a number above {gt}.",
    "greater_than_equal": "Give a number of at least {ge}.",
    "less_than_equal": "Give a number of at most {le}.",
    "int_parsing": "Give a whole number, for example 10.",
    "int_from_float": "Give a whole number, for example 10.",
    "float_parsing": "Give a number, for example 0.5.",
    "finite_number": "Give an ordinary number.",
    "string_too_short": "Write at least {min_length} characters.",
    "string_too_long": "Keep it under {max_length} characters.",
    "too_short": "Choose at least {min_length}.",
    "string_type": "This needs an answer.",
    "float_type": "Give a number, for example 0.5.",
    "int_type": "Give a whole number, for example 10.",
    "string_pattern_mismatch": "Use small letters, digits and _, beginning with a letter.",
    "literal_error": "Choose one of: {expected}.",
}


def make_form(
    step: Step, stage: int, given: Values, so_far: SoFar, filled: Values, found: str,
    commands: tuple[str, ...],
) -> Form:  # fmt: skip
    """The form of a stage; `filled` are drafts, answers in force or suggestions, by field."""
    screen = step.screen
    defaults = step.defaults(stage, given, so_far)
    kind = _kind_of_problem(so_far, {**_values(defaults), **filled})
    return Form(
        step=step.name,
        stage=stage,
        stages=screen.stages,
        title=screen.title,
        question=screen.question,
        why=screen.why,
        found=found,
        questions=tuple(
            _question(step, words, defaults.get(words.name), given, so_far, filled, kind)
            for words in screen.at(stage)
        ),
        commands=commands,
        terms=screen.terms,
    )


def _question(
    step: Step, words: Words, default: Default | None, given: Values, so_far: SoFar,
    filled: Values, kind: str,
) -> Question:  # fmt: skip
    options = step.options(words.name, given, so_far) or words.options
    recommended = default.value if default else None
    reason = words.reasons[default.reason].format(**default.facts) if default else ""
    rows: tuple[Row, ...] = ()
    chosen = filled.get(words.name, recommended)
    if words.kind == "table":
        recommended = dict(recommended or {})
        rows = step.rows(words.name, given, so_far)
        rows = rows or tuple(Row(name, (name,)) for name in recommended)
        chosen = _filled_in(step, words.name, rows, recommended, chosen)
    elif words.kind in ("choices", "columns") and isinstance(chosen, list) and options:
        offered = {option.value for option in options}
        chosen = [value for value in chosen if value in offered]
    elif not _possible(words, options, chosen):
        chosen = recommended
    return Question(
        name=words.name,
        kind=words.kind,
        label=words.label,
        help=words.help,
        changes=words.changes,
        example=words.examples.get(kind, words.example),
        options=options,
        default=chosen,
        reason=reason,
        optional=words.optional,
        recommended=recommended,
        rows=rows,
    )


def _filled_in(
    step: Step, name: str, rows: tuple[Row, ...], recommended: Values, chosen: Any
) -> dict[str, str]:
    """A table's answer with what was chosen for the columns that there are."""
    bases = {column: row.base for row in rows for column in row.columns}
    full = table_answer(step, name, bases, recommended, chosen)
    return {column: value for column, value in full.items() if column in bases}


def table_answer(
    step: Step, name: str, bases: Mapping[str, str], recommended: Values, chosen: Any
) -> dict[str, str]:
    """What was chosen laid over what is recommended.

    A list says all there is to say: columns that it leaves out have what is usual (their base).
    """
    if isinstance(chosen, list):
        recommended = {column: bases.get(column, "") for column in recommended}
    try:
        told = getattr(validated_field(step, name, chosen), name)
    except ValidationError:
        told = chosen if isinstance(chosen, Mapping) else {}
    return {**recommended, **told}


def _kind_of_problem(so_far: SoFar, asked: Values) -> str:
    """The kind that was answered; on the step that asks for it, the one filled in."""
    problem = so_far.answers("problem", Problem)
    return str(asked.get("kind") or (problem.kind if problem else ""))


def _values(defaults: Mapping[str, Default]) -> dict[str, Any]:
    return {name: default.value for name, default in defaults.items()}


def _possible(words: Words, options: tuple[Option, ...], value: Any) -> bool:
    """Whether a value kept from earlier can still be chosen."""
    if value is None or not options:
        return True
    values = {option.value for option in options}
    if words.kind in ("choices", "columns"):
        return isinstance(value, list) and set(value) <= values
    return words.kind not in ("choice", "column", "value") or value in values


def asked_after(step: str, stage: int) -> frozenset[str]:
    """The questions of a step that another answer at this stage puts in doubt.

    These are those of the later stages, if something is looked at between: the look may find
    something else now. Without a look nothing has changed that they were answered about.
    """
    screen = STEPS[step].screen
    if stage + 1 not in screen.looks:
        return frozenset()
    return frozenset(words.name for words in screen.fields if words.stage > stage)


def recommended(
    step: Step, values: Values, given: Mapping[int, Values], so_far: SoFar
) -> dict[str, str]:
    """For each answer that is the recommended one: why it was recommended.

    `given` holds, for each stage whose look is at hand, what its questions were asked with.
    """
    return {
        question.name: question.reason
        for stage, known in given.items()
        for question in make_form(step, stage, known, so_far, {}, "", ()).questions
        if question.reason and question.recommended == values[question.name]
    }


def type_problems(step: Step, fields: tuple[Words, ...], values: Values) -> dict[str, str]:
    """What is wrong with the values by their types alone, in plain words, by field."""
    found: dict[str, str] = {}
    for words in fields:
        if words.name not in values:
            found[words.name] = _TOLD["missing"]
            continue
        try:
            validated_field(step, words.name, values[words.name])
        except ValidationError as error:
            found[words.name] = _plain(error.errors()[0])
    return found


def validated_field(step: Step, name: str, value: Any) -> Any:
    """A model with this one value as its field would have it; raises a ValidationError."""
    return step.model.__pydantic_validator__.validate_assignment(
        step.model.model_construct(), name, value
    )


def _plain(error: Any) -> str:
    told = _TOLD.get(error["type"])
    if told:
        return told.format(**error.get("ctx", {}))
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if message.endswith(".") else f"{message}."
