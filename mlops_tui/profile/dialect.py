"""How a text table is laid out: what separates cells, and which quotes are around them.

DuckDB's own sniffer silently takes a title above the header or a ragged line for a table of
one column, so the layout is found here and DuckDB is told.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile import headers
from mlops_tui.profile.headers import Header, Record

_DELIMITERS = ",\t;|:^~\x01 "
_RARE = ":^~\x01 "
_RARELY = 0.95
_SAMPLE_RECORDS = 400
_HEAD = 65536
_NAMED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Style:
    """How cells are separated, quoted, and how a quote inside a quoted cell is written."""

    delimiter: str
    quote: str = '"'
    escape: str = '"'


@dataclass(frozen=True, slots=True)
class Layout:
    """What DuckDB needs to know to read the text."""

    style: Style
    header: Header

    @property
    def names(self) -> list[str]:
        """The names as they stand in the file."""
        return self.header.names


def layout(path: Path, delimiter: str | None = None, header: str | None = None) -> Layout | None:
    """The layout of the UTF-8 text at `path`; None where there is no line with text at all.

    A person can name the `delimiter` and the line of the `header` ("none": there is none).
    BadInput where the file holds several tables, or that line is no header.
    """
    csv.field_size_limit(1 << 30)
    named = _named_by_file(path)
    style, records = _best(path, delimiter or named)
    records = records[1:] if named else records
    if not records:
        return None
    width = width_of(records)
    if header is None:
        _refuse_several(records)
    if header in (None, "none"):
        return Layout(style, headers.found(records, width, header == "none"))
    return Layout(style, headers.said(records, width_of, int(header)))


def _named_by_file(path: Path) -> str | None:
    """The delimiter that a first line `sep=;` names, as spreadsheet programs write it."""
    with path.open(encoding="utf-8", newline="") as file:
        found = _NAMED.fullmatch(file.readline(20))
    return found[1] if found else None


def _best(path: Path, delimiter: str | None) -> tuple[Style, list[Record]]:
    head = _head(path)
    escape = "\\" if '\\"' in head and not re.search(r'[^,;\t|\n]""[^,;\t|\r\n]', head) else '"'
    tried = []
    for candidate in delimiter or _DELIMITERS:
        styles = [Style(candidate, '"', escape)]
        styles += [Style(candidate, "'", "'")] if _single_quoted(head, candidate) else []
        tried += [(style, _records(path, style)) for style in styles]
    style, records = max(tried, key=lambda pair: _score(*pair))
    if delimiter is None and width_of(records) < 2:
        return tried[0]
    return style, records


def _head(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read(_HEAD)


def _records(path: Path, style: Style) -> list[Record]:
    """The first records; those that hold nothing but blanks are left out."""
    found: list[Record] = []
    doubled = style.escape == style.quote
    with path.open(encoding="utf-8", newline="") as file:
        # A quote that never ends must not pull a huge file into memory.
        lines = (line.replace("\0", "") for line in islice(file, _SAMPLE_RECORDS * 5))
        reader = csv.reader(
            lines, delimiter=style.delimiter, quotechar=style.quote, doublequote=doubled,
            escapechar=None if doubled else style.escape,
        )  # fmt: skip
        start = 1
        for number, cells in enumerate(islice(reader, _SAMPLE_RECORDS)):
            if any(cell.strip() for cell in cells):
                found.append(Record(cells, start, number))
            start = reader.line_num + 1
    return found


def _single_quoted(head: str, delimiter: str) -> bool:
    opening = head.count(f"{delimiter}'") + head.count("\n'")
    closing = head.count(f"'{delimiter}") + head.count("'\n") + head.count("'\r")
    return '"' not in head and opening > 3 and opening <= 1.2 * closing + 3


def width_of(records: list[Record]) -> int:
    """How many cells most records have; the larger where two are equally common."""
    counts = Counter(len(record.cells) for record in records)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _score(style: Style, records: list[Record]) -> tuple[float, int]:
    width = width_of(records)
    if width < 2:
        return (0.0, 0)
    share = sum(len(record.cells) == width for record in records) / len(records)
    bonus = 0.01 if style.quote == "'" else 0.0
    if style.delimiter not in _RARE:
        return (share + bonus, width)
    # A space or a colon also occurs inside texts and times: nearly all lines must agree.
    short = width - 1 if width > 2 else width  # row names have no name in R's files
    fits = share >= _RARELY and len(records[0].cells) in (width, short)
    return (share * 0.5 + bonus, width) if fits else (0.0, 0)


def _refuse_several(records: list[Record]) -> None:
    """Two tables one below the other: blocks of lines of different widths, a blank line between."""
    blocks: list[list[Record]] = []
    for record in records:
        last = blocks[-1][-1] if blocks else None
        if last and len(last.cells) == len(record.cells):
            blocks[-1].append(record)
        else:
            blocks.append([record])
    longest = max(blocks, key=len)
    for before, after in pairwise(blocks):
        gap = after[0].number - before[-1].number > 1
        if gap and all(_is_large(block, longest) for block in (before, after)):
            raise BadInput(
                "The file holds several tables, one below the other: from line "
                f"{before[0].line} with {len(before[0].cells)} columns, and from line "
                f"{after[0].line} with {len(after[0].cells)}.",
                do="Save each in a file of its own; or correct the line of the header, to read "
                "what is below it.",
            )


def _is_large(block: list[Record], longest: list[Record]) -> bool:
    return len(block) >= 3 and len(block[0].cells) > 1 and 2 * len(block) >= len(longest)


def aligned(path: Path) -> bool:
    """Are the cells set apart by runs of blanks, the same number of them on each line?

    Without numbers among them that would be true of any text with lines of three words.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in islice(file, _SAMPLE_RECORDS) if line.strip()]
    split = [line.split() for line in lines]
    if len(lines) < 3 or any('"' in line for line in lines) or len({len(s) for s in split}) > 1:
        return False
    wide = any("  " in line.strip() or line[0].isspace() for line in lines)
    columns = list(zip(*split[1:], strict=True))
    numeric = [all(_NUMBER.fullmatch(cell) for cell in column) for column in columns]
    return wide and len(columns) > 1 and any(numeric)


def fixed_width(path: Path) -> bool:
    """Do most lines have gaps of several blanks, though they split differently?"""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line.strip() for line in islice(file, _SAMPLE_RECORDS) if line.strip()]
    return len(lines) > 3 and sum("  " in line for line in lines) > 0.6 * len(lines)
