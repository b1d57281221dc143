"""Make a Parquet file of twenty million rows from the flights table, the same one each time.

    python benchmarks/profile/make_large.py r40_flights.parquet /tmp/flights-20m.parquet

Each copy of the table lies one year after the copy before it, so that no row repeats another
and the time column covers all of it; every other column is as it was.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

ROWS = 20_000_000


def make(source: Path, target: Path, rows: int = ROWS) -> int:
    """Write `rows` rows to `target` and return how many were written."""
    con = duckdb.connect(config={"memory_limit": "2GiB", "preserve_insertion_order": True})
    table = f"read_parquet('{source}')"
    one = (con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0]
    copies = -(-rows // one)
    con.execute(
        f"COPY (SELECT * EXCLUDE (copy) REPLACE (year + copy AS year, "
        f"time_hour::TIMESTAMP + to_years(copy::INTEGER) AS time_hour) "
        f"FROM range({copies}) AS copies(copy), {table} ORDER BY copy LIMIT {rows}) "
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    )
    return int((con.execute(f"SELECT count(*) FROM '{target}'").fetchone() or (0,))[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    given = parser.parse_args()
    print(f"{make(given.source, given.target, given.rows):,} rows in {given.target}")


if __name__ == "__main__":
    main()
