"""How texts were read travels with the project, so that later rows are read alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from mlops_tui.profile import notation
from mlops_tui.profile.casting import ALL, Kind
from mlops_tui.profile.preparing import Roles, prepare
from mlops_tui.profile.table import Column

Write = Callable[..., Path]


def roles(remedies: Any) -> Roles:
    return Roles.from_dict({"target": "y", "remedies": remedies})


def test_how_numbers_and_dates_were_read_is_a_rule_too(written: Write, tmp_path: Path) -> None:
    rows = "".join(
        f"1.{100 + i},5;$ {i},000.50;{i},5 %;{i % 28 + 1:02d}.03.2024;{i};{'ab'[i % 2]}\n"
        for i in range(1, 60)
    )
    source = written("price;usd;rate;day;n;y\n" + rows)
    prepare(source, roles([]), tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "cleaning.yaml").read_text())
    found = {rule["column"]: rule for rule in told["rules"]}
    assert set(found) >= {"price", "rate", "day"} and "n" not in found
    assert found["day"]["format"] == "%d.%m.%Y"
    assert (found["price"]["action"], found["price"]["decimal"]) == ("read_number", ",")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_notation_that_is_not_plain_has_a_rule(kind: Kind) -> None:
    """A new kind of number or date in `casting` must travel, or the project cannot read it."""
    plain = {"integer", "number", "boolean", "iso date", "iso datetime", "time h:m:s", "time h:m"}
    made = notation.rule(Column("x", "c0", "number", kind.name))
    assert (made is None) is (kind.name in plain)
    if made and kind.name in notation.NUMBERS:
        con = duckdb.connect()
        read = 0
        for value in (
            "1", "12,5", "1.234,5", "1,234.5", "$ 5", "7 %", "-3", "1.234.567", "1 234 567",
            "\u22121'000.5", "-1 000,5", "(1,234.50)",
        ):  # fmt: skip
            if kind.pattern.fullmatch(value):
                read += 1
                bare = re.sub(made["remove"], "", value)
                bare = re.sub(made["minus"], "-", bare) if made["minus"] else bare
                ours = bare.replace(made["decimal"], ".")
                theirs = con.execute(f"SELECT {kind.cast('?::VARCHAR')}", [value] * 2).fetchone()
                assert theirs == (float(ours),), value
        assert read


@pytest.mark.parametrize(
    ("cells", "remove", "decimal"),
    [
        (["1,200.50", "3,400.00", "n/k", "7.25"], ",", "."),
        (["€ 3", "€ 4,000", "free", "€ 5"], r"[$€£¥]|EUR|USD|GBP|CHF|\s|,", "."),
        (["5%", "7 %", "few", "9,5%"], r"\s?%", ","),
        (["7", "8", "nine", "10"], None, None),
    ],
)
def test_how_as_number_read_texts_is_a_rule_too(
    written: Write, tmp_path: Path, cells: list[str], remove: str | None, decimal: str | None
) -> None:
    """A later file writes "1,200.50" as the first did; `as_number` alone knows plain numbers."""
    rows = "".join(f'"{cells[i % 4]}",{"ab"[i % 2]}\n' for i in range(200))
    remedy = {"action": "as_number", "columns": ["x"]}
    prepare(written("x,y\n" + rows), roles([remedy, remedy]), tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "cleaning.yaml").read_text())
    *before, last = told["rules"]
    assert last == {"action": "as_number", "column": "x"}
    found = [(rule["action"], rule["remove"], rule["decimal"]) for rule in before]
    assert found == ([] if remove is None else [("read_number", remove, decimal)])


@pytest.mark.parametrize(
    ("cells", "type_", "rule"),
    [
        (["1,200.50", "3,400.00", "7.25", "12,000"], "number", "read_number"),
        (["31.01.2024", "01.02.2024", "15.03.2024", "2024"], "date", "read_moment"),
        (["007", "8", "012", "10"], "integer", None),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_how_a_type_that_a_person_named_was_read_is_a_rule_too(
    written: Write, tmp_path: Path, kind: str, cells: list[str], type_: str, rule: str | None
) -> None:
    rows = "".join(f"{cells[i % 4]}\t{'ab'[i % 2]}\n" for i in range(200))
    source = written("x\ty\n" + rows)
    if kind == "parquet":
        texts = f"read_csv('{source}', all_varchar=true, delim='\t')"
        source = source.with_suffix(".parquet")
        duckdb.sql(f"COPY (FROM {texts}) TO '{source}'")
    said = {"target": "y", "corrections": {"types": {"x": type_}}}
    prepare(source, Roles.from_dict(said), tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "cleaning.yaml").read_text())
    assert [one["action"] for one in told["rules"]] == ([rule] if rule else [])
