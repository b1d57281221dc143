"""Journeys through the front doors only: the installed command, a terminal, git, make."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Ended:
    """How a command ended, and the JSON lines it told."""

    code: int
    lines: list[dict[str, Any]]
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        """The last line."""
        assert self.lines[-1]["type"] == "summary", self.lines[-1]
        return self.lines[-1]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "mlops_tui", *words]


def tell(*words: str, cwd: Path) -> Ended:
    """Run a command with --json and without a terminal."""
    done = subprocess.run(
        command(*words, "--json"), cwd=cwd, env=clean(cwd), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Ended(done.returncode, lines, done.stderr)


def clean(home: Path) -> dict[str, str]:
    """The environment of someone who has just arrived: an own home, no git identity."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "XDG_", "MLFLOW"))}
    return {**kept, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def processes_below(folder: Path) -> list[str]:
    """The command lines of the processes that work in or on a folder (Linux only)."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            here = os.readlink(place / "cwd")
        except OSError:
            continue
        if str(folder) in words or here.startswith(str(folder)):
            found.append(words)
    return found
