"""A session from before a question existed: it loads, replays, and says "I don't know yet"."""

from __future__ import annotations

from pathlib import Path

import pytest
from front_doors import tell

from mlops_tui import demo
from mlops_tui import session as sessions
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS


def older(folder: Path) -> Path:
    """The demo's session as the first version asked: without what may be left out today."""
    told = sessions.load(demo.SESSION)
    decisions = [_as_asked_then(taken) for taken in told.decisions]
    file = folder / "older.yaml"
    text = sessions.dump(told.model_copy(update={"decisions": decisions}))
    file.write_text(text, encoding="utf-8")
    return file


def _as_asked_then(taken: Decision) -> Decision:
    new = STEPS[taken.step].model.unasked()
    return taken.model_copy(
        update={"answers": {k: v for k, v in taken.answers.items() if k not in new}}
    )


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("older")
    words = ["--into", "again", "--until", "data", "--verify", "--data", str(demo.DATA)]
    ended = tell("replay", str(older(folder)), *words, cwd=folder)
    assert ended.code == 0, ended.err
    return sessions.load(folder / "again" / "session.yaml")


@pytest.mark.parametrize("step", ["users", "need", "data"])
def test_new_questions_are_answered_with_what_they_stand_for(step: str, replayed: Session) -> None:
    new = STEPS[step].model.unasked()
    assert new
    assert all(value in ("unknown", None, {}, []) for value in new.values())
    assert new.items() <= (replayed.answers(step) or {}).items()
    assert set(replayed.answers(step) or {}) == set(STEPS[step].model.model_fields)


def test_what_may_be_left_out_is_unknown_or_nothing() -> None:
    for step in STEPS.values():
        fields = {words.name: words for words in step.screen.fields}
        for name, value in step.model.unasked().items():
            assert fields[name].is_unknown(value) or value in ({}, []), name


def test_columns_known_later_were_a_list_once(tmp_path: Path) -> None:
    told = sessions.load(demo.SESSION)
    text = sessions.dump(told).replace("format: 2", "format: 1", 1)
    head, _, rest = text.partition("    known_later:\n")
    lines = rest.splitlines(keepends=True)
    late = [line for line in lines if line.endswith(": after\n")]
    listed = "".join(f"    - {line.partition(':')[0].strip()}\n" for line in late)
    old = head + "    known_later:\n" + listed + "".join(lines[len(late) :])
    (tmp_path / "session.yaml").write_text(old, encoding="utf-8")
    assert sessions.load(tmp_path / "session.yaml") == told
