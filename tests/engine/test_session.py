"""The session file: round trip, and what is refused."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from mlops_tui import session as sessions
from mlops_tui.errors import BadInput
from mlops_tui.session import Author, Decision, Session

HOSTILE = 'no: yes\n"quoted" {{ 7*7 }} $(id) \x1b[31m ünï 🎉'


def example() -> Session:
    taken = Decision(
        step="problem",
        at=datetime(2026, 11, 2, 9, 0, 30, 999, tzinfo=timezone.utc),
        answers={"goal": HOSTILE, "cost": 1.5, "none": None, "list": ["a", "no"]},
    )
    return Session(author=Author(name="A", email="a@b.c"), decisions=[taken])


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "session.yaml"
    file.write_text(sessions.dump(example()), encoding="utf-8")
    assert sessions.load(file) == example()
    assert sessions.dump(sessions.load(file)) == sessions.dump(example())


def test_times_are_whole_seconds_in_utc() -> None:
    local = datetime.fromisoformat("2026-11-02T10:00:00.5+01:00")
    assert Decision(step="x", at=local, answers={}).at.isoformat() == "2026-11-02T09:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no list of decisions"),
        ("- 1\n- 2\n", "no list of decisions"),
        ("decisions: [unclosed", "not valid YAML at line"),
        ("format: 99\nauthor: {name: a, email: b}\ndecisions: []", "format 99"),
        ("format: 1\nauthor: {name: a}\ndecisions: []", "author.email"),
        ("format: 1\nauthor: {name: a, email: b}\ndecisions: [{step: x}]", "decisions.0"),
        ("format: 1\nsecret: 1\nauthor: {name: a, email: b}\ndecisions: []", "secret"),
        ("a: &x [1]\nb: [*x, *x]\ndecisions: []", "anchors"),
        ("decisions: !!python/object/apply:os.system ['true']", "not valid YAML"),
    ],
)
def test_what_is_no_session_is_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "session.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        sessions.load(file)
    assert told in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_missing_file_and_bytes_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        sessions.load(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not UTF-8"):
        sessions.load(tmp_path / "b.yaml")
