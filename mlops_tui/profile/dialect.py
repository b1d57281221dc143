"""How a text table is laid out: what separates cells, where the header is, what is around it.

DuckDB's own sniffer silently takes a title above the header or a ragged line for a table of
one column, so the layout is found here and DuckDB is told.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile.casting import MARKERS
from mlops_tui.profile.words import listed

_DELIMITERS = ",\t;|:^~\x01 "
_RARE = ":^~\x01 "
_SAMPLE_RECORDS = 400
_NUMBER = re.compile(r"^[+-]?[$€£]?\d[\d.,]*([eE][+-]?\d+)?%?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_ORANGE_TYPES = {"c", "d", "s", "t", "continuous", "discrete", "string", "time", ""}
_ORANGE_FLAGS = {"", "class", "meta", "m", "i", "ignore", "weight"}


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, the line it begins on (from 1), and its number (from 0).

    The numbers are what DuckDB skips by: a record can be several lines, a blank line is one, too.
    """

    cells: list[str]
    line: int
    number: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What DuckDB needs to know to read the text."""

    delimiter: str
    quote: str
    names: list[str]
    has_header: bool
    header_line: int
    skip: int
    notes: tuple[str, ...]


def layout(path: Path, delimiter: str | None = None, header: str | None = None) -> Layout | None:
    """The layout of the UTF-8 text at `path`; None where there is no line with text at all.

    A person can name the `delimiter` and the line of the `header` ("none": there is none).
    """
    csv.field_size_limit(1 << 30)
    tried = [
        (candidate, quote, _records(path, candidate, quote))
        for candidate in (delimiter or _DELIMITERS)
        for quote in ('"', "'")
        if quote == '"' or _single_quoted(path, candidate)
    ]
    tried = [(d, q, [r for r in records if any(r.cells)]) for d, q, records in tried]
    chosen, quote, records = max(tried, key=lambda t: _score(t[0], t[1], t[2]))
    if not records:
        return None
    if delimiter is None and _width(records) < 2:
        chosen, quote, records = tried[0]
    if header in (None, "none"):
        return _described(chosen, quote, records, header == "none")
    return _headed(chosen, quote, records, int(header))


def _records(path: Path, delimiter: str, quote: str) -> list[Record]:
    found: list[Record] = []
    with path.open(encoding="utf-8", newline="") as file:
        # A quote that never ends must not pull a huge file into memory.
        lines = (line.replace("\0", "") for line in islice(file, _SAMPLE_RECORDS * 5))
        reader = csv.reader(lines, delimiter=delimiter, quotechar=quote)
        start = 1
        for number, cells in enumerate(islice(reader, _SAMPLE_RECORDS)):
            found.append(Record(cells, start, number))
            start = reader.line_num + 1
    return found


def _single_quoted(path: Path, delimiter: str) -> bool:
    with path.open(encoding="utf-8", newline="") as file:
        head = file.read(65536)
    opening = head.count(f"{delimiter}'") + head.count("\n'")
    return '"' not in head and opening > 3 and opening <= 1.2 * head.count(f"'{delimiter}") + 3


def _width(records: list[Record]) -> int:
    """How many cells most records have; the larger where two are equally common."""
    counts = Counter(len(record.cells) for record in records)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _score(delimiter: str, quote: str, records: list[Record]) -> tuple[float, int]:
    width = _width(records)
    if width < 2:
        return (0.0, 0)
    share = sum(len(record.cells) == width for record in records) / len(records)
    # A space or a colon also occurs inside texts and times.
    return (share * (0.5 if delimiter in _RARE else 1.0) + (0.01 if quote == "'" else 0.0), width)


def _headed(delimiter: str, quote: str, records: list[Record], line: int) -> Layout:
    """The layout with the header on the line a person named."""
    place = next((i for i, record in enumerate(records) if record.line == line), None)
    if place is None:
        raise BadInput(
            f"Line {line} cannot be the header: no line with text begins there.",
            do=f"Choose another; lines with text begin at {listed([r.line for r in records], 8)}.",
        )
    head, rest = records[place].cells, records[place + 1 :]
    width = _width(rest) or len(head)
    if len(head) > width and any(head[width:]):
        raise BadInput(
            f"Line {line} cannot be the header: it has {len(head)} cells, the lines below have "
            f"{width}.",
            do="Choose another line, or correct the delimiter.",
        )
    names = [*head, *[""] * (width - len(head))][:width]
    return Layout(delimiter, quote, names, True, line, records[place].number + 1, ())


def _described(delimiter: str, quote: str, records: list[Record], headless: bool = False) -> Layout:
    width = _width(records)
    first = next(i for i, record in enumerate(records) if len(record.cells) == width)
    notes: list[str] = []
    names = None
    above = records[first - 1].cells if first and not headless else []
    if len(above) == width - 1 and width > 2:
        first -= 1
        names = _shorter_header(records[first].cells, records[first + 1 :], notes)
    head, rest = records[first], records[first + 1 :]
    if first:
        where = "line" if headless else "the header on line"
        notes.append(f"{first} title line(s) above {where} {head.line} were left out.")
    has_header = not headless and (
        names is not None or looks_like_header(head.cells, [r.cells for r in rest])
    )
    if has_header:
        labels = _orange_rows(rest, notes)
        names = names or head.cells
        skip = [head, *rest][labels].number + 1
    else:
        notes.append("There is no header line; the columns were named column_1, column_2, …")
        names = [f"column_{i + 1}" for i in range(width)]
        skip = head.number
    return Layout(delimiter, quote, names, has_header, head.line, skip, tuple(notes))


def _shorter_header(header: list[str], rest: list[Record], notes: list[str]) -> list[str]:
    """One name is missing: R leaves out the first, a trailing delimiter adds an empty last."""
    if all(not record.cells[-1] for record in rest if len(record.cells) > len(header)):
        notes.append("Every line ends with a delimiter; the empty last column has no name.")
        return [*header, ""]
    notes.append("The header has one name less than the lines have cells; the first got none.")
    return ["", *header]


def _orange_rows(rest: list[Record], notes: list[str]) -> int:
    if len(rest) < 2:
        return 0
    kinds = {cell.strip().lower() for cell in rest[0].cells}
    flags = {cell.strip().lower() for cell in rest[1].cells}
    if kinds <= _ORANGE_TYPES and flags <= _ORANGE_FLAGS and kinds - {""} and len(kinds) < 5:
        notes.append("Two more header lines (types and roles, Orange format) were left out.")
        return 2
    return 0


def looks_like_header(first: list[str], rest: list[list[str]]) -> bool:
    """Are these cells names and not values? Judged by how the cells below look."""
    votes = [_vote(cell.strip(), _below(rest, i)) for i, cell in enumerate(first)]
    if any(votes):
        return sum(votes) > 0
    recurring = [cell.strip() in _below(rest, i) for i, cell in enumerate(first) if cell.strip()]
    return not (len(rest) > 2 and recurring and sum(recurring) * 2 >= len(recurring))


def _below(rest: list[list[str]], index: int) -> list[str]:
    cells = [row[index].strip() for row in rest if index < len(row)]
    return [cell for cell in cells if cell and cell not in MARKERS]


def _vote(cell: str, below: list[str]) -> int:
    if not cell or cell in MARKERS or not below:
        return 0
    numbers = [value for value in below if _NUMBER.match(value)]
    if len(numbers) < 0.9 * len(below):
        return -1 if _NUMBER.match(cell) and len(numbers) > 0.5 * len(below) else 0
    if not _NUMBER.match(cell):
        return 1
    # Years are used as names of columns; then what stands below are no years.
    if re.fullmatch(r"(19|20)\d\d", cell):
        return 0 if any(re.fullmatch(r"(19|20)\d\d", value) for value in numbers) else 1
    return -1


def usable_names(names: list[str], notes: list[str]) -> list[str]:
    """Every column a name of its own: empty ones get a placeholder, repeated ones a number."""
    made: list[str] = []
    taken: set[str] = set()
    for i, given in enumerate(names):
        name = given.strip().replace("\0", "") or f"column_{i + 1}"
        if not given.strip():
            notes.append(f"Column {i + 1} has no name; it was called {name}.")
        base, n = name, 2
        while name.casefold() in taken:
            name, n = f"{base}_{n}", n + 1
        if name != base:
            notes.append(f"The name {base} occurs twice; column {i + 1} was called {name}.")
        taken.add(name.casefold())
        made.append(name)
    return made
