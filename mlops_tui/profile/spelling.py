"""When two texts are the same thing, written in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_YES = {"yes", "y", "true", "t", "on", "1", "1.0"}
_NO = {"no", "n", "false", "f", "off", "0", "0.0"}


def folded(text: str) -> str:
    """The text without what people vary by accident: case, accents, blanks, underscores."""
    bare = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"[\s_]+", " ", bare).strip().lower()


def alike(values: Iterable[str]) -> list[list[str]]:
    """The groups of several values that say the same, each in the order of `values`.

    Where all values are ways to say yes or no, 1 and "true" are the same as well.
    """
    own = [str(value) for value in values]
    yes_or_no = {v.strip().casefold() for v in own} <= _YES | _NO
    groups: dict[str | bool, list[str]] = {}
    for value in own:
        key = value.strip().casefold() in _YES if yes_or_no else folded(value)
        groups.setdefault(key, []).append(value)
    return [group for group in groups.values() if len(group) > 1]


def tidiest(group: list[str]) -> str:
    """Of texts that are alike, in order of preference, the first without stray blanks."""
    return next((value for value in group if value == " ".join(value.split())), group[0].strip())
