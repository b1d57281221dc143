"""Remedies change what lands in the project, the same way each time, and say what they did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from mlops_tui.errors import BadInput
from mlops_tui.profile.preparing import Roles, prepare

Write = Callable[..., Path]
CHOSEN = [
    {"action": "exclude", "columns": ["note"]},
    {"action": "as_missing", "columns": ["age"], "value": "-999"},
    {"action": "merge_variants", "columns": ["city"]},
    {"action": "drop_duplicates", "columns": []},
    {"action": "drop_unanswered", "columns": ["y"]},
]


def source(written: Write) -> Path:
    rows = [
        f"n{i},{-999 if i % 20 == 0 else i},{['Ulm', 'ulm ', 'Bonn', 'Ulm'][i % 4]},"
        f"{'' if i % 10 == 3 else 'ab'[i % 2]}\n"
        for i in range(100)
    ]
    return written("note,age,city,y\n" + "".join(rows + rows[:7]))


def roles(remedies: Any) -> Roles:
    return Roles.from_dict({"target": "y", "remedies": remedies})


def test_each_remedy_does_what_it_says(written: Write, tmp_path: Path) -> None:
    facts = prepare(source(written), roles(CHOSEN), tmp_path / "p")
    raw = tmp_path / "p" / "data" / "raw.parquet"
    counted = duckdb.sql(f"SELECT count(*), count(age), min(age) FROM '{raw}'").fetchall()
    assert counted == [(86, 85, 1)]
    cities = duckdb.sql(f"SELECT DISTINCT city FROM '{raw}' ORDER BY 1").fetchall()
    assert cities == [("Bonn",), ("Ulm",)]
    # Without the note, rows with the same age, city and answer count as copies, too.
    assert [told["changed"] for told in facts["remedies"]] == [1, 6, 27, 11, 10]
    manifest = yaml.safe_load((tmp_path / "p" / "data" / "manifest.yaml").read_text())
    assert manifest["remedies"] == facts["remedies"]
    promised = yaml.safe_load((tmp_path / "p" / "data" / "contract.yaml").read_text())
    assert [c["name"] for c in promised["columns"]] == ["age", "city", "y"]
    assert promised["columns"][0]["minimum"] == 1


def test_remedies_repeat_bit_for_bit(written: Write, tmp_path: Path) -> None:
    path = source(written)
    facts = [prepare(path, roles(CHOSEN), tmp_path / n) for n in ("one", "two")]
    assert facts[0] == facts[1]


@pytest.mark.parametrize(
    "remedy",
    [
        {"action": "burn"},
        {"action": "exclude", "columns": ["nowhere"]},
        {"action": "exclude", "columns": ["y"]},
        {"action": "as_missing", "columns": ["age"]},
        {"action": "as_missing", "columns": ["age"], "value": "old"},
        {"action": "merge_variants", "columns": ["age"]},
    ],
)
def test_what_cannot_be_done_is_said(
    written: Write, tmp_path: Path, remedy: dict[str, Any]
) -> None:
    with pytest.raises(BadInput):
        prepare(source(written), roles([remedy]), tmp_path / "p")
