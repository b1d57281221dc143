"""The line prompts: the same questions as the app, one after the other, in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlops_tui.errors import Cancelled
from mlops_tui.journey import Journey
from mlops_tui.places import default_projects_folder
from mlops_tui.prompts.guide import Guide
from mlops_tui.prompts.keyboard import Keyboard
from mlops_tui.prompts.talk import Talk, Typist
from mlops_tui.report import Lines, finish
from mlops_tui.session import FILE_NAME

Suggestions = Mapping[str, Mapping[str, Any]]


async def ask(
    root: Path | None,
    suggestions: Suggestions,
    typist: Typist | None = None,
    lines: Lines | None = None,
) -> int:
    """Continue or start a project and ask until it is finished; the exit code."""
    typist, lines = typist or Keyboard(), lines or Lines()
    try:
        root = root or await _where(typist, lines)
    except (KeyboardInterrupt, EOFError):
        raise Cancelled("Stopped.", "", "Nothing was started.") from None
    journey = _opened(root, suggestions)
    try:
        await Guide(journey, Talk(typist, lines)).lead()
        finish(journey, lines)
        lines.say(f"\nStart the service: cd '{root}' && make setup serve")
        return 0
    except (KeyboardInterrupt, EOFError):
        lines.say(f"\nKept. Go on any time with: mlops-tui ask '{root}'")
        raise Cancelled("Stopped.", "", "What you typed and confirmed is kept.") from None
    finally:
        journey.close()


def _opened(root: Path, suggestions: Suggestions) -> Journey:
    if (root / FILE_NAME).exists() or (root / ".mlops").is_dir():
        return Journey.open(root, suggestions or None)
    return Journey.create(root, suggestions)


async def _where(typist: Typist, lines: Lines) -> Path:
    """The folder of the project: the current one if it is one, else as typed."""
    here = Path.cwd()
    if (here / FILE_NAME).exists():
        return here
    number, folder = 1, default_projects_folder()
    while (place := folder / f"project-{number}").exists():
        number += 1
    lines.say("Where shall the project be? Name a new folder, or the folder of a project.")
    typed = (await typist.line(f"Folder [{place}]: ")).strip()
    return Path(typed).expanduser().absolute() if typed else place
