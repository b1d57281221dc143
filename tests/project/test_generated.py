"""The generated project, through its own commands: later rows are treated as the first were."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from generated import Project, made

from mlops_tui.profile.spelling import folded

pytestmark = pytest.mark.slow  # trains, and runs a dozen commands
COLUMNS = ("id", "email", "age", "city", "size", "income", "day", "answer")
REMEDIES = [
    {"action": "exclude", "columns": ["email"]},
    {"action": "as_missing", "columns": ["age"], "value": "-999"},
    {"action": "merge_variants", "columns": ["city"]},
]
ROLES = {"target": "answer", "task": "binary", "positive": "yes", "remedies": REMEDIES}
Row = dict[str, Any]


def rows(count: int, first: int = 0, seed: int = 5) -> list[Row]:
    """People, with a marker for an unknown age, spellings of a city, and "?" for a size."""
    dice = random.Random(seed)
    found = []
    for i in range(first, first + count):
        age, size, city = dice.randint(18, 90), dice.randint(1, 9), dice.choice(["Ulm", "Köln"])
        likely = (age - 54) / 18 + (size - 5) / 2 + (0.8 if city == "Ulm" else -0.8)
        spelled = {"Ulm": ["Ulm", "Ulm", "ulm "], "Köln": ["Köln", "Köln", "KOLN"]}[city]
        found.append(
            {
                "id": f"k{i:05d}",
                "email": f"p{i}@example.org",
                "age": -999 if i % 20 == 3 else age,
                "city": dice.choice(spelled),
                "size": "?" if i % 11 == 0 else size,
                "income": round(dice.gauss(3000, 500), 2),
                "day": f"2024-{1 + i % 12:02d}-01",
                "answer": "yes" if likely + dice.gauss(0, 0.7) > 0 else "no",
            }
        )
    return found


def cleaned(row: Row) -> Row:
    """The row as somebody who has read the remedies would write it."""
    city = {"ulm": "Ulm", "koln": "Köln"}[folded(row["city"])]
    return {
        **row,
        "age": "" if row["age"] == -999 else row["age"],
        "size": "" if row["size"] == "?" else row["size"],
        "city": city,
    }


def written(path: Path, found: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(found)
    return path


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose data was cleaned, trained and judged."""
    folder = tmp_path_factory.mktemp("cleaned")
    project = made(folder / "p", written(folder / "people.csv", rows(700)), ROLES)
    for command in ("ingest", "train", "evaluate", "reference"):
        project.ran(command)
    return project


def predicted(project: Project, source: Path) -> str:
    out = source.with_suffix(".out.csv")
    project.ran("predict", "--in", str(source), "--out", str(out))
    return out.read_text()


def test_rows_to_predict_are_cleaned_as_the_first_ones_were(
    project: Project, tmp_path: Path
) -> None:
    later = rows(200, first=5000, seed=6)
    later[0]["city"], later[1]["city"] = "_ULM", "koln "  # spellings that nobody has seen
    raw = written(tmp_path / "raw.csv", later)
    tidy = written(tmp_path / "tidy.csv", [cleaned(row) for row in later])
    assert raw.read_text() != tidy.read_text()
    assert predicted(project, raw) == predicted(project, tidy)
    told = project.ran("predict", "--in", str(raw), "--out", str(tmp_path / "o.csv"))
    assert "unknown level" not in told.stdout
    assert told.stderr == ""


def test_rows_to_learn_from_and_to_watch_are_cleaned_too(project: Project, tmp_path: Path) -> None:
    later = written(tmp_path / "later.csv", rows(300, first=5000, seed=7))
    told = project.ran("retrain", "--in", str(later))
    assert "left out" not in told.stderr
    assert project.report("retrain")["rows_new"] == 300
    project.ran("drift", "--in", str(later))
    assert not project.report("drift")["alarm"]


def test_rows_that_are_alike_are_new_when_their_key_says_so(
    project: Project, tmp_path: Path
) -> None:
    known = rows(700)[100:220]
    project.ran("retrain", "--in", str(written(tmp_path / "again.csv", known)), code=3)
    others = [{**row, "id": f"n{i:05d}"} for i, row in enumerate(known)]
    mixed = written(tmp_path / "mixed.csv", [*others, *known[:40]])
    told = project.ran("retrain", "--in", str(mixed))
    assert "40 rows are in the data already: left out." in told.stderr
    assert project.report("retrain")["rows_new"] == 120


