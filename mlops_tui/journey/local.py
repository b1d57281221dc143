"""What is kept beside the project on this machine only, under `.mlops/`: never committed."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

STATE = ".mlops"


class Local:
    """Drafts, the place of the data, and what looks found but no decision holds yet."""

    def __init__(self, root: Path) -> None:
        self.folder = root / STATE
        self.keep = self.folder / "keep"
        self.log = root / "var" / "logs" / "session.log"

    def read(self, name: str) -> dict[str, Any]:
        """A small YAML file; empty when it is missing or was cut off."""
        try:
            found = yaml.safe_load((self.folder / f"{name}.yaml").read_text(encoding="utf-8"))
        except (OSError, ValueError, yaml.YAMLError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, content: Mapping[str, Any]) -> None:
        """Replace a small YAML file in one go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / f"{name}.yaml"
        beside = place.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            yaml.safe_dump(dict(content), file, sort_keys=False, allow_unicode=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)

    def forget_draft(self) -> None:
        """After a decision landed, nothing is unconfirmed any more."""
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "draft.yaml").unlink()

    def clear_keep(self) -> Path:
        """An empty folder for what looks find until a decision lands."""
        shutil.rmtree(self.keep, ignore_errors=True)
        self.keep.mkdir(parents=True)
        return self.keep
