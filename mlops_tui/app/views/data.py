"""The table that was read: a line for every column, and a closer look at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from mlops_tui.app.chart import histogram
from mlops_tui.app.fields.picker import Filtered
from mlops_tui.app.text import bar, fit, lines, number, pad, spark

if TYPE_CHECKING:
    from mlops_tui.profile import ColumnProfile, Finding, Profile

SORTS = ("as in the file", "by name", "by missing", "by distinct")
MARKS = {"stop": "✗", "warn": "!", "note": "·"}
STYLES = {"stop": "$error", "warn": "$warning", "note": "$secondary"}
MOST_FINDINGS = 40


class ColumnTable(Filtered):
    """A line for every column; typing filters, ctrl+s sorts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "sort", "Sort")]
    most_rows: ClassVar[int] = 8

    class Moved(Message):
        """Another column is under the cursor."""

        def __init__(self, column: ColumnProfile) -> None:
            super().__init__()
            self.column = column

    def __init__(self, profile: Profile) -> None:
        super().__init__(id="columns")
        self.profile = profile
        self.columns = list(profile.columns)
        self.sorted = 0
        self.seen = list(range(len(self.columns)))
        named = {name for finding in profile.findings for name in finding.columns
                 if finding.severity != "note"}  # fmt: skip
        self.suspects = named
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
        most = max(self.most_rows, self.app.size.height - 24)
        self.styles.height = 1 + max(1, min(len(self.columns), most))

    def _wide(self, width: int) -> int:
        return min(max(width - 46, 12), self._longest)

    def row(self, index: int, width: int) -> Content:
        """Name, type, missing, distinct, histogram."""
        column = self.columns[self.seen[index]]
        rows = max(self.profile.rows, 1)
        gaps = "" if not column.missing else f"{100 * column.missing / rows:.1f}%"
        mark = "!" if column.name in self.suspects else " "
        told = (
            f"{self.pointer(index)}{pad(column.name, self._wide(width))} {mark}"
            f"{pad(column.type, 10)} {pad(gaps, 7, True)} {pad(f'{column.distinct:,}', 9, True)}  "
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

    def action_sort(self) -> None:
        """The next order."""
        self.sorted = (self.sorted + 1) % len(SORTS)
        orders = (
            lambda c: 0,
            lambda c: c.name.casefold(),
            lambda c: -c.missing,
            lambda c: -c.distinct,
        )
        self.columns = sorted(self.profile.columns, key=orders[self.sorted])
        self.narrow()
        self.notify(f"Sorted {SORTS[self.sorted]}.")


class DataView(Vertical):
    """The columns, the one under the cursor, and what would hurt the model."""

    leads = True
    """Stands above the words and takes the keys."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(classes="view")
        self.profile = profile

    def compose(self) -> ComposeResult:
        """Table above, detail below it, findings last."""
        yield Static(Content.styled(_summary(self.profile), "$secondary"))
        yield ColumnTable(self.profile)
        yield Static(id="column")
        yield Static(_findings(self.profile.findings), id="findings")

    def on_mount(self) -> None:
        """The arrows walk along the columns."""
        self.query_one(ColumnTable).focus()

    def on_resize(self) -> None:
        """The detail takes the width that is known now."""
        self.query_one(ColumnTable).moved()

    @on(ColumnTable.Moved)
    def _detail(self, event: ColumnTable.Moved) -> None:
        width = max(self.content_size.width - 2, 40)
        told = lines(detail(event.column, self.profile.rows, width))
        self.query_one("#column", Static).update(told)


def _summary(profile: Profile) -> str:
    read = profile.detected
    parts = [
        f"{profile.rows:,} rows, {len(profile.columns):,} columns",
        " ".join(str(part) for part in (read.format, read.encoding) if part),
        f"{profile.duplicates:,} duplicate rows" if profile.duplicates else "no duplicate rows",
    ]
    return " · ".join(parts)


def detail(column: ColumnProfile, rows: int, width: int) -> list[Content]:
    """Always the same number of lines, so that nothing jumps."""
    head = f"{fit(column.name, width - 30)} · {column.semantic} · {column.physical}"
    told = [Content.styled(fit(head, width), "bold")]
    if column.histogram:
        span = f"{number(column.minimum)} … {number(column.maximum)}"
        middle = f"mean {number(column.mean)}" if column.mean is not None else ""
        half = f", half below {number(column.quantiles[3])}" if len(column.quantiles) > 3 else ""
        told.append(Content.styled(fit(f"{span}   {middle}{half}", width), "$secondary"))
        drawn = histogram(column.histogram.counts, min(width, 60), 3)
        told += [Content.styled(row, "$accent") for row in drawn]
    else:
        told += [_level(value, count, rows, width) for value, count in column.top[:4]]
    return [*told, *[Content("")] * (5 - len(told))]


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


def _findings(findings: tuple[Finding, ...]) -> Content:
    if not findings:
        return Content.styled("✓ Nothing was found that would hurt a model.", "$success")
    order = list(MARKS)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    told: list[Content] = []
    for finding in ranked[:MOST_FINDINGS]:
        mark, style = MARKS[finding.severity], STYLES[finding.severity]
        told.append(Content.assemble((f"{mark} ", style), (finding.evidence, "bold")))
        rest = " ".join(part for part in (finding.effect, finding.advice) if part)
        told.append(Content.styled(f"  {rest}", "$secondary"))
    if len(ranked) > MOST_FINDINGS:
        told.append(Content(f"… and {len(ranked) - MOST_FINDINGS} more in reports/profile.html"))
    return lines(told)
