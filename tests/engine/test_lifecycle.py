"""The order of the steps, staleness, and going back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mlops_tui import lifecycle


@dataclass
class Taken:
    step: str
    answer: object = 1


def weight(taken: Taken) -> object:
    return taken.answer


def journey(*amended: Taken) -> list[Taken]:
    return [*(Taken(name) for name in lifecycle.ORDER), *amended]


def stale(decisions: list[Taken], **kwargs: frozenset[str]) -> list[str]:
    found = lifecycle.states(decisions, weight, **kwargs)
    return [name for name, state in found.items() if state == "stale"]


def test_thirteen_steps_in_three_phases() -> None:
    assert len(lifecycle.ORDER) == 13
    phases = [stop.phase for stop in lifecycle.STOPS]
    assert phases == sorted(phases, key=["discovery", "development", "deployment"].index)


def test_every_need_comes_before_the_step() -> None:
    for stop in lifecycle.STOPS:
        for need in stop.needs:
            assert lifecycle.number(need) < lifecycle.number(stop.name)


def test_a_new_journey_begins_with_the_problem() -> None:
    states = lifecycle.states([], weight)
    assert set(states.values()) == {"todo"}
    assert lifecycle.next_step(states) == "problem"


def test_a_whole_journey_has_nothing_to_do() -> None:
    states = lifecycle.states(journey(), weight)
    assert set(states.values()) == {"done"}
    assert lifecycle.next_step(states) is None


def test_an_amended_answer_makes_what_stands_on_it_stale() -> None:
    amended = journey(Taken("features", 2))
    assert stale(amended) == [
        "training", "evaluation", "package", "launch", "monitoring", "retraining",
    ]  # fmt: skip
    assert lifecycle.next_step(lifecycle.states(amended, weight)) == "training"


def test_the_same_answer_again_changes_nothing() -> None:
    assert stale(journey(Taken("data", 1))) == []


def test_doing_the_stale_step_again_clears_it_and_moves_on() -> None:
    again = journey(Taken("features", 2), Taken("training", 1))
    # The training came out the same, so what stands on it is what it was.
    assert stale(again) == []
    changed = journey(Taken("features", 2), Taken("training", 2))
    assert stale(changed)[0] == "evaluation"


def test_changing_back_is_as_if_nothing_happened() -> None:
    assert stale(journey(Taken("features", 2), Taken("features", 1))) == []


def test_a_reopened_step_takes_its_followers_along() -> None:
    found = stale(journey(), reopened=frozenset({"evaluation"}))
    assert found == ["evaluation", "package", "launch", "monitoring", "retraining"]


@pytest.mark.parametrize(
    ("decisions", "back"),
    [
        (journey(), "features"),
        (journey(Taken("features")), None),
        ([Taken("features")], None),
    ],
)
def test_sent_back_until_the_step_was_decided_again(
    decisions: list[Taken], back: str | None
) -> None:
    assert lifecycle.sent_back(decisions, "evaluation", "features") == back


def test_stale_after_names_all_that_may_follow() -> None:
    assert lifecycle.stale_after("tools") == ("launch",)
    assert lifecycle.stale_after("retraining") == ()
