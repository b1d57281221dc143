"""What the searches for findings share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mlops_tui.profile.alone import Scored, scored
from mlops_tui.profile.model import ColumnProfile, Profile
from mlops_tui.profile.roles import guess_time
from mlops_tui.profile.sample import Codes, Sample
from mlops_tui.profile.scores import Answer, answer
from mlops_tui.profile.semantic import tokens
from mlops_tui.profile.statistics import relation
from mlops_tui.profile.table import Table

_HUGE = 1e100
_PLANNED = {"sched", "scheduled", "planned", "expected", "estimated", "promised", "due"}


@dataclass
class Context:
    """A profile, its open table and a sample of its rows."""

    profile: Profile
    table: Table
    task: str | None = None
    owner: str | None = None
    sample: Sample = field(init=False)

    def __post_init__(self) -> None:
        self.sample = Sample(self.table, relation(self.profile.sampled_rows))
        block = self.profile.target
        self._target = self.profile.column(block.name) if block else None

    @property
    def target(self) -> ColumnProfile | None:
        """The column with the answer."""
        return self._target

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each column stands."""
        return {name: i for i, name in enumerate(self.profile.names)}

    @cached_property
    def planned(self) -> dict[tuple[str, ...], str]:
        """By the words of "dep_time": the column sched_dep_time, where there is one."""
        split = {name: tokens(name) for name in self.profile.names}
        return {tuple(w[1:]): name for name, w in split.items() if w[0:1] and w[0] in _PLANNED}

    @cached_property
    def order(self) -> tuple[str | None, Codes]:
        """The rows of the sample as time passed, and the time column; else as in the file."""
        guess = guess_time(self.profile)
        if guess is not None and (self.target is None or guess.value != self.target.name):
            moments = self.sample.column(self.places[guess.value]).numbers
            if moments is not None:
                known = np.flatnonzero(~np.isnan(moments))
                return guess.value, known[np.argsort(moments[known], kind="stable")]
        return None, np.arange(self.sample.rows)

    def sql(self, name: str) -> str:
        """The column's name in the table `t`."""
        return f"c{self.places[name]}"

    @property
    def inputs(self) -> list[int]:
        """The columns that could be inputs."""
        left_out = self.target.name if self.target else None
        return [
            i
            for i, c in enumerate(self.profile.columns)
            if c.name != left_out and c.semantic not in ("constant", "nested")
        ]

    @cached_property
    def answer(self) -> Answer | None:
        """The target's values in the sample; None where there is nothing to tell apart."""
        if self.target is None or self.target.distinct < 2 or self.task is None:
            return None
        if not calculable(self.target):
            return None
        owners = self.sample.column(self.places[self.owner]).codes if self.owner else None
        made = answer(self.sample.column(self.places[self.target.name]), self.task, owners)
        return made if len(made.keep) >= 20 else None

    @cached_property
    def scored(self) -> dict[int, Scored]:
        """What each input tells about the answer by itself."""
        return scored(self)

    def one(self, query: str) -> int:
        """The single number a query gives."""
        row = self.table.con.execute(query).fetchone()
        return int(row[0]) if row and row[0] is not None else 0


def calculable(column: ColumnProfile) -> bool:
    """Can one calculate with these values? The squares of huge numbers overflow."""
    ends = [e for e in (column.minimum, column.maximum) if isinstance(e, (int, float))]
    return max((abs(e) for e in ends), default=0) < _HUGE


def share(part: float, whole: float) -> str:
    """A share as a person writes it: 26%, 0.4%, under 0.1%."""
    value = part / whole if whole else 0.0
    if value >= 0.1:
        return f"{value:.0%}"
    return f"{value:.1%}" if value >= 0.001 else "under 0.1%"
