"""The data step: what is asked from what was found, and what a key does about a finding."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from mlops_tui.answers import Data
from mlops_tui.profile import Finding, Profile, inspect
from mlops_tui.profile.grouping import groups
from mlops_tui.profile.preparing import Roles, prepare
from mlops_tui.steps import STEPS
from mlops_tui.steps.data import Mending, checks, defaults, tables
from mlops_tui.steps.data.step import prepared

WORDS = STEPS["data"].words


def table(rows: int = 400, seed: int = 4) -> str:
    rng = random.Random(seed)
    told = ["person,email,age,city,paid_a,paid_b,paid_c,won,day,closed"]
    for i in range(rows):
        y = rng.random() < 0.4
        age = -999 if rng.random() < 0.05 else rng.randint(18, 80)
        city = rng.choice(["Bonn", "bonn ", "Ulm", "Kiel"])
        paid = [round(rng.gauss(0, 1), 3) for _ in range(3)]
        shown = [f"P{rng.randrange(60):03d}", f"u{rng.randrange(10**6)}@mail.example", age, city]
        told.append(",".join(map(str, [
            *shown, *paid, "yes" if y else "no", f"2024-{i // 34 + 1:02d}-{i % 28 + 1:02d}",
            rng.choice("uvw") if y else "",
        ])))  # fmt: skip
    return "\n".join(told) + "\n"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    file = tmp_path_factory.mktemp("data") / "people.csv"
    file.write_text(table(), encoding="utf-8")
    return inspect(file, "won")


def found(profile: Profile, kind: str, column: str) -> Finding:
    return next(f for f in profile.findings if f.id == kind and column in f.columns)


def mending(profile: Profile, **answers: Any) -> Mending:
    return Mending(WORDS("remedies"), profile, answers)


def test_a_suspect_is_asked_about_first_and_alone_the_others_in_groups(profile: Profile) -> None:
    rows = tables.known_later(WORDS("known_later"), profile, "won")
    assert rows[0].columns == ("closed",)
    assert "closed" in rows[0].hint
    together = next(row for row in rows if len(row.columns) > 1)
    assert together.columns == ("paid_a", "paid_b", "paid_c")
    assert "paid_b" in together.hint
    assert {name for row in rows for name in row.columns} == set(profile.names) - {"won"}
    assert {row.base for row in rows} == {"before"}


def test_the_parts_of_a_formula_are_asked_about_and_used_unless_said_otherwise(
    tmp_path: Path,
) -> None:
    rng = random.Random(6)
    rows = "".join(
        f"{a},{b},{rng.random():.3f},{0.17 * a + 2 * b:.4f}\n"
        for a, b in ((rng.randint(1, 400), rng.randint(1, 90)) for _ in range(300))
    )
    (tmp_path / "bill.csv").write_text("minutes,calls,x,charge\n" + rows, encoding="utf-8")
    bill = inspect(tmp_path / "bill.csv", "charge")
    rows_asked = tables.known_later(WORDS("known_later"), bill, "charge")
    assert {row.columns[0] for row in rows_asked[:2]} == {"minutes", "calls"}
    assert defaults.of_what_is_mended(bill, {"target": "charge"})["known_later"].value == {}
    formula = next(f for f in bill.findings if f.id == "formula")
    told = mending(bill).toggle(formula)
    assert told == {"known_later": {"minutes": "after", "calls": "after"}}


def test_thousands_of_columns_take_few_rows(profile: Profile) -> None:
    one = profile.column("age")
    from dataclasses import replace

    many = [replace(one, name=f"V{i}") for i in range(2000)]
    odd = [replace(one, name=f"{chr(97 + i % 26)}{chr(97 + i // 26)}x") for i in range(60)]
    made = groups([*many, *odd])
    assert [group.label for group in made] == [
        "V* (2,000 columns)", "others: integer (60 columns)",
    ]  # fmt: skip
    assert sum(len(group.columns) for group in made) == 2060


def test_what_every_engineer_mends_is_recommended(profile: Profile) -> None:
    given = {"target": "won", "time_column": "day", "group_column": "person"}
    told = defaults.of_what_is_mended(profile, given)
    assert set(told["remedies"].value) == {
        "exclude email", "as_missing age=-999", "merge_variants city",
    }  # fmt: skip
    assert told["known_later"].value == {"closed": "after"}
    kept = defaults.of_what_is_mended(profile, {**given, "group_column": "email"})
    assert "exclude email" not in kept["remedies"].value


@pytest.mark.parametrize(
    ("kind", "column", "changed"),
    [
        ("sentinel", "age", {"remedies": ["as_missing age=-999"]}),
        ("leak_missingness", "closed", {"known_later": {"closed": "after"}}),
        ("entity", "person", {"group_column": "person"}),
        ("time_order", "day", {"time_column": "day"}),
    ],
)
def test_a_key_takes_a_remedy_and_takes_it_back(
    profile: Profile, kind: str, column: str, changed: dict[str, Any]
) -> None:
    mended, finding = mending(profile), found(profile, kind, column)
    assert mended.label(finding)
    assert not mended.taken(finding)
    assert mended.toggle(finding) == changed
    assert mended.taken(finding)
    back = mended.toggle(finding)
    assert not mended.taken(finding)
    assert back in ({"remedies": []}, {"known_later": {"closed": "before"}}, dict.fromkeys(changed))


def test_a_remedy_joins_those_that_are_taken(profile: Profile) -> None:
    mended = mending(profile, remedies=["exclude email"])
    told = mended.toggle(found(profile, "dirty_categories", "city"))
    assert told == {"remedies": ["exclude email", "merge_variants city"]}


def test_a_list_of_late_columns_is_a_table_of_them() -> None:
    field = Data.__pydantic_validator__.validate_assignment
    told = field(Data.model_construct(), "known_later", ["a", "b"])
    assert told.known_later == {"a": "after", "b": "after"}
    with pytest.raises(ValidationError):
        field(Data.model_construct(), "known_later", {"a": ["b"]})
    assert field(Data.model_construct(), "known_later", [["a"]]).known_later == {"['a']": "after"}


def test_a_suspect_that_was_cleared_is_used() -> None:
    told = Data.model_construct(known_later={"c": "unknown", "a": "before", "b": "after"})
    assert told.unusable == {"b": "after", "c": "unknown"}


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"remedies": ["exclude day"]}, "remedies", "the time"),
        ({"remedies": ["exclude won"]}, "remedies", "the answer"),
        ({"remedies": ["exclude nope"]}, "remedies", "no column nope"),
        ({"remedies": ["burn age"]}, "remedies", "no remedy 'burn'"),
        ({"remedies": ["exclude 'age"]}, "remedies", "not understood"),
        ({"remedies": ["exclude city"], "protected": ["city"]}, "remedies", "city"),
        ({"known_later": {"nope": "after"}}, "known_later", "nope"),
        ({"known_later": ["won"]}, "known_later", "always known later"),
        ({"protected": ["won"]}, "protected", "answer column"),
    ],
)
def test_what_cannot_be_is_told_at_its_question(
    profile: Profile, told: dict[str, Any], field: str, said: str
) -> None:
    given = {"target": "won", "time_column": "day", "group_column": None, **told}
    assert said in checks.columns(4, given, profile)[field]


def test_the_usual_answers_are_no_problem(profile: Profile) -> None:
    given = {"target": "won", "time_column": "day", "group_column": "person"}
    values = {n: d.value for n, d in defaults.of_what_is_mended(profile, given).items()}
    assert checks.columns(4, {**given, **values}, profile) == {}


def test_types_are_shown_with_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zip;x;y\n" + "01234;3,5;a\n04321;4,5;b\n" * 30, encoding="utf-8")
    profile = inspect(file)
    rows = {row.columns[0]: row for row in tables.types(profile)}
    assert rows["zip"].base == "text"
    assert "01234" in rows["zip"].hint
    assert rows["x"].base == "number"
    rows = {row.columns[0]: row for row in tables.layout(WORDS("layout"), profile)}
    assert rows["delimiter"].options[0].label == "as found: semicolon"
    assert rows["decimal"].options[0].label == "as found: comma"
    assert rows["header"].options[0].value == rows["header"].base == ""


def test_read_as_found_again_is_no_correction() -> None:
    field = Data.__pydantic_validator__.validate_assignment
    told = field(Data.model_construct(), "layout", {"decimal": "", "header": "2"})
    assert told.layout == {"header": "2"}


def test_a_column_with_two_findings_is_mended_at_either(tmp_path: Path) -> None:
    rows = "".join(f"u{i}@mail.example,{i % 7},{'ab'[i % 2]}\n" for i in range(200))
    (tmp_path / "keys.csv").write_text("customer_email,x,y\n" + rows, encoding="utf-8")
    keys = inspect(tmp_path / "keys.csv", "y")
    mended = mending(keys)
    for kind in ("personal_data", "identifier"):
        finding = found(keys, kind, "customer_email")
        assert mended.label(finding) == "Leave out customer_email"
        mended.toggle(finding)
    assert mended.answers["remedies"] == []


PREPARED = {
    "layout": ({}, {"encoding": "windows-1252"}),
    "types": ({}, {"city": "text", "age": "text"}),
    "remedies": ([], ["as_missing age=-999"]),
    "known_later": ({}, {"closed": "after"}),
}


@pytest.mark.parametrize("name", PREPARED)
def test_what_is_said_of_the_data_changes_what_is_prepared(name: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(table().replace("Ulm", "Köln"), encoding="utf-8")
    usual = {"source": "people.csv", "commit_limit_mb": 5.0, "target": "won", "task": "binary",
             "positive": "yes", "row_is": "one person", "time_column": None, "group_column": None,
             "known_later": {}, "protected": []}  # fmt: skip
    made = []
    for i, value in enumerate(PREPARED[name]):
        answers = Data.model_validate({**usual, name: value})
        into = tmp_path / str(i)
        prepare(tmp_path / "people.csv", Roles.from_dict(prepared(answers)), into)
        contract = (into / "data" / "contract.yaml").read_text(encoding="utf-8")
        made.append((contract, (into / "data" / "raw.parquet").read_bytes()))
    assert made[0] != made[1]
