"""`--delimiter`, `--type COLUMN=TYPE` and their like: how a person says a source is to be read."""

from __future__ import annotations

import codecs
from argparse import Namespace
from collections.abc import Callable

from mlops_tui.errors import BadInput, Usage
from mlops_tui.profile.corrections import DELIMITERS, ENCODINGS, LAYOUT, Corrections


def corrections(options: Namespace) -> Corrections:
    """What these options say; raises Usage where one of them cannot be meant."""
    given = {name: getattr(options, name) for name in LAYOUT if getattr(options, name) is not None}
    layout = {
        name: _WORDS[name](value) if name in _WORDS else value for name, value in given.items()
    }
    types = dict(_type(told) for told in options.type or ())
    try:
        return Corrections.from_dict({"layout": layout, "types": types})
    except BadInput as wrong:
        raise Usage(wrong.what, wrong.why, wrong.do) from None


def _type(told: str) -> tuple[str, str]:
    name, equals, kind = told.rpartition("=")
    if not equals or not name:
        raise Usage(
            f"'--type {told}' is not understood.",
            "It must read COLUMN=TYPE.",
            "For example: --type zip=text",
        )
    return name, kind.strip()


def _delimiter(told: str) -> str:
    names = {character: name for name, character in DELIMITERS.items()} | {"\\t": "tab"}
    return names.get(told, told)


def _encoding(told: str) -> str:
    """The name that we use for what a person calls cp1252, latin-1 or UTF8."""
    try:
        meant = codecs.lookup(told).name
    except LookupError:
        return told
    return next((name for name in ENCODINGS if codecs.lookup(name).name == meant), told)


def _dates(told: str) -> str:
    return told.replace("-", " ")


_WORDS: dict[str, Callable[[str], str]] = {
    "delimiter": _delimiter,
    "encoding": _encoding,
    "dates": _dates,
}
