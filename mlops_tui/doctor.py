"""Checks that this machine has what a journey needs, and says what to do where it has not."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mlops_tui.places import default_projects_folder, log_folder

_ROOM_GB = 3.0
_PORT = 3000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `do` says what helps when it is not ok."""

    name: str
    state: Literal["ok", "warn", "fail"]
    found: str
    do: str = ""


def run() -> int:
    """Print every check; 0 when nothing fails, else 4."""
    checks = []
    for check in examine():
        checks.append(check)
        _say(f"{check.state:<5} {check.name:<10} {check.found}")
        if check.do:
            _say(f"{'':17}{check.do}")
    failed = sum(check.state == "fail" for check in checks)
    warned = sum(check.state == "warn" for check in checks)
    _say("")
    if failed:
        _say(f"{failed} of {len(checks)} checks failed: mend these first.")
    else:
        _say("Everything a journey needs is here.")
    if warned:
        _say(f"Warnings: {warned}. A journey works, with the limits named above.")
    return 4 if failed else 0


def examine() -> Iterator[Check]:
    """All checks, each one on its own: a check that breaks is a failed check."""
    for look in CHECKS:
        try:
            yield look()
        except Exception as error:
            name = look.__name__.strip("_")
            yield Check(name, "fail", f"could not be checked ({error})", "Mend this first.")


def _python() -> Check:
    where = f"{platform.system()} {platform.machine()}"
    return Check("python", "ok", f"{platform.python_version()} ({where})")


def _git() -> Check:
    found = _told("git", "--version")
    if found is None:
        return Check("git", "fail", "not found", "Install git: every decision is a commit.")
    numbers = re.search(r"(\d+)\.(\d+)", found)
    version = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    if version >= (2, 38):
        return Check("git", "ok", found.removeprefix("git version "))
    return Check(
        "git", "warn", f"{found}, older than 2.38",
        "Merging your own edits falls back to a slower way; a newer git is better.",
    )  # fmt: skip


def _make() -> Check:
    found = _told("make", "--version")
    if found:
        return Check("make", "ok", found)
    return Check(
        "make", "warn", "not found",
        "The generated project's shortcuts (make test, make serve) need it; install make.",
    )  # fmt: skip


def _uv() -> Check:
    beside = Path(sys.executable).with_name("uv")
    found = _told(str(beside) if beside.exists() else "uv", "--version")
    if found:
        return Check("uv", "ok", found)
    return Check("uv", "fail", "not found", "Install mlops-tui again: uv comes with it.")


def _libraries() -> Check:
    from packaging.requirements import Requirement

    wrong = []
    for line in importlib.metadata.requires("mlops-tui") or []:
        needed = Requirement(line)
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(needed.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{needed.name} is missing")
            continue
        if not needed.specifier.contains(version, prereleases=True):
            wrong.append(f"{needed.name} {version} is not {needed.specifier}")
    if wrong:
        return Check("libraries", "fail", "; ".join(wrong), "Install mlops-tui again (make setup).")
    return Check("libraries", "ok", "all within the tested bounds")


def _disk() -> Check:
    place = _existing(default_projects_folder())
    free = shutil.disk_usage(place).free / 2**30
    if free >= _ROOM_GB:
        return Check("disk", "ok", f"{free:.0f} GB free for projects")
    return Check(
        "disk", "warn", f"{free:.1f} GB free at {place}",
        f"A project with its own environment takes up to {_ROOM_GB:.0f} GB: make room.",
    )  # fmt: skip


def _folders() -> Check:
    for place in (_existing(default_projects_folder()), Path(tempfile.gettempdir())):
        if not os.access(place, os.W_OK):
            return Check("folders", "fail", f"{place} cannot be written", "Make it yours (chmod).")
    try:
        place = log_folder()
    except OSError as error:
        return Check(
            "folders", "warn", f"no folder for the log ({error.strerror})",
            "Errors cannot keep their details; set XDG_STATE_HOME to a folder of yours.",
        )  # fmt: skip
    if not os.access(place, os.W_OK):
        return Check("folders", "warn", f"the log {place} cannot be written", "Make it yours.")
    return Check("folders", "ok", f"home and temp can be written; the log is in {place}")


def _port() -> Check:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", _PORT))
        except OSError:
            return Check(
                "port", "warn", f"{_PORT} is taken",
                "Rehearsals use a free one; for `make serve` stop the other program or answer "
                "package.port with another number.",
            )  # fmt: skip
    return Check("port", "ok", f"{_PORT} is free on this machine")


def _terminal() -> Check:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Check("terminal", "ok", "none here; new, replay, demo --headless and profile work")
    size = shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower()
    told = f"{os.environ.get('TERM', 'unknown')}, {size.columns}x{size.lines}, {encoding}"
    colours = "no colours (NO_COLOR)" if "NO_COLOR" in os.environ else ""
    told = ", ".join(part for part in (told, colours) if part)
    if os.environ.get("TERM") in (None, "", "dumb"):
        return Check("terminal", "warn", told, "The app needs more; use mlops-tui ask.")
    if size.columns < 80 or size.lines < 24:
        return Check("terminal", "warn", told, "The app needs 80x24; make the window larger.")
    if not encoding.startswith("utf"):
        return Check("terminal", "warn", told, "Set LANG to a UTF-8 locale, for example C.UTF-8.")
    return Check("terminal", "ok", told)


def _telemetry() -> Check:
    if os.environ.get("MLFLOW_DISABLE_TELEMETRY") and os.environ.get("BENTOML_DO_NOT_TRACK"):
        return Check("telemetry", "ok", "off, in mlops-tui and in all it starts")
    return Check("telemetry", "fail", "not switched off", "Start through the mlops-tui command.")


CHECKS: tuple[Callable[[], Check], ...] = (
    _python, _git, _make, _uv, _libraries, _disk, _folders, _port, _terminal, _telemetry,
)  # fmt: skip


def _say(text: str) -> None:
    """Without the reporter of journeys: the doctor must also work where those cannot start."""
    sys.stdout.write(f"{text}\n")


def _told(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.splitlines()[0].strip() if done.stdout else None


def _existing(place: Path) -> Path:
    while not place.exists():
        place = place.parent
    return place
