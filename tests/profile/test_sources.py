"""Folders, patterns, databases and addresses: the right rows, told names, and no credential."""

from __future__ import annotations

import functools
import http.server
import os
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import yaml

from mlops_tui.cli import main
from mlops_tui.cli.settings import data_file
from mlops_tui.errors import BadInput
from mlops_tui.profile import Profile, inspect, servers, sources
from mlops_tui.profile.corrections import Corrections
from mlops_tui.profile.preparing import Roles, prepare
from mlops_tui.profile.sources import Source


def notes(profile: Profile) -> str:
    return "\n".join(profile.detected.notes)


def parquet(path: Path, query: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.sql(query).write_parquet(str(path))
    return path


@pytest.fixture
def hive(tmp_path: Path) -> Path:
    """Three files in folders by year and zip; one lacks a column, one has another type."""
    root = tmp_path / "sales [1]"
    parquet(root / "year=2024/zip=01234/a.parquet", "SELECT i AS n, 'x' AS c FROM range(5) r(i)")
    parquet(root / "year=2025/zip=00501/b*.parquet", "SELECT i + 5 AS n FROM range(5) r(i)")
    empty = root / "year=2025/zip=__HIVE_DEFAULT_PARTITION__/c.parquet"
    parquet(empty, "SELECT i + 10.5::DOUBLE AS n, 'y' AS c FROM range(5) r(i)")
    (root / "_SUCCESS").touch()
    (root / "year=2025/.part.parquet").write_text("half")
    return root


def rows(into: Path, columns: str = "*") -> list[tuple[object, ...]]:
    return duckdb.sql(f"SELECT {columns} FROM '{into}/data/raw.parquet'").fetchall()


def test_a_folder_of_parquet_files_with_its_partitions(hive: Path, tmp_path: Path) -> None:
    facts = prepare(hive, Roles("n"), tmp_path / "p")
    assert rows(tmp_path / "p", "n, year, zip")[4:6] == [(4, 2024, "01234"), (5, 2025, "00501")]
    assert rows(tmp_path / "p", "n, year, zip")[-1] == (14.5, 2025, None)
    told = yaml.safe_load((tmp_path / "p/data/manifest.yaml").read_text())
    assert told["source"]["name"] == "sales [1]"
    assert told["source"]["format"] == "Parquet, 3 files"
    assert told["source"]["sha256"] == Source.parse(str(hive)).fingerprint()
    assert facts["rows"] == 15
    said = "\n".join(told["source"]["notes"])
    assert "c is not in 1 of 3 files (year=2025/zip=00501/b*.parquet)" in said
    assert "n has different types in the files" in said


def test_the_fingerprint_of_a_folder_is_of_names_and_contents(hive: Path) -> None:
    before = Source.parse(str(hive)).fingerprint()
    assert before == Source.parse(f"{hive}/").fingerprint()
    moved = hive.rename(hive.with_name("elsewhere"))
    assert Source.parse(str(moved)).fingerprint() == before
    (moved / "year=2024").rename(moved / "year=2023")
    assert Source.parse(str(moved)).fingerprint() != before


def test_a_folder_without_parquet_files_says_what_to_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="holds no Parquet files") as refused:
        inspect(tmp_path)
    assert "*.csv" in str(refused.value)


def test_a_column_in_files_and_folders_is_the_one_of_the_files(tmp_path: Path) -> None:
    parquet(tmp_path / "d/n=7/a.parquet", "SELECT i AS n FROM range(5) r(i)")
    profile = inspect(tmp_path / "d")
    assert profile.names == ["n"]
    assert profile.column("n").maximum == 4
    assert "The files have a column n" in notes(profile)


def test_odd_parquet_columns(tmp_path: Path) -> None:
    path = parquet(tmp_path / "d/a.parquet", "SELECT i AS file_row_number FROM range(5) r(i)")
    parquet(tmp_path / "d/b.parquet", "SELECT i AS place, i AS rn FROM range(5) r(i)")
    assert inspect(path).names == ["file_row_number"]
    assert set(inspect(tmp_path / "d").names) == {"file_row_number", "place", "rn"}
    path.unlink()
    assert inspect(tmp_path / "d").names == ["place", "rn"]


