"""A line for every column of the data, and a closer look at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from mlops_tui.app.chart import histogram
from mlops_tui.app.fields.picker import Filtered
from mlops_tui.app.text import bar, fit, number, pad, spark

if TYPE_CHECKING:
    from mlops_tui.profile import ColumnProfile, Profile

SORTS = ("as in the file", "by name", "by missing", "by distinct", "by findings")
DETAIL_LINES = 5


class ColumnTable(Filtered):
    """A line for every column; typing filters, ctrl+s sorts, ctrl+r mends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "sort", "Sort"),
        Binding("ctrl+r", "mend", "Mend"),
    ]
    most_rows: ClassVar[int] = 8

    class Moved(Message):
        """Another column is under the cursor."""

        def __init__(self, column: ColumnProfile) -> None:
            super().__init__()
            self.column = column

    class Mended(Message):
        """The remedy of the column under the cursor is to be taken, or taken back."""

        def __init__(self, column: ColumnProfile) -> None:
            super().__init__()
            self.column = column

    def __init__(self, profile: Profile, *, mends: bool) -> None:
        super().__init__(id="columns")
        self.profile = profile
        self.columns = list(profile.columns)
        self.sorted = 0
        self.seen = list(range(len(self.columns)))
        self.mends = mends
        weights = {"stop": 3, "warn": 2, "note": 0}
        self.suspects: dict[str, int] = {}
        for finding in profile.findings:
            for name in finding.columns:
                self.suspects[name] = self.suspects.get(name, 0) + weights[finding.severity]
        self._longest = min(max((len(name) for name in self.names()), default=12), 40)

    def names(self) -> list[str]:
        """The columns, as sorted."""
        return [column.name for column in self.columns]

    def heading(self, width: int) -> list[Content]:
        """The names of the values; the filter when there is one."""
        told = super().heading(width)
        if self.filter:
            return told
        head = f"  {pad('column', self._wide(width))}  {pad('type', 10)} {pad('missing', 7, True)} "
        return [Content.styled(fit(f"{head}{pad('distinct', 9, True)}  spread", width),
                               "$secondary")]  # fmt: skip

    def fit_height(self) -> None:
        """Heading and rows; more of them on a tall screen."""
        most = max(self.most_rows, self.app.size.height - 28)
        self.styles.height = 1 + max(1, min(len(self.columns), most))

    def _wide(self, width: int) -> int:
        return min(max(width - 46, 12), self._longest)

    def row(self, index: int, width: int) -> Content:
        """Name, type, missing, distinct, histogram."""
        column = self.columns[self.seen[index]]
        rows = max(self.profile.rows, 1)
        gaps = "" if not column.missing else f"{100 * column.missing / rows:.1f}%"
        mark = "!" if self.suspects.get(column.name) else " "
        about = "" if column.distinct_exact else "≈"
        distinct = f"{about}{column.distinct:,}"
        told = (
            f"{self.pointer(index)}{pad(column.name, self._wide(width))} {mark}"
            f"{pad(column.type, 10)} {pad(gaps, 7, True)} {pad(distinct, 9, True)}  "
        )
        room = max(min(width - cell_len(told), 14), 0)
        return Content.assemble(
            (told, self.paint(index)), (spark(_counts(column), room), "$accent")
        )

    def moved(self) -> None:
        """Show the column under the cursor."""
        if self.seen:
            self.post_message(self.Moved(self.columns[self.seen[self.cursor]]))

    def narrow(self) -> None:
        """Filter, then show what came under the cursor."""
        super().narrow()
        self.moved()

    def action_use(self) -> None:
        """The detail is already in sight."""

    def action_mend(self) -> None:
        """Take the remedy of the column, or take it back."""
        if self.seen:
            self.post_message(self.Mended(self.columns[self.seen[self.cursor]]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be mended before the answer column is known, nor afterwards."""
        return self.mends if action == "mend" else True

    def action_sort(self) -> None:
        """The next order."""
        self.sorted = (self.sorted + 1) % len(SORTS)
        orders = (
            lambda c: 0,
            lambda c: c.name.casefold(),
            lambda c: -c.missing,
            lambda c: -c.distinct,
            lambda c: -self.suspects.get(c.name, -1),
        )
        self.columns = sorted(self.profile.columns, key=orders[self.sorted])
        self.narrow()
        self.notify(f"Sorted {SORTS[self.sorted]}.")


def detail(column: ColumnProfile, rows: int, width: int) -> list[Content]:
    """Always the same number of lines, so that nothing jumps."""
    head = f"{fit(column.name, width - 30)} · {column.semantic} · {column.physical}"
    alone = column.association
    tells = f"   tells the answer alone: {alone.measure} {alone.score:.2f}" if alone else ""
    room = max(width - len(head), 0)
    told = [Content.assemble((fit(head, width), "bold"), (fit(tells, room), "$secondary"))]
    if column.histogram:
        span = f"{number(column.minimum)} … {number(column.maximum)}"
        middle = f"mean {number(column.mean)}" if column.mean is not None else ""
        about = "about " if "quantiles" in column.sampled else ""
        half = f", half below {about}{number(column.quantiles[3])}" if column.quantiles else ""
        far = column.outliers.count if column.outliers else 0
        odd = f", {far:,} far outside" if far else ""
        told.append(Content.styled(fit(f"{span}   {middle}{half}{odd}", width), "$secondary"))
        drawn = histogram(column.histogram.counts, min(width, 60), 3)
        told += [Content.styled(row, "$accent") for row in drawn]
    else:
        told += [_level(value, count, rows, width) for value, count in column.top[:4]]
    return [*told, *[Content("")] * (DETAIL_LINES - len(told))]


def _level(value: object, count: int, rows: int, width: int) -> Content:
    share = count / max(rows, 1)
    name = pad("(empty text)" if value == "" else value, min(24, max(width - 30, 8)))
    return Content.assemble(
        f"{name} ", (bar(share, 20).replace("░", " "), "$accent"), f" {share:>6.1%}"
    )


def _counts(column: ColumnProfile) -> tuple[int, ...]:
    if column.histogram:
        return tuple(column.histogram.counts)
    return tuple(count for _, count in column.top[:12])
