"""What is wrong with the values themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlops_tui.profile.context import Context, share
from mlops_tui.profile.model import ColumnProfile, Finding
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.roles import keys
from mlops_tui.profile.spelling import alike
from mlops_tui.profile.statistics import EXACT_ROWS
from mlops_tui.profile.words import finding

_MANY_MISSING = 0.3
_FEW_EXTREME, _DOMINANT_PART = 0.01, 0.5
_MAYBE_MISSING = {"?", "NA", "na", "-", "--", ".", "n.a.", "N.A."}


def found(ctx: Context) -> list[Finding]:
    """All findings about quality."""
    made = [*_emptiness(ctx), *_markers(ctx), *_mixed(ctx), *_duplicates(ctx), *_extreme(ctx)]
    inputs = [ctx.places[c.name] for c in ctx.profile.columns if c.type in ("integer", "number")]
    for i, values in ctx.sample.each(inputs):
        if values.numbers is not None:
            made += _sentinels(ctx, ctx.profile.columns[i], values.numbers)
    for column in ctx.profile.columns:
        if column.type == "text" and 2 < column.distinct <= 5000 and column.semantic != "text":
            made += _variants(ctx, column)
    return made


def _emptiness(ctx: Context) -> list[Finding]:
    rows, goal = ctx.profile.rows, ctx.target
    columns = [c for c in ctx.profile.columns if goal is None or c.name != goal.name]
    groups = {
        "empty_column": [c for c in columns if c.missing == rows],
        "constant": [
            c for c in columns if c.semantic == "constant" and c.missing < rows and rows > 1
        ],
        "almost_constant": [c for c in columns if c.distinct > 1 and _nearly_one(c, rows)],
        "identifier": [c for c in columns if c.semantic == "identifier"],
        "nested": [c for c in columns if c.semantic == "nested"],
    }
    made = [finding(kind, [c.name for c in cs]) for kind, cs in groups.items() if cs]
    many = [c for c in columns if _MANY_MISSING * rows <= c.missing < rows]
    if many:
        many.sort(key=lambda c: -c.missing)
        told = listed(f"{c.name} ({share(c.missing, rows)})" for c in many)
        made.append(finding("missing_many", [c.name for c in many], shares=told))
    infinite = [c for c in columns if c.not_finite]
    if infinite:
        told = listed(f"{c.name} ({c.not_finite})" for c in infinite)
        worst = max(c.not_finite for c in infinite)
        made.append(finding("infinite", [c.name for c in infinite], shares=told, concerns=worst))
    return made


def _nearly_one(column: ColumnProfile, rows: int) -> bool:
    present = rows - column.missing
    return bool(column.top) and present >= 100 and column.top[0][1] >= 0.995 * present


def _markers(ctx: Context) -> list[Finding]:
    made = []
    marked = ctx.profile.extra.get("marked", {})
    if marked:
        told = listed(
            f"{name} ({' '.join(m['markers'])}: {m['count']})" for name, m in marked.items()
        )
        made.append(finding("missing_markers", list(marked), shares=told))
    for column in ctx.profile.columns:
        if column.type != "text" or (ctx.target and column.name == ctx.target.name):
            continue
        for value, n in column.top:
            if value in _MAYBE_MISSING:
                made.append(finding("suspected_markers", [column.name], value=str(value), count=n))
    return made


def _mixed(ctx: Context) -> list[Finding]:
    made = []
    for name, m in ctx.profile.extra.get("mixed", {}).items():
        kind = {"integer": "whole numbers", "number": "numbers"}.get(m["as"], f"a {m['as']}")
        facts = {
            "concerns": m["unread"],
            "count": m["unread"],
            "rows": m["of"],
            "row": m["row"],
            "kind": kind,
        }
        made.append(finding("mixed_types", [name], value=printable(m["text"], 40), **facts))
        if m["as"] not in ("integer", "number"):
            made[-1] = replace(made[-1], remedy=None)
    return made


def _duplicates(ctx: Context) -> list[Finding]:
    count, rows = ctx.profile.duplicates, ctx.profile.rows
    if not count:
        return []
    serious = count >= 0.01 * rows or bool(keys(ctx.profile))
    return [
        finding(
            "duplicate_rows",
            severity="warn" if serious else "note",
            concerns=count,
            count=f"{count:,}",
            share=share(count, rows),
            about="" if ctx.profile.duplicates_exact else "About ",
        )
    ]


def _extreme(ctx: Context) -> list[Finding]:
    """Columns in which a few outliers make up most of the spread."""
    told = {}
    for c in ctx.profile.columns:
        few = _FEW_EXTREME * (ctx.profile.rows - c.missing)
        if c.outliers and 0 < c.outliers.count <= few and c.outliers.part >= _DOMINANT_PART:
            what = f"{share(c.outliers.part, 1)} of the spread"
            told[c.name] = f"{printable(c.name, 40)} ({c.outliers.count:,} make up {what})"
    if not told:
        return []
    return [finding("extreme_values", list(told), shares=listed(told.values(), 3, 62))]


def _sentinels(ctx: Context, column: ColumnProfile, numbers: np.ndarray) -> list[Finding]:
    """Numbers like -999 that stand for a missing value, and zeros that seem to."""
    if column.distinct < 8 or (ctx.target and column.name == ctx.target.name):
        return []
    present = numbers[~np.isnan(numbers)]
    made: list[Finding] = []
    for _ in range(2):
        values, counts = np.unique(present, return_counts=True)
        odd = next((v for v in (values[0], values[-1]) if _odd(v, values, counts, present)), None)
        if odd is None:
            return made + _zeros(ctx, column, values, counts, present)
        n = ctx.one(f"SELECT count(*) FROM t WHERE {ctx.sql(column.name)} = {float(odd)!r}")
        shown = f"{odd:g}" if abs(odd) < 1e6 else str(int(odd))
        made.append(finding("sentinel", [column.name], value=shown, count=n, concerns=n))
        present = present[present != odd]
        if len(present) < 20:
            break
    return made


def _odd(v: float, values: np.ndarray, counts: np.ndarray, present: np.ndarray) -> bool:
    """Is `v` a number people write for "missing", apart from all the others?"""
    text = f"{abs(v):.10g}"
    magic = (set(text) == {"9"} and len(text) >= 2) or v in (-1, -9, -88, -888, -77, -777, -8)
    if not magic or len(values) < 8:
        return False
    rest, count = values[values != v], counts[values == v][0]
    if count < max(2, 0.0005 * len(present)):
        return False
    low, high = np.quantile(present[present != v], [0.05, 0.95])
    gap = min(abs(v - rest[0]), abs(v - rest[-1]))
    if v == -1:
        return bool(rest[0] >= 0 and len(rest) > 20 and count >= 0.01 * len(present))
    return bool(gap > 0.5 * max(high - low, 1e-12) and (v > 0 or rest[0] > v))


def _zeros(
    ctx: Context,
    column: ColumnProfile,
    values: np.ndarray,
    counts: np.ndarray,
    present: np.ndarray,
) -> list[Finding]:
    if values[0] != 0 or len(values) < 20 or counts[0] > 0.2 * len(present) or counts[0] < 2:
        return []
    low, high = np.quantile(present[present > 0], [0.05, 0.95])
    if values[1] < 0.8 * (high - low) or values[1] < 0.5 * low:
        return []
    n = ctx.one(f"SELECT count(*) FROM t WHERE {ctx.sql(column.name)} = 0")
    return [
        finding(
            "zero_suspect", [column.name], value="0", least=f"{values[1]:g}", count=n, concerns=n
        )
    ]


def _variants(ctx: Context, column: ColumnProfile) -> list[Finding]:
    """Categories that differ only by case, blanks or underscores."""
    groups = _groups(ctx, column)
    if not groups:
        return []
    told = "; ".join(" = ".join(f"'{printable(v, 20)}'" for v in group[:4]) for group in groups[:3])
    more = f" and {len(groups) - 3} more" if len(groups) > 3 else ""
    return [finding("dirty_categories", [column.name], examples=told + more)]


def _groups(ctx: Context, column: ColumnProfile) -> list[list[str]]:
    if column.distinct_exact and column.distinct == len(column.top):
        return alike(str(value) for value, _ in column.top)
    x = ctx.sql(column.name)
    relation = "t" if ctx.profile.rows <= EXACT_ROWS else ctx.sample.relation
    same = r"lower(trim(regexp_replace(strip_accents(v), '[\s_]+', ' ', 'g')))"
    found = ctx.table.con.execute(
        f"SELECT list(v ORDER BY n DESC, v), sum(n) AS total FROM (SELECT {x} AS v, count(*) AS n "
        f"FROM {relation} WHERE {x} IS NOT NULL GROUP BY v) GROUP BY {same} "
        "HAVING count(*) > 1 ORDER BY total DESC, 1 LIMIT 50"
    ).fetchall()
    return [variants for variants, _ in found]
