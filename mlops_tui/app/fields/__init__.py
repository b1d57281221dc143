"""A widget for every kind of question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_tui.app.fields.base import Control, Edited, shown
from mlops_tui.app.fields.choice import Choice, Choices, YesNo
from mlops_tui.app.fields.line import Number, Place, Whole
from mlops_tui.app.fields.picker import ManyPicker, Picker
from mlops_tui.app.fields.prose import Prose
from mlops_tui.app.fields.table import Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from mlops_tui.journey import Question

KINDS = {
    "text": Prose,
    "number": Number,
    "integer": Whole,
    "yes_no": YesNo,
    "choice": Choice,
    "choices": Choices,
    "column": Picker,
    "columns": ManyPicker,
    "value": Picker,
    "table": Table,
    "path": Place,
}

__all__ = ["KINDS", "Control", "Edited", "control", "shown"]


def control(question: Question) -> Widget:
    """The widget that takes the answer to `question`."""
    made: Widget = KINDS[question.kind](question)
    return made
