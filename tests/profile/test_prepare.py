"""The data files of a project: the same bytes twice, and a contract that the data keeps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml

from mlops_tui.errors import BadInput
from mlops_tui.profile.preparing import Roles, prepare

Write = Callable[..., Path]
ROWS = 5000


def source(written: Write) -> Path:
    rows = (
        f"{i},2024-01-{i % 28 + 1:02d} 10:00:00,0{i % 90:03d},{i / 7:.9f},"
        f"{'' if i % 11 == 0 else 'abc'[i % 3]},{'rare' if i == 4321 else 'yn'[i % 2]}\n"
        for i in range(ROWS)
    )
    return written("key,at,code,x,letter,answer\n" + "".join(rows))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_two_runs_write_the_same_bytes(written: Write, tmp_path: Path) -> None:
    path, roles = source(written), Roles("answer", exclude={"letter": "later"})
    facts = [prepare(path, roles, tmp_path / n, 0.001) for n in ("one", "two")]
    assert facts[0] == facts[1]
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert sorted(files(tmp_path / "one")) == facts[0]["files"]
    assert not facts[0]["committed"]


def test_the_snapshot_keeps_types_order_and_names(written: Write, tmp_path: Path) -> None:
    prepare(source(written), Roles("answer"), tmp_path / "p")
    raw = str(tmp_path / "p" / "data" / "raw.parquet")
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{raw}'").fetchall()
    assert [(row[0], row[1]) for row in described] == [
        ("key", "BIGINT"),
        ("at", "TIMESTAMP"),
        ("code", "VARCHAR"),
        ("x", "DOUBLE"),
        ("letter", "VARCHAR"),
        ("answer", "VARCHAR"),
    ]
    keys = [row[0] for row in duckdb.sql(f"SELECT key FROM '{raw}'").fetchall()]
    assert keys == list(range(ROWS))
    assert not (tmp_path / "p" / "data" / "sample.parquet").exists()


def test_the_sample_has_every_class(written: Write, tmp_path: Path) -> None:
    prepare(source(written), Roles("answer"), tmp_path / "p", commit_limit_mb=0.001)
    sample = str(tmp_path / "p" / "data" / "sample.parquet")
    counted = dict(duckdb.sql(f"SELECT answer, count(*) FROM '{sample}' GROUP BY 1").fetchall())
    assert set(counted) == {"y", "n", "rare"}
    assert sum(counted.values()) == 2000


def test_the_contract_holds_for_the_data(written: Write, tmp_path: Path) -> None:
    roles = Roles("answer", exclude={"letter": "later"})
    prepare(source(written), roles, tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "contract.yaml").read_text())
    columns = {column["name"]: column for column in told["columns"]}
    assert told["rows"] == ROWS
    assert columns["key"] == {
        "name": "key",
        "type": "integer",
        "role": "identifier",
        "unique": True,
    }
    assert columns["letter"]["role"] == "excluded"
    assert columns["answer"] == {
        "name": "answer",
        "type": "text",
        "role": "target",
        "missing_allowed": False,
        "allowed": ["n", "rare", "y"],
    }
    raw = tmp_path / "p" / "data" / "raw.parquet"
    low, high = duckdb.sql(f"SELECT min(x), max(x) FROM '{raw}'").fetchall()[0]
    assert columns["x"]["minimum"] <= low
    assert columns["x"]["maximum"] >= high
    assert columns["at"]["type"] == "datetime"


def test_the_contract_says_how_much_is_missing_and_what_names_a_row(
    written: Write, tmp_path: Path
) -> None:
    rows = "".join(
        f"chick {i % 20},{i // 20},{i % 7 if i % 4 else ''},{'inf' if i == 5 else i / 2},{i}\n"
        for i in range(200)
    )
    prepare(written("chick,day,food,x,weight\n" + rows), Roles("weight"), tmp_path / "p")
    told = yaml.safe_load((tmp_path / "p" / "data" / "contract.yaml").read_text())
    columns = {column["name"]: column for column in told["columns"]}
    assert told["unique_together"] == [["chick", "day"]]
    assert columns["food"]["missing_share"] == 0.25
    assert columns["x"]["missing_allowed"] and columns["x"]["missing_share"] == 0.005
    assert "missing_share" not in columns["day"]
    assert not any("unique" in column for column in columns.values())


def test_manifest_names_no_folder(written: Write, tmp_path: Path) -> None:
    prepare(source(written), Roles("answer"), tmp_path / "p")
    for name, content in files(tmp_path / "p").items():
        if not name.endswith(".parquet"):
            assert str(tmp_path).encode() not in content, name


@pytest.mark.parametrize(
    "roles", [Roles("nothing"), Roles("answer", time="no"), Roles("answer", exclude={"answer": ""})]
)
def test_roles_that_do_not_fit(written: Write, tmp_path: Path, roles: Roles) -> None:
    with pytest.raises(BadInput):
        prepare(source(written), roles, tmp_path / "p")


def run(*arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mlops_tui.profile", *arguments],
        stdin=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        start_new_session=True,  # with --events it ends its whole group
    )


def test_the_process_reports_and_ends_with_a_result(written: Write, tmp_path: Path) -> None:
    roles = tmp_path / "roles.json"
    roles.write_text(json.dumps({"target": "answer", "exclude": {}}))
    reading, writing = os.pipe()
    try:
        into = str(tmp_path / "p")
        path = str(source(written))
        done = run(
            "prepare", path, "--roles", str(roles), "--into", into, "--events", stdin=reading
        )
    finally:
        os.close(writing)
        os.close(reading)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [events[0]["type"], events[-1]["type"]] == ["started", "result"]
    assert {e["type"] for e in events[1:-1]} == {"progress"}
    assert events[-1]["facts"]["rows"] == ROWS


def test_bad_input_ends_with_3_and_an_error_event(written: Write) -> None:
    path = str(written(b"", "nothing.csv"))
    reading, writing = os.pipe()
    done = run("inspect", path, "--events", stdin=reading)
    os.close(writing)
    os.close(reading)
    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["type"]) == (3, "error")
    assert "empty" in last["what"]
    plain = run("inspect", path)
    assert plain.returncode == 3
    assert "empty" in plain.stderr
    assert "Traceback" not in plain.stderr


def test_the_process_ends_when_its_parent_is_gone(written: Write) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _WAITING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdout is not None and child.stdin is not None
    child.stdout.readline()
    child.stdin.close()
    begun = time.monotonic()
    assert child.wait(timeout=10) == -signal.SIGTERM
    assert time.monotonic() - begun < 5
    child.stdout.close()


_WAITING = """
import time
from mlops_tui.profile.emitting import Reporter
Reporter(True, "inspect")
time.sleep(60)
"""


def test_the_package_imports_nothing_heavy() -> None:
    code = "import sys, mlops_tui.profile, mlops_tui.profile.roles; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not {"duckdb", "numpy", "pandas", "pyarrow", "yaml"} & set(told)
