"""The words of the steps: loads `screens/*.toml` and joins them with the answers models.

A word without a field, or a field without words, is an error of ours and fails loudly.
"""

from __future__ import annotations

import tomllib
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from mlops_tui import catalogue
from mlops_tui.places import shipped

Kind = Literal[
    "text", "number", "integer", "yes_no", "choice", "choices", "column", "columns",
    "value", "table", "path",
]  # fmt: skip
UNKNOWN = "unknown"
"""The option that says "I don't know yet"."""


@dataclass(frozen=True, slots=True)
class Asks:
    """Marks a field of an answers model with the kind of question its type does not tell.

    `catalogue` names the category of tools that the options come from, before those in the words.
    """

    kind: Kind
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a question of kind "table", which gives each of its columns one of the options.

    `columns` are the keys of the answer that the row stands for, `options` those of the question
    where empty. With a `base`, the answer names only what differs from it.
    """

    label: str
    columns: tuple[str, ...]
    options: tuple[Option, ...] = ()
    base: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about one field of a step.

    `examples` are by kind of problem, `example` is for any other. `unknown` is what stays open
    while the answer is "I don't know yet"; empty where that is no answer. By option, `limits` is
    what the model card admits, and `to_do` what people have to do before launch. `labels` words
    rows and options that only the data can tell, by a key of theirs.
    """

    name: str
    kind: Kind
    stage: int
    label: str
    help: str
    changes: str
    example: str
    options: tuple[Option, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    examples: Mapping[str, str] = field(default_factory=dict)
    unknown: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)
    to_do: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def is_unknown(self, answer: Any) -> bool:
        """Whether an answer says "I don't know yet"; in a table, of any row."""
        if isinstance(answer, dict):
            return bool(self.unknown) and UNKNOWN in answer.values()
        return bool(self.unknown) and answer in (UNKNOWN, None, [])


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything a user reads on one step."""

    step: str
    title: str
    question: str
    why: str
    fields: tuple[Words, ...]
    result: str
    looks: Mapping[int, str]
    terms: Mapping[str, str]
    sources: tuple[str, ...]

    @property
    def stages(self) -> int:
        """How many times the step asks before its work runs."""
        return max((words.stage for words in self.fields), default=1)

    def at(self, stage: int) -> tuple[Words, ...]:
        """The fields asked at a stage."""
        return tuple(words for words in self.fields if words.stage == stage)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the subject, and the step that explains it first."""

    name: str
    meaning: str
    step: str


class Mismatch(Exception):
    """A screen file and its answers model do not belong together."""


@cache
def screen(step: str, model: type[BaseModel]) -> Screen:
    """The screen of a step, joined with its answers model; raises Mismatch."""
    told = _told(step)
    written = {entry["name"]: entry for entry in told["fields"]}
    if missing := set(model.model_fields) ^ set(written):
        raise Mismatch(f"{step}: only in the words or only in the model: {sorted(missing)}")
    return Screen(
        step=step,
        title=told["title"],
        question=told["question"],
        why=told["why"].strip(),
        fields=tuple(_words(step, model, entry) for entry in told["fields"]),
        result=told["result"]["text"],
        looks={int(key[5:]): told[key]["text"] for key in told if key.startswith("look_")},
        terms=told.get("terms", {}),
        sources=tuple(told.get("sources", ())),
    )


def glossary(steps: Sequence[str]) -> tuple[Term, ...]:
    """Every term of these steps' screens, once, in the order in which a reader meets them."""
    found: dict[str, Term] = {}
    for step in steps:
        for name, meaning in _told(step).get("terms", {}).items():
            found.setdefault(name.casefold(), Term(name, meaning, step))
    return tuple(found.values())


@cache
def _told(step: str) -> Mapping[str, Any]:
    with (shipped("screens") / f"{step}.toml").open("rb") as file:
        return tomllib.load(file)


def _words(step: str, model: type[BaseModel], entry: Mapping[str, Any]) -> Words:
    info = model.model_fields[entry["name"]]
    kind = _kind(info.annotation, info.metadata)
    literal = _literal_values(info.annotation)
    told = entry.get("options", {})
    from_catalogue = _from_catalogue(info.metadata)
    listed = kind in ("choice", "choices", "table") and not from_catalogue
    if listed and set(told) != set(literal):
        raise Mismatch(f"{step}.{entry['name']}: options {sorted(set(told) ^ set(literal))}")
    if UNKNOWN in literal and not entry.get("unknown"):
        raise Mismatch(f"{step}.{entry['name']}: says nothing on what stays open when unknown")
    limits, to_do = entry.get("limits", {}), entry.get("to_do", {})
    if strange := (set(limits) | set(to_do)) - set(literal):
        raise Mismatch(f"{step}.{entry['name']}: limits or to_do of no option: {sorted(strange)}")
    own = tuple(told) if from_catalogue else literal
    return Words(
        name=entry["name"],
        kind=kind,
        stage=entry.get("stage", 1),
        label=entry["label"],
        help=entry["help"].strip(),
        changes=entry["changes"].strip(),
        example=str(entry["example"]),
        options=from_catalogue
        + tuple(Option(value, told[value]["label"], told[value].get("hint", "")) for value in own),
        reasons=entry.get("reasons", {}),
        optional=_is_optional(info.annotation),
        examples=entry.get("examples", {}),
        unknown=entry.get("unknown", ""),
        limits=limits,
        to_do=to_do,
        labels=entry.get("labels", {}),
    )


def _from_catalogue(metadata: list[Any]) -> tuple[Option, ...]:
    marked = next((item for item in metadata if isinstance(item, Asks)), None)
    if marked is None or not marked.catalogue:
        return ()
    return tuple(
        Option(tool.name, tool.title, tool.hint) for tool in catalogue.tools(marked.catalogue)
    )


def _kind(annotation: Any, metadata: list[Any]) -> Kind:
    marked = next((item for item in metadata if isinstance(item, Asks)), None)
    if marked:
        return marked.kind
    plain = _plain(annotation)
    if typing.get_origin(plain) is Literal:
        return "choice"
    if typing.get_origin(plain) in (list, tuple):
        return "choices"
    kinds: dict[Any, Kind] = {bool: "yes_no", int: "integer", float: "number", str: "text"}
    return kinds[plain]


def _literal_values(annotation: Any) -> tuple[str, ...]:
    plain = _plain(annotation)
    if typing.get_origin(plain) in (list, tuple, dict):
        plain = typing.get_args(plain)[-1]
    return typing.get_args(plain) if typing.get_origin(plain) is Literal else ()


def _is_optional(annotation: Any) -> bool:
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    return union and type(None) in typing.get_args(annotation)


def _plain(annotation: Any) -> Any:
    if _is_optional(annotation):
        return next(arg for arg in typing.get_args(annotation) if arg is not type(None))
    return annotation
