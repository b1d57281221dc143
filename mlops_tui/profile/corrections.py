"""What a person says about how a source is to be read, where the guess was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile.model import Detected
from mlops_tui.profile.printing import listed, printable

DELIMITERS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "colon": ":", "space": " ",
}  # fmt: skip
ENCODINGS = (
    "utf-8", "windows-1252", "windows-1250", "windows-1251", "iso-8859-1", "iso-8859-2", "utf-16",
    "utf-32", "mac-roman", "shift-jis", "gb18030",
)  # fmt: skip
LAYOUT: dict[str, tuple[str, ...]] = {
    "delimiter": tuple(DELIMITERS),
    "encoding": ENCODINGS,
    "header": ("none", *(str(line) for line in range(1, 21))),
    "decimal": ("point", "comma"),
    "dates": ("month first", "day first"),
}
"""What can be said about a text table, and the answers there are; `header` is a line."""
APPLIES = {
    "CSV": tuple(LAYOUT),
    "Excel": ("header", "dates"),
    "JSON": ("encoding", "dates"),
}
"""What can be said about a format; of all others only in which order dates are written."""
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

    def to_dict(self) -> dict[str, dict[str, str]]:
        """What `from_dict` reads, without the half that says nothing."""
        both = {"layout": dict(self.layout), "types": dict(self.types)}
        return {name: told for name, told in both.items() if told}

    def check(self, format_: str) -> None:
        """Raise BadInput when something is said that a source of this format does not have."""
        for name in self.layout:
            if name not in applicable(format_):
                raise BadInput(
                    f"The {name} of a {format_.split(',')[0]} source cannot be corrected.",
                    "It is no text table: the file itself says how it is to be read.",
                    f"Take this correction back; what can be said: {listed(applicable(format_))}, "
                    "and the type of a column.",
                )

    def by_place(self, names: Iterable[str]) -> dict[int, str]:
        """The types by the place of their columns; BadInput where a column is not there."""
        places = {name: i for i, name in enumerate(names)}
        for name in self.types:
            if name not in places:
                raise BadInput(
                    f"The type of a column is corrected that is not there: {printable(name, 60)}.",
                    do=f"The columns are: {listed(places, 12)}.",
                )
        return {places[name]: kind for name, kind in self.types.items()}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was corrected, in words."""
        told = [f"{name} {printable(value, 40)}" for name, value in self.layout.items()]
        told += [f"{printable(name, 40)} as {kind}" for name, kind in self.types.items()]
        return (f"Read as you said: {listed(told, 12)}.",) if told else ()


UNCORRECTED = Corrections()


def applicable(format_: str) -> tuple[str, ...]:
    """The names of LAYOUT that make sense for a source of this format (`Detected.format`)."""
    return APPLIES.get(format_.split(",")[0], ("dates",))


def as_found(detected: Detected) -> dict[str, str]:
    """How the source was read, in the words of LAYOUT; only what can be corrected.

    `dates` is there when a column was read as dates like 1/2/2020, `header` up to line 20.
    """
    characters = {character: name for name, character in DELIMITERS.items()}
    header = "none" if detected.header_line is None else str(detected.header_line)
    wide = (detected.encoding or "").startswith("utf-16")
    found = {
        "delimiter": characters.get(detected.delimiter or ""),
        "encoding": "utf-16" if wide else detected.encoding,
        "header": header,
        "decimal": {",": "comma", ".": "point"}.get(detected.decimal or ""),
        "dates": detected.dates,
    }
    return {
        name: value
        for name in applicable(detected.format)
        if (value := found[name]) is not None and value in LAYOUT[name]
    }


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
