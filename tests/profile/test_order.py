"""What hangs on the order of the rows, on time, and on things that come back."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from mlops_tui.profile import Finding, inspect

Write = Callable[..., Path]
Make = Callable[[int, random.Random], str]


def found(written: Write, rows: int, make: Make, head: str, seed: int = 2) -> dict[str, Finding]:
    rng = random.Random(seed)
    text = head + "\n" + "".join(make(i, rng) + "\n" for i in range(rows))
    return {f.id: f for f in inspect(written(text), "y").findings}


def day(i: int) -> date:
    return date(2020, 1, 1) + timedelta(days=i)


def yes_or_no(rng: random.Random) -> str:
    return rng.choice(["yes", "no"])


def test_what_changes_along_time(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        late = i >= 1400
        shop = rng.choice(["web"] * 4 + ["store"] if late else ["web", "store"])
        return f"{day(i)},{rng.gauss(3 if late else 0, 1):.3f},{rng.gauss(0, 1):.3f},{shop},\
{yes_or_no(rng)}"

    made = found(written, 2000, make, "at,load,calm,shop,y")
    assert set(made["drift_over_time"].columns) == {"load", "shop"}
    assert made["drift_over_time"].severity == "note"
    assert f"since {day(1400)}" in made["drift_over_time"].evidence


def test_an_answer_that_changes_along_time_is_a_warning(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        return f"{day(i)},{rng.random():.3f},{'yes' if rng.random() < i / 2000 else 'no'}"

    told = found(written, 2000, make, "at,x,y")["drift_over_time"]
    assert (told.columns, told.severity) == (("y",), "warn")


def test_without_a_time_column_the_rows_are_looked_at(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        return f"{rng.gauss(i // 600, 0.5):.3f},{rng.random():.3f},{yes_or_no(rng)}"

    told = found(written, 1800, make, "level,x,y")["drift_along_rows"]
    assert told.columns == ("level",)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rows", [220, 2500])
def test_the_same_all_along_does_not_drift(written: Write, seed: int, rows: int) -> None:
    def make(i: int, rng: random.Random) -> str:
        many = f"t{int(rng.paretovariate(0.6)) % 400}"
        own = f"u{i % (rows - 60)}@mail"  # the last rows name those of the first rows again
        x = f"{rng.lognormvariate(0, 2):.3f}"
        return f"{day(i)},{day(i).month},{x},{many},{own},{yes_or_no(rng)}"

    made = found(written, rows, make, "at,month,x,tail,own,y", seed)
    assert not [kind for kind in made if "drift" in kind]


def test_a_hole_in_time(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        return f"{day(i if i < 200 else i + 60)},{rng.random():.3f},{yes_or_no(rng)}"

    told = found(written, 400, make, "at,x,y")["time_gap"]
    assert "from 2020-07-18 to 2020-09-17: 61 days" in told.evidence


def test_weekends_and_chance_make_no_hole(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        return f"{day(i // 5 * 7 + i % 5)},{rng.random():.3f},{yes_or_no(rng)}"

    assert "time_gap" not in found(written, 400, make, "at,x,y")
    moments = random.Random(6)
    passed = [0]

    def chance(i: int, rng: random.Random) -> str:
        passed.append(passed[-1] + int(moments.expovariate(1 / 40)))
        hours, minutes = divmod(passed[-1], 60)
        return f"{day(hours // 24)} {hours % 24:02d}:{minutes:02d},{rng.random():.3f},yes"

    assert "time_gap" not in found(written, 2000, chance, "at,x,y")


def test_the_coverage_of_time_is_told(written: Write) -> None:
    rows = "".join(f"{day(7 * i)},{i % 5},{'ab'[i % 2]}\n" for i in range(90))
    time = inspect(written("at,x,y\n" + rows), "y").time
    assert time is not None
    assert (time.column, time.first, time.last) == ("at", "2020-01-01", str(day(7 * 89)))
    assert (time.moments, time.usual_step, time.longest_gap) == (90, 7 * 86400, 7 * 86400)


def test_how_many_rows_a_thing_has(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        return f"C{min(i // 3, 60):02d},{rng.random():.3f},{yes_or_no(rng)}"

    told = found(written, 300, make, "customer_id,x,y")["entity"].evidence
    assert "61 different ones in 300 rows, each in 3 to 120 (the median is 3)" in told


@pytest.mark.parametrize("prefix", ["", "K"])
def test_a_key_that_follows_the_answer(written: Write, prefix: str) -> None:
    places = list(range(600))
    random.Random(4).shuffle(places)

    def make(i: int, rng: random.Random) -> str:
        return f"{prefix}{places[i] + 1000},{rng.random():.3f},{'yes' if places[i] < 300 else 'no'}"

    made = found(written, 600, make, "case_id,x,y")
    named = made["key_tells"] if "key_tells" in made else made["leak_single_column"]
    assert named.columns == ("case_id",)


def test_a_key_given_out_at_random_tells_nothing(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        return f"{i * 7919 % 100003 + 1000},{rng.random():.3f},{yes_or_no(rng)}"

    assert "key_tells" not in found(written, 600, make, "case_id,x,y")


def test_gaps_that_tell_without_giving_away(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        y = yes_or_no(rng)
        telling = "" if rng.random() < (0.5 if y == "yes" else 0.15) else f"{rng.random():.3f}"
        plain = "" if rng.random() < 0.3 else f"{rng.random():.3f}"
        return f"{telling},{plain},{y}"

    assert found(written, 2000, make, "a,b,y")["missing_tells"].columns == ("a",)


def test_inputs_that_say_nearly_the_same(written: Write) -> None:
    def make(i: int, rng: random.Random) -> str:
        a = rng.gauss(0, 1)
        gap = "" if rng.random() < 0.2 else f"{a**3 + rng.gauss(0, 0.01):.4f}"
        return f"{a:.4f},{gap},{a + rng.gauss(0, 1):.4f},{yes_or_no(rng)}"

    told = found(written, 1000, make, "a,cube,loose,y")["correlated_inputs"]
    assert told.columns == ("a", "cube")


def test_correlations_are_spearmans(written: Write) -> None:
    scipy = pytest.importorskip("scipy.stats")
    rng = random.Random(3)
    a = [rng.gauss(0, 1) for _ in range(400)]
    b = [x * x + x + rng.gauss(0, 0.5) for x in a]
    rows = "".join(f"{x!r},{z!r},{yes_or_no(rng)}\n" for x, z in zip(a, b, strict=True))
    told = inspect(written("a,b,y\n" + rows), "y").correlations
    assert told is not None and told.rows == 400
    assert told.pairs[0].rho == pytest.approx(scipy.spearmanr(a, b).statistic, abs=1e-3)