def test_a_file_that_breaks_the_contract_is_told_by_row(project: Project, tmp_path: Path) -> None:
    later = rows(60, first=5000, seed=8)
    later[2]["age"], later[4]["age"], later[9]["id"] = "old", "12.5", later[8]["id"]
    later[5]["city"], later[6]["age"] = "Paris", 200
    source = written(tmp_path / "later.csv", later)
    told = project.ran("predict", "--in", str(source), "--out", str(tmp_path / "out.csv"))
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 61
    assert "age: not an integer in 1 row (row 3: 'old')" in told.stderr
    assert "city: unknown level in 1 row (row 6: 'Paris')" in told.stdout
    told = project.ran("retrain", "--in", str(source))
    for sentence in (
        "age: not an integer in 1 row (row 3: 'old'): left out.",
        "age: not a whole number in 1 row (row 5: '12.5'): left out.",
        "id: a key that comes twice in 1 row (row 10): left out.",
    ):
        assert f"warning: {sentence}" in told.stderr
    assert later[8]["id"] not in told.stderr + told.stdout
    assert project.report("retrain")["rows_new"] == 57
    assert [found["rule"] for found in project.report("retrain")["contract"]["violations"]] == [
        "not an integer", "not a whole number", "a key that comes twice",
    ]  # fmt: skip


def test_refuse_stops_before_anything_is_learnt(project: Project, tmp_path: Path) -> None:
    later = rows(60, first=5000, seed=8)
    later[2]["age"] = "old"
    source = written(tmp_path / "later.csv", later)
    project.change(contract={"on_violation": "refuse"})
    try:
        project.ran("train")
        told = project.ran("retrain", "--in", str(source), code=3)
    finally:
        project.change(contract={"on_violation": "drop"})
        project.ran("train")
    assert "breaks its contract" in told.stderr
    assert "row 3: 'old'" in told.stderr


def test_a_whole_record_fits_the_service(project: Project) -> None:
    """As the source has it: with the column that was dropped, the marker and the spelling."""
    told = project.python(f"""
from made import cleaning, contract, payload
inputs = payload.inputs_of(payload.about("champion"))
row = payload.row_model(contract.load(), inputs, cleaning.load())
one = row.model_validate_json({json.dumps(json.dumps({**rows(1)[0], "age": -999, "city": "ULM"}))})
print([getattr(one, f"c{{i}}") for i, known in enumerate(inputs) if known.name in ("age", "city")])
""")
    assert told == "[None, 'Ulm']\n"


def test_both_sides_fold_a_text_the_same_way(project: Project) -> None:
    texts = ["New York", " new_york", "KÖLN", "Ko\u0308ln", "İx", "straße", "\u00a0x\t_y", "ǅ"]
    told = project.python(
        f"from made.cleaning_rules import folded; import json; "
        f"print(json.dumps([folded(t) for t in {texts!r}]))"
    )
    assert json.loads(told) == [folded(text) for text in texts]


def test_another_cleaning_is_another_dataset(project: Project) -> None:
    path = project.folder / "data" / "cleaning.yaml"
    before = path.read_text()
    assert '"email"' not in before and "example.org" not in before
    path.write_text(before.replace("Köln", "Cologne"))
    try:
        told = project.ran("evaluate", code=3)
    finally:
        path.write_text(before)
    assert "was trained on other data" in told.stderr


def test_without_its_cleaning_nothing_is_predicted(project: Project, tmp_path: Path) -> None:
    path = project.folder / "data" / "cleaning.yaml"
    hidden = path.rename(path.with_suffix(".off"))
    source = written(tmp_path / "later.csv", rows(5))
    try:
        told = project.ran("predict", "--in", str(source), "--out", "o.csv", code=3)
    finally:
        hidden.rename(path)
    assert "git checkout -- data" in told.stderr


def test_its_own_tests_pass(project: Project) -> None:
    project.ran("evaluate")  # the tests before this one trained again
    project.tests()


SQL = "x'; DROP TABLE checked;--"
HOSTILE = ['a"b', SQL, "{{ 7 * 7 }}", "line\nbreak", "=cmd()", "💥", "copy_0"]


