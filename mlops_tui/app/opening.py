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
    from mlops_tui.journey import Journey
    from mlops_tui.session import Session

DEMO = "flights-late"


@dataclass(frozen=True, slots=True)
class Request:
    """What to open. `path` is the project's folder, or the session file to replay."""

    kind: Literal["demo", "open", "replay"]
    path: Path | None = None
    suggestions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    data: Path | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An open project, and the session to replay in it, if any."""

    journey: Journey
    session: Session | None = None
    data: Path | None = None


async def open_project(request: Request) -> Opened:
    """Open, create or prepare to replay; raises Trouble. The screen stays alive meanwhile."""
    return await asyncio.to_thread(_open, request)


def _open(request: Request) -> Opened:
    journeys = import_module("mlops_tui.journey")
    create, reopen = journeys.Journey.create, journeys.Journey.open
    if request.kind == "replay":
        return _replaying(request, create)
    if request.kind == "demo":
        root = request.path or free_folder(DEMO)
        return Opened(create(root, journeys.demo_suggestions()))
    assert request.path is not None
    made = create if is_free(request.path) else reopen
    return Opened(made(request.path, request.suggestions))


def _replaying(request: Request, create: Any) -> Opened:
    from mlops_tui.session import load

    assert request.path is not None
    file = request.path / "session.yaml" if request.path.is_dir() else request.path
    session = load(file)
    data = request.data or _data_beside(session, file.parent)
    problem = session.answers("problem") or {}
    name = str(problem.get("name", "replayed"))
    safe = "".join(c if c.isalnum() else "-" for c in name).strip("-").lower()
    root = free_folder(f"{safe or 'project'}-replayed")
    return Opened(create(root, author=session.author), session, data)


def _data_beside(session: Session, folder: Path) -> Path | None:
    name = Path(str((session.answers("data") or {}).get("source", ""))).name
    places = (folder / name, folder / "data" / name, folder / "data" / "raw.parquet")
    return next((place for place in places if name and place.is_file()), None)
