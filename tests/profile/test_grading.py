"""Every point of the quality score has a reason, and the points add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mlops_tui.profile import Profile, inspect
from mlops_tui.profile.export import html
from mlops_tui.profile.grading import quality
from mlops_tui.profile.words import finding

Write = Callable[..., Path]


def plain(written: Write) -> Profile:
    rows = "".join(
        f"{i * 37 % 101},{'pqr'[i * 7 % 3]},{i * 13 % 89},{'ab'[i * 31 % 7 % 2]}\n"
        for i in range(300)
    )
    return inspect(written("x,kind,z,y\n" + rows), "y")


def test_clean_data_has_all_points(written: Write) -> None:
    profile = plain(written)
    assert profile.findings == ()
    assert (profile.quality.score, profile.quality.deductions) == (100, ())


def test_points_go_by_severity_and_by_the_share_concerned(written: Write) -> None:
    findings = (
        finding("target_one_class", ["y"], value="a"),
        finding("missing_many", ["x", "z"], shares="x and z"),
        finding("sentinel", ["x"], value="-9", count=150, concerns=150),
        finding("sentinel", ["z"], value="-9", count=1, concerns=1),
        finding("time_order", ["x"], low="1", high="2"),
    )
    graded = quality(replace(plain(written), findings=findings))
    assert [(d.finding, d.points) for d in graded.deductions] == [
        ("target_one_class", 30),
        ("missing_many", 5),
        ("sentinel", 5),
        ("sentinel", 1),
    ]
    assert graded.score == 59
    assert graded.deductions[1].why == "10 times 2 of 4 columns"
    assert graded.deductions[3].why == "10 times 1 of 300 rows, at least 1"


def test_no_more_is_taken_than_there_is(written: Write) -> None:
    findings = tuple(
        finding("leak_recoding", [name], target="y") for name in ("x", "kind", "z", "x", "z")
    )
    graded = quality(replace(plain(written), findings=findings))
    assert [d.points for d in graded.deductions] == [30, 30, 30, 10]
    assert graded.score == 0
    assert "no more points were left" in graded.deductions[-1].why


def test_the_page_shows_every_deduction(written: Write) -> None:
    rows = "".join(f"{i % 40},{'' if i % 2 else i},north,{'ab'[i % 3 % 2]}\n" for i in range(300))
    profile = inspect(written("x,gap,region,y\n" + rows), "y")
    page = html(profile)
    assert f"Quality: {profile.quality.score} of 100" in page
    assert len(profile.quality.deductions) >= 2
    for taken in profile.quality.deductions:
        assert f"<td class=n>-{taken.points}<td>{taken.finding}" in page
        assert taken.why in page
    assert profile.quality.score == 100 - sum(d.points for d in profile.quality.deductions)