def csv(path: Path, head: str, start: int) -> Path:
    path.write_text(f"{head}\n" + "".join(f"{i},{'ab'[i % 2]}\n" for i in range(start, start + 9)))
    return path


def test_text_files_by_a_pattern(tmp_path: Path) -> None:
    for i, name in enumerate(("s-2.csv", "s-1.csv", "s-3 'x'.csv")):
        csv(tmp_path / name, "n,c", 10 * i)
    with (tmp_path / "s-1.csv").open("a") as file:
        file.write("1\n")
    profile = inspect(f"{tmp_path}/s-*.csv")
    assert (profile.rows, profile.names) == (27, ["n", "c"])
    assert profile.detected.format == "CSV, 3 files"
    assert profile.source_name == "s-*.csv"
    assert "1 line(s) do not fit the table and were left out: line 11 of s-1.csv" in notes(profile)
    prepare(f"{tmp_path}/s-*.csv", Roles("c"), tmp_path / "p")
    assert [n for (n,) in rows(tmp_path / "p", "n")] == [*range(10, 19), *range(9), *range(20, 29)]


def test_text_files_with_other_headers_are_refused(tmp_path: Path) -> None:
    csv(tmp_path / "a.csv", "n,c", 0)
    csv(tmp_path / "b.csv", "n,d", 0)
    with pytest.raises(BadInput, match=r"b.csv has other columns than a.csv: without c and with d"):
        inspect(f"{tmp_path}/*.csv")
    (tmp_path / "b.csv").write_text("n;c\n1;2\n3;4\n")
    with pytest.raises(BadInput, match=r"b.csv is laid out differently from a.csv"):
        inspect(f"{tmp_path}/*.csv")


