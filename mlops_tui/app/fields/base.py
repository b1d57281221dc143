"""What every kind of answer has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.message import Message

if TYPE_CHECKING:
    from mlops_tui.journey import Question


class Edited(Message):
    """An answer changed; `pointed` when only the cursor moved (another hint to show)."""

    def __init__(self, name: str, *, pointed: bool = False) -> None:
        super().__init__()
        self.name = name
        self.pointed = pointed


@runtime_checkable
class Control(Protocol):
    """The widget that takes one answer."""

    question: Question

    @property
    def answer(self) -> Any:
        """The answer as it stands: typed text where it cannot be read as the kind asks."""

    @property
    def hint(self) -> str:
        """A word about what the cursor is on, '' when there is none."""


def shown(question: Question, value: Any) -> str:
    """An answer in the words of its options."""
    words = {option.value: option.label for option in question.options}
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return f"as set for {len(value)} columns" if value else "as found"
    if isinstance(value, (list, tuple)):
        return ", ".join(words.get(str(item), str(item)) for item in value) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    return words.get(str(value), str(value))
