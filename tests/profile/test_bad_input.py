"""Files that go wrong elsewhere: each ends in the right table, or in one clear paragraph."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import workbooks

from mlops_tui.cli import main
from mlops_tui.errors import BadInput
from mlops_tui.profile import guard, inspect
from mlops_tui.profile.reading import opened

Make = Callable[[Path], object]
R = range(30)


@dataclass(frozen=True)
class Read:
    """A file, the columns and types it has in the end, and what must be said about it."""

    name: str
    make: str | bytes | Make
    columns: dict[str, str]
    told: tuple[str, ...] = ()
    rows: int = 30
    first: tuple[object, ...] | None = None
    missing: dict[str, int] = field(default_factory=dict)


def made(make: str | bytes | Make, path: Path) -> Path:
    if callable(make):
        make(path)
    else:
        path.write_bytes(make.encode() if isinstance(make, str) else make)
    return path


def lines(head: str, row: Callable[[int], str], end: str = "\n") -> str:
    return head + end + "".join(row(i) + end for i in R)


def book(*rows: list[workbooks.Cell], merged: str = "") -> Make:
    return lambda path: workbooks.write(path, {"S": rows}, merged)


def records(document: object) -> str:
    return json.dumps(document)


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "a,b\n1,2\n")
    return made.getvalue()


def table(**columns: pa.Array) -> Make:
    return lambda path: pq.write_table(pa.table(columns), path)


def ab(i: int) -> str:
    return f"{i},{i}"


AB = {"a": "integer", "b": "integer"}
ODD = {
    "u": pa.array([2**64 - 1] * 3, pa.uint64()),
    "small": pa.array([7] * 3, pa.uint64()),
    "d": pa.array([Decimal("1.10")] * 3, pa.decimal128(30, 10)),
    "tz": pa.array([1_704_067_200_000_000] * 3, pa.timestamp("us", tz="America/New_York")),
    "t": pa.array([3_600_000_000] * 3, pa.time64("us")),
    "n": pa.array([{"x": [1]}] * 3),
    "bin": pa.array([b"\xff\x00"] * 3),
    "nul": pa.nulls(3),
}

READ = [
    Read("short lines.csv", lines("a,b,c", lambda i: f"{i},{i}" if i % 10 == 3 else f"{i},{i},x"),
         {**AB, "c": "text"}, ("3 line(s) do not fit", "line 5, 15 and 25"), 27),
    Read("long lines.csv", lines("a,b", lambda i: ab(i) + ",x" * (i == 9)), AB,
         ("1 line(s) do not fit", "line 11"), 29),
    Read("utf-16-be.csv", lines("a,b", lambda i: f"{i},é").encode("utf-16-be"),
         {"a": "integer", "b": "text"}, ("UTF-16-BE",), first=(0, "é")),
    Read("bom and semicolon.csv", b"\xef\xbb\xbf" + lines("a;b", lambda i: f"{i};{i},5").encode(),
         {"a": "integer", "b": "number"}, first=(0, 0.5)),
    Read("one damaged letter.csv", lines("a,b", lambda i: f"{i},été").encode() + b"30,\xe9\n",
         {"a": "integer", "b": "text"}, ("1 character(s)", "line 32"), 31, (0, "été")),
    Read("blanks between thousands.csv", lines("a;b", lambda i: f"{i};1 23{i % 10} 456,5"),
         {"a": "integer", "b": "number"}, ("between thousands",), first=(0, 1230456.5)),
    Read("narrow blanks.csv", lines("a;b", lambda i: f"{i};1\u202f23{i % 10}\u00a0456"),
         {"a": "integer", "b": "number"}, ("between thousands",), first=(0, 1230456)),
    Read("swiss.csv", lines("a,b", lambda i: f"{i},1'234.5{i % 10}"),
         {"a": "integer", "b": "number"}, ("apostrophes",), first=(0, 1234.5)),
    Read("minus sign.csv", lines("a;b", lambda i: f"{i};\u2212{i + 1},5"),
         {"a": "integer", "b": "number"}, first=(0, -1.5)),
    Read("accountants.csv", lines("a,b", lambda i: f'{i},"({i + 1},000.50)"'),
         {"a": "integer", "b": "number"}, ("negative",), first=(0, -1000.5)),
    Read("mixed line ends.csv", "a,b\r\n" + "".join(f"{ab(i)}\n{ab(i)}\r\n" for i in R), AB,
         rows=60),
    Read("ends of old and new.csv", "a,b\r" + "".join(f"{ab(i)}\r{ab(i)}\n" for i in R), AB,
         rows=60),
    Read("line breaks in cells.csv", lines("a,b", lambda i: f'{i},"x\ny"', "\r\n"),
         {"a": "integer", "b": "text"}, first=(0, "x\ny")),
    Read("delimiter ends lines.csv", lines("a,b", lambda i: ab(i) + ","), AB, ("left out: 3",)),
    Read("delimiter ends header.csv", lines("a,b,", ab), AB),
    Read("delimiter ends all.csv", lines("a,b,", lambda i: ab(i) + ","), AB, ("left out: 3",)),
    Read("more names.csv", lines("a,b,c", ab), AB, ("left out: c",)),
    Read("row names.csv", lines("a b", lambda i: f"{i} {i} {i}"),
         {"column_1": "integer", **AB}, ("one name less",)),
    Read("quoted by '.csv", lines("a,b", lambda i: f"{i},'x, {i}'"),
         {"a": "integer", "b": "text"}, first=(0, "x, 0")),
    Read("all quoted by '.csv", lines("'a','b'", lambda i: f"'{i}','x, {i}'"),
         {"a": "integer", "b": "text"}, first=(0, "x, 0")),
    Read("backslashes.csv", lines("a,b", lambda i: f'{i},"say \\"hi\\", you"'),
         {"a": "integer", "b": "text"}, first=(0, 'say "hi", you')),
    Read("inches.csv", lines("a,b", lambda i: f'{i},5" pipe'), {"a": "integer", "b": "text"},
         first=(0, '5" pipe')),
    Read("one column.csv", lines("age", str), {"age": "integer"}),
    Read("one column with gaps.csv", lines("age", lambda i: str(i) if i % 3 else ""),
         {"age": "integer"}, missing={"age": 10}),
    Read("one column of words.csv", lines("name", lambda i: f"Mr Foo {i}"), {"name": "text"}),
    Read("one column of sentences.csv", lines("said", lambda i: "so " * (i % 4) + "it: is"),
         {"said": "text"}),
    Read("differ in case.csv", lines("Age,age,AGE", lambda i: f"{i},{i},{i}"),
         {"Age": "integer", "age_2": "integer", "AGE_3": "integer"}, ("occurs twice",)),
    Read("sep.csv", lines("sep=;\na;b", lambda i: f"{i};{i}"), AB),
    Read("comments.csv", lines("# by x\n# on y\n\na,b", ab), AB, ("2 title line(s)", "line 4")),
    Read("header again.csv", lines("a,b", ab) + lines("a,b", ab), AB,
         ("1 row(s) that repeat the header", "row 31"), 60),
    Read("markdown.csv", lines("| a | b |\n|---|---|", lambda i: f"| {i} | {i} |"), AB,
         ("only draw a line", "left out: 1 and 4")),
    Read("aligned.txt", lines("  a    b  c", lambda i: f"  {i:<5}{i}  x{i}"),
         {**AB, "c": "text"}, ("runs of blanks",), first=(0, 0, "x0")),
    Read("begins like a program.csv", lines("MZ,ORC", ab), {"MZ": "integer", "ORC": "integer"}),
    Read("3 MB cell.csv", lines("a,b", ab) + '30,"' + "x,y\n" * 750_000 + '"\n',
         {"a": "integer", "b": "text"}, rows=31),
    Read("embedded zeros.csv", lines("a,b", lambda i: f"{i},{'long text ' * 20}\0"),
         {"a": "integer", "b": "text"}),
    Read("x'; DROP TABLE t; {{ 7 }} \x1b[31m.csv",
         lines('"a\nb","x\'; DROP TABLE t; --","{{ 7*7 }}","\x1b[31mred","=cmd()","😀"',
               lambda i: ",".join(str(i + j) for j in range(6))),
         dict.fromkeys(("a\nb", "x'; DROP TABLE t; --", "{{ 7*7 }}", "\x1b[31mred", "=cmd()", "😀"),
                       "integer")),
    Read("tabs called.xls", lines("a\tb", lambda i: f"{i}\t{i}"), AB),
    Read("varying keys.jsonl", "\n".join(records({"a": i, "bc"[i % 2]: "x"}) for i in R),
         {"a": "integer", "b": "text", "c": "text"}, missing={"a": 0, "b": 15, "c": 15}),
    Read("object of arrays.json", records({"a": [*R], "b": [*R]}), AB, ("a list for each column",)),
    Read("by row number.json", records({k: {str(i): i for i in R} for k in "ab"}), AB),
    Read("split.json", records({"columns": ["a", "b"], "data": [[i, i] for i in R]}), AB),
    Read("lists of lists.json", records([["a", "b"], *([i, i] for i in R)]), AB, ("the names",)),
    Read("wrapped.json", records({"status": "ok", "data": [{"a": i, "b": i} for i in R]}), AB,
         ("records inside data", "status")),
    Read("keyed.json", records({f"r{i}": {"a": i, "b": i} for i in R}), {"key": "text", **AB}),
    Read("kinds mixed.json", records([{"a": i if i % 2 else "x"} for i in R]), {"a": "text"},
         ("several kinds",)),
    Read("marked.json", b"\xef\xbb\xbf" + records([{"a": i, "b": i} for i in R]).encode(), AB),
    Read("not a number.json", records([{"a": float("nan"), "b": i} for i in R]),
         {"a": "number", "b": "integer"}, missing={"a": 30}),
    Read("odd types.parquet", table(**ODD),
         {"u": "text", "small": "integer", "d": "number", "tz": "datetime", "t": "time",
          "n": "nested", "bin": "text", "nul": "text"},
         ("too many digits to be counted with are kept as text: u.",), 3),
    Read("title.xlsx", book(["Sales", None, None], [], ["day", "n", "twice"],
                            *[[workbooks.date(45000 + i), i, workbooks.formula(f"B{i}*2", 2.5)]
                              for i in R], merged="A1:C1"),
         {"day": "date", "n": "integer", "twice": "number"}, ("header on line 3",)),
    Read("far from A1.xlsx", book([], [], [None, "a", "b"], *[[None, i, i] for i in R]), AB),
    Read("empty column between.xlsx", book(["a", None, "b"], *[[i, None, i] for i in R]), AB,
         ("left out: 2",)),
    Read("a workbook called.csv", book(["a", "b"], *[[i, i] for i in R]), AB),
    Read("european texts.xlsx", book(["zip", "v"], *[[f"0{i:04}", f"1.234,5{i % 10}"] for i in R]),
         {"zip": "text", "v": "number"}, first=("00000", 1234.5)),
]  # fmt: skip


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_it_becomes_the_right_table(case: Read, tmp_path: Path) -> None:
    path = made(case.make, tmp_path / case.name)
    with opened(path) as read:
        first = read.con.execute("SELECT * EXCLUDE (rn) FROM t ORDER BY rn").fetchone()
        assert {column.name: column.type for column in read.columns} == case.columns
        assert read.rows == case.rows
        notes = "\n".join(read.detected.notes)
    for words in case.told:
        assert words in notes
    if case.first:
        assert first == case.first
    profile = inspect(path)
    assert {n: profile.column(n).missing for n in case.missing} == case.missing


REFUSED: list[tuple[str, str | bytes | Make, str]] = [
    ("zip.csv", zipped("in/data.csv"), "is a zip archive, not a table. It holds: in/data.csv"),
    ("cut.zip", zipped("data.csv")[:40], "cut off or damaged"),
    ("pointer.parquet", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "git-LFS"),
    ("no rows.parquet", lambda p: duckdb.sql("SELECT 1 AS a WHERE false").write_parquet(str(p)),
     "no rows"),
    ("no columns.parquet", lambda p: pq.write_table(pa.table({}), p), "not whole or not valid"),
    ("inside missing.parquet", b"PAR1" + b"x" * 100 + b"PAR1", "not whole or not valid"),
    ("page.xls", "<html><table><tr><td>a</td></tr></table></html>", "called a workbook"),
    ("table.xls", "<meta charset=utf-8><table></table>", "called a workbook"),
    ("xml.xls", '<?xml version="1.0"?><Workbook></Workbook>', "is XML"),
    ("protected.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
     + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ("damaged.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or protected"),
    ("nothing.xlsx", book([]), "no cells with data"),
    ("two tables.xlsx", book(["a", "b"], *[[i, i] for i in R], [], ["c", "d", "e"],
                             *[[i, i, i] for i in R]), "begin in rows 1 and 33"),
    ("two tables.csv", lines("a,b", ab) + "\n" + lines("c,d,e", lambda i: f"{i},{i},{i}"),
     "several tables, one below the other: from line 1 with 2 columns, and from line 33 with 3"),
    ("header only.csv", "a,b,c\n", "no rows"),
    ("blanks only.csv", "   \n \t \n", "only blank lines"),
    ("fixed width.txt", lines("name     town", lambda i: f"Al B{i:<7} New   York{i % 2 * ' C'}"),
     "fixed width"),
    ("doc.csv", "{\\rtf1 a,b}", "RTF"),
    ("weka.csv", lines("@relation x\n@attribute a numeric\n@data", str), "ARFF"),
    ("dump.csv", "-- a dump\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n", "SQL commands"),
    ("sparse.txt", lines("1 1:0.5 7:2", lambda i: f"{i % 2} 1:0.5 2:{i}"), "svmlight"),
    ("model.csv", b"\x80\x04\x95" + b"\0" * 90, "pickle"),
    ("feather.csv", b"ARROW1" + b"\0" * 90, "Arrow"),
    ("archive.csv", b"a.csv".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 600, "tar archive"),
    ("zeros.csv", b"\0" * 5000, "binary data"),
    ("twice.csv.gz", gzip.compress(gzip.compress(b"a,b\n1,2\n")), "packed twice"),
    ("flipped bits.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99)[:12] + b"\xff" * 40, "damaged"),
    ("inside bad.gz", gzip.compress(b"PK\x03\x04nothing"), "cut off or damaged"),
    ("broken.jsonl", '{"a": 1}\n{"a": \n{"a": 3}\n', "broken.jsonl is not whole or not valid JSON"),
    ("deep.json", "[" * 5000 + "]" * 5000, "JSON"),
    ("same key.json", '[{"a": 1, "a": 2}]', "duplicate key"),
    ("folder.csv", lambda path: path.mkdir(), "holds no Parquet files"),
    ("pipe.csv", os.mkfifo, "not a regular file"),
    ("loop.csv", lambda path: path.symlink_to(path), "cannot be opened"),
    ("nowhere.csv", lambda path: path.symlink_to("nope"), "There is no file"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "told"), REFUSED, ids=[row[0] for row in REFUSED])
def test_it_is_refused_in_one_paragraph(
    name: str, make: str | bytes | Make, told: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made(make, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert main(["profile", name]) == 3
    said = capsys.readouterr().err.replace("\n", " ")
    assert told in said
    assert "mlops-tui-profile-" not in said
    assert "Traceback" not in said


def test_what_swells_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 4_000_000))
    assert inspect(path).rows == 4_000_000
    monkeypatch.setattr(guard, "_FREELY", 1 << 20)
    with pytest.raises(BadInput, match="was not unpacked further"):
        inspect(path)


def test_what_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a,b\n1,2\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(BadInput, match="You may not read secret"):
        inspect(path)
