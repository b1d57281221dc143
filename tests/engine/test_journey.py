"""The engine, through its own door: forms, drafts, decisions as commits, going back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from mlops_tui import session as sessions
from mlops_tui.errors import BadAnswers, BadInput, Trouble
from mlops_tui.events import Event
from mlops_tui.journey import Conflicts, Journey, Recording

SEEN: list[Event] = []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "late trains"


@pytest.fixture
def journey(root: Path) -> Iterator[Journey]:
    opened = Journey.create(root)
    yield opened
    opened.close()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "trains.csv"
    lines = [
        "line,delay,late",
        *(f"L{i % 3},{i % 17},{'yes' if i % 4 else 'no'}" for i in range(90)),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def git(root: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


async def decide(journey: Journey, step: str, **answers: Any) -> str:
    """Answer a step with what is recommended, but for what is given; the commit it became."""
    values: dict[str, Any] = {}
    stage = 1
    while True:
        form = journey.form(step, stage, values)
        values |= {question.name: question.default for question in form.questions}
        values |= {name: answers[name] for name in answers if name in values}
        if stage == form.stages:
            return (await journey.confirm(step, values, SEEN.append)).commit
        await journey.look(step, stage, values, SEEN.append)
        stage += 1


async def test_a_decision_is_a_commit_with_its_record(journey: Journey, root: Path) -> None:
    commit = await decide(journey, "problem", goal="Which trains will be late tomorrow?")
    assert git(root, "rev-parse", "main") == commit
    assert git(root, "status", "--porcelain") == ""
    assert "Which trains" in (root / "docs/decisions/01-problem.md").read_text()
    assert "late_trains" in git(root, "ls-files", "src")
    assert journey.next_step() == "users"
    assert journey.history()[0].step == "problem"


async def test_nothing_in_the_project_names_this_machine(
    journey: Journey, root: Path, table: Path
) -> None:
    for step in ("problem", "users", "need"):
        await decide(journey, step)
    await decide(journey, "data", source=str(table), target="late")
    found = subprocess.run(
        ["git", "grep", "-lF", str(table.parent)], cwd=root, capture_output=True, text=True
    )
    assert found.stdout == ""
    assert (root / "data/raw.parquet").is_file()
    assert journey.facts("data")["rows"] == 90


async def test_what_was_typed_survives_a_crash(root: Path) -> None:
    first = Journey.create(root)
    first.keep_draft("problem", 1, {"goal": "half a sent"})
    first.close()
    again = Journey.open(root)
    goals = [q.default for q in again.form("problem").questions if q.name == "goal"]
    again.close()
    assert goals == ["half a sent"]


def test_a_second_program_is_told_who_holds_it(journey: Journey, root: Path) -> None:
    with pytest.raises(Trouble, match=r"process \d+"):
        Journey.open(root)


def test_a_strange_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput):
        Journey.open(tmp_path)
    with pytest.raises(Trouble):
        Journey.create(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("cost_miss", "many", "number"),
        ("cost_miss", -1, "above 0"),
        ("name", "  ", "at least"),
        ("action", "guess", "Choose one of"),
        ("goal", None, "needs an answer"),
    ],
)
def test_a_bad_answer_is_named_with_its_mend(
    journey: Journey, field: str, value: object, told: str
) -> None:
    values = {q.name: q.default for q in journey.form("problem").questions}
    assert journey.check("problem", 1, values) == {}
    found = journey.check("problem", 1, {**values, field: value})
    assert list(found) == [field]
    assert told in found[field]


async def test_bad_answers_land_nothing(journey: Journey, root: Path) -> None:
    with pytest.raises(BadAnswers):
        await journey.confirm("problem", {}, SEEN.append)
    assert journey.next_step() == "problem"
    assert journey.history() == []


async def test_an_edit_by_hand_survives_the_next_decision(journey: Journey, root: Path) -> None:
    await decide(journey, "problem")
    readme = root / "README.md"
    readme.write_text(readme.read_text() + "\nOur own words.\n")
    (root / "notes.txt").write_text("untracked")
    await decide(journey, "users")
    assert "Our own words." in readme.read_text()
    assert (root / "notes.txt").read_text() == "untracked"
    assert any(past.subject.startswith("edit: README.md") for past in journey.history())


async def test_an_edit_of_the_very_line_asks_and_loses_nothing(
    journey: Journey, root: Path
) -> None:
    await decide(journey, "problem", cost_miss=2.0)
    params = root / "params.yaml"
    params.write_text(params.read_text().replace("miss: 2.0", "miss: 33.0"))
    with pytest.raises(Conflicts) as caught:
        await decide(journey, "problem", cost_miss=4.0)
    assert [conflict.path for conflict in caught.value.conflicts] == ["params.yaml"]
    assert "miss: 33.0" in params.read_text()
    values = {q.name: q.default for q in journey.form("problem").questions} | {"cost_miss": 4.0}
    await journey.confirm("problem", values, SEEN.append, conflicts={"params.yaml": "mine"})
    assert "miss: 33.0" in params.read_text()


async def test_changed_answers_are_told_in_the_history(journey: Journey) -> None:
    await decide(journey, "problem", cost_miss=2.0)
    await decide(journey, "problem", cost_miss=5.0)
    newest = journey.history()[0]
    assert newest.changed == {"cost_miss": (2.0, 5.0)}


async def test_two_replays_end_on_the_same_commit(
    journey: Journey, tmp_path: Path, table: Path
) -> None:
    for step in ("problem", "users", "need"):
        await decide(journey, step)
    # The replays take the project's own snapshot: the file it was made from may be long gone.
    await decide(journey, "data", source=str(table), target="late")
    table.unlink()
    ids = [await replayed(journey.root, tmp_path / name) for name in ("one", "two")]
    assert ids[0] == ids[1] == git(journey.root, "rev-parse", "main")
    changed = await replayed(journey.root, tmp_path / "three", {"users": {"skill": "expert"}})
    assert changed != ids[0]
    before = [git(root, "rev-parse", "main~3") for root in (tmp_path / "three", journey.root)]
    assert before[0] == before[1]


async def replayed(
    project: Path, root: Path, changes: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    recording = Recording(project / sessions.FILE_NAME, changes)
    copy = recording.begin(root)
    for taken in recording.steps():
        await recording.confirm(copy, taken, SEEN.append)
    copy.close()
    return git(root, "rev-parse", "main")
