"""Words about findings, from words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from mlops_tui.profile.model import VALUED, Finding, Remedy
from mlops_tui.profile.printing import listed, printable

_QUOTED = ("value", "example", "examples", "low", "high")
_NO_FINDING = ("score", "private")


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
