"""Where the header of a text table is, what stands above it, and what the columns are called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mlops_tui.errors import BadInput
from mlops_tui.profile.casting import MARKERS
from mlops_tui.profile.printing import listed

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
class Header:
    """The names, the line they stand on (None: nowhere), and how many records are no data."""

    names: list[str]
    line: int | None
    skip: int
    notes: tuple[str, ...] = ()


def said(records: list[Record], width_of: Callable[[list[Record]], int], line: int) -> Header:
    """The header on the line that a person named; BadInput where that cannot be."""
    place = next((i for i, record in enumerate(records) if record.line == line), None)
    if place is None:
        raise BadInput(
            f"Line {line} cannot be the header: no line with text begins there.",
            do=f"Choose another; lines with text begin at {listed([r.line for r in records], 8)}.",
        )
    head, rest = records[place].cells, records[place + 1 :]
    width = width_of(rest) or len(head)
    if len(head) > width and any(head[width:]):
        raise BadInput(
            f"Line {line} cannot be the header: it has {len(head)} cells, the lines below have "
            f"{width}.",
            do="Choose another line, or correct the delimiter.",
        )
    names = [*head, *[""] * (width - len(head))][:width]
    return Header(names, line, records[place].number + 1)


def found(records: list[Record], width: int, headless: bool = False) -> Header:
    """The header as the cells suggest it; `headless` where a person said that there is none."""
    first = next(i for i, record in enumerate(records) if len(record.cells) == width)
    notes: list[str] = []
    names = None
    if first and not headless:
        names = _of_other_width(records[first - 1].cells, records[first:], width, notes)
        first -= names is not None
    head, rest = records[first], records[first + 1 :]
    if first:
        where = "line" if headless else "the header on line"
        notes.append(f"{first} title line(s) above {where} {head.line} were left out.")
    if not headless and (names or looks_like_header(head.cells, [r.cells for r in rest])):
        labels = _orange_rows(rest, notes)
        skip = [head, *rest][labels].number + 1
        return Header(names or head.cells, head.line, skip, tuple(notes))
    notes.append("There is no header line; the columns were named column_1, column_2, …")
    return Header([f"column_{i + 1}" for i in range(width)], None, head.number, tuple(notes))


def _of_other_width(
    above: list[str], rest: list[Record], width: int, notes: list[str]
) -> list[str] | None:
    """The names, where the header has a cell less or more than the lines below."""
    if len(above) == width - 1 and width > 2:
        return _shorter_header(above, rest, notes)
    names = above[:width]
    if len(above) <= width or not all(name.strip() for name in names):
        return None
    if not looks_like_header(names, [record.cells for record in rest]):
        return None
    if more := [name for name in above[width:] if name.strip()]:
        notes.append(
            f"The header has more names than the lines have cells; left out: {listed(more)}. "
            "Check that the others stand above their values."
        )
    return names


def _shorter_header(header: list[str], rest: list[Record], notes: list[str]) -> list[str]:
    """One name is missing: R leaves out the first, a trailing delimiter adds an empty last."""
    if all(not r.cells[-1] for r in rest if len(r.cells) > len(header)):
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
