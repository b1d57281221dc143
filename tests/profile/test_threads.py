"""What is found out about a table does not hang on how many threads read it."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mlops_tui.profile import Profile, inspect, texts, wide, workspace

ROWS = 200_000
_GROUP = 10_000  # groups of rows are what threads share out
_ID = 1_000_000_000_000_000


@pytest.fixture(scope="module")
def centred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    z = np.random.default_rng(3).standard_normal(ROWS)
    z = (z - z.mean()) / z.std()
    n = np.arange(ROWS)
    odd = np.where(n % 5000 == 0, 1e9 * z, z)
    made = {"z": z, "far": 1e6 + 1e-3 * z, "id": _ID + n % 9767, "odd": odd, "y": n % 3 == 0}
    path = tmp_path_factory.mktemp("centred") / "centred.parquet"
    pq.write_table(pa.table(made), path, row_group_size=_GROUP)
    return path


def with_threads(monkeypatch: pytest.MonkeyPatch, path: Path) -> Iterator[Profile]:
    for threads in (1, 2, 4, 4):
        monkeypatch.setitem(workspace.SETTINGS, "threads", threads)
        yield inspect(path, "y")


@pytest.mark.parametrize("many", [wide.MANY, 2])
def test_figures(centred: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(wide, "MANY", many)
    first, *others = with_threads(monkeypatch, centred)
    assert all(other == first for other in others)  # to the last bit, not to 6 digits
    z, far, number = (first.column(name) for name in ("z", "far", "id"))
    assert (z.mean, z.stddev) == (0, pytest.approx(1, rel=1e-5))
    truth = pq.read_table(centred, columns=["far"])["far"].to_pylist()
    assert far.mean == pytest.approx(statistics.fmean(truth), rel=1e-15)
    assert far.stddev == pytest.approx(statistics.stdev(truth), rel=1e-12)
    assert number.mean == _ID + sum(n % 9767 for n in range(ROWS)) / ROWS
    odd = first.column("odd").outliers
    assert odd is not None and (odd.count, odd.part) == (ROWS // 5000, 1)


def test_the_texts_that_types_are_guessed_from(tmp_path: Path) -> None:
    con = workspace.connect(tmp_path)
    made = "'v' || (range * 7919 % 5003) AS c0, 'w' || (range % 1009) AS c1"
    con.execute(f"CREATE TABLE raw AS SELECT {made} FROM range(600_000)")
    seen = []
    for threads in (1, 2, 4, 4):
        con.execute(f"SET threads = {threads}")
        seen.append(texts._sampled(con, [0, 1], 600_000))
    assert all(other == seen[0] for other in seen)


@pytest.mark.parametrize("many", [wide.MANY, 2])
def test_numbers_at_the_ends_of_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(wide, "MANY", many)
    n = np.arange(200)
    made = {
        "long": np.where(n % 2 == 0, -(2**63), 2**63 - 1),
        "huge": np.where(n % 2 == 0, -1.7e308, 1.7e308),
        "tiny": np.where(n % 2 == 0, 0.0, 5e-324),
        "same": np.full(200, 0.1),
        "y": n % 3 == 0,
    }
    pq.write_table(pa.table(made), tmp_path / "ends.parquet")
    profile = inspect(tmp_path / "ends.parquet", "y")
    found = {c.name: (c.mean, c.stddev) for c in profile.columns}
    assert found["long"] == (pytest.approx(-0.5, abs=2e4), pytest.approx(2**63, rel=1e-2))
    assert found["huge"] == (0, pytest.approx(1.7e308, rel=1e-2))
    assert found["same"] == (0.1, 0)
    drawn = {c.name: c.histogram and sum(c.histogram.counts) for c in profile.columns}
    assert (drawn["long"], drawn["tiny"], drawn["huge"]) == (200, None, None)


def test_pairs_that_are_told_alike_come_in_the_order_of_the_columns(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    one = rng.standard_normal(500)
    alike = {f"x{k}": one + 1e-3 * rng.standard_normal(500) for k in range(8)}
    pq.write_table(pa.table({**alike, "y": one > 0}), tmp_path / "alike.parquet")
    told = inspect(tmp_path / "alike.parquet", "y").correlations
    assert told is not None and {p.rho for p in told.pairs} == {1}
    pairs = [(p.first, p.second) for p in told.pairs]
    assert pairs == sorted(pairs) and len(pairs) == 28
