"""A table of texts becomes a table of values: decides and applies the type of each column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mlops_tui.profile import casting, converting
from mlops_tui.profile.casting import MARKERS, PLAIN_MARKERS, Kind
from mlops_tui.profile.converting import Lost
from mlops_tui.profile.workspace import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SAMPLE = 3000
_BATCH = 200
_MIXED = 0.8
DATED = 0.5
"""From this share of dates on it is told why a column of texts is none of dates."""
# 01234 is a code (a postcode, an article number): as a number it would lose its zero.
_CODE = re.compile(r"0\d+$")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said about the values: is the comma decimal, the order of dates, types."""

    decimal_comma: bool | None = None
    dates: str | None = None
    types: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """How one column of texts is read.

    `markers` are what stands for missing here, `seen` those of them that occur, in `marked` cells;
    `lost` are the values that cannot be read as a person said.
    """

    index: int
    kind: Kind | None = None
    markers: set[str] = field(default_factory=set)
    marked: int = 0
    seen: set[str] = field(default_factory=set)
    mixed: dict[str, Any] | None = None
    lost: Lost | None = None

    @property
    def raw(self) -> str:
        """SQL for the text without its missing markers and surrounding blanks."""
        x = f"nullif(trim(c{self.index}), '')"
        if not self.markers:
            return x
        listed = ", ".join(literal(marker) for marker in sorted(self.markers))
        return f"CASE WHEN {x} NOT IN ({listed}) THEN {x} END"

    @property
    def value(self) -> str:
        """SQL for the value; texts keep their blanks, those are findings of their own."""
        if self.kind is not None:
            return self.kind.cast(f"({self.raw})")
        return f"CASE WHEN {self.raw} IS NOT NULL THEN c{self.index} END"

    @property
    def settled(self) -> str:
        """SQL for the value once every text is known to fit: without checking it again."""
        return self.kind.sql.replace("{x}", f"({self.raw})") if self.kind else self.value


AS_FOUND = Said()


def readings(
    con: DuckDBPyConnection,
    width: int,
    rows: int,
    delimiter: str | None,
    on_progress: Callable[[int, int], None] | None = None,
    said: Said = AS_FOUND,
) -> tuple[list[Reading], bool]:
    """How to read each column of the table `raw`, and whether the comma is decimal."""
    sampled = [_sampled(con, batch, rows) for batch in batches(range(width))]
    values = [column for batch in sampled for column in batch]
    bare = [[v for v in column if v not in MARKERS] for column in values]
    decimal_comma = said.decimal_comma
    if decimal_comma is None:
        decimal_comma = casting.comma_is_decimal(bare, delimiter)
    kinds = casting.ordered(casting.ALL, decimal_comma, said.dates)
    made = [_first_guess(i, values[i], bare[i], kinds) for i in range(width)]
    for i, type_ in said.types.items():
        made[i] = _as_said(con, i, type_, decimal_comma, said.dates)
    guessed = [r for r in made if r.index not in said.types]
    open_ = [r for r in guessed if rows > _SAMPLE or not _settled(r, bare[r.index])]
    unread = _unread_by_column(con, open_)
    for reading in guessed:
        i = reading.index
        _settle(con, reading, bare[i], kinds, bool(unread.get(i)))
        if on_progress and i % 50 == 0:
            on_progress(i, width)
    proven = {marker for reading in guessed if reading.kind for marker in reading.markers}
    for reading in made:
        if reading.kind is None:
            reading.markers = proven | set(PLAIN_MARKERS)
    _count_marked(con, made)
    _collect_seen(con, [reading for reading in made if reading.marked])
    for reading in guessed if said.dates else ():
        if reading.kind is None:
            cells = f"SELECT rowid AS rn, {reading.raw} AS x FROM raw"
            reading.lost = converting.against(con, cells, bare[reading.index], str(said.dates))
    return made, decimal_comma


def _as_said(
    con: DuckDBPyConnection, i: int, type_: str, decimal_comma: bool, dates: str | None
) -> Reading:
    """A column of the type that a person named."""
    if type_ == "text":
        return Reading(i)
    reading = Reading(i, markers=set(MARKERS))
    cells = f"SELECT rowid AS rn, {reading.raw} AS x FROM raw"
    reading.kind = converting.reading(con, cells, type_, decimal_comma, dates)
    reading.lost = converting.lost(con, cells, reading.kind)
    return reading


