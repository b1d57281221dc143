"""What docs/profile.md and docs/profile.schema.json promise is what a profile is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from mlops_tui.profile import Profile, inspect, schema
from mlops_tui.profile.words import scoring, table

Write = Callable[..., Path]
DOCS = Path(__file__).resolve().parents[2] / "docs"


def validator() -> jsonschema.protocols.Validator:
    told = json.loads((DOCS / "profile.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told)


def rich(written: Write) -> Profile:
    """A profile in which nearly every field is filled in."""
    rows = "".join(
        f"2024-01-{i % 28 + 1:02d},{i % 50},{i % 50 * 2.5 + i % 3},{'abc'[i % 3]},"
        f"{i if i % 9 else -9999},word word word {i} and more,{'yes' if i % 5 else 'no'}\n"
        for i in range(400)
    )
    return inspect(written("at,x,z,kind,code,note,y\n" + rows), "y")


def test_the_committed_schema_is_current() -> None:
    assert (DOCS / "profile.schema.json").read_text(encoding="utf-8") == schema.text()


def test_a_profile_keeps_to_the_schema(written: Write) -> None:
    profile = rich(written)
    assert profile.time and profile.correlations and profile.findings and profile.quality.deductions
    told = json.loads(profile.to_json())
    validator().validate(told)
    assert Profile.from_json(profile.to_json()).to_json() == profile.to_json()
    for change in ({"schema": 1}, {"quality": {"score": 3}}, {"more": 1}, {"rows": "many"}):
        assert not validator().is_valid({**told, **change})


@pytest.mark.slow
def test_the_profiles_of_the_cases_keep_to_the_schema(cases: Path) -> None:
    for name in ("r30_starwars_tiny.csv", "r38_chick_groups.csv", "hostile/h43_nested.json"):
        validator().validate(json.loads(inspect(cases / name).to_json()))


def test_every_finding_is_in_the_table() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (\w+) \| [^|]+ \| `?([\w-]+)`? \| (\w+) \|$",
        (DOCS / "profile.md").read_text(encoding="utf-8"),
        re.M,
    )
    told = {kind: (severity, remedy, points) for kind, severity, remedy, points in rows}
    assert told == {
        kind: (words["severity"], words.get("remedy", "-"), words.get("points", "no"))
        for kind, words in table().items()
    }


def test_the_rule_of_the_score_is_the_one_that_counts() -> None:
    text = (DOCS / "profile.md").read_text(encoding="utf-8")
    told = ", ".join(f"{severity} {n}" for severity, n in scoring()["points"].items())
    assert f"its weight ({told})" in " ".join(text.split())
    assert all(str(n) in scoring()["rule"] for n in scoring()["points"].values())