def test_files_of_different_kinds_are_refused(tmp_path: Path) -> None:
    csv(tmp_path / "a.csv", "n,c", 0)
    parquet(tmp_path / "a.parquet", "SELECT 1 AS n")
    with pytest.raises(BadInput, match=r"different kinds: a.csv and a.parquet"):
        inspect(f"{tmp_path}/a.*")
    with pytest.raises(BadInput, match="No file matches z"):
        inspect(f"{tmp_path}/z*.csv")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """An SQLite file with hostile names and values that contradict their types."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute('CREATE TABLE "or""ders; --" (id INTEGER, price REAL, age INTEGER, day TEXT, '
                   'raw BLOB, "a" TEXT, "b""c" TEXT)')  # fmt: skip
        for i in range(30):
            age = "unknown" if i == 7 else i
            row = (i, i + 0.5, age, f"2024-01-{i % 28 + 1:02d}", b"\x00\xff", None, "é'")
            db.execute('INSERT INTO "or""ders; --" VALUES (?, ?, ?, ?, ?, ?, ?)', row)
        db.execute('CREATE VIEW young AS SELECT id, age FROM "or""ders; --" WHERE id < 20')
        db.commit()
    return path


def test_a_table_of_an_sqlite_file(shop: Path, tmp_path: Path) -> None:
    before = shop.read_bytes()
    profile = inspect(f'{shop}#or"ders; --')
    types = {c.name: c.type for c in profile.columns}
    assert types == {
        "id": "integer", "price": "number", "age": "text", "day": "date", "raw": "text",
        "a": "text", 'b"c': "text",
    }  # fmt: skip
    assert profile.source_name == 'shop.db#or"ders; --'
    assert "age is declared as INTEGER and holds values of several kinds (29 integer, 1 text); " \
           "the first text is unknown in data row 8." in notes(profile)  # fmt: skip
    assert "Binary values" in notes(profile)
    assert inspect(f"{shop}#YOUNG").rows == 20
    facts = prepare(f"{shop}#young", Roles("age"), tmp_path / "p")
    assert facts["source_sha256"] == facts["snapshot_sha256"]
    assert shop.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p", "shop.db"]


def test_an_sqlite_table_with_numbers_for_names(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "numbers.db")) as db:
        db.execute('CREATE TABLE t ("1" INTEGER, "0" TEXT, "_0" REAL, "__1" INTEGER)')
        db.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?)", [(i, f"v{i}", i / 2, 7) for i in range(40)]
        )
        db.commit()
    profile = inspect(tmp_path / "numbers.db")
    assert [(c.name, c.maximum) for c in profile.columns] == [
        ("1", 39), ("0", None), ("_0", 19.5), ("__1", 7),
    ]  # fmt: skip


def test_odd_columns_of_an_sqlite_table(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "odd.db")) as db:
        db.execute('CREATE TABLE t (a INTEGER, b AS (a * 2), "" AS (a + 1) STORED)')
        db.executemany("INSERT INTO t (a) VALUES (?)", [(i,) for i in range(40)])
        db.commit()
    profile = inspect(tmp_path / "odd.db")
    highest = [(c.name, c.maximum) for c in profile.columns]
    assert highest == [("a", 39), ("b", 78), ("column_3", 40)]
    assert "Column 3 has no name; it was called column_3." in notes(profile)


def test_long_whole_numbers_among_decimals_of_an_sqlite_table(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "long.db")) as db:
        db.execute("CREATE TABLE t (x, y TEXT)")
        cells = [0.5, 2**53 + 1, None, 2**62, -(2**63) + 1, 3, float("inf"), *range(30)]
        db.executemany("INSERT INTO t VALUES (?, 'a')", [(x,) for x in cells])
        db.commit()
    profile = inspect(tmp_path / "long.db")
    assert (profile.column("x").type, profile.column("x").maximum) == ("number", 2.0**62)
    assert (
        "x holds numbers with decimals, among which 2 whole number(s) with too many digits were "
        "rounded; the first is 9007199254740993 in data row 2."
    ) in profile.detected.notes


def test_types_of_a_database_can_be_corrected(shop: Path) -> None:
    said = Corrections.from_dict({"types": {"age": "integer"}})
    profile = inspect(f"{shop}#young", corrections=said)
    assert profile.column("age").type == "integer"
    assert "age: 1 value(s) cannot be read as integer and became missing; the first is unknown" \
        in notes(profile)  # fmt: skip


def test_several_tables_and_none_named(shop: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has 2 tables") as refused:
        inspect(shop)
    assert "young" in str(refused.value)
    with pytest.raises(BadInput, match="no table called nix"):
        inspect(f"{shop}#nix")
    with closing(sqlite3.connect(tmp_path / "none.db")) as db:
        db.execute("CREATE TABLE one (a)")
        db.execute("INSERT INTO one VALUES (1)")
        db.execute("CREATE TABLE two (a)")
        db.execute("DROP TABLE two")
        db.commit()
    assert inspect(tmp_path / "none.db").rows == 1


def test_a_damaged_sqlite_file(shop: Path) -> None:
    data = bytearray(shop.read_bytes())
    data[4096 : 4096 + 3000] = b"\x99" * 3000
    shop.write_bytes(data)
    with pytest.raises(BadInput, match="damaged"):
        inspect(f"{shop}#young")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "ware house.duckdb"
    with closing(duckdb.connect(str(path))) as con:
        con.execute("CREATE TABLE orders AS SELECT i AS n, 'é' AS c FROM range(30) r(i)")
        con.execute("CREATE SCHEMA s; CREATE TABLE s.deep AS SELECT 'b'::ENUM('a', 'b') AS e")
        con.execute("CREATE VIEW few AS SELECT n FROM orders WHERE n < 20")
        con.execute("CREATE VIEW thief AS SELECT * FROM read_text('/etc/hostname')")
    return path


def test_a_table_of_a_duckdb_file(warehouse: Path, tmp_path: Path) -> None:
    assert inspect(f"{warehouse}#orders").rows == 30
    assert inspect(f"{warehouse}#few").rows == 20
    assert inspect(f"{warehouse}#s.deep").column("e").top == (("b", 1),)
    with pytest.raises(BadInput, match=r"has 4 tables: few, orders, thief and s.deep"):
        inspect(warehouse)
    with pytest.raises(BadInput, match="reads other files"):
        inspect(f"{warehouse}#thief")
    prepare(f"{warehouse}#orders", Roles("c"), tmp_path / "p")
    manifest = (tmp_path / "p/data/manifest.yaml").read_text()
    assert yaml.safe_load(manifest)["source"]["name"] == "ware house.duckdb#orders"
    assert str(tmp_path) not in manifest


def test_what_was_written_last_to_a_duckdb_file_is_read(warehouse: Path) -> None:
    with closing(duckdb.connect(str(warehouse))) as con:
        con.execute("PRAGMA disable_checkpoint_on_shutdown")
        con.execute("INSERT INTO orders VALUES (99, 'late')")
    assert warehouse.with_name(warehouse.name + ".wal").exists()
    assert inspect(f"{warehouse}#orders").rows == 31


def test_a_duckdb_file_that_is_open_elsewhere(warehouse: Path) -> None:
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(warehouse)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout and other.stdout.readline()
        with pytest.raises(BadInput, match="open in another program"):
            inspect(f"{warehouse}#orders")
        other.communicate("\n")


def test_a_duckdb_file_of_another_version(warehouse: Path) -> None:
    data = bytearray(warehouse.read_bytes())
    data[12:20] = (4711).to_bytes(8, "little")
    warehouse.write_bytes(data)
    with pytest.raises(BadInput, match=r"cannot be read|that .* cannot read") as refused:
        inspect(f"{warehouse}#orders")
    assert str(warehouse.parent) not in str(refused.value)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server on this machine and the folder it hands out."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path in ("/cut.csv", "/broken.csv", "/length.csv"):
                self.send_response(200)
                self.send_header("Content-Length", "many" if "length" in self.path else "1000")
                self.end_headers()
                self.wfile.write(b"a,b\n1,2\n")
                if self.path == "/broken.csv":  # ends the connection as a crash would
                    at_once = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                    self.connection.close()
            elif self.path == "/moved.csv":
                self.send_response(302)
                self.send_header("Location", "http://[nowhere/")
                self.end_headers()
            else:
                super().do_GET()

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


def test_a_file_of_a_web_server(served: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = served
    csv(folder / "o r.csv", "n,c", 0)
    parquet(folder / "p.parquet", "SELECT 1 AS n")
    assert inspect(f"{address}/p.parquet").detected.format == "Parquet"
    profile = inspect(f"{address}/o%20r.csv?version=2")
    assert (profile.rows, profile.source_name) == (9, "o r.csv")
    prepare(f"{address}/o%20r.csv", Roles("c"), tmp_path / "p")
    assert "127.0.0.1" not in (tmp_path / "p/data/manifest.yaml").read_text()
    with pytest.raises(BadInput, match=r"127.0.0.1 did not hand out the file. It answered 404"):
        inspect(f"{address}/no.csv")


def test_a_download_that_goes_wrong(served: tuple[str, Path]) -> None:
    address, folder = served
    with pytest.raises(BadInput, match="Only 8 of 1000 bytes came"):
        inspect(f"{address}/cut.csv")
    broken = r"connection to 127.0.0.1 broke while the file came.*reset.* Try again"
    with pytest.raises(BadInput, match=f"(?s){broken}"):
        inspect(f"{address}/broken.csv")
    with pytest.raises(BadInput, match="did not hand out the file"):
        inspect(f"{address}/moved.csv")
    assert inspect(f"{address}/length.csv").rows == 1
    csv(folder / "für uns.csv", "n,c", 0)
    assert inspect(f"{address}/für uns.csv").source_name == "für uns.csv"


@pytest.mark.parametrize("host", ["127.0.0.1:9", "a..b", f"{'a' * 80}.invalid"])
def test_a_server_that_is_not_there(host: str) -> None:
    with pytest.raises(BadInput, match="did not hand out the file"):
        inspect(f"http://{host}/x.csv")


@pytest.mark.parametrize(
    ("address", "extension"),
    [
        ("postgres://127.0.0.1/db#t", "postgres"), ("postgresql:///db#t", "postgres"),
        ("mysql://127.0.0.1/db#t", "mysql"), ("s3://bucket/x.parquet", "httpfs"),
    ],
)  # fmt: skip
def test_a_missing_extension_is_told_with_the_command_that_gets_it(
    address: str, extension: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # where a person's extensions are
    with pytest.raises(BadInput, match=f"DuckDB's extension {extension}, which is not") as refused:
        inspect(address)
    assert f"INSTALL {extension}" in str(refused.value)
    assert not list(tmp_path.rglob("*.duckdb_extension"))


SECRETS = [
    "postgres://me:s3cret@host/db#t",
    "postgresql://me:s3c/ret@host/db#t",
    "postgres://me:s3#cret@host/db#t",
    "postgres://host/db?password=s3cret#t",
    "mysql://me:s3cret@host/db#t",
    "mysql://host/db%20password=s3cret#t",
    "mysql://me%0Apassword%3Ds3cret@host/db#t",
    "mysql://host%20passwd%3Ds3cret/db#t",
    "mysql://host/db%09s3cret#t",
    "postgres://host/db%20password%3Ds3cret#t",
    "https://me:s3cret@host/x.csv",
    "https://s3cret@host/x.csv",
    "https://host/x.csv?token=s3cret",
    "https://host/x.csv?X-Amz-Signature=s3cret&X-Amz-Credential=s3cret",
    "s3://s3cret:s3cret@bucket/x.parquet",
    "s3://bucket/x.parquet?s3_secret_access_key=s3cret",
]


@pytest.mark.parametrize("address", SECRETS)
def test_a_credential_in_an_address_is_refused_and_not_repeated(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = sources.problem(address)
    assert problem and "s3c" not in problem and "cret" not in problem
    assert "cret" not in sources.name(address)
    for words in (["profile", address], ["new", "d", "--data", address]):
        assert main(words) == 3
        told = capsys.readouterr()
        assert "cret" not in told.out + told.err


def test_a_name_in_a_mysql_address_is_one_value() -> None:
    told = servers._mysql("mysql://o%22n%5Ce@host:3307/shop")
    assert told == r'''host="host" port="3307" user="o\"n\\e" database="shop"'''


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("postgres://me@host:5432/shop#public.orders", "shop#public.orders"),
        ("mysql://host/shop#orders", "shop#orders"),
        ("https://host/a/b/o%20r.csv?x=1", "o r.csv"),
        ("https://host", "https"),
        ("s3://bucket/a/*.parquet", "*.parquet"),
    ],
)
def test_what_an_address_is_called(text: str, name: str) -> None:
    assert sources.name(text) == name
    assert sources.problem(text) is None
    assert sources.resolved(text) == text


def test_names_and_places_of_files(
    tmp_path: Path, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a#b.csv").write_text("a,b\n1,2\n")
    (tmp_path / "d").mkdir()
    monkeypatch.chdir(tmp_path / "d")
    assert sources.name("../a#b.csv") == "a#b.csv"
    assert sources.resolved("../a#b.csv") == str(tmp_path / "a#b.csv")
    assert sources.name("../shop.db#young") == "shop.db#young"
    assert sources.resolved("../shop.db#young") == f"{shop}#young"
    assert sources.name("../*/x-*.csv") == "*/x-*.csv"
    assert sources.resolved("../*/x-*.csv") == str(tmp_path / "*/x-*.csv")
    assert data_file("../a#b.csv") == str(tmp_path / "a#b.csv")
    assert sources.name("..") == tmp_path.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Name a data file"), ("  ", "Name a data file"), ("nix.csv", "no file nix.csv"),
        ("~nobody-here/x.csv", "no file"), ("a\0b.csv", "cannot be opened"),
        ("ftp://host/x.csv", "ftp:// is not read"), ("https:///x.csv", "not complete"),
        ("http://[::1/x.csv", "not complete"), ("a.csv#t", "no file"), ("[", "No file matches"),
    ],
)  # fmt: skip
def test_what_is_no_source(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problem = sources.problem(text)
    assert problem and told in problem
    assert os.linesep not in problem


def test_a_table_of_what_is_no_database(tmp_path: Path) -> None:
    csv(tmp_path / "a.csv", "n,c", 0)
    with pytest.raises(BadInput, match=r"a.csv is no database"):
        inspect(f"{tmp_path}/a.csv#t")
