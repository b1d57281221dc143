"""Which characters the bytes of a text file stand for, and UTF-8 for the reader."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile.guard import looks_utf16
from mlops_tui.profile.words import printable

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file in UTF-8 without a byte order mark, and what it was in before."""

    path: Path
    encoding: str
    notes: tuple[str, ...]


def decoded(path: Path, folder: Path) -> Decoded:
    """`path` as UTF-8: itself where it already is, else a copy in `folder`."""
    encoding, notes = _detect(path)
    rewrite = encoding != "utf-8" or _old_mac(path)
    if not rewrite:
        return Decoded(path, encoding, notes)
    target = folder / "decoded.csv"
    try:
        _transcode(path, target, encoding)
    except UnicodeError:
        raise BadInput(
            f"The text of {printable(path.name, 80)} cannot be decoded as {encoding}.",
            "The file is cut off or mixes encodings.",
            "Save it again as UTF-8.",
        ) from None
    return Decoded(target, "utf-8" if encoding == "utf-8-sig" else encoding, notes)


def _detect(path: Path) -> tuple[str, tuple[str, ...]]:
    with path.open("rb") as file:
        head = file.read(65536)
    if head.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig", ()) if _valid_utf8(path) else _windows()
    wide = looks_utf16(head)
    if wide:
        return wide, (f"The text is in {wide.upper()}; it was read as such.",)
    return ("utf-8", ()) if _valid_utf8(path) else _windows()


def _windows() -> tuple[str, tuple[str, ...]]:
    note = "The text is not valid UTF-8; it was read as Windows-1252 (Western European)."
    return "windows-1252", (f"{note} Check letters with accents.",)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _valid_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_mac(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    return b"\r" in head and b"\n" not in head


def _transcode(path: Path, target: Path, encoding: str) -> None:
    name = {"windows-1252": "cp1252"}.get(encoding, encoding)
    # cp1252 leaves five bytes undefined; a replacement character shows where they were.
    errors = "replace" if name == "cp1252" else "strict"
    with (
        path.open("r", encoding=name, errors=errors, newline=None) as source,
        target.open("w", encoding="utf-8", newline="\n") as out,
    ):
        while text := source.read(_CHUNK):
            out.write(text)
