"""Tools come from the catalogue: a folder more is an option more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from pydantic import ValidationError

from mlops_tui import catalogue, screens
from mlops_tui.advice.tools import clashes, suited
from mlops_tui.answers import Tools
from mlops_tui.places import shipped
from mlops_tui.steps import STEPS

TOOL = """\
order = 9
title = "Own CI"
hint = "for the curious"
what = "Runs the checks."
choose_when = "You like it."
choose_when_not = "You do not."
needs = "Nothing."
state = "ended in 2025"
succeeded_by = "GitLab CI"
suits = ["linux-server"]
conflicts = ["platform/kubernetes"]
requires = ["monitoring/prometheus"]
check = "true"
"""


@pytest.fixture
def one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue with one tool more."""
    copytree(shipped("templates") / "tools", tmp_path / "tools")
    (tmp_path / "tools" / "ci" / "own-ci").mkdir()
    (tmp_path / "tools" / "ci" / "own-ci" / "tool.toml").write_text(TOOL, encoding="utf-8")
    monkeypatch.setattr(catalogue, "shipped", lambda kind: tmp_path)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for cached in (catalogue.tools, catalogue.categories, screens.screen):
        cached.cache_clear()


def choice(ci: str, platform: str = "docker-compose", monitoring: str = "none") -> Tools:
    return Tools(team_uses=[], ci=ci, platform=platform, monitoring=monitoring)


@pytest.mark.usefixtures("one_more")
def test_a_folder_more_is_an_option_more() -> None:
    words = next(words for words in STEPS["tools"].screen.fields if words.name == "ci")
    assert [option.value for option in words.options][-2:] == ["own-ci", "none"]
    assert choice("own-ci").ci == "own-ci"
    assert suited("ci", ["linux-server"]) == (catalogue.find("ci", "own-ci"), "linux-server")


def test_a_tool_that_is_not_there_is_named() -> None:
    with pytest.raises(ValidationError, match="Choose one of: github-actions, gitlab-ci, none"):
        choice("own-ci")
    with pytest.raises(ValidationError, match="Choose one of"):
        choice("none", platform="none")


@pytest.mark.usefixtures("one_more")
def test_tools_that_do_not_go_together_are_refused() -> None:
    chosen = {"ci": "own-ci", "platform": "kubernetes", "monitoring": "prometheus"}
    assert clashes(chosen) == {"ci": "Own CI does not go with Kubernetes. Choose one."}
    missing = clashes({"ci": "own-ci", "platform": "systemd", "monitoring": "none"})
    assert missing["ci"].startswith("Own CI needs Prometheus (monitoring).")
    assert clashes({"ci": "own-ci", "platform": "systemd", "monitoring": "prometheus"}) == {}


def test_nothing_and_something_is_a_contradiction() -> None:
    told = {"team_uses": ["nothing", "docker"]}
    assert "Take out" in STEPS["tools"].problems(1, told, None)["team_uses"]  # type: ignore[arg-type]
