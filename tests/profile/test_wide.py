"""Tables with many columns take another path, which must find the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.profile import inspect, wide

Write = Callable[..., Path]


def test_both_paths_find_the_same(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(4)
    rows = "".join(
        f"{i},{rng.gauss(0, 1):.4f},{rng.randint(0, 9)},{rng.choice(['', '5', '7.5'])},"
        f"{rng.choice('abc')},9007199254740993\n"
        for i in range(300)
    )
    path = written("n,x,d,m,t,big\n" + rows)
    narrow = inspect(path, "t")
    monkeypatch.setattr(wide, "MANY", 2)
    assert inspect(path, "t").to_json() == narrow.to_json()
    assert narrow.column("big").maximum == 9007199254740993


def test_a_thousand_columns(written: Write) -> None:
    head = ",".join(f"c{k}" for k in range(1000)) + ",y\n"
    rng = random.Random(2)
    rows = (
        ",".join(f"{rng.random():.3f}" for _ in range(1000)) + f",{'ab'[i % 2]}\n"
        for i in range(60)
    )
    profile = inspect(written(head + "".join(rows)), "y")
    assert len(profile.columns) == 1001
    assert all(c.histogram is not None for c in profile.columns[:1000])
    assert "more_columns_than_rows" in {f.id for f in profile.findings}
    assert not [f for f in profile.findings if "leak" in f.id]
