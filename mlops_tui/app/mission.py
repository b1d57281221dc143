"""Mission control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_tui.app.page import Page

if TYPE_CHECKING:
    from mlops_tui.app.flow import Flow


class MissionPage(Page):
    """Looks after a finished project."""

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self.flow = flow