def batches(items: Iterable[int], size: int = _BATCH) -> Iterator[list[int]]:
    """`items` in lists of at most `size`: wide tables need several queries."""
    batch: list[int] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _sampled(con: DuckDBPyConnection, batch: list[int], rows: int) -> list[list[str]]:
    """Distinct texts of some rows spread over the file, for each column of the batch.

    The list is ordered: a glance at the first ones must not hang on how many threads made it.
    """
    step = max(rows // _SAMPLE, 1)
    picked = ", ".join(f"list_distinct(list(trim(c{i}) ORDER BY rowid)) AS c{i}" for i in batch)
    found = con.execute(f"SELECT {picked} FROM raw WHERE rowid % {step} = 0").fetchone()
    return [[v for v in column or [] if v] for column in found or [None] * len(batch)]


def _first_guess(i: int, values: list[str], bare: list[str], kinds: list[Kind]) -> Reading:
    """The plainest kind that all sampled values fit (or most, for the check to decide)."""
    if any(_CODE.match(v) for v in bare):
        return Reading(i)
    kind = casting.plainest(bare, _MIXED, kinds)
    return Reading(i, kind, {v for v in values if v in MARKERS} if kind else set())


def _possible(bare: list[str], kinds: list[Kind], least: float) -> list[Kind]:
    return [] if any(_CODE.match(v) for v in bare) else casting.candidates(bare, least, kinds)


def _settled(reading: Reading, bare: list[str]) -> bool:
    """Of a short table all values were seen: plain numbers that fit need no second look."""
    plain = reading.kind in (casting.INTEGER, casting.NUMBER)
    return plain and not any("e" in v or "E" in v for v in bare) and all(map(_fits(reading), bare))


def _fits(reading: Reading) -> Callable[[str], object]:
    return reading.kind.pattern.fullmatch if reading.kind else bool


def _unread_by_column(con: DuckDBPyConnection, made: list[Reading]) -> dict[int, int]:
    """How many values do not fit the first guess, all columns of a batch in one scan."""
    found: dict[int, int] = {}
    by_index = {r.index: r for r in made if r.kind is not None}
    for batch in batches(by_index):
        picked = ", ".join(f"count({by_index[i].raw}) - count({by_index[i].value})" for i in batch)
        row = con.execute(f"SELECT {picked} FROM raw").fetchone() or ()
        found |= {i: int(n) for i, n in zip(batch, row, strict=True)}
    return found


def _settle(
    con: DuckDBPyConnection, reading: Reading, bare: list[str], kinds: list[Kind], failed: bool
) -> None:
    """Look again at a column whose first guess `failed`, and at texts that may hold dates."""
    if failed:
        _other_guesses(con, reading, bare, kinds, _MIXED)
    if reading.kind is None and reading.mixed is None:
        dates = [kind for kind in kinds if kind.type in casting.MOMENTS]
        _other_guesses(con, reading, bare, dates, DATED)


def _other_guesses(
    con: DuckDBPyConnection, reading: Reading, bare: list[str], kinds: list[Kind], least: float
) -> None:
    """Settle a column whose first guess failed: another kind, or text of mixed types.

    It is mixed where at least the share `least` of its values are of one kind.
    """
    best: tuple[int, Kind] | None = None
    for kind in _possible(bare, kinds, least):
        reading.kind = kind
        bad = _unread(con, reading)
        if not bad:
            return
        if best is None or bad < best[0]:
            best = (bad, kind)
    if best is not None:
        reading.kind = best[1]
        reading.mixed = _mixed(con, reading, best[0], least)
    reading.kind = None
    reading.markers = set()


def _unread(con: DuckDBPyConnection, reading: Reading) -> int:
    """How many values cannot be read so; markers met only now are learnt on the way."""
    missed = _missed(con, reading, 200)
    learnt = {text for _, text in missed if text in MARKERS}
    if learnt:
        reading.markers |= learnt
        missed = _missed(con, reading, 200)
    if len(missed) < 200:
        return len(missed)
    query = f"SELECT count(*) FROM raw WHERE {reading.raw} IS NOT NULL AND {reading.value} IS NULL"
    return int((con.execute(query).fetchone() or (0,))[0])


def _missed(con: DuckDBPyConnection, reading: Reading, most: int) -> list[tuple[int, str]]:
    return con.execute(
        f"SELECT rowid + 1, {reading.raw} FROM raw "
        f"WHERE {reading.raw} IS NOT NULL AND {reading.value} IS NULL LIMIT {most}"
    ).fetchall()


def _mixed(
    con: DuckDBPyConnection, reading: Reading, bad: int, least: float
) -> dict[str, Any] | None:
    total = con.execute(f"SELECT count({reading.raw}) FROM raw").fetchone() or (0,)
    if not total[0] or bad > (1 - least) * total[0] or reading.kind is None:
        return None
    row, text = _missed(con, reading, 1)[0]
    if _CODE.match(text):
        return None
    return {"as": reading.kind.type, "unread": bad, "of": int(total[0]), "row": row, "text": text}


def _count_marked(con: DuckDBPyConnection, made: list[Reading]) -> None:
    for batch in batches(range(len(made))):
        counted = [made[i] for i in batch if made[i].markers]
        if not counted:
            continue
        picked = ", ".join(f"count(nullif(trim(c{r.index}), '')) - count({r.raw})" for r in counted)
        found = con.execute(f"SELECT {picked} FROM raw").fetchone() or ()
        for reading, marked in zip(counted, found, strict=True):
            reading.marked = int(marked)


def _collect_seen(con: DuckDBPyConnection, made: list[Reading]) -> None:
    """The markers that occur: rare ones are in no sample, and cleaning must know them all."""
    for batch in batches(range(len(made))):
        picked = ", ".join(_seen_sql(made[i]) for i in batch)
        found = con.execute(f"SELECT {picked} FROM raw").fetchone() or ()
        for i, seen in zip(batch, found, strict=True):
            made[i].seen = set(seen or ())


def _seen_sql(reading: Reading) -> str:
    x = f"nullif(trim(c{reading.index}), '')"
    return f"list(DISTINCT {x}) FILTER ({x} IS NOT NULL AND {reading.raw} IS NULL)"
