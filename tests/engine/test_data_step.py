"""The data step through the engine: what is kept, what is put in doubt, what a replay can do."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlops_tui import session as sessions
from mlops_tui.errors import BadInput, Trouble
from mlops_tui.events import Event
from mlops_tui.journey import Journey, Recording

SEEN: list[Event] = []


def people(rows: int = 200, seed: int = 3) -> str:
    rng = random.Random(seed)
    told = ["email,age,city,x,won"]
    for _ in range(rows):
        won = rng.choice(["Yes", "no", "yes ", "No"])
        age = -999 if rng.random() < 0.1 else rng.randint(18, 80)
        city, x = rng.choice(["Bonn", "bonn ", "Ulm", "Kiel"]), round(rng.gauss(0, 1), 3)
        told.append(f"u{rng.randrange(10**6)}@mail.example,{age},{city},{x},{won}")
    return "\n".join(told) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "people.csv"
    made.write_text(people(), encoding="utf-8")
    return made


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    opened = Journey.create(tmp_path / "project")
    yield opened
    opened.close()


def filled(journey: Journey, stage: int, values: Mapping[str, Any]) -> dict[str, Any]:
    return {q.name: q.default for q in journey.form("data", stage, values).questions}


async def at_stage(journey: Journey, stage: int, **answers: Any) -> dict[str, Any]:
    """What was answered on the stages before, with what is recommended but for what is given."""
    values: dict[str, Any] = {}
    for before in range(1, stage):
        values |= filled(journey, before, values)
        values |= {name: answers[name] for name in answers if name in values}
        await journey.look("data", before, values, SEEN.append)
    return values


async def decide(journey: Journey, **answers: Any) -> dict[str, Any]:
    for step in ("problem", "users", "need"):
        if journey.session.answers(step) is None:
            told: dict[str, Any] = {}
            for stage in range(1, journey.form(step).stages + 1):
                told |= {q.name: q.default for q in journey.form(step, stage, told).questions}
                if stage < journey.form(step).stages:
                    await journey.look(step, stage, told, SEEN.append)
            await journey.confirm(step, told, SEEN.append)
    values = await at_stage(journey, 4, **answers)
    values |= filled(journey, 4, values)
    values |= {name: answers[name] for name in answers if name in values}
    await journey.confirm("data", values, SEEN.append)
    return values


def git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=root, capture_output=True, text=True, check=True
    ).stdout.strip()


async def test_another_answer_without_a_look_behind_it_puts_nothing_in_doubt(
    journey: Journey, file: Path
) -> None:
    values = await at_stage(journey, 3, source=str(file), target="won")
    values |= {"remedies": ["as_missing age=-999"], "known_later": {"x": "after"}}
    journey.keep_draft("data", 3, values)
    assert journey.answered_otherwise("data", 3) == frozenset()
    told = filled(journey, 4, {**values, **filled(journey, 3, values), "row_is": "one person"})
    assert told["remedies"] == ["as_missing age=-999"]
    assert told["known_later"] == {"x": "after"}


async def test_another_answer_column_puts_what_was_said_of_the_old_one_in_doubt(
    journey: Journey, file: Path
) -> None:
    values = await at_stage(journey, 3, source=str(file), target="won")
    journey.keep_draft("data", 4, {**values, "remedies": [], "task": "binary"})
    assert {"remedies", "known_later", "task"} <= journey.answered_otherwise("data", 2)
    other = {**values, "target": "city"}
    await journey.look("data", 2, other, SEEN.append)
    assert filled(journey, 3, other)["task"] == "multiclass"


async def test_a_draft_keeps_what_was_typed_on_every_stage(journey: Journey, file: Path) -> None:
    values = await at_stage(journey, 3, source=str(file), target="won")
    journey.keep_draft("data", 4, {"remedies": ["exclude email"]})
    journey.keep_draft("data", 3, {"row_is": "one person"})
    root = journey.root
    journey.close()
    again = Journey.open(root)
    try:
        told = await at_stage(again, 4, source=str(file), target="won")
        assert told["row_is"] == "one person"
        assert filled(again, 4, {**values, **told})["remedies"] == ["exclude email"]
    finally:
        again.close()


async def test_what_was_said_of_one_file_says_nothing_of_another(
    journey: Journey, file: Path, tmp_path: Path
) -> None:
    await decide(
        journey, source=str(file), target="won", types={"age": "text"}, known_later={"x": "after"}
    )
    other = tmp_path / "others.csv"
    other.write_text(people(seed=4), encoding="utf-8")
    values = await at_stage(journey, 2, source=str(other))
    assert filled(journey, 2, values)["types"] == {}
    values = await at_stage(journey, 4, source=str(other), target="won")
    assert filled(journey, 4, values)["known_later"] == {}
    same = await at_stage(journey, 2, source=str(file))
    assert filled(journey, 2, same)["types"] == {"age": "text"}


async def test_what_was_decided_for_one_answer_column_says_nothing_of_another(
    journey: Journey, file: Path
) -> None:
    await decide(journey, source=str(file), target="won", known_later={"city": "after"})
    values = await at_stage(journey, 4, source=str(file), target="city")
    assert values["task"] == "multiclass"
    assert values["positive"] is None
    told = filled(journey, 4, values)
    assert "city" not in told["known_later"]
    assert journey.check("data", 4, {**values, **told}) == {}


async def test_a_correction_that_cannot_be_read_does_not_block_the_way(
    journey: Journey, file: Path
) -> None:
    values = await at_stage(journey, 2, source=str(file))
    wrong = {**values, "target": "won", "layout": {"encoding": "utf-32"}, "types": {}}
    with pytest.raises(Trouble):
        await journey.look("data", 2, wrong, SEEN.append)
    journey.keep_draft("data", 2, wrong)
    said = await journey.look("data", 1, {"source": str(file), "commit_limit_mb": 5.0}, SEEN.append)
    assert "cannot be read as was said" in said
    assert "200 rows" in said


async def test_an_answer_in_many_spellings_is_a_yes_or_no_once_they_are_merged(
    journey: Journey, file: Path
) -> None:
    values = await at_stage(journey, 4, source=str(file), target="won")
    assert (values["task"], values["positive"]) == ("binary", "Yes")
    told = filled(journey, 4, values)
    assert "merge_variants won" in told["remedies"]
    without = {**told, "remedies": ["exclude email"]}
    assert "spellings" in journey.check("data", 4, {**values, **without})["remedies"]
    await decide(journey, source=str(file), target="won")
    contract = yaml.safe_load((journey.root / "data" / "contract.yaml").read_text())
    won = next(column for column in contract["columns"] if column["name"] == "won")
    assert sorted(value.lower() for value in won["allowed"]) == ["no", "yes"]


async def test_a_remedy_that_is_no_more_takes_no_other_along(journey: Journey, file: Path) -> None:
    values = await at_stage(journey, 4, source=str(file), target="won")
    journey.keep_draft("data", 4, {"remedies": ["exclude email", "as_missing gone=1"]})
    assert filled(journey, 4, values)["remedies"] == ["exclude email"]


async def replayed(project: Path, root: Path, changes: Mapping[str, Any] | None = None) -> Path:
    told = {"data": dict(changes)} if changes else {}
    recording = Recording(project / sessions.FILE_NAME, told)
    copy = recording.begin(root)
    try:
        for taken in recording.steps():
            await recording.confirm(copy, taken, SEEN.append)
    finally:
        copy.close()
    return root


async def test_a_project_without_its_file_is_replayed_whatever_was_mended(
    journey: Journey, file: Path, tmp_path: Path
) -> None:
    await decide(journey, source=str(file), target="won", types={"age": "number"})
    first = git(journey.root, "rev-parse", "main")
    file.unlink()
    assert "exclude email" in journey.session.answers("data")["remedies"]
    copy = await replayed(journey.root, tmp_path / "copy")
    assert git(copy, "rev-parse", "main") == first
    words = await replayed(journey.root, tmp_path / "words", {"row_is": "one person"})
    assert sessions.load(words / "session.yaml").answers("data")["row_is"] == "one person"
    late = await replayed(journey.root, tmp_path / "late", {"known_later": {"x": "after"}})
    answers = sessions.load(late / "session.yaml").answers("data") or {}
    assert answers["known_later"] == {"x": "after"}
    assert answers["remedies"] == ["as_missing age=-999", "merge_variants city",
                                   "merge_variants won"]  # fmt: skip
    large = await replayed(journey.root, tmp_path / "large", {"commit_limit_mb": 0.0})
    assert "raw.parquet" not in git(large, "ls-files", "data")


@pytest.mark.parametrize("name", ["..", "../people.csv", "", ".", "/etc", "a/../../people.csv"])
async def test_a_session_names_nothing_outside_its_folder(
    journey: Journey, file: Path, tmp_path: Path, name: str
) -> None:
    await decide(journey, source=str(file), target="won")
    session = sessions.load(journey.root / "session.yaml")
    data = session.decisions[-1]
    data.answers["source"] = name
    apart = tmp_path / "apart"
    apart.mkdir()
    (apart / "session.yaml").write_text(sessions.dump(session), encoding="utf-8")
    recording = Recording(apart / "session.yaml")
    copy = recording.begin(tmp_path / "copy")
    try:
        with pytest.raises(BadInput, match="not here"):
            await recording.confirm(copy, data, SEEN.append)
    finally:
        copy.close()


@pytest.mark.parametrize("typed", ["postgres://me:s3cret@db/shop#orders", "https://k:s3cret@h/x"])
async def test_a_password_that_is_typed_is_kept_nowhere(journey: Journey, typed: str) -> None:
    values = {"source": typed, "commit_limit_mb": 5.0}
    journey.keep_draft("data", 1, values)
    assert "password" in journey.check("data", 1, values)["source"]
    with pytest.raises(Trouble):
        await journey.look("data", 1, values, SEEN.append)
    files = [path for path in journey.root.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if b"s3cret" in path.read_bytes()] == []
