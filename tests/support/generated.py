"""A project as the assistant makes it, from a table, without the steps between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mlops_tui.places import shipped
from mlops_tui.profile.preparing import Roles, prepare
from mlops_tui.project.render import render_folder

PACKAGE = "made"
QUICK = {
    "training": {"candidates": ["linear"], "max_trials": 1},
    "evaluation": {"resamples": 200},
}


@dataclass
class Project:
    """A generated project in a folder of its own."""

    folder: Path

    def ran(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """One of the project's own commands, in a process of its own; it must end with `code`."""
        return self._process(["-m", PACKAGE, *words], code)

    def python(self, script: str) -> str:
        """What a script prints that uses the project's code."""
        return self._process(["-c", script], 0).stdout

    def tests(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The project's own tests."""
        return self._process(["-m", "pytest", "-q", "-p", "no:cacheprovider", *words], 0)

    def report(self, name: str) -> dict[str, Any]:
        """What a command found."""
        text = (self.folder / "reports" / f"{name}.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def change(self, **sections: dict[str, Any]) -> None:
        """Change params.yaml."""
        path = self.folder / "params.yaml"
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, entries in sections.items():
            told.setdefault(name, {}).update(entries)
        path.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")

    def _process(self, words: list[str], code: int) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PYTEST_"))}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.folder, env={**kept, "PYTHONPATH": "src"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
        assert "Traceback" not in done.stderr
        return done


def made(folder: Path, source: Path, roles: dict[str, Any], **params: dict[str, Any]) -> Project:
    """Render the project, prepare its data, and write params.yaml; nothing is trained yet."""
    words = {"project": "made", "package": PACKAGE, "question": "Is it so?", "python": "3.11"}
    template = shipped("templates") / "project"
    for path, file in render_folder(template, {**words, "tools": {}}).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    prepare(source, Roles.from_dict(roles), folder)
    project = Project(folder)
    known = ("target", "task", "positive", "time", "group", "exclude")
    told: dict[str, dict[str, Any]] = {
        "project": {"name": "made", "package": PACKAGE, "question": "Is it so?"},
        "data": {name: roles[name] for name in known if name in roles},
        **QUICK,
    }
    (folder / "params.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    project.change(**params)
    return project
