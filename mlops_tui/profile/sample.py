"""Rows as arrays for the questions SQL is clumsy at: scores, recodings, panels.

Texts come as hashes, so that no text of the file is ever held here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlops_tui.profile.reading import Column, Table
from mlops_tui.profile.texts import batches

if TYPE_CHECKING:
    from collections.abc import Iterable

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

_ROWS = 20_000
_KEPT_CELLS = 4_000_000


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
    """At most 20,000 rows in the order of the file, fetched a batch of columns at a time."""

    table: Table
    _kept: dict[int, Values] = field(default_factory=dict)
    _step: int = 0

    def column(self, index: int) -> Values:
        """The values of column `index`."""
        if index not in self._kept:
            for i, values in self._fetched([index]):
                self._kept[i] = values
        return self._kept[index]

    def each(self, indexes: Iterable[int]) -> Iterable[tuple[int, Values]]:
        """All of these columns one after the other; large ones are not kept."""
        wanted = list(indexes)
        for batch in batches(wanted, 100):
            if all(i in self._kept for i in batch):
                yield from ((i, self._kept[i]) for i in batch)
                continue
            for i, values in self._fetched(batch):
                # A fetch is mostly planning: what is small is fetched once.
                if min(self.table.rows, 2 * _ROWS) * len(self.table.columns) <= _KEPT_CELLS:
                    self._kept[i] = values
                yield i, values

    def _fetched(self, batch: list[int]) -> Iterable[tuple[int, Values]]:
        con = self.table.con
        if not self._step:
            rows = int((con.execute("SELECT count(*) FROM s").fetchone() or (0,))[0])
            self._step = max(rows // _ROWS, 1)
        picked = ", ".join(_expression(self.table.columns[i]) for i in batch)
        query = f"SELECT {picked} FROM s"  # s is in the order of the file
        if self._step > 1:
            own = ", ".join(f"c{i}" for i in batch)
            numbered = f"SELECT rn, {own}, row_number() OVER (ORDER BY rn) AS place FROM s"
            query = f"SELECT {picked} FROM ({numbered}) WHERE place % {self._step} = 0 ORDER BY rn"
        found = con.execute(query).fetchnumpy()
        for i in batch:
            yield i, _values(found[f"c{i}"], self.table.columns[i])


def _expression(column: Column) -> str:
    c = column.sql
    if column.type in ("text", "nested", "time"):
        return f"CASE WHEN {c} IS NOT NULL THEN hash({c}) END AS {c}"
    if column.type in ("date", "datetime"):
        return f"epoch({c}::TIMESTAMP) AS {c}"
    return f"{c}::DOUBLE AS {c}"


def _values(raw: Any, column: Column) -> Values:
    missing = np.ma.getmaskarray(raw)
    data = np.ma.getdata(raw)
    numbers: Floats | None = None
    if data.dtype.kind == "f":
        numbers = np.where(missing, np.nan, data)
        missing = np.isnan(numbers)
    codes = np.full(len(data), -1, dtype=np.int64)
    present = ~missing
    levels = 0
    if present.any():
        unique, inverse = np.unique(data[present], return_inverse=True)
        codes[present] = inverse
        levels = len(unique)
    return Values(numbers, codes, levels)
