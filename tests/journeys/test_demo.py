"""The demo from the command line to a service that answered, again, and on its own feet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from front_doors import Ended, clean, git, tell

from mlops_tui.demo import DATA
from mlops_tui.lifecycle import ORDER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]
Demo = tuple[Path, Ended]


def test_the_demo_ends_with_an_answer_of_the_real_service(demo: Demo) -> None:
    root, ended = demo
    assert ended.code == 0, ended.err
    assert [line["step"] for line in ended.lines if line["type"] == "step"] == list(ORDER)
    summary = ended.summary
    assert summary["service"]["status"] == 200
    assert summary["service"]["response"]["predictions"]
    assert summary["verdict"] == "ml"
    assert summary["metrics"]["score"] > summary["baseline"]["score"]
    assert summary["commit"] == git(root, "rev-parse", "main")
    assert git(root, "status", "--porcelain") == ""
    card = (root / "reports" / "model-card.md").read_text(encoding="utf-8")
    assert "Not to be used for: To judge airlines" in card
    assert "It knows the seasons that were in its rows" in card.split("## Limits")[1]
    assert "- [ ] Stop the service" in (root / "docs" / "before-launch.md").read_text()


def test_a_replay_ends_on_the_same_commit(demo: Demo, tmp_path: Path) -> None:
    root, _ = demo
    words = ["--into", "again", "--data", str(DATA), "--verify"]
    ended = tell("replay", str(root / "session.yaml"), *words, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert ended.summary["commit"] == git(root, "rev-parse", "main")


def test_an_edited_replay_differs_from_there_on(demo: Demo, tmp_path: Path) -> None:
    root, _ = demo
    words = ["--set", "need.rule=none", "--until", "need", "--verify"]
    ended = tell("replay", str(root), "--into", "again", *words, cwd=tmp_path)
    assert ended.code == 5
    assert "--set: need" in ended.err
    before = git(root, "log", "--first-parent", "--reverse", "--format=%H", "main").split()
    after = git(tmp_path / "again", "log", "--first-parent", "--reverse", "--format=%H").split()
    assert after[:-1] == before[: len(after) - 1]
    assert after[-1] != before[len(after) - 1]


def test_the_project_stands_on_its_own_feet(demo: Demo, tmp_path: Path) -> None:
    """Cloned elsewhere, with an environment of its own and without mlops_tui."""
    if not shutil.which("make"):
        pytest.skip("needs make")
    root, _ = demo
    git(tmp_path, "clone", "--quiet", str(root), "clone")
    # The caches of the package tools are shared, so that this does not download everything again.
    environment = {**clean(tmp_path), "UV_CACHE_DIR": str(Path.home() / ".cache" / "uv")}
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        ["make", "setup", "test"], cwd=tmp_path / "clone", env=environment, text=True,
        stdin=subprocess.DEVNULL, capture_output=True, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    python = tmp_path / "clone" / ".venv" / "bin" / "python"
    found = subprocess.run([python, "-c", "import mlops_tui"], cwd=tmp_path, capture_output=True)
    assert found.returncode == 1
