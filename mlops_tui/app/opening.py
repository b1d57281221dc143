"""Opening a project: the first thing that loads more than the screen needs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mlops_tui.app.folders import free_folder, is_free

if TYPE_CHECKING:
    from mlops_tui.journey import Journey, Recording

DEMO = "flights-late"
Suggestions = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Request:
    """What to open. `path` is the project's folder, or the session file to replay."""

    kind: Literal["demo", "open", "replay"]
    path: Path | None = None
    suggestions: Suggestions = field(default_factory=dict)
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An open project, and the recording to replay in it, if any."""

    journey: Journey
    recording: Recording | None = None


async def open_project(request: Request) -> Opened:
    """Open, create or prepare to replay; raises Trouble. The screen stays alive meanwhile."""
    return await asyncio.to_thread(_open, request)


def _open(request: Request) -> Opened:
    journeys = import_module("mlops_tui.journey")
    if request.kind == "replay":
        return _replaying(request)
    if request.kind == "demo":
        root = request.path or free_folder(DEMO)
        return Opened(journeys.Journey.create(root, journeys.demo_suggestions()))
    assert request.path is not None
    free = is_free(request.path)
    made = journeys.Journey.create if free else journeys.Journey.open
    return Opened(made(request.path, request.suggestions or None))


def _replaying(request: Request) -> Opened:
    from mlops_tui.journey import Recording

    assert request.path is not None
    file = request.path / "session.yaml" if request.path.is_dir() else request.path
    recording = Recording(file, data=request.data)
    name = str((recording.session.answers("problem") or {}).get("name", "project"))
    safe = "".join(c if c.isalnum() else "-" for c in name).strip("-").lower()
    return Opened(recording.begin(free_folder(f"{safe or 'project'}-replayed")), recording)


def data_is_beside(session: Path) -> bool:
    """Whether the data of a session lies where a recording looks for it by itself."""
    from mlops_tui.profile.sources import problem

    folder = session if session.is_dir() else session.parent
    if (folder / "data" / "raw.parquet").is_file() or not folder.is_dir():
        return True
    try:
        text = (folder / "session.yaml" if session.is_dir() else session).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return True
    named = [line.partition("source:")[2].strip() for line in text.splitlines()
             if line.strip().startswith("source:")]  # fmt: skip
    return not named or problem(str(folder / Path(named[-1].strip("'\"")).name)) is None
