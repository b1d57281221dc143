"""Guesses about columns, from profiles that went through JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.profile import Profile, inspect
from mlops_tui.profile.roles import (
    guess_group,
    guess_positive,
    guess_targets,
    guess_task,
    guess_time,
    guess_treatments,
)

Write = Callable[..., Path]


def profile_of(path: Path, target: str | None = None) -> Profile:
    return Profile.from_json(inspect(path, target).to_json())


def test_guesses_about_a_small_shop(written: Write) -> None:
    text = "order_id,day,store_id,remark,amount,zip,churn\n" + "".join(
        f"{i},2024-{i % 12 + 1:02d}-01,{i % 9},bought item {i} and went home again,{i * 1.5},"
        f"0{1000 + i % 7},{'Yes' if i % 4 == 0 else 'No'}\n"
        for i in range(200)
    )
    profile = profile_of(written(text), "churn")
    assert guess_targets(profile)[0].value == "churn"
    assert guess_task(profile, "churn") == ("binary", "two_values")
    assert guess_positive(profile, "churn") == ("Yes", "means_yes")
    assert guess_task(profile, "amount")[0] == "regression"
    time, group = guess_time(profile), guess_group(profile, "churn")
    assert time is not None and time.value == "day"
    assert group is not None and group.value == "store_id"
    treatments = {c: t for c, (t, _) in guess_treatments(profile, "churn").items()}
    assert treatments == {
        "order_id": "drop",
        "day": "datetime",
        "store_id": "category",
        "remark": "text",
        "amount": "number",
        "zip": "category",
    }


def test_the_rarer_class_is_positive_when_words_say_nothing(written: Write) -> None:
    text = "x,kind\n" + "".join(f"{i},{'alpha' if i % 5 else 'omega'}\n" for i in range(60))
    assert guess_positive(profile_of(written(text)), "kind") == ("omega", "rarer")


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("r01_churn_wa.csv", "churn"),
        ("r03_credit_missing.csv", "Status"),
        ("r16_flchain_leak_by_missing.csv", "death"),
        ("r21_hotel_rates.csv", "avg_price_per_room"),
        ("r24_diamonds.csv", "price"),
        ("r27_penguins.csv", "species"),
        ("r34_airline_ts.csv", "passengers"),
        ("n02_mushroom_rule.csv", "class"),
        ("n04_formula_charge.csv", "total_day_charge"),
        ("z01_smarket_noise.csv", "Direction"),
        ("z05_pure_noise.csv", "label"),
    ],
)
def test_targets_of_the_cases(cases: Path, name: str, target: str) -> None:
    assert guess_targets(profile_of(cases / name))[0].value == target


def test_the_group_of_repeated_measures(cases: Path) -> None:
    group = guess_group(profile_of(cases / "r38_chick_groups.csv", "weight"), "weight")
    assert group is not None and group.value == "chick"
