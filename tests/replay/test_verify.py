"""What a verified replay says when something is not as recorded."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from mlops_tui import session as sessions
from mlops_tui.errors import BadInput, Difference
from mlops_tui.replay import _changes
from mlops_tui.replay.verify import differences, reasons, verify
from mlops_tui.report import Lines
from mlops_tui.session import Author, Decision, Session

AT = datetime(2026, 11, 1, 9, 0, tzinfo=timezone.utc)


def session(*decisions: Decision, **versions: str) -> Session:
    author = Author(name="A", email="a@example.org")
    return Session(author=author, versions=versions or {"pandas": "3"}, decisions=list(decisions))


def decision(step: str = "users", **more: Any) -> Decision:
    told: dict[str, Any] = {"at": AT, "answers": {"who": "us"}, "facts": {"score": 0.5}}
    return Decision(step=step, **{**told, "files": {"a": "1"}, **more})


def compare(tmp_path: Path, before: Session, after: Session, *edited: str) -> None:
    (tmp_path / sessions.FILE_NAME).write_text(sessions.dump(after), encoding="utf-8")
    verify(before, tmp_path / "elsewhere", tmp_path, Lines(), edited=edited)


def test_equal_sessions_are_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = decision(measured={"seconds": 9})
    compare(tmp_path, session(decision()), session(later))
    assert "nothing differs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({"answers": {"who": "them"}}, "answer who was us, is them"),
        ({"facts": {"score": 0.6}}, "score was 0.5, is 0.6"),
        ({"facts": {}}, "score was 0.5, is None"),
        ({"files": {"a": "2"}}, "file a has other content"),
        ({"files": {}}, "file a is gone"),
        ({"files": {"a": "1", "b": "2"}}, "file b is new"),
    ],
)
def test_each_difference_is_named(now: dict[str, Any], told: str, tmp_path: Path) -> None:
    assert [told in line for line in differences(decision(), decision(**now))] == [True]
    with pytest.raises(Difference, match="differs from the recording") as found:
        compare(tmp_path, session(decision()), session(decision(**now)))
    assert found.value.exit_code == 5


def test_the_reason_is_looked_for() -> None:
    data = decision("data", facts={"source_sha256": "x"})
    other = decision("data", facts={"source_sha256": "y"})
    assert "--set: users" in reasons(session(data), session(data), [], ["users"])[0]
    assert "not the same file" in reasons(session(data), session(other), [], [])[0]
    moved = reasons(session(data, pandas="3.0"), session(data, pandas="3.1"), [], [])
    assert moved == ["pandas was 3.0 and is 3.1."]
    assert "another build" in reasons(session(data), session(data), [], [])[0]


def test_edits_must_be_on_steps_that_the_session_holds() -> None:
    with pytest.raises(BadInput, match="no decision on the step 'training'"):
        _changes(session(decision()), {"training": {"seed": 1}}, None)
    with pytest.raises(BadInput, match="'package'"):
        _changes(session(decision()), {}, "package")


def test_a_table_of_answers_is_edited_entry_by_entry() -> None:
    held = decision("features", answers={"treatments": {"a": "number", "b": "text"}})
    later = decision("features", at=AT + timedelta(days=1), answers=held.answers)
    changed = _changes(session(held, later), {"features": {"treatments": {"b": "drop"}}}, None)
    assert changed == {"features": {"treatments": {"a": "number", "b": "drop"}}}
