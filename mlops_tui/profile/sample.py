"""Rows as arrays for the questions SQL is clumsy at: scores, recodings, panels.

Texts come as hashes, so that no text of the file is ever held here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlops_tui.profile.table import Column, Table
from mlops_tui.profile.texts import batches

if TYPE_CHECKING:
    from collections.abc import Iterable

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

_ROWS = 20_000
_KEPT_CELLS = 12_000_000


@dataclass(frozen=True, slots=True)
class Values:
    """One column of the sample: numbers (where it has any) and codes of equal values."""

    numbers: Floats | None
    codes: Codes
    levels: int

    @property
    def missing(self) -> Mask:
        """Where there is no value."""
        mask: Mask = self.codes < 0
        return mask


@dataclass(slots=True)
class Sample:
    """At most 40,000 rows in the order of the file, fetched a batch of columns at a time.

    Of a `relation` that has more, rows at equal distances are taken.
    """

    table: Table
    relation: str
    _kept: dict[int, Values] = field(default_factory=dict)
    _step: int = 0

    @property
    def rows(self) -> int:
        """How many rows the sample has."""
        return len(self.column(0).codes)

    def column(self, index: int) -> Values:
        """The values of column `index`."""
        if index not in self._kept:
            for i, values in self._fetched([index]):
                self._kept[i] = values
        return self._kept[index]

    def text(self, index: int, row: int) -> str:
        """The value of column `index` in row `row` of the sample, as text."""
        place = row if self._step <= 1 else (row + 1) * self._step - 1
        query = f"SELECT c{index}::VARCHAR FROM {self.relation} ORDER BY rn LIMIT 1 OFFSET {place}"
        return str((self.table.con.execute(query).fetchone() or ("",))[0])

    def trailing_numbers(self, index: int) -> Floats:
        """The number at the end of each text of column `index`; NaN where there is none."""
        digits = f"regexp_extract(c{index}, '[0-9]{{1,15}}$')"
        (raw,) = self._picked([f"TRY_CAST({digits} AS DOUBLE) AS n"], f"c{index}").values()
        return np.where(np.ma.getmaskarray(raw), np.nan, np.ma.getdata(raw))

    def each(self, indexes: Iterable[int]) -> Iterable[tuple[int, Values]]:
        """All of these columns one after the other; large ones are not kept."""
        wanted = list(indexes)
        for batch in batches(wanted, 400):
            if all(i in self._kept for i in batch):
                yield from ((i, self._kept[i]) for i in batch)
                continue
            for i, values in self._fetched(batch):
                # A fetch is mostly planning: what is small is fetched once.
                if min(self.table.rows, 2 * _ROWS) * len(self.table.columns) <= _KEPT_CELLS:
                    self._kept[i] = values
                yield i, values

    def _fetched(self, batch: list[int]) -> Iterable[tuple[int, Values]]:
        expressions = [_expression(self.table.columns[i]) for i in batch]
        found = self._picked(expressions, ", ".join(f"c{i}" for i in batch))
        for i in batch:
            yield i, _values(found[f"c{i}"], self.table.columns[i])

    def _picked(self, expressions: list[str], columns: str) -> dict[str, Any]:
        """Expressions over `columns`, for every row of the sample in the order of the file."""
        con = self.table.con
        if not self._step:
            rows = int((con.execute(f"SELECT count(*) FROM {self.relation}").fetchone() or (0,))[0])
            self._step = max(rows // _ROWS, 1)
        query = f"SELECT {', '.join(expressions)} FROM {self.relation}"  # in the order of the file
        if self._step > 1:
            numbered = (
                f"SELECT rn, {columns}, row_number() OVER (ORDER BY rn) AS place "
                f"FROM {self.relation}"
            )
            query = (
                f"SELECT {', '.join(expressions)} FROM ({numbered}) "
                f"WHERE place % {self._step} = 0 ORDER BY rn"
            )
        return con.execute(query).fetchnumpy()


def _expression(column: Column) -> str:
    c = column.sql
    if column.type in ("text", "nested", "time"):
        return f"CASE WHEN {c} IS NOT NULL THEN hash({c}) END AS {c}"
    if column.type in ("date", "datetime"):
        return f"epoch({c}::TIMESTAMP) AS {c}"
    return f"{c}::DOUBLE AS {c}"


def _values(raw: Any, column: Column) -> Values:
    data, missing = np.ma.getdata(raw), np.ma.getmaskarray(raw)
    if data.dtype.kind == "f":
        return coded(np.where(missing, np.nan, data))
    return Values(None, *_codes(data, ~missing))


def coded(numbers: Floats) -> Values:
    """Numbers, NaN where there is none, as the values of a column."""
    return Values(numbers, *_codes(numbers, ~np.isnan(numbers)))


def _codes(data: Any, present: Mask) -> tuple[Codes, int]:
    """Equal values get equal numbers from 0 on, in their order; -1 where there is none."""
    codes = np.full(len(data), -1, dtype=np.int64)
    if not present.any():
        return codes, 0
    unique, inverse = np.unique(data[present], return_inverse=True)
    codes[present] = inverse
    return codes, len(unique)
