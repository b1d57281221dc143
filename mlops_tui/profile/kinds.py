"""Of which kind a file is, by what is in it; what is no table is refused by its name."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile.printing import listed, printable

FORMATS = {
    "excel": "Excel", "text": "CSV", "parquet": "Parquet", "json": "JSON",
    "sqlite": "SQLite", "duckdb": "DuckDB",
}  # fmt: skip
"""What `Detected.format` calls each kind that has a reader."""
_HEAD = 65536
_BINARIES = {
    b"\x7fELF": "a program",
    b"MZ": "a Windows program",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"ARROW1": "an Arrow (Feather) file",
    b"Obj\x01": "an Avro file",
    b"ORC": "an ORC file",
    b"\x89HDF": "an HDF5 file",
    b"\x93NUMPY": "a NumPy file",
    b"<stata_dta>": "a Stata file",
    b"\x80\x02": "a Python pickle, which can run programs when it is opened",
    b"\x80\x03": "a Python pickle, which can run programs when it is opened",
    b"\x80\x04": "a Python pickle, which can run programs when it is opened",
    b"\x80\x05": "a Python pickle, which can run programs when it is opened",
}
_TEXTS = (
    (rb"version https://git-lfs", "a git-LFS pointer: a short note that stands for the real file",
     "Run `git lfs pull` where it came from, then try again."),
    (rb"\{\\rtf", "a text document (RTF)", "Save it as plain text or CSV."),
    (rb"%?@relation\s", "an ARFF file of Weka", "Save it as CSV there."),
    (rb"(--[^\n]*\n\s*|/\*.*?\*/\s*)*(INSERT\s+INTO|CREATE\s+(TABLE|DATABASE)|DROP\s+TABLE)\s",
     "a list of SQL commands", "Load it into a database and name a table there: FILE#TABLE."),
    (rb"[-+]?\d[\d.]*( \d+:[-+.\deE]+)+\s*\n", "a sparse table (svmlight), which is not read",
     "Save it as CSV or Parquet."),
)  # fmt: skip
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<title")
_EXCEL = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_MOST_SHEETS = 2 << 30


def kind(path: Path) -> str:
    """One of text, json, parquet, excel, sqlite, duckdb, gzip, zstd; BadInput for no table."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for magic, name in ((b"SQLite format 3\0", "sqlite"), (b"\x1f\x8b", "gzip"),
                        (b"\x28\xb5\x2f\xfd", "zstd")):  # fmt: skip
        if head.startswith(magic):
            return name
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith(b"PAR1"):
        _parquet_is_whole(path)
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return _zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(path)
    _refuse_binary(path, head)
    if wide := looks_utf16(head):
        head = head.decode(wide, "ignore").encode()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    _refuse_page(path, start)
    return _text_kind(path, start)


def _parquet_is_whole(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), os.SEEK_END)
        if file.read() == b"PAR1" and path.stat().st_size > 12:
            return
    raise BadInput(
        f"{printable(path.name, 80)} is a Parquet file that is cut off: its end is missing.",
        "The end holds the list of columns, so nothing can be read without it.",
        "Copy or download it again.",
    )


def _zip(path: Path) -> str:
    """A workbook is a zip archive, whatever its name says; others are refused with what is in."""
    shown = printable(path.name, 80)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as e:
        if path.suffix.lower() in _EXCEL:
            return "excel"  # its reader says what is wrong
        raise BadInput(f"{shown} is a zip archive that is cut off or damaged.", printable(e)) from e
    names = [member.filename for member in members]
    if not any(name in _BOOKS for name in names):
        raise BadInput(
            f"{shown} is a zip archive, not a table. It holds: {listed(names, 4)}.",
            do="Unpack it, and name one of the files.",
        )
    if sum(member.file_size for member in members) > _MOST_SHEETS:
        raise BadInput(
            f"The workbook {shown} unpacks to more than 2 GB, which is too much to read.",
            do="Save the sheet as CSV.",
        )
    return "excel"


def _old_office(path: Path) -> str:
    shown = printable(path.name, 80)
    with path.open("rb") as file:
        head = file.read(1 << 22)
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise BadInput(
            f"The workbook {shown} is protected by a password.",
            do="Open it in your spreadsheet program, and save the sheet as CSV.",
        )
    if path.suffix.lower() in _EXCEL or "Workbook".encode("utf-16-le") in head:
        return "excel"
    raise BadInput(
        f"{shown} is an old office document, not a table.",
        do="Save its data as CSV, or give a workbook its .xls ending back.",
    )


def _refuse_binary(path: Path, head: bytes) -> None:
    shown = printable(path.name, 80)
    # A table of text can begin with MZ or ORC, too; it has no zero bytes.
    raw = b"\0" in head[:4096] or head.startswith(b"%PDF")
    what = next(
        (w for m, w in _BINARIES.items() if head.startswith(m) and (raw or m >= b"\x7f")), None
    )
    what = "a tar archive" if head[257:262] == b"ustar" else what
    if what is None and not looks_utf16(head):
        controls = sum(head.count(bytes([c])) for c in (*range(9), *range(14, 27), *range(28, 32)))
        if controls > len(head) * 0.02 and controls > 8:
            raise BadInput(
                f"{shown} is not a text table: it holds binary data.",
                do="Export the data as CSV or Parquet.",
            )
    if what is not None:
        raise BadInput(
            f"{shown} is not a text table: it is {what}.", do="Export the data as CSV or Parquet."
        )


def looks_utf16(head: bytes) -> str | None:
    """The UTF-16 (or UTF-32) flavour `head` is in, by its mark or by where its NULs are."""
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _refuse_page(path: Path, start: bytes) -> None:
    shown = printable(path.name, 80)
    if start[:512].lower().startswith(_WEB):
        if path.suffix.lower() in _EXCEL:
            raise BadInput(
                f"{shown} is a web page (HTML) that is called a workbook.",
                "Many programs export such pages.",
                "Open it in your spreadsheet program, and save the sheet as CSV.",
            )
        raise BadInput(
            f"{shown} is a web page (HTML), not a table.",
            "A download that needs a login often saves the error page instead.",
            "Open the address in a browser and save the data itself.",
        )
    if start[:512].lower().startswith((b"<?xml", b"<svg")):
        raise BadInput(f"{shown} is XML, which is not read.", do="Export it as CSV or Parquet.")
    for pattern, what, do in _TEXTS:
        if re.match(pattern, start[:2000], re.IGNORECASE | re.DOTALL):
            raise BadInput(f"{shown} is {what}.", do=do)


def _text_kind(path: Path, start: bytes) -> str:
    suffix = path.suffix.lower()
    first = start[:1]
    if suffix in (".json", ".ndjson", ".jsonl") or (first in (b"{", b"[") and b'"' in start[:200]):
        if first and first not in (b"{", b"["):
            raise BadInput(
                f"{printable(path.name, 80)} does not hold JSON.",
                "It should start with [ or {.",
                "Give it the ending .csv when it is a text table.",
            )
        return "json"
    if suffix in (".parquet", ".pq"):
        raise BadInput(
            f"{printable(path.name, 80)} is not a Parquet file, whatever its name says.",
            do="Export it again, or give it the right ending.",
        )
    return "text"
