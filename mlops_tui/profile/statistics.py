"""The figures of every column, in few scans: exact where that is cheap, from a sample where not.

`SUMMARIZE` costs six times as much at scale; its quantiles are what is dear.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mlops_tui.profile import exact, spread, wide
from mlops_tui.profile.figures import Lengths, Value
from mlops_tui.profile.measures import Figures
from mlops_tui.profile.table import Column, Progress, Table
from mlops_tui.profile.texts import batches

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXACT_ROWS = 1_000_000
LEVELS = 50
_SAMPLE_ROWS = 50_000
_SAMPLE_CELLS = 5_000_000
_NUMERIC = ("integer", "number")
_ORDERED = ("integer", "number", "date", "datetime", "time")


@dataclass(slots=True)
class Statistics:
    """The figures of a table and how they were come by."""

    figures: list[Figures] = field(default_factory=list)
    sampled_rows: int | None = None
    sample: str = "t"
    duplicates: int = 0
    exact: bool = True
    narrow: list[int] = field(default_factory=list)


def measured(table: Table, told: Progress) -> Statistics:
    """All figures of `table`; leaves the rows of the sample behind as `s`, in the file's order."""
    con, width = table.con, len(table.columns)
    made = Statistics([Figures() for _ in table.columns], exact=table.rows <= EXACT_ROWS)
    made.sampled_rows = _sample(con, table.rows, width)
    made.sample = relation(made.sampled_rows)
    whole = "t" if made.exact else made.sample
    made.narrow = list(range(width))
    if width > wide.MANY and made.exact:
        told(0, None, "counting values")
        made.narrow = wide.fill(table, made.figures, LEVELS)
    stages = ["values", "frequent values", "quantiles", "order", "duplicates"]
    for done, stage in enumerate(stages):
        told(done, len(stages), f"counting {stage}")
        if stage == "values":
            _basics(table, made)
        elif stage == "frequent values":
            _top(table, made)
        elif stage == "quantiles":
            own = [i for i in made.narrow if table.columns[i].type in _NUMERIC]
            spread.fill(con, made.figures, own, whole)
        elif stage == "order":
            _order_and_lengths(table, made)
        else:
            made.duplicates = _duplicates(table, made.exact)
    return made


def plain(value: Any) -> Value:
    """A value as JSON can hold it: dates and times as ISO text."""
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def relation(sampled_rows: int | None) -> str:
    """Where the rows of the sample are: all of them in `t`, or some in `s`.

    No view of `t` stands for `s`: in a wide table each query would bind thousands of columns.
    """
    return "t" if sampled_rows is None else "s"


