"""Remedies change what lands in the project, the same way each time, and say what they did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from mlops_tui.errors import BadInput
from mlops_tui.profile import Profile, Remedy, inspect
from mlops_tui.profile.preparing import Roles, prepare
from mlops_tui.profile.remedies import offered, recommended

Write = Callable[..., Path]
CHOSEN = [
    {"action": "exclude", "columns": ["note"]},
    {"action": "as_missing", "columns": ["age"], "value": "-999"},
    {"action": "merge_variants", "columns": ["city"]},
    {"action": "drop_duplicates", "columns": []},
]


def source(written: Write) -> Path:
    rows = [
        f"n{i},{-999 if i % 20 == 0 else i % 70},{['Ulm', 'ulm ', 'Bonn', 'Ulm'][i % 4]},"
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
    assert counted == [(100, 95, 0)]
    cities = duckdb.sql(f"SELECT DISTINCT city FROM '{raw}' ORDER BY 1").fetchall()
    assert cities == [("Bonn",), ("Ulm",)]
    # Copies are told by the whole row, also by the note that is left out afterwards.
    assert [told["changed"] for told in facts["remedies"]] == [6, 27, 7, 1]
    assert [told["action"] for told in facts["remedies"]] == [
        "as_missing", "merge_variants", "drop_duplicates", "exclude",
    ]  # fmt: skip
    manifest = yaml.safe_load((tmp_path / "p" / "data" / "manifest.yaml").read_text())
    assert manifest["remedies"] == facts["remedies"]
    promised = yaml.safe_load((tmp_path / "p" / "data" / "contract.yaml").read_text())
    assert [c["name"] for c in promised["columns"]] == ["age", "city", "y", "note"]
    assert promised["columns"][0]["minimum"] == 0
    assert promised["columns"][1]["allowed"] == ["Bonn", "Ulm"]
    assert promised["columns"][3] == {"name": "note", "type": "text", "role": "excluded"}


def test_what_later_rows_need_is_written_down(written: Write, tmp_path: Path) -> None:
    facts = prepare(source(written), roles(CHOSEN), tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "cleaning.yaml").read_text())
    assert told == {
        "version": 1,
        "rules": [
            {"action": "as_missing", "column": "age", "type": "integer", "value": -999},
            {
                "action": "merge_variants",
                "column": "city",
                "spellings": {"ulm ": "Ulm"},
                "levels": ["Bonn", "Ulm"],
            },
        ],
        "dropped": ["note"],
    }
    assert "data/cleaning.yaml" in facts["files"]
    assert "rules" not in facts["remedies"][0]


def test_what_reading_took_for_missing_is_a_rule_too(written: Write, tmp_path: Path) -> None:
    rows = "".join(f"{'?' if i % 9 == 0 else i},{i},{'ab'[i % 2]}\n" for i in range(60))
    prepare(written("x,key,y\n" + rows), roles([]), tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "cleaning.yaml").read_text())
    assert told["rules"] == [{"action": "as_missing", "column": "x", "type": "text", "value": "?"}]


def test_what_a_private_column_holds_is_not_written_down(written: Write, tmp_path: Path) -> None:
    rows = "".join(f"{'Ann' if i % 7 else 'ann'}{i},{i % 5},{'ab'[i % 2]}\n" for i in range(60))
    merge = [{"action": "merge_variants", "columns": ["customer"]}]
    prepare(written("customer,x,y\n" + rows), roles(merge), tmp_path / "p")
    promised = yaml.safe_load((tmp_path / "p" / "data" / "contract.yaml").read_text())
    assert promised["columns"][0]["role"] == "identifier"
    assert "nn1" not in (tmp_path / "p" / "data" / "cleaning.yaml").read_text()


def test_remedies_repeat_bit_for_bit_in_whatever_order_they_are_chosen(
    written: Write, tmp_path: Path
) -> None:
    path = source(written)
    orders = {"one": CHOSEN, "two": CHOSEN, "back": CHOSEN[::-1], "more": [*CHOSEN, CHOSEN[0]]}
    facts = [prepare(path, roles(told), tmp_path / n) for n, told in orders.items()]
    assert facts[1:] == facts[:1] * 3
    for name in facts[0]["files"]:
        assert len({(tmp_path / n / name).read_bytes() for n in orders}) == 1, name


@pytest.mark.parametrize(
    "remedy",
    [
        {"action": "burn"},
        {"action": "exclude", "columns": ["nowhere"]},
        {"action": "exclude", "columns": ["y"]},
        {"action": "as_missing", "columns": ["age"]},
        {"action": "as_missing", "columns": ["age"], "value": "old"},
        {"action": "as_missing", "columns": ["age"], "value": "inf"},
        {"action": "merge_variants", "columns": ["age"]},
        {"action": "as_number", "columns": ["note"]},
        {"action": "as_number", "columns": []},
    ],
)
def test_what_cannot_be_done_is_said(
    written: Write, tmp_path: Path, remedy: dict[str, Any]
) -> None:
    with pytest.raises(BadInput):
        prepare(source(written), roles([remedy]), tmp_path / "p")


def table(written: Write) -> Path:
    """A key, an address, a sentinel, spellings, slips among numbers, copies, an empty column."""
    rows = [
        f"K{i:04d},user{i * 7919 % 4000}@mail.example,{-999 if i % 20 == 0 else i % 80},"
        f"{['Ulm', 'ulm ', 'Bonn', 'Ulm'][i % 4]},{'about 5' if i == 77 else f'{i * 0.5:.1f}'},"
        f"{'?!' if i % 30 == 7 else i % 90},north,,{'yes' if i * 31 % 7 < 3 else 'no'}\n"
        for i in range(600)
    ]
    head = "case_no,email,age,city,income,score,region,fax,y\n"
    return written(head + "".join(rows + rows[:9]))


RECOMMENDED = [
    "as_number income",
    "as_missing age=-999",
    "merge_variants city",
    "drop_duplicates",
    "exclude email",
    "exclude fax",
]


def test_what_an_engineer_always_does_is_recommended(written: Write) -> None:
    profile = inspect(table(written), "y")
    assert recommended(profile, "y") == RECOMMENDED
    rest = {o.remedy.written: o.reason for o in offered(profile) if not o.recommended}
    assert rest == {"as_number score": "mixed_many", "exclude region": "constant"}
    assert "exclude email" not in recommended(profile, "email")
    assert recommended(Profile.from_json(profile.to_json()), "y") == RECOMMENDED


def test_what_is_recommended_can_be_done_and_is_then_not_offered_again(
    written: Write, tmp_path: Path
) -> None:
    lines = [*RECOMMENDED, "merge_variants email"]
    chosen = tuple(Remedy.read(line) for line in lines)
    facts = prepare(table(written), Roles("y", remedies=chosen), tmp_path / "p")
    assert [told["changed"] for told in facts["remedies"]] == [1, 31, 0, 152, 9, 1, 1]
    profile = Profile.from_json((tmp_path / "p" / "reports" / "profile.json").read_text())
    assert profile.column("income").type == "number"
    assert profile.column("income").missing == 1
    assert profile.column("age").minimum == 1
    assert recommended(profile, "y") == []


def test_copies_without_a_key_may_be_real(written: Write) -> None:
    rows = [f"{i % 40},{'ab'[i % 3 % 2]}\n" for i in range(300)]
    offers = offered(inspect(written("x,y\n" + "".join(rows)), "y"))
    copies = [o for o in offers if o.remedy.action == "drop_duplicates"]
    assert [(o.recommended, o.reason) for o in copies] == [(False, "copies")]


def test_a_clean_table_needs_no_remedy(written: Write) -> None:
    rows = [f"{i * 37 % 101},{'pqr'[i * 7 % 3]},{'ab'[i * 31 % 7 % 2]}\n" for i in range(303)]
    assert offered(inspect(written("x,kind,y\n" + "".join(rows)), "y")) == []


@pytest.mark.parametrize(
    ("cells", "kind", "least", "missing"),
    [
        (["1,200.50", "3,400.00", "n/k", "7.25"], "number", 7.25, 50),
        (["€ 3", "€ 4", "free", "€ 5"], "number", 3.0, 50),
        (["7", "8", "nine", "10"], "integer", 7, 50),
    ],
)
def test_texts_become_the_numbers_they_spell(
    written: Write, tmp_path: Path, cells: list[str], kind: str, least: float, missing: int
) -> None:
    rows = "".join(f'"{cells[i % 4]}",{"ab"[i % 2]}\n' for i in range(200))
    remedy = {"action": "as_number", "columns": ["x"]}
    facts = prepare(written("x,y\n" + rows), roles([remedy, remedy]), tmp_path / "p")
    assert [told["changed"] for told in facts["remedies"]] == [missing]
    profile = Profile.from_json((tmp_path / "p" / "reports" / "profile.json").read_text())
    column = profile.column("x")
    assert (column.type, column.minimum, column.missing) == (kind, least, missing)


def test_spellings_of_yes_and_no_are_merged_as_they_are_found(
    written: Write, tmp_path: Path
) -> None:
    ways = ["yes", "No", "1", "TRUE", "n", "Y", "false", "0"]
    rows = "".join(f"{ways[i * 5 % 8]},{i * 37 % 101},{'ab'[i % 2]}\n" for i in range(240))
    path = written("a,x,y\n" + rows)
    (line,) = recommended(inspect(path, "y"), "y")
    prepare(path, Roles("y", remedies=(Remedy.read(line),)), tmp_path / "p")
    profile = Profile.from_json((tmp_path / "p" / "reports" / "profile.json").read_text())
    assert profile.column("a").distinct == 2
    assert recommended(profile, "y") == []


def test_the_person_a_row_is_about_is_kept_to_split_by(written: Write) -> None:
    rows = [f"u{i % 60}@mail.example,{i * 37 % 101},{'ab'[i * 31 % 7 % 2]}\n" for i in range(303)]
    profile = inspect(written("user,x,y\n" + "".join(rows)), "y")
    assert {f.id for f in profile.findings} == {"personal_data", "entity"}
    assert [o.remedy.written for o in offered(profile)] == ["exclude user"]
    assert recommended(profile, "y") == []
