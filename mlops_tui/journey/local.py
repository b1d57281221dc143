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
Suggestions = Mapping[str, Mapping[str, Any]]


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

    def suggest(self, suggestions: Suggestions) -> None:
        """Keep what takes the place of recommended answers; the data file's place separately."""
        told = {step: dict(fields) for step, fields in suggestions.items()}
        source = told.get("data", {}).pop("source", None)
        self.write("local", {**self.read("local"), "suggestions": told})
        if source:
            self.remember_source(str(source))

    def remember_source(self, source: str) -> None:
        """Where the data is on this machine."""
        from mlops_tui.profile.sources import resolved

        self.write("local", {**self.read("local"), "source": resolved(source)})

    def remember_source_of(self, values: Mapping[str, Any]) -> None:
        """The same, where the answers of a step name a data file."""
        if "source" in values:
            self.remember_source(str(values["source"]))

    @property
    def source(self) -> str | None:
        """Where the data is on this machine, if that is known."""
        place = self.read("local").get("source")
        return str(place) if place else None

    def filled(self, step: str, in_force: Mapping[str, Any]) -> dict[str, Any]:
        """What to fill in on a step: a draft, else the answers in force, else suggestions."""
        suggested = self.read("local").get("suggestions", {}).get(step, {})
        # The session keeps the data file's name only; its place is known here.
        decided = {name: value for name, value in in_force.items() if name != "source"}
        return {**suggested, **decided, **self._draft(step)}

    def keep_draft(self, step: str, stage: int, values: Mapping[str, Any]) -> None:
        """Keep what was typed on a step, beside what was typed on its other stages before."""
        from mlops_tui.profile.sources import keepable

        kept = {**self._draft(step), **values}
        if not keepable(str(kept.get("source") or "")):
            del kept["source"]  # a password is on its way in: it is refused, and kept nowhere
        self.write("draft", {"step": step, "stage": stage, "values": kept})

    def forget(self, step: str, names: frozenset[str]) -> None:
        """Forget what was typed as answers to these questions of a step."""
        kept = {name: v for name, v in self._draft(step).items() if name not in names}
        self.write("draft", {**self.read("draft"), "step": step, "values": kept})

    def _draft(self, step: str) -> dict[str, Any]:
        draft = self.read("draft")
        return dict(draft.get("values", {})) if draft.get("step") == step else {}

    def forget_draft(self) -> None:
        """After a decision landed, nothing is unconfirmed any more."""
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "draft.yaml").unlink()

    def clear_keep(self) -> Path:
        """An empty folder for what looks find until a decision lands."""
        shutil.rmtree(self.keep, ignore_errors=True)
        self.keep.mkdir(parents=True)
        return self.keep
