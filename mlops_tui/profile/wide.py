"""Figures of tables with hundreds of numeric columns.

A query that names a thousand columns spends its time being planned. Here the cells stand one
under the other, (column, row, value), and one short query serves all columns of a type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_tui.profile import exact
from mlops_tui.profile.spread import BINS, QUANTILES, histogram, noted, outliers_sql, reach, wanted
from mlops_tui.profile.texts import batches

if TYPE_CHECKING:
    from mlops_tui.profile.measures import Figures
    from mlops_tui.profile.table import Table

MANY = 300
_CELLS = 10_000_000
_SQL = {"integer": "BIGINT", "number": "DOUBLE"}


def fill(table: Table, figures: list[Figures], levels: int) -> list[int]:
    """Fill the figures of all numeric columns and return the other columns."""
    done: set[int] = set()
    for kind, sql in _SQL.items():
        own = [i for i, c in enumerate(table.columns) if c.type == kind]
        for batch in batches(own, max(min(_CELLS // max(table.rows, 1), 1000), 1)):
            _lay_out(table, batch, sql)
            _basics(table, figures)
            _moments(table, figures, batch)
            _top(table, figures, levels, int if kind == "integer" else float)
            _histograms(table, figures)
            _outliers(table, figures, batch)
            _order(table, figures)
            done.update(batch)
    table.con.execute("DROP TABLE IF EXISTS cells")
    return [i for i in range(len(table.columns)) if i not in done]


def _lay_out(table: Table, batch: list[int], sql: str) -> None:
    values = ", ".join(f"c{i}::{sql}" for i in batch)
    table.con.execute(
        f"CREATE OR REPLACE TABLE cells AS SELECT rn, unnest({batch}) AS i, "
        f"unnest([{values}]) AS v FROM t"
    )


def _rows(table: Table, query: str) -> list[tuple[Any, ...]]:
    return table.con.execute(query).fetchall()


def _basics(table: Table, figures: list[Figures]) -> None:
    query = (
        "SELECT i, count(v), count(DISTINCT v), min(v), max(v), "
        f"quantile_cont(v, {QUANTILES}) FROM cells GROUP BY i"
    )
    for i, present, distinct, low, high, quantiles in _rows(table, query):
        f = figures[i]
        f.present, f.distinct, f.distinct_exact = present, distinct, True
        f.minimum, f.maximum = low, high
        f.quantiles = tuple(float(q) for q in quantiles or ())


def _moments(table: Table, figures: list[Figures], batch: list[int]) -> None:
    spans = exact.spans(figures, batch)
    if not spans:
        return
    values = ", ".join(f"({i}, {', '.join(span.terms)})" for i, span in spans.items())
    place = exact.place("v", "low", "reach", next(iter(spans.values())).whole)
    query = (
        f"SELECT i, {exact.total(place)}, {exact.total(f'{place} * {place}')} "
        f"FROM cells JOIN (VALUES {values}) AS f(i, low, reach) USING (i) GROUP BY i"
    )
    for i, first, second in _rows(table, query):
        figures[i].mean, figures[i].stddev = spans[i].moments(figures[i].present, first, second)


def _top(table: Table, figures: list[Figures], levels: int, made: type) -> None:
    query = (
        "SELECT i, v, n FROM (SELECT i, v, count(*) AS n, count(*) OVER (PARTITION BY i) AS few "
        "FROM cells WHERE v IS NOT NULL GROUP BY i, v) QUALIFY row_number() OVER "
        f"(PARTITION BY i ORDER BY n DESC, v::VARCHAR) <= if(few <= {levels}, {levels}, 10) "
        "ORDER BY i, n DESC, v::VARCHAR"
    )
    found: dict[int, list[tuple[Any, int]]] = {}
    for i, value, n in _rows(table, query):
        found.setdefault(i, []).append((made(value), int(n)))
    for i, top in found.items():
        figures[i].top = tuple(top)


def _histograms(table: Table, figures: list[Figures]) -> None:
    query = (
        "WITH ends AS (SELECT i, min(v)::DOUBLE AS low, max(v)::DOUBLE AS high FROM cells "
        f"GROUP BY i HAVING (max(v)::DOUBLE - min(v)::DOUBLE) / {BINS} > 0) SELECT i, "
        f"least(floor((v::DOUBLE - low) / ((high - low) / {BINS})), {BINS - 1})::INTEGER AS b, "
        "count(*) FROM cells JOIN ends USING (i) WHERE v IS NOT NULL AND abs(low) < 1e300 "
        "AND abs(high) < 1e300 GROUP BY i, b"
    )
    counted: dict[int, dict[int, int]] = {}
    for i, b, n in _rows(table, query):
        counted.setdefault(i, {})[b] = n
    for i, bins in counted.items():
        figures[i].histogram = histogram(figures[i], bins)


def _outliers(table: Table, figures: list[Figures], batch: list[int]) -> None:
    outside = wanted(figures, batch)
    if not outside:
        return
    values = ", ".join(
        f"({', '.join([str(i), *map(exact.sql, (*fence, reach(figures[i], fence)))])})"
        for i, fence in outside.items()
    )
    query = (
        f"SELECT i, {outliers_sql('v', 'low', 'high', 'mid', 'reach')} "
        f"FROM cells JOIN (VALUES {values}) AS f(i, low, high, mid, reach) USING (i) GROUP BY i"
    )
    for i, *found in _rows(table, query):
        noted(figures[i], outside[i], tuple(found))


def _order(table: Table, figures: list[Figures]) -> None:
    query = (
        "SELECT i, count_if(v < p), count_if(v > p) FROM (SELECT i, v, lag(v) OVER "
        "(PARTITION BY i ORDER BY rn) AS p FROM cells) GROUP BY i"
    )
    for i, fell, rose in _rows(table, query):
        figures[i].monotone = fell == 0 and rose > 0
