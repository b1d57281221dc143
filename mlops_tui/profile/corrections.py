"""What a person says about how a source is to be read, where the guess was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile.words import listed, printable

DELIMITERS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "colon": ":", "space": " ",
}  # fmt: skip
ENCODINGS = (
    "utf-8", "windows-1252", "windows-1250", "windows-1251", "iso-8859-1", "iso-8859-2", "utf-16",
    "mac-roman", "shift-jis", "gb18030",
)  # fmt: skip
LAYOUT: dict[str, tuple[str, ...]] = {
    "delimiter": tuple(DELIMITERS),
    "encoding": ENCODINGS,
    "header": ("none", *(str(line) for line in range(1, 21))),
    "decimal": ("point", "comma"),
    "dates": ("month first", "day first"),
}
"""What can be said about a text table, and the answers there are; `header` is a line."""
TYPES = ("text", "integer", "number", "boolean", "date", "datetime", "time")


@dataclass(frozen=True, slots=True)
class Corrections:
    """`layout` is about the whole table (see LAYOUT), `types` by column; empty is as found."""

    layout: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.layout or self.types)

    @classmethod
    def from_dict(cls, told: Any) -> Corrections:
        """From `{"layout": {…}, "types": {…}}`; BadInput where a value is none there is."""
        told = told if isinstance(told, dict) else {}
        made = cls(dict(told.get("layout") or {}), dict(told.get("types") or {}))
        for name, value in made.layout.items():
            _among(name, value, LAYOUT.get(name, ()))
        for name, value in made.types.items():
            _among(f"the type of {name}", value, TYPES)
        return made


def _among(name: str, value: object, known: tuple[str, ...]) -> None:
    if not known:
        raise BadInput(
            f"There is no way to correct {printable(name, 40)}.",
            do=f"What can be corrected: {listed(LAYOUT, 9)}, and the type of a column.",
        )
    if value not in known:
        raise BadInput(
            f"{printable(name, 60)} cannot be {printable(value, 40)}.",
            do=f"Choose one of: {listed(known, 30)}.",
        )