def test_names_and_values_are_data_whatever_is_in_them(tmp_path: Path) -> None:
    dice = random.Random(4)
    levels = ["{% raw %}", "{% RAW %}", "it's", f"'{SQL}", '"', "\x1b[31mred", "=1+1"]
    found = [[dice.choice(levels) for _ in HOSTILE] + [dice.choice("yn")] for _ in range(300)]
    source = tmp_path / "hostile.parquet"
    pd.DataFrame(found, columns=[*HOSTILE, "why?"]).to_parquet(source)
    remedies = [
        {"action": "merge_variants", "columns": HOSTILE[:4]},
        {"action": "as_missing", "columns": [HOSTILE[1]], "value": "it's"},
        {"action": "exclude", "columns": [HOSTILE[5]]},
    ]
    roles = {"target": "why?", "task": "binary", "positive": "y", "remedies": remedies}
    project = made(tmp_path / "p", source, roles, serving={"model": "rule"})
    for command in ("ingest", "train", "evaluate"):
        project.ran(command)
    assert project.report("ingest")["violations"] == project.report("ingest")["warnings"] == []
    found[0][1], found[1][2], found[2][4] = "IT'S", "\x1b[2Jnew", "=2"
    later = tmp_path / "later.csv"
    pd.DataFrame(found, columns=[*HOSTILE, "why?"]).to_csv(later, index=False)
    told = project.ran("predict", "--in", str(later), "--out", str(tmp_path / "out.csv"))
    assert "\x1b" not in told.stdout + told.stderr
    assert "{{ 7 * 7 }}: unknown level in 1 row (row 2: '\\x1b[2Jnew')" in told.stdout
    # The marker is taken for missing before spellings are merged, so another spelling of it is new.
    assert f'{SQL}: unknown level in 1 row (row 1: "IT\'S")' in told.stdout
    project.tests("tests/test_cleaning.py", "tests/test_contract.py", "tests/test_rules.py")


# The wrong row of the command smoke: the service must refuse it, whatever the cleaning forgives.
SPOILED = """
from made import cleaning, contract, examples, parts, payload, settings
known = contract.load()
inputs = parts.inputs(settings.load(), known)
row = payload.row_model(known, inputs, cleaning.load())
bad, field = examples.spoiled({"price": 1.5, "day": "2024-03-01"}, inputs)
try:
    row.model_validate(bad)
except ValueError as problem:
    print(field, problem.error_count())
"""


@pytest.mark.parametrize("slip", ["", "on request"])
def test_a_file_in_the_notation_of_the_first_one_is_read_alike(slip: str, tmp_path: Path) -> None:
    """Also where most texts are numbers and the remedy as_number was taken for the others."""
    dice = random.Random(9)
    found = []
    for i in range(400):
        price, day = dice.randint(100_000, 900_000) / 100, 1 + i % 28
        yes = price > 5000 if dice.random() < 0.9 else price <= 5000
        found.append((f"{price:,.2f}", f"2024-03-{day:02d}", "yes" if yes else "no"))
    german = [
        f"{price.translate(str.maketrans(',.', '.,'))} €;{int(day[-2:])}.3.2024;{answer}\n"
        for price, day, answer in found
    ]
    plain = [f"{price.replace(',', '')},{day},{answer}\n" for price, day, answer in found]
    if slip:
        german[::40] = [f"{slip};{row.split(';', 1)[1]}" for row in german[::40]]
        plain[::40] = [f",{row.split(',', 1)[1]}" for row in plain[::40]]
    source, same = tmp_path / "german.csv", tmp_path / "plain.csv"
    source.write_text("price;day;answer\n" + "".join(german), encoding="utf-8")
    same.write_text("price,day,answer\n" + "".join(plain), encoding="utf-8")
    remedies = [{"action": "as_number", "columns": ["price"]}] if slip else []
    roles = {"target": "answer", "task": "binary", "positive": "yes", "remedies": remedies}
    project = made(tmp_path / "p", source, roles, serving={"model": "rule"})
    promised = yaml.safe_load((project.folder / "data" / "contract.yaml").read_text())
    assert [column["type"] for column in promised["columns"][:2]] == ["number", "date"]
    project.ran("train")
    told = project.ran("predict", "--in", str(source), "--out", str(tmp_path / "a.csv"))
    assert told.stderr == ""
    project.ran("predict", "--in", str(same), "--out", str(tmp_path / "b.csv"))
    assert (tmp_path / "a.csv").read_text() == (tmp_path / "b.csv").read_text()
    assert len(set((tmp_path / "a.csv").read_text().splitlines())) > 2
    assert project.python(SPOILED) == "price 1\n"
    project.tests("tests/test_cleaning.py", "tests/test_contract.py")
