"""Text that is safe and short enough for a line of a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mlops_tui.profile.printing import printable


def plain(text: object) -> str:
    """The text with everything escaped that a terminal would act on instead of showing.

    Names and cells come from files of strangers: a column name can hold an escape sequence.
    """
    return "\n".join(printable(line) for line in str(text).split("\n"))


def one_line(text: object, width: int = 200) -> str:
    """The text on one line, cut where it gets too long to read."""
    flat = " ".join(plain(text).split())
    return flat if len(flat) <= width else flat[: width - 3] + "..."


def shown(value: Any) -> str:
    """An answer as a person would write it."""
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return printable(", ".join(f"{key}: {item}" for key, item in value.items()), 300)
    if isinstance(value, list | tuple):
        return printable(", ".join(str(item) for item in value) or "(none)", 300)
    if isinstance(value, float):
        return f"{value:g}"
    return printable(value, 200)


def compact(value: Any) -> str:
    """A JSON value on one line."""
    return one_line(json.dumps(value, ensure_ascii=False, default=str), 600)
