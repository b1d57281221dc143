"""Texts that were read in the wrong encoding before they came here, and levels that may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlops_tui.profile.context import Context
from mlops_tui.profile.model import ColumnProfile, Finding
from mlops_tui.profile.printing import printable
from mlops_tui.profile.texts import batches
from mlops_tui.profile.words import finding
from mlops_tui.profile.workspace import literal

# UTF-8 read as Windows-1252: the first byte of a letter shows as Ã or Â (of a sign as â), the
# next one as one of the characters that bytes 80 to BF stand for. And what could not be read.
_NEXT = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
DAMAGE = f"[ÃÂ][{_NEXT}]|â[€‚„†ˆ™][{_NEXT}]|ï»¿|\ufffd"
_MOST_LEVELS = 300
_LEAST_SHARE = 0.002
_SMALL_WORDS = {"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "von", "und"}


def found(ctx: Context) -> list[Finding]:
    """All findings about damaged texts and abbreviations."""
    columns = [c for c in ctx.profile.columns if c.type == "text" and c.distinct]
    made = [*_damaged_names(ctx), *_damaged_values(ctx, columns)]
    for column in columns:
        if 3 <= column.distinct <= _MOST_LEVELS and column.semantic == "category":
            made += _abbreviated(ctx, column)
    return made


def _damaged_names(ctx: Context) -> list[Finding]:
    names = [name for name in ctx.profile.names if re.search(DAMAGE, name)]
    example = printable(names[0], 40) if names else ""
    facts = {"where": "The names of", "example": example}
    return [finding("encoding_damage", names, **facts)] if names else []


def _damaged_values(ctx: Context, columns: list[ColumnProfile]) -> Iterator[Finding]:
    """Only texts with more bytes than characters are looked at: plain ones cannot be damaged."""
    for batch in batches((ctx.places[c.name] for c in columns), 50):
        test = f"strlen({{x}}) > length({{x}}) AND regexp_matches({{x}}, {literal(DAMAGE)})"
        picked = ", ".join(
            f"count_if({test.format(x=f'c{i}')}), min(CASE WHEN {test.format(x=f'c{i}')} "
            f"THEN c{i} END)"
            for i in batch
        )
        row = ctx.table.con.execute(f"SELECT {picked} FROM {ctx.sample.relation}").fetchone() or ()
        for i, count, example in zip(batch, row[::2], row[1::2], strict=True):
            if count:
                sampled = ctx.profile.sampled_rows
                of = f" of {sampled:,} sampled" if sampled else ""
                facts = {"where": f"{count:,}{of} values of", "example": printable(example, 40)}
                yield finding("encoding_damage", [ctx.profile.columns[i].name], **facts)


def _abbreviated(ctx: Context, column: ColumnProfile) -> list[Finding]:
    """NY beside New York: short levels that are the first letters of exactly one long level."""
    counted = _levels(ctx, column)
    least = max(3, _LEAST_SHARE * (ctx.profile.rows - column.missing))
    often = [value for value, n in counted if n >= least]
    by_initials: dict[str, list[str]] = {}
    for value in often:
        for initials in {_initials(value, True), _initials(value, False)} - {""}:
            by_initials.setdefault(initials, []).append(value)
    pairs = []
    for value in often:
        short = value.replace(".", "").strip()
        longs = by_initials.get(short.upper(), [])
        if 2 <= len(short) <= 5 and short.isalpha() and short.isupper() and len(longs) == 1:
            pairs.append((value, longs[0]))
    if not pairs:
        return []
    told = "; ".join(f"'{printable(a, 20)}' and '{printable(b, 30)}'" for a, b in pairs[:3])
    return [finding("abbreviations", [column.name], examples=told)]


def _initials(text: str, every: bool) -> str:
    """The first letters of a text of several words, with or without small words like "of"."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if every or w.lower() not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper() if len(words) >= 2 else ""


def _levels(ctx: Context, column: ColumnProfile) -> list[tuple[str, int]]:
    if len(column.top) == column.distinct:
        return [(str(value), n) for value, n in column.top]
    x = ctx.sql(column.name)
    found = ctx.table.con.execute(
        f"SELECT {x}, count(*) AS n FROM {ctx.sample.relation} WHERE {x} IS NOT NULL "
        "GROUP BY ALL ORDER BY n DESC, 1"
    ).fetchall()
    return [(str(value), int(n)) for value, n in found]
