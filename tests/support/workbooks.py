"""Write small workbooks by hand: the parts of an .xlsx file that a reader looks at."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | None
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'{_HEAD}<styleSheet {_MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def date(serial: float) -> str:
    """A cell with a date: days since the end of 1899; a part of a day is a time."""
    return f"\0date{serial}"


def formula(text: str, value: float) -> str:
    """A cell with a formula and the value it had when the workbook was saved."""
    return f"\0formula{text}\0{value}"


def write(path: Path, sheets: dict[str, Sequence[Sequence[Cell]]], merged: str = "") -> Path:
    """A workbook with these sheets; `merged` are the merged cells of the first, such as A1:C1."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w") as book:
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for i in range(len(names))
        )
        book.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{kinds}</Types>',
        )
        book.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        book.writestr("xl/styles.xml", _STYLES)
        parts = [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(names))]
        book.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{i + 1}" r:id="r{i + 1}"/>'
            for i, name in enumerate(names)
        )
        book.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        )
        for i, rows in enumerate(sheets.values()):
            book.writestr(f"xl/worksheets/sheet{i + 1}.xml", _sheet(rows, "" if i else merged))
    return path


def _relations(parts: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="r{i + 1}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(parts)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _sheet(rows: Sequence[Sequence[Cell]], merged: str) -> str:
    told = "".join(
        f'<row r="{r}">{"".join(_cell(r, c, cell) for c, cell in enumerate(row))}</row>'
        for r, row in enumerate(rows, 1)
        if any(cell is not None for cell in row)
    )
    spans = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f"{_HEAD}<worksheet {_MAIN}><sheetData>{told}</sheetData>{spans}</worksheet>"


def _cell(row: int, column: int, value: Cell) -> str:
    place = f'r="{chr(65 + column)}{row}"'
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("\0date"):
        return f'<c {place} s="1"><v>{value[5:]}</v></c>'
    if isinstance(value, str) and value.startswith("\0formula"):
        text, result = value[8:].split("\0")
        return f"<c {place}><f>{escape(text)}</f><v>{result}</v></c>"
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c {place}><v>{value}</v></c>"
