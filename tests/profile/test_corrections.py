"""What a person says about the reading of a source is done and told; no value is lost quietly."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from mlops_tui.cli import main
from mlops_tui.errors import BadInput
from mlops_tui.profile import Profile, inspect
from mlops_tui.profile.__main__ import main as reader
from mlops_tui.profile.corrections import LAYOUT, Corrections, applicable, as_found
from mlops_tui.profile.preparing import Roles, prepare

Write = Callable[..., Path]


def read(path: Path, layout: dict[str, str] | None = None, **types: str) -> Profile:
    return inspect(path, corrections=Corrections.from_dict({"layout": layout, "types": types}))


def notes(profile: Profile) -> str:
    return "\n".join(profile.detected.notes)


def values(profile: Profile, name: str) -> list[Any]:
    return sorted(str(value) for value, _ in profile.column(name).top)


def test_the_delimiter_replaces_the_guess(written: Write) -> None:
    path = written("a,b;c\n" + "".join(f"1,{i};x\n" for i in range(30)))
    assert read(path, {"delimiter": "semicolon"}).names == ["a,b", "c"]
    profile = read(path, {"delimiter": "comma"})
    assert profile.names == ["a", "b;c"]
    assert "Read as you said: delimiter comma." in notes(profile)


def test_a_delimiter_that_is_nowhere_makes_one_column(written: Write) -> None:
    path = written("a,b\n" + "1,2\n" * 30)
    profile = read(path, {"delimiter": "bar"})
    assert profile.names == ["a,b"]
    assert profile.rows == 30


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "é"), ("windows-1250", "ř"), ("windows-1251", "ж"), ("iso-8859-1", "é"),
        ("iso-8859-2", "ř"), ("utf-16", "é"), ("utf-32", "é"), ("mac-roman", "é"),
        ("shift-jis", "猫"), ("gb18030", "猫"), ("windows-1252", "œ"),
    ],
)  # fmt: skip
def test_every_encoding_can_be_named(written: Write, encoding: str, text: str) -> None:
    rows = "n,c\n" + "".join(f"{i},{text}{i % 2}\n" for i in range(30))
    profile = read(written(rows.encode(encoding)), {"encoding": encoding})
    assert values(profile, "c") == [f"{text}0", f"{text}1"]
    assert profile.names == ["n", "c"]
    assert as_found(profile.detected)["encoding"] == encoding


def test_damage_inside_an_encoding_is_told_and_another_encoding_refused(written: Write) -> None:
    good = "n,c\n" + "".join(f"{i},été\n" for i in range(200))
    path = written(good.encode() + b"200,\xe9t\xe9\n")
    profile = inspect(path)
    assert "été" in values(profile, "c")
    assert "2 character(s)" in notes(profile)
    assert "line 202" in notes(profile)
    latin = written(good.encode("latin-1"))
    with pytest.raises(BadInput, match="cannot be decoded as utf-8"):
        read(latin, {"encoding": "utf-8"})


def test_the_header_can_be_another_line_or_none(written: Write) -> None:
    path = written('Report,"of\nMay"\n\nunit,kg\nid,weight\n' + "1,2.5\n2,3.5\n" * 20)
    profile = read(path, {"header": "5"})
    assert (profile.names, profile.rows) == (["id", "weight"], 40)
    assert profile.column("weight").type == "number"
    assert as_found(profile.detected)["header"] == "5"
    bare = read(written("1,2\n3,4\n" * 20), {"header": "none"})
    assert (bare.names, bare.rows) == (["column_1", "column_2"], 40)
    words = read(written("red,yes\nblue,no\n" * 20), {"header": "1"})
    assert (words.names, words.rows) == (["red", "yes"], 39)


@pytest.mark.parametrize(
    ("line", "told"), [("3", "no line with text"), ("9", "no line"), ("1", "has 3 cells")]
)
def test_a_line_that_is_no_header_is_refused(written: Write, line: str, told: str) -> None:
    path = written("x,y,z\na,b\n\n" + "1,2\n" * 5)
    with pytest.raises(BadInput, match=told):
        read(path, {"header": line})


def test_decimals_are_read_as_said(written: Write) -> None:
    path = written("i;v\n" + "".join(f"{i};1.23{i % 10}\n" for i in range(30)))
    assert inspect(path).column("v").maximum == 1.239
    comma = read(path, {"decimal": "comma"})
    assert comma.column("v").maximum == 1239
    assert "Points between thousands were removed. In: v." in notes(comma)
    other = written("i;v\n" + "".join(f"{i};1,23{i % 10}\n" for i in range(30)))
    assert inspect(other).column("v").maximum == 1.239
    assert read(other, {"decimal": "point"}).column("v").maximum == 1239


def test_the_order_of_dates_is_as_said(written: Write) -> None:
    path = written("d,n\n" + "".join(f"{i % 9 + 1}/2/2020,{i}\n" for i in range(30)))
    assert as_found(inspect(path).detected)["dates"] == "month first"
    said = read(path, {"dates": "day first"})
    assert said.column("d").maximum == "2020-02-09"
    assert as_found(said.detected)["dates"] == "day first"


def test_dates_that_contradict_the_order_stay_text_and_are_told(written: Write) -> None:
    path = written("d,n\n" + "".join(f"{i % 9 + 10}/2/2020,{i}\n" for i in range(30)))
    profile = read(path, {"dates": "month first"})
    assert profile.column("d").type == "text"
    told = "d: 18 value(s) cannot be read as a date, month first, so the column stays text"
    assert f"{told}; the first is 13/2/2020 in data row 4." in notes(profile)


TYPED = [
    (["01234", "90210"], "integer", [1234, 90210]),
    (["1.0", "2"], "integer", [1, 2]),
    (["1", "2"], "text", ["1", "2"]),
    (["$1,200.50", "3"], "number", [1200.5, 3]),
    (["12%", "3%"], "number", [12, 3]),
    (["yes", "no"], "boolean", [True, False]),
    (["0", "1"], "boolean", [False, True]),
    (["20200131", "20200201"], "date", ["2020-01-31", "2020-02-01"]),
    (["2020-01-31 10:00", "2020-02-01"], "date", ["2020-01-31", "2020-02-01"]),
    (["2020-01-31", "2.1.2020"], "datetime", ["2020-01-31 00:00:00", "2020-01-02 00:00:00"]),
    (["10:00", "11:30:05"], "time", ["10:00:00", "11:30:05"]),
    (["12345678901234567890", "1"], "number", [12345678901234567890.0, 1]),
]


@pytest.mark.parametrize(("given", "kind", "made"), TYPED)
def test_a_column_becomes_the_type_that_was_said(
    written: Write, tmp_path: Path, given: list[str], kind: str, made: list[object]
) -> None:
    path = written("n;v\n" + "".join(f"{i};{value}\n" for i, value in enumerate(given)))
    roles = Roles("n", corrections=Corrections.from_dict({"types": {"v": kind}}))
    prepare(path, roles, tmp_path / "p")
    query = f"SELECT v, v::VARCHAR FROM '{tmp_path}/p/data/raw.parquet'"
    found = duckdb.sql(query).fetchall()
    assert [v if type(v) is type(made[0]) or isinstance(v, float) else s for v, s in found] == made
    told = yaml.safe_load((tmp_path / "p/data/manifest.yaml").read_text())
    assert told["corrections"] == {"types": {"v": kind}}
    assert told["columns"][1] == {"name": "v", "type": kind}
    assert "became missing" not in " ".join(told["source"]["notes"])


def test_what_cannot_be_converted_is_counted_and_named(written: Write) -> None:
    rows = "".join(f"{i},{'old' if i in (7, 9) else '' if i == 3 else i}\n" for i in range(30))
    profile = read(written("n,age\n" + rows), age="integer")
    assert profile.column("age").type == "integer"
    assert profile.column("age").missing == 3
    assert (
        "age: 2 value(s) cannot be read as integer and became missing; the first is old in data "
        "row 8." in notes(profile)
    )
    assert "age as integer" in notes(profile)


def test_a_way_of_writing_that_comes_late_is_converted_too(written: Write) -> None:
    dates = ["2020-01-31"] * 60_000
    dates[59_998], dates[59_996] = "31 Jan 2021", "never"
    profile = read(written("n,d\n" + "".join(f"{i},{d}\n" for i, d in enumerate(dates))), d="date")
    assert profile.column("d").maximum == "2021-01-31"
    assert "d: 1 value(s) cannot be read as date" in notes(profile)
    assert "the first is never in data row 59997" in notes(profile)


def test_many_corrections_at_once(written: Write) -> None:
    head = ",".join(f"c{i}" for i in range(40))
    rows = "".join(",".join(f"x{j}{i}" for i in range(40)) + "\n" for j in range(30))
    kinds = ("date", "datetime", "time", "number", "boolean")
    profile = read(written(f"{head}\n{rows}"), **{f"c{i}": kinds[i % 5] for i in range(40)})
    assert sum("30 value(s) cannot be read" in note for note in profile.detected.notes) == 40


def test_plain_numbers_and_percentages_are_not_mixed(written: Write) -> None:
    profile = read(written("n,v\n0,12%\n1,3%\n2,0.5\n"), v="number")
    assert profile.column("v").maximum == 12
    assert "the first is 0.5 in data row 3" in notes(profile)


def test_a_type_does_not_change_how_other_columns_are_read(written: Write) -> None:
    path = written("a,b\n" + "".join(f"{i},{'-' if i % 3 else 'None'}\n" for i in range(30)))
    assert values(read(path, a="text"), "b") == ["-", "None"]


def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "t.parquet"
    duckdb.sql(
        "SELECT i AS n, i::DOUBLE AS x, i % 2 = 0 AS b, (i % 12 + 1) || '/2/2020' AS d, [i] AS l, "
        "TIMESTAMPTZ '2020-01-01 10:00:00+02' AS w, i || '.5' AS t FROM range(30) r(i)"
    ).write_parquet(str(path))
    return path


def test_types_of_other_formats_can_be_said(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    profile = read(
        path, {"dates": "day first"}, n="text", x="integer", b="number", l="text", w="date",
        t="number",
    )  # fmt: skip
    found = {name: profile.column(name).type for name in profile.names}
    assert found == {
        "n": "text", "x": "integer", "b": "number", "d": "date", "l": "text", "w": "date",
        "t": "number",
    }  # fmt: skip
    assert profile.column("d").maximum == "2020-02-12"
    assert as_found(profile.detected) == {"dates": "day first"}
    lossy = read(path, n="boolean", t="integer")
    assert "n: 28 value(s) cannot be read as boolean" in notes(lossy)
    assert "t: 30 value(s) cannot be read as integer" in notes(lossy)
    assert "the first is 0.5 in data row 1" in notes(lossy)


def test_json_has_an_encoding_and_types(written: Write) -> None:
    rows = [{"n": i, "c": "é", "d": "3/4/2020"} for i in range(30)]
    path = written(json.dumps(rows, ensure_ascii=False).encode("utf-16"), "d.json")
    profile = inspect(path)
    assert as_found(profile.detected) == {"encoding": "utf-16", "dates": "month first"}
    assert read(path, {"encoding": "utf-16"}, n="text").column("n").type == "text"


def test_excel_headers_are_rows_of_the_sheet(cases: Path) -> None:
    path = cases / "hostile" / "h53_excel.xlsx"
    found = inspect(path)
    assert as_found(found.detected) == {"header": "1"}
    assert read(path, {"header": "2"}).rows == found.rows - 1
    assert read(path, {"header": "none"}).rows == found.rows + 1
    with pytest.raises(BadInput, match="Row 900 of the sheet cannot be the header"):
        inspect(path, corrections=Corrections({"header": "900"}))


@pytest.mark.parametrize("name", ["delimiter", "encoding", "header", "decimal"])
def test_a_layout_that_a_format_does_not_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=f"The {name} of a Parquet source cannot be corrected"):
        read(parquet(tmp_path), {name: LAYOUT[name][0]})


def test_what_is_unknown_is_refused_with_what_is_known(written: Write) -> None:
    path = written("a,b\n1,2\n")
    with pytest.raises(BadInput, match="The columns are: a and b"):
        read(path, c="text")
    for told in ({"layout": {"quote": "x"}}, {"layout": {"header": "x"}}, {"types": {"a": "x"}}):
        with pytest.raises(BadInput):
            Corrections.from_dict(told)


def test_saying_what_was_found_changes_nothing(written: Write) -> None:
    path = written("d;v\n" + "".join(f"{i % 28 + 1}.3.2020;{i},5\n" for i in range(60)))
    found = inspect(path)
    told = as_found(found.detected)
    assert told == {
        "delimiter": "semicolon", "encoding": "utf-8", "header": "1", "decimal": "comma",
        "dates": "day first",
    }  # fmt: skip
    assert tuple(told) == applicable("CSV, gzip")
    assert read(path, told).columns == found.columns


def test_both_commands_of_the_reader_follow_them(written: Write, tmp_path: Path) -> None:
    path = written("zip,y\n" + "".join(f"{10000 + i},{i % 2}\n" for i in range(40)))
    said = {"layout": {"header": "1"}, "types": {"zip": "text"}}
    (tmp_path / "said.json").write_text(json.dumps(said))
    out = tmp_path / "profile.json"
    assert reader(
        ["inspect", str(path), "--corrections", str(tmp_path / "said.json"), "--out", str(out)]
    ) == 0  # fmt: skip
    assert Profile.from_json(out.read_text()).column("zip").type == "text"
    (tmp_path / "roles.json").write_text(json.dumps({"target": "y", "corrections": said}))
    into = tmp_path / "p"
    roles = str(tmp_path / "roles.json")
    assert reader(["prepare", str(path), "--roles", roles, "--into", str(into)]) == 0
    assert yaml.safe_load((into / "data/manifest.yaml").read_text())["corrections"] == said
    contract = yaml.safe_load((into / "data/contract.yaml").read_text())
    assert contract["columns"][0]["type"] == "text"
    (tmp_path / "said.json").write_text("{")
    wrong = ["inspect", str(path), "--corrections", str(tmp_path / "said.json")]
    assert reader(wrong) == 3


def test_the_command_line_says_them_too(written: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = written("zip;d;v\n" + "".join(f"0{i % 9};{i % 9 + 1}/2/2020;1.234\n" for i in range(30)))
    assert main(
        [
            "--delimiter", ";", "profile", str(path), "--encoding", "UTF8", "--header", "1",
            "--decimal", "comma", "--dates", "day-first", "--type", "zip=integer",
        ]
    ) == 0  # fmt: skip
    told = " ".join(capsys.readouterr().out.split())
    assert "delimiter semicolon, encoding utf-8, header 1, decimal comma, dates day first" in told
    assert "zip as integer" in told
    assert os.sep + "tmp" not in told


@pytest.mark.parametrize(
    "words",
    [("--type", "zip"), ("--type", "zip=float"), ("--dates", "year"), ("--delimiter", "x"),
     ("--header", "0"), ("--encoding", "klingon")],
)  # fmt: skip
def test_what_the_command_line_does_not_know_is_a_usage(
    written: Write, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", str(written("zip,y\n1,2\n")), *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
