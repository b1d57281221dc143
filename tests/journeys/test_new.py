"""`mlops-tui new` on a table made here, and stopped half-way."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from front_doors import clean, command, git, processes_below, tell

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def table(path: Path, rows: int = 500) -> Path:
    """Rents of flats: a number to predict, with categories, dates and holes."""
    dice = random.Random(7)
    lines = ["area,rooms,quarter,built,rent"]
    for _ in range(rows):
        area, quarter = dice.uniform(20, 150), dice.choice(["north", "south", "old town"])
        rooms = "" if dice.random() < 0.1 else str(max(1, round(area / 28)))
        built = f"{dice.randint(1900, 2020)}-{dice.randint(1, 12):02}-01"
        rent = 120 + 9 * area + (200 if quarter == "old town" else 0) + dice.gauss(0, 60)
        lines.append(f"{area:.1f},{rooms},{quarter},{built},{rent:.0f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_table_becomes_a_service(tmp_path: Path) -> None:
    data = table(tmp_path / "the flats.csv")
    words = ["--target", "rent", "--set", "training.max_trials=3", "--set", "problem.name=Rents"]
    ended = tell("new", "my rents", "--data", str(data), "--defaults", *words, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert ended.summary["task"] == "regression"
    assert ended.summary["verdict"] == "ml"
    assert ended.summary["service"]["status"] == 200
    assert git(tmp_path / "my rents", "status", "--porcelain") == ""
    assert str(tmp_path) not in git(tmp_path / "my rents", "show", "HEAD:session.yaml")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_stopped_in_training_it_leaves_nothing_behind_and_goes_on(tmp_path: Path) -> None:
    data = table(tmp_path / "flats.csv", 3000)
    words = ["new", "p", "--data", str(data), "--target", "rent", "--defaults", "--json"]
    child = subprocess.Popen(
        command(*words), cwd=tmp_path, env=clean(tmp_path), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    for line in child.stdout:
        told = json.loads(line)
        if told["type"] == "metric" and told["step"] == "training":
            break
    child.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, err = child.communicate(timeout=30)
    assert time.monotonic() - begun < 5
    assert child.returncode == 130, err
    assert err.startswith("mlops-tui: Stopped.")
    assert processes_below(tmp_path) == []
    assert git(tmp_path / "p", "status", "--porcelain") == ""
    from mlops_tui.journey import Journey

    journey = Journey.open(tmp_path / "p")
    assert journey.next_step() == "training"
    journey.close()
