"""What would hurt a model, the most serious first; space mends it and takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from mlops_tui.app.rows import RowList
from mlops_tui.app.text import fit, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlops_tui.profile import Finding
    from mlops_tui.profile.figures import Deduction
    from mlops_tui.steps.data import Mending

MARKS = {"stop": "✗", "warn": "!", "note": "·"}
STYLES = {"stop": "$error", "warn": "$warning", "note": "$secondary"}
BOXES = {True: "[x] ", False: "[ ] "}


class FindingList(RowList):
    """A line a finding; what it means is told below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,ctrl+r", "use", "Mend")]
    most_rows: ClassVar[int] = 8

    class Pointed(Message):
        """Another finding is under the cursor."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    class Mended(Message):
        """The remedy of the finding is to be taken, or taken back."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, findings: Sequence[Finding], mending: Mending | None) -> None:
        super().__init__(id="findings")
        order = list(MARKS)
        self.findings = sorted(findings, key=lambda finding: order.index(finding.severity))
        self.mending = mending

    def count(self) -> int:
        """As many rows as findings."""
        return len(self.findings)

    def heading(self, width: int) -> list[Content]:
        """How many there are."""
        place = f"{self.cursor + 1} of {self.count()}" if self.has_focus else f"{self.count()}"
        keys = "  tab: go there" if not self.has_focus else "  space: mend, and back"
        told = f"Findings · {place}{keys if self.mending or not self.has_focus else ''}"
        return [Content.styled(fit(told, width), "$secondary")]

    def row(self, index: int, width: int) -> Content:
        """Mark, whether it is mended, evidence."""
        finding = self.findings[index]
        box = ""
        if self.mending:
            box = BOXES[self.mending.taken(finding)] if self.mending.label(finding) else "    "
        mark = (f"{MARKS[finding.severity]} ", STYLES[finding.severity])
        told = fit(finding.evidence, width - 4 - len(box))
        return Content.assemble(self.pointer(index), mark, box, (told, self.paint(index)))

    def moved(self) -> None:
        """Tell about the finding under the cursor."""
        if self.findings:
            self.post_message(self.Pointed(self.findings[self.cursor]))

    def on_focus(self) -> None:
        """Tell about the first one at once."""
        self.moved()

    def action_use(self) -> None:
        """Mend it, or take that back."""
        if self.findings:
            self.post_message(self.Mended(self.findings[self.cursor]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """After the decision nothing is mended any more."""
        return self.mending is not None if action == "use" else True


def told(finding: Finding, mending: Mending | None, taken: Deduction | None) -> Content:
    """All that is said about a finding, and which points of the quality it takes."""
    takes = f"  −{taken.points} of the quality: {taken.why}" if taken else ""
    parts = [
        Content.assemble(
            (f"{MARKS[finding.severity]} ", STYLES[finding.severity]),
            (finding.evidence, "bold"),
            (takes, "$secondary"),
        ),
        Content.styled(" ".join(p for p in (finding.effect, finding.advice) if p), "$secondary"),
    ]
    if mending and (label := mending.label(finding)):
        parts.append(Content.assemble((BOXES[mending.taken(finding)], "$accent"), label))
    return lines(parts)
