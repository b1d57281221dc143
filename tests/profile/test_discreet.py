"""What people are called stands in no file that `prepare` writes for git."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from mlops_tui.profile import Profile, inspect
from mlops_tui.profile.corrections import UNCORRECTED, Corrections
from mlops_tui.profile.model import Quoting, Remedy
from mlops_tui.profile.preparing import Roles, prepare

Write = Callable[..., Path]
RAGGED = "bob.secret@x.org,1,2,3,4,5,6,7,8,9\n"
# Values of columns that are private in one way or another; the last is a line that does not fit.
SECRETS = ("mail.example", "Quentin", "K0007", "Zermatt", "1234567", "bob.secret")


def table(written: Write) -> Path:
    """An address, names that stay an input, a key, places and numbers that are excluded."""
    names = ["Quentin Rohan", "Ulla Quentin", "quentin rohan ", "Max Ulm", "Eva Ulm", "Uwe Ulm"]
    rows = [
        f"user{i * 7919 % 400}@mail.example,{names[i % 6]} {chr(65 + i % 20)}.,K{i:04d},"
        f"{['Zermatt', 'zermatt ', 'Bern'][i % 3]},{1234567 + i % 50},"
        f"{'soon' if i == 30 else i % 60},{'yes' if i * 31 % 7 < 3 else 'no'}\n"
        for i in range(300)
    ]
    head = "email,customer_name,case_no,place,phone,age,y\n"
    return written(head + "".join([*rows[:100], RAGGED, *rows[100:]]))


def prepared(path: Path, into: Path, corrections: Corrections = UNCORRECTED) -> dict[str, Any]:
    left_out = {"place": "later", "phone": "later"}
    remedies = (Remedy("exclude", ("email",)),)
    roles = Roles("y", exclude=left_out, remedies=remedies, corrections=corrections)
    return prepare(path, roles, into)


def test_nothing_that_names_people_is_in_a_file_for_git(written: Write, tmp_path: Path) -> None:
    path = table(written)
    look = inspect(path, "y").to_json()
    assert all(secret in look for secret in SECRETS), "a person who looks recognises their data"
    facts = prepared(path, tmp_path / "p")
    texts = [p for p in (tmp_path / "p").rglob("*") if p.is_file() and p.suffix != ".parquet"]
    assert len(texts) == 5
    for file in texts:
        # What is an input stays known to the contract: later rows are held against it.
        mine = SECRETS if file.name != "contract.yaml" else set(SECRETS) - {"Quentin"}
        assert [s for s in mine if s.lower() in file.read_text().lower()] == [], file
    assert [s for s in SECRETS if s in str(facts)] == []
    raw = tmp_path / "p" / "data" / "raw.parquet"
    assert "email" not in [row[0] for row in duckdb.sql(f"DESCRIBE FROM '{raw}'").fetchall()]


def test_reports_keep_what_names_nobody(written: Write, tmp_path: Path) -> None:
    prepared(table(written), tmp_path / "p")
    profile = Profile.from_json((tmp_path / "p" / "reports" / "profile.json").read_text())
    assert profile.column("case_no").distinct == 300
    assert profile.column("age").top and profile.target and profile.target.classes
    told = {f.id: f for f in profile.findings if "place" in f.columns}
    assert "only in a look" in told["dirty_categories"].evidence


def test_notes_say_where_and_how_many_without_a_quote(written: Write, tmp_path: Path) -> None:
    path, said = table(written), Corrections.from_dict({"types": {"age": "integer"}})
    notes = inspect(path, corrections=said).detected.notes
    assert any("(the first: bob.secret" in note for note in notes)
    assert any("the first is soon in data row 31." in note for note in notes)
    prepared(path, tmp_path / "p", said)
    manifest = yaml.safe_load((tmp_path / "p" / "data" / "manifest.yaml").read_text())
    assert manifest["source"]["notes"][-2:] == [
        "1 line(s) do not fit the table and were left out: line 102.",
        "age: 1 value(s) cannot be read as integer and became missing; "
        "the first is in data row 31.",
    ]


def test_a_quote_cannot_be_written_by_mistake() -> None:
    """The manifest is safe YAML, which refuses what is more than a plain text."""
    with pytest.raises(yaml.representer.RepresenterError):
        yaml.safe_dump([Quoting("the first: bob", "one line")])
