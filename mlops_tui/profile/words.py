"""Words about findings (from words.toml) and text that is safe to show on a terminal."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from mlops_tui.profile.model import VALUED, Finding, Remedy

# Marks that reorder or hide text; a file can use them to show something else than it holds.
_HIDDEN = {0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF}
_HIDDEN |= set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A))
_QUOTED = ("value", "example", "examples", "low", "high")
_NO_FINDING = ("score", "private")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def printable(text: object, width: int | None = None) -> str:
    """`text` on one line, control and bidirectional characters escaped, cut to `width`."""
    shown = "".join(_visible(c) for c in str(text))
    if width is not None and len(shown) > width:
        return shown[: max(width - 1, 0)] + "…"
    return shown


def _visible(c: str) -> str:
    if c in _SHORT:
        return _SHORT[c]
    code = ord(c)
    if code in _HIDDEN or unicodedata.category(c) in ("Cc", "Cs", "Co"):
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    return c


def listed(names: Iterable[object], most: int = 5, width: int = 40) -> str:
    """Names in a sentence, each cut to `width`: "a, b and 3 more"."""
    shown = [printable(name, width) for name in names]
    if len(shown) > most:
        return ", ".join(shown[:most]) + f" and {len(shown) - most} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def table() -> dict[str, dict[str, str]]:
    """The words of every kind of finding, its severity, remedy, and what it takes points for."""
    return {kind: words for kind, words in _words().items() if kind not in _NO_FINDING}


def quotes(kind: str) -> bool:
    """Whether the words of a finding of `kind` quote values of its columns."""
    words = table()[kind]
    told = words["evidence"] + words["effect"] + words["advice"]
    return any(f"{{{fact}}}" in told for fact in _QUOTED)


def private(columns: Iterable[str]) -> tuple[str, str]:
    """The evidence and the effect of a finding whose own words would quote `columns`."""
    words = _words()["private"]
    return words["evidence"].format(columns=listed(columns)), words["effect"]


def scoring() -> dict[str, Any]:
    """The points and the words of the quality score."""
    return _words()["score"]


def finding(kind: str, columns: Iterable[str] = (), /, **facts: Any) -> Finding:
    """A finding of `kind` with its words filled from `facts`.

    The fact `severity` overrides the usual one; the fact `value` goes to a remedy about values;
    the fact `concerns` is the number of rows it is about.
    """
    names = tuple(columns)
    words = table()[kind]
    told = {
        "columns": listed(names),
        "column": printable(names[0], 40) if names else "",
        **{k: printable(v, 200) if isinstance(v, str) else v for k, v in facts.items()},
    }
    action = words.get("remedy")
    value = str(facts["value"]) if action in VALUED else None
    return Finding(
        id=kind,
        severity=facts.get("severity", words["severity"]),
        columns=names,
        evidence=words["evidence"].format(**told),
        effect=words["effect"].format(**told),
        advice=words["advice"].format(**told),
        remedy=Remedy(action, names, value) if action else None,
        rows=facts.get("concerns"),
    )
