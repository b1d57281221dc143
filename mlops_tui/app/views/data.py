"""The table that was read: its columns, one of them closer, and what would hurt a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mlops_tui.app.text import fit, lines
from mlops_tui.app.views.columns import ColumnTable, detail
from mlops_tui.app.views.findings import BOXES, FindingList, told

if TYPE_CHECKING:
    from mlops_tui.profile import ColumnProfile, Finding, Profile
    from mlops_tui.steps.data import Mending

Keep = Callable[[dict[str, Any]], None]
UNMENDABLE = "Nothing here can be mended at a key; the words below say what to do."


class DataView(Vertical):
    """Columns above, the one under the cursor below them, findings last.

    `keep` is given the answers that a remedy changed; without `mending` there is only to look.
    """

    leads = True
    """Stands above the words and takes the keys."""

    def __init__(
        self, profile: Profile, mending: Mending | None = None, keep: Keep | None = None
    ) -> None:
        super().__init__(classes="view")
        self.profile = profile
        self.mending = mending
        self.keep = keep
        self.column = profile.columns[0]

    def compose(self) -> ComposeResult:
        """Summary, columns, detail, findings."""
        yield Static(Content.styled(_summary(self.profile), "$secondary"))
        yield ColumnTable(self.profile, mends=self.mending is not None)
        yield Static(id="column")
        if self.profile.findings:
            yield FindingList(self.profile.findings, self.mending)
            yield Static(id="finding")
        else:
            yield Static(Content.styled("✓ Nothing was found that would hurt a model.", "$success"))

    def on_mount(self) -> None:
        """The arrows walk along the columns."""
        self.query_one(ColumnTable).focus()

    def on_resize(self) -> None:
        """The detail takes the width that is known now."""
        self.query_one(ColumnTable).moved()

    @on(ColumnTable.Moved)
    def _closer(self, event: ColumnTable.Moved) -> None:
        self.column = event.column
        self._draw()

    def _draw(self) -> None:
        width = max(self.content_size.width - 2, 40)
        shown = detail(self.column, self.profile.rows, width)
        self.query_one("#column", Static).update(lines([*shown, self._trouble(width)]))

    def _trouble(self, width: int) -> Content:
        """What was found about the column under the cursor, on one line."""
        found = self._about(self.column)
        if not found:
            return Content("")
        first = self._mendable(self.column) or found[0]
        label = self.mending.label(first) if self.mending else ""
        if self.mending is None or not label:
            return Content.styled(fit(f"! {first.evidence}", width), "$warning")
        box = BOXES[self.mending.taken(first)]
        return Content.assemble((box, "$accent bold"), fit(f"ctrl+r  {label}", width - 4))

    def _about(self, column: ColumnProfile) -> list[Finding]:
        found = (f for f in self.profile.findings if column.name in f.columns)
        order = ("stop", "warn", "note")
        return sorted(found, key=lambda finding: order.index(finding.severity))

    def _mendable(self, column: ColumnProfile) -> Finding | None:
        about = self._about(column)
        return next((f for f in about if self.mending and self.mending.label(f)), None)

    @on(ColumnTable.Mended)
    def _mend_column(self, event: ColumnTable.Mended) -> None:
        finding = self._mendable(event.column)
        if finding is None:
            self.notify(UNMENDABLE, markup=False)
        else:
            self._mend(finding)

    @on(FindingList.Mended)
    def _mend_finding(self, event: FindingList.Mended) -> None:
        if self.mending and self.mending.label(event.finding):
            self._mend(event.finding)
        else:
            self.notify(UNMENDABLE, markup=False)

    def _mend(self, finding: Finding) -> None:
        if self.mending is None or self.keep is None:
            return
        self.keep(self.mending.toggle(finding))
        self._draw()
        self.query_one(FindingList).refresh()
        self._tell(finding)

    @on(FindingList.Pointed)
    def _point(self, event: FindingList.Pointed) -> None:
        self._tell(event.finding)

    def _tell(self, finding: Finding) -> None:
        taken = self.profile.quality.of(finding.id, finding.columns)
        self.query_one("#finding", Static).update(told(finding, self.mending, taken))


def _summary(profile: Profile) -> str:
    read = profile.detected
    about = "" if profile.duplicates_exact else "about "
    copies = f"{about}{profile.duplicates:,} duplicate rows"
    parts = [
        f"{profile.rows:,} rows, {len(profile.columns):,} columns",
        " ".join(str(part) for part in (read.format, read.encoding) if part),
        copies if profile.duplicates else "no duplicate rows",
        f"quality {profile.quality.score} of 100",
    ]
    return " · ".join(parts)
