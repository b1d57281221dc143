"""Look at a source before any reader does: is it a file, and of which kind?"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile.words import printable

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
}
_EXCEL = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def checked(path: Path) -> None:
    """Raise BadInput unless `path` is a file with something in it that we may read."""
    shown = printable(path.name, 80)
    try:
        info = path.stat()
    except FileNotFoundError:
        raise BadInput(
            f"There is no file {printable(path)}.",
            do="Check the spelling, or give the full path.",
        ) from None
    except (OSError, ValueError) as e:
        raise BadInput(f"{shown} cannot be opened.", printable(e)) from None
    if stat.S_ISDIR(info.st_mode):
        raise BadInput(f"{shown} is a folder.", do="Name one file in it.")
    if not stat.S_ISREG(info.st_mode):
        raise BadInput(f"{shown} is not a regular file.", do="Save the data in a file first.")
    if not os.access(path, os.R_OK):
        raise BadInput(f"You may not read {shown}.", do="Ask its owner for permission.")
    if info.st_size == 0:
        raise BadInput(
            f"{shown} is empty: it has 0 bytes.",
            "A download or an export that failed often leaves such a file.",
            "Fetch or export it again.",
        )


def kind(path: Path) -> str:
    """One of text, json, parquet, excel, sqlite, duckdb, gzip, zstd; BadInput for no table."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith(b"PAR1"):
        _parquet_is_whole(path)
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _office(path)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    _refuse_binary(path, head)
    if wide := looks_utf16(head):
        head = head.decode(wide, "ignore").encode()
    _refuse_web_page(path, head)
    return _text_kind(path, head)


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


def _office(path: Path) -> str:
    if path.suffix.lower() in _EXCEL:
        return "excel"
    raise BadInput(
        f"{printable(path.name, 80)} is a zip archive or an office document, not a table.",
        do="Unpack it, or give a workbook its .xlsx ending back.",
    )


def _refuse_binary(path: Path, head: bytes) -> None:
    shown = printable(path.name, 80)
    for magic, what in _BINARIES.items():
        if head.startswith(magic):
            raise BadInput(
                f"{shown} is not a text table: it is {what}.",
                do="Export the data as CSV or Parquet.",
            )
    if looks_utf16(head):
        return
    controls = sum(head.count(bytes([c])) for c in (*range(9), *range(14, 27), *range(28, 32)))
    if controls > len(head) * 0.02 and controls > 8:
        raise BadInput(
            f"{shown} is not a text table: it holds binary data.",
            do="Export the data as CSV or Parquet.",
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


def _refuse_web_page(path: Path, head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    shown = printable(path.name, 80)
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise BadInput(
            f"{shown} is a web page (HTML), not a table.",
            "A download that needs a login often saves the error page instead.",
            "Open the address in a browser and save the data itself.",
        )
    if start.startswith((b"<?xml", b"<svg")):
        raise BadInput(f"{shown} is XML, which is not read.", do="Export it as CSV or Parquet.")
    if start.startswith(b"version https://git-lfs"):
        raise BadInput(
            f"{shown} is a git-LFS pointer: a short note that stands for the real file.",
            do="Run `git lfs pull` where it came from, then try again.",
        )


def _text_kind(path: Path, head: bytes) -> str:
    suffix = path.suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if suffix in (".json", ".ndjson", ".jsonl") or (start in (b"{", b"[") and b'"' in head[:200]):
        if start and start not in (b"{", b"["):
            raise BadInput(
                f"{printable(path.name, 80)} does not hold JSON.",
                "It should start with [ or {.",
                "Give it the ending .csv when it is a text table.",
            )
        return "json"
    if suffix == ".parquet":
        raise BadInput(
            f"{printable(path.name, 80)} is not a Parquet file, whatever its name says.",
            do="Export it again, or give it the right ending.",
        )
    return "text"


def sha256(path: Path) -> str:
    """The fingerprint of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def unpacked(path: Path, packing: str, folder: Path) -> Path:
    """A gzip or zstd file, unpacked into `folder`."""
    name = path.stem if path.suffix.lower() in (".gz", ".gzip", ".zst", ".zstd") else path.name
    target = folder / ("unpacked" + (Path(name).suffix or ".csv"))
    try:
        with target.open("wb") as out:
            if packing == "gzip":
                with gzip.open(path, "rb") as source:
                    shutil.copyfileobj(source, out, 1 << 20)
            else:
                import pyarrow as pa

                with pa.input_stream(str(path), compression="zstd") as source:
                    shutil.copyfileobj(source, out, 1 << 20)
    except (OSError, EOFError) as e:
        raise BadInput(
            f"{printable(path.name, 80)} cannot be unpacked: it is cut off or damaged.",
            printable(e, 200),
            "Copy or download it again.",
        ) from None
    checked(target)
    return target
