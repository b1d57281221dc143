"""Layouts and types, with the data made here."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import workbooks

from mlops_tui.errors import BadInput
from mlops_tui.profile import cleaning, inspect
from mlops_tui.profile.reading import opened

Write = Callable[..., Path]
BODY = "".join(f"{i},{i * 1.5},{'ab'[i % 2]}\n" for i in range(50))
PLAIN = "n,x,c\n" + BODY


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_any_delimiter(written: Write, delimiter: str) -> None:
    profile = inspect(written(PLAIN.replace(",", delimiter)))
    assert profile.detected.delimiter == delimiter
    assert [c.type for c in profile.columns] == ["integer", "number", "text"]
    assert profile.rows == 50


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding(written: Write, encoding: str) -> None:
    text = PLAIN.replace("a\n", "é\n")
    profile = inspect(written(text.encode(encoding)))
    assert profile.names == ["n", "x", "c"]
    assert [value for value, _ in profile.column("c").top] == ["b", "é"]


def test_a_table_without_header(written: Write) -> None:
    profile = inspect(written(BODY))
    assert profile.names == ["column_1", "column_2", "column_3"]
    assert (profile.rows, profile.detected.header_line) == (50, None)
    assert "no header" in " ".join(profile.detected.notes)


def test_a_table_of_words_with_header(written: Write) -> None:
    rows = "".join(f"{'red' if i % 3 else 'blue'},{'yes' if i % 2 else 'no'}\n" for i in range(30))
    profile = inspect(written("colour,sold\n" + rows))
    assert profile.names == ["colour", "sold"]
    assert inspect(written(rows, "bare.csv")).rows == 30


def test_a_ragged_line_is_left_out_and_named(written: Write) -> None:
    profile = inspect(written(PLAIN + "1,2\n" + BODY))
    assert (profile.rows, len(profile.columns)) == (100, 3)
    assert "line 52" in " ".join(profile.detected.notes)


def test_a_quote_that_never_closes_names_its_line(written: Write) -> None:
    lines = PLAIN.splitlines()
    lines[20] = '19,"28.5,b'
    with pytest.raises(BadInput, match="line 21"):
        inspect(written("\n".join(lines) + "\n"))


def test_cells_with_line_breaks_and_quotes_are_data(written: Write) -> None:
    text = "id,note\n" + "".join(f'{i},"said ""{i}"",\nthen left"\n' for i in range(30))
    profile = inspect(written(text))
    assert profile.rows == 30
    assert '"29"' in max(str(v) for v, _ in profile.column("note").top) or profile.rows == 30


@pytest.mark.parametrize(
    "name", ["we[ird]*.csv", "quo'te.csv", "a b;--.csv", "x\ny.csv", "{{7*7}}.csv"]
)
def test_a_path_is_taken_as_it_is(written: Write, name: str) -> None:
    assert inspect(written(PLAIN, name)).rows == 50


def test_packed_files(written: Write) -> None:
    profile = inspect(written(gzip.compress(PLAIN.encode()), "data.csv.gz"))
    assert (profile.rows, profile.detected.format) == (50, "CSV, gzip")
    with pytest.raises(BadInput, match="cut off"):
        inspect(written(gzip.compress(PLAIN.encode())[:40], "cut.csv.gz"))


def test_zstd(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    with pa.output_stream(str(tmp_path / "d.csv.zst"), compression="zstd") as out:
        out.write(PLAIN.encode())
    assert inspect(tmp_path / "d.csv.zst").rows == 50


def test_json_lines_and_arrays(written: Write) -> None:
    records = [{"n": i, "when": f"2024-01-{i % 28 + 1:02d}", "tags": ["a"]} for i in range(40)]
    for text in (json.dumps(records), "\n".join(map(json.dumps, records))):
        profile = inspect(written(text, "data.json"))
        assert profile.rows == 40
        assert profile.column("when").type == "date"
        assert profile.column("tags").semantic == "nested"


@pytest.mark.parametrize(
    ("values", "kind", "low"),
    [
        (["01234", "90210"], "text", None),
        (["1", "2", "NA"], "integer", 1),
        (["1.5", "?", "2"], "number", 1.5),
        (["12345678901234567890", "1"], "text", None),
        (["$1,200.50", "$3"], "number", 3.0),
        (["1,234", "12,345"], "integer|number", 1234.0),
        (["12%", "3.5%"], "number", 3.5),
        (["true", "False"], "boolean", None),
        (["9/30/1990 0:00:00", "1/2/1991 10:00:00"], "datetime", "1990-09-30T00:00:00"),
        (["30/9/1990", "1/2/1991"], "date", "1990-09-30"),
        (["31.12.2020", "1.2.2021"], "date", "2020-12-31"),
        (["2020-01-01T10:00:00Z", "2021-01-01T10:00:00Z"], "datetime", "2020-01-01T10:00:00"),
        (["1949-01", "1949-02"], "date", "1949-01-01"),
        (["+15550100222", "+15550100333"], "text", None),
    ],
)
def test_types(written: Write, values: list[str], kind: str, low: object) -> None:
    rows = "".join(f'{i},"{v}"\n' for i, v in enumerate(values * 20))
    column = inspect(written("i,v\n" + rows)).column("v")
    assert column.type in kind.split("|")
    assert column.minimum == low


def test_a_type_that_changes_late_is_told(written: Write) -> None:
    text = "n,v\n" + "".join(f"{i},{i}\n" for i in range(30_000)) + "30000,oops\n"
    profile = inspect(written(text), "n")
    assert profile.column("v").type == "text"
    mixed = [f for f in profile.findings if f.id == "mixed_types"]
    assert mixed and "oops" in mixed[0].evidence and "30001" in mixed[0].evidence


def test_more_than_a_number_can_hold_is_missing(written: Write) -> None:
    cells = ["1e400" if i == 7 else f"{i}.5" for i in range(100)]
    profile = inspect(written("x,y\n" + "".join(f"{x},{i}\n" for i, x in enumerate(cells))), "y")
    column = profile.column("x")
    assert (column.missing, column.not_finite, column.maximum) == (1, 1, 99.5)
    assert "Infinite values were read as missing: x (1)." in profile.detected.notes


def six_hours(i: int, day_alone: bool) -> str:
    day = date(2020, 1, 5) + timedelta(days=i // 4)
    return str(day) if day_alone and i % 4 == 0 else f"{day} {i % 4 * 6:02d}:00:00"


def test_a_bare_date_among_times_is_midnight(written: Write, tmp_path: Path) -> None:
    times = "at,x\n" + "".join(f"{six_hours(i, True)},{i}\n" for i in range(40))
    dates = "at,x\n" + "".join(f"{six_hours(4 * i, True)},{i}\n" for i in range(40))
    sheet = [["at", "x"], *([workbooks.date(43835 + i / 4), i] for i in range(40))]
    days = [["at", "x"], *([workbooks.date(43835 + i), i] for i in range(40))]
    for path, kind, high in (
        (written(times, "times.csv"), "datetime", "2020-01-14T18:00:00"),
        (written(dates, "dates.csv"), "date", "2020-02-13"),
        (workbooks.write(tmp_path / "times.xlsx", {"a": sheet}), "datetime", "2020-01-14T18:00:00"),
        (workbooks.write(tmp_path / "days.xlsx", {"a": days}), "date", "2020-02-13"),
    ):
        column = inspect(path).column("at")
        assert (column.type, column.minimum[:10], column.maximum) == (kind, "2020-01-05", high)


@pytest.mark.parametrize("name", ["table.csv", "table.json"])
@pytest.mark.parametrize("kept", [4, 8])
def test_dates_that_stay_text_are_told(written: Write, name: str, kept: int) -> None:
    cells = [six_hours(4 * i, True) if i % 10 < kept + 1 else "soon" for i in range(400)]
    rows = [{"at": cell, "x": i} for i, cell in enumerate(cells)]
    text = "at,x\n" + "".join(f"{row['at']},{row['x']}\n" for row in rows)
    profile = inspect(written(json.dumps(rows) if name.endswith("json") else text, name), "x")
    assert profile.column("at").type == "text"
    told = next(f for f in profile.findings if f.id == "mixed_types")
    assert told.remedy is None and told.evidence == (
        f"at is read as text, because {400 - 40 * (kept + 1)} of 400 values are not a date: "
        f"the first is soon in data row {kept + 2}."
    )


@pytest.mark.parametrize("marker", ["NA", "NULL", "N/A"])
@pytest.mark.parametrize("value", ["{i}.5", "word {i}"])
def test_a_rare_marker_of_missing_is_told(written: Write, marker: str, value: str) -> None:
    rare = {7001, 7003, 15005}  # none of these rows is in the sample that types are guessed from
    cells = [marker if i in rare else value.format(i=i) for i in range(20_000)]
    other = [marker if i == 0 else str(i) for i in range(20_000)]
    text = "".join(f"{a},{b}\n" for a, b in zip(cells, other, strict=True))
    with opened(written("a,b\n" + text)) as table:
        told = {"count": 3, "markers": [marker]}
        assert table.facts["marked"] == {"a": told, "b": {"count": 1, "markers": [marker]}}
        note = f"Read as missing ({marker} and empty): a (3) and b (1)."
        assert note in table.detected.notes
        kept = [rule["value"] for rule in cleaning.reading(table) if rule["column"] == "a"]
        assert kept == [marker]


def test_names_are_data(written: Write) -> None:
    names = ['a"b', "x'; DROP TABLE t; --", "<script>", "{{7}}", "A", "a", "line\nbreak", ""]
    head = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    rows = "".join(",".join(str(i + j) for j in range(8)) + "\n" for i in range(30))
    profile = inspect(written(head + "\n" + rows))
    assert profile.names == [*names[:5], "a_2", "line\nbreak", "column_8"]
    assert all(c.type == "integer" for c in profile.columns)


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(BadInput):
            inspect(path)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInput, match="not a regular file"):
        inspect(tmp_path / "pipe.csv")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n", "git-LFS"),
        (b"\n\n\n", "blank"),
        (b"a,b\n", "no rows"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PAR1", "cut off"),
        (b"PK\x03\x04rest", "zip"),
    ],
)
def test_no_tables(written: Write, content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        inspect(written(content))


def test_a_very_long_cell(written: Write) -> None:
    text = "n,t\n" + "".join(f"{i},short\n" for i in range(20)) + "20," + "x" * 3_000_000 + "\n"
    assert inspect(written(text)).rows == 21


def test_nothing_is_left_in_the_temporary_folder(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    source, scratch = written(PLAIN), tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    stale = scratch / "mlops-tui-profile-999999999-old"
    stale.mkdir()
    inspect(source)
    assert not list(scratch.iterdir())