def _sample(con: DuckDBPyConnection, rows: int, width: int) -> int | None:
    """The table `s` where there are many rows, picked by a hash of their number: always the same.

    How many there are; None where the sample is the whole table.
    """
    wanted = min(_SAMPLE_ROWS, max(_SAMPLE_CELLS // max(width, 1), 2000))
    if rows <= wanted * 1.5:
        return None
    keep = f"hash(rn) % {rows} < {wanted}"
    con.execute(f"CREATE TABLE s AS SELECT * FROM t WHERE {keep} ORDER BY rn")
    return int((con.execute("SELECT count(*) FROM s").fetchone() or (0,))[0])


def _basics(table: Table, made: Statistics) -> None:
    for batch in batches(made.narrow, 100):
        picked: list[str] = []
        for i in batch:
            picked += _basic(table.columns[i], made.exact)
        row = iter(table.con.execute(f"SELECT {', '.join(picked)} FROM t").fetchone() or ())
        for i in batch:
            figures = made.figures[i]
            figures.present, figures.distinct = int(next(row)), int(next(row))
            figures.distinct_exact = made.exact
            figures.minimum, figures.maximum = plain(next(row)), plain(next(row))
    _moments(table, made)
    if not made.exact:
        _count_keys(table, made)


def _basic(column: Column, exact: bool) -> list[str]:
    c = column.sql
    distinct = f"count(DISTINCT {c})" if exact else f"approx_count_distinct({c})"
    ends = [f"min({c})", f"max({c})"] if column.type in _ORDERED else ["NULL", "NULL"]
    return [f"count({c})", distinct, *ends]


def _moments(table: Table, made: Statistics) -> None:
    """Mean and standard deviation, once the ends are known."""
    own = (i for i in made.narrow if table.columns[i].type in _NUMERIC)
    spans = exact.spans(made.figures, own)
    for batch in batches(spans, 50):
        places = (exact.place(f"c{i}", *spans[i].terms, spans[i].whole) for i in batch)
        picked = ", ".join(f"{exact.total(p)}, {exact.total(f'{p} * {p}')}" for p in places)
        row = table.con.execute(f"SELECT {picked} FROM t").fetchone() or ()
        for i, (first, second) in zip(batch, _pairs(row), strict=True):
            f = made.figures[i]
            f.mean, f.stddev = spans[i].moments(f.present, first, second)


def _count_keys(table: Table, made: Statistics) -> None:
    """Estimates are good to some percent: where one could be a key, or few levels, count."""
    for column, figures in zip(table.columns, made.figures, strict=True):
        if figures.distinct > 0.9 * figures.present or figures.distinct <= 2 * LEVELS:
            found = table.con.execute(f"SELECT count(DISTINCT {column.sql}) FROM t").fetchone()
            figures.distinct, figures.distinct_exact = int((found or (0,))[0]), True


def _top(table: Table, made: Statistics) -> None:
    """The most frequent values; all of them where there are few (the contract needs those)."""
    for batch in batches(made.narrow, 40):
        parts = []
        for i in batch:
            few = made.figures[i].distinct <= LEVELS
            source = "t" if made.exact or few else made.sample
            parts.append(
                f"(SELECT {i} AS i, c::VARCHAR AS v, n FROM (SELECT c{i} AS c, count(*) AS n "
                f"FROM {source} WHERE c{i} IS NOT NULL GROUP BY c{i}) ORDER BY n DESC, v "
                f"LIMIT {LEVELS if few else 10})"
            )
        found = table.con.execute(" UNION ALL ".join(parts)).fetchall()
        for i in batch:
            own = sorted(((n, v) for j, v, n in found if j == i), key=lambda p: (-p[0], p[1]))
            made.figures[i].top = tuple((_typed(table.columns[i], v), int(n)) for n, v in own)


def _typed(column: Column, text: str) -> Value:
    if column.type == "integer":
        return int(text)
    if column.type == "number":
        return float(text)
    if column.type == "boolean":
        return text == "true"
    return text.replace(" ", "T", 1) if column.type == "datetime" else text


def _order_and_lengths(table: Table, made: Statistics) -> None:
    ordered = (i for i in made.narrow if table.columns[i].type in _ORDERED)
    for batch in batches(ordered, 50):
        lagged = ", ".join(f"c{i}, lag(c{i}) OVER (ORDER BY rn) AS p{i}" for i in batch)
        counted = ", ".join(f"count_if(c{i} < p{i}), count_if(c{i} > p{i})" for i in batch)
        row = table.con.execute(
            f"SELECT {counted} FROM (SELECT {lagged} FROM {made.sample})"
        ).fetchone()
        for i, (fell, rose) in zip(batch, _pairs(row or ()), strict=True):
            made.figures[i].monotone = fell == 0 and rose > 0
    for batch in batches((i for i, c in enumerate(table.columns) if c.type == "text"), 50):
        picked = ", ".join(
            f"min(length(c{i})), max(length(c{i})), avg(length(c{i})), "
            f"avg(1 + length(c{i}) - length(replace(c{i}, ' ', '')))"
            for i in batch
        )
        values = list(table.con.execute(f"SELECT {picked} FROM {made.sample}").fetchone() or ())
        for k, i in enumerate(batch):
            low, high, mean, words = values[4 * k : 4 * k + 4]
            if low is not None:
                made.figures[i].lengths = Lengths(int(low), int(high), mean, words)


def _pairs(row: Iterable[Any]) -> list[tuple[int, int]]:
    values = list(row)
    return list(zip(values[::2], values[1::2], strict=True))


def _duplicates(table: Table, exact: bool) -> int:
    """Rows that repeat an earlier one. Many rows: counted among a 16th of all row hashes."""
    row_hash = f"hash({', '.join(c.sql for c in table.columns)})"
    kept = "" if exact else "WHERE h % 16 = 0"
    found = table.con.execute(
        f"SELECT count(*) - count(DISTINCT h) FROM (SELECT {row_hash} AS h FROM t) {kept}"
    ).fetchone()
    return int((found or (0,))[0]) * (1 if exact else 16)
