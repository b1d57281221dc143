"""Which characters the bytes of a text file stand for, and UTF-8 for the reader."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile.kinds import looks_utf16
from mlops_tui.profile.printing import printable

_CHUNK = 1 << 20
_BROKEN = "\ufffd"
# A letter in a hundred that is wrong is damage; more is another encoding.
_MOST_BROKEN = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file in UTF-8 without a byte order mark, and what it was in before."""

    path: Path
    encoding: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """What decoding met: characters in all, those that could not be decoded, lines."""

    characters: int = 0
    broken: int = 0
    lines: int = 0
    first: int = 0

    def look(self, text: str) -> None:
        self.characters += len(text)
        broken = text.count(_BROKEN)
        if broken and not self.broken:
            self.first = self.lines + text[: text.index(_BROKEN)].count("\n") + 1
        self.broken += broken
        self.lines += text.count("\n")


def decoded(path: Path, folder: Path, said: str | None = None) -> Decoded:
    """`path` as UTF-8: itself where it already is, else a copy in `folder`.

    `said` is the encoding a person named; without it, it is found.
    """
    encoding, notes = _as_said(path, said) if said else _detect(path)
    sound = encoding.startswith("utf-8") and _valid_utf8(path)
    if encoding == "utf-8" and sound and not _old_mac(path):
        return Decoded(path, encoding, notes)
    target = folder / "decoded.csv"
    try:
        seen = _transcode(path, target, encoding)
    except UnicodeError:
        raise _undecodable(path, encoding) from None
    if not sound and seen.broken > _MOST_BROKEN * seen.characters:
        raise _undecodable(path, encoding)
    if not sound and seen.broken:
        notes = (*notes, _damage(seen, encoding))
    return Decoded(target, "utf-8" if encoding == "utf-8-sig" else encoding, notes)


def _undecodable(path: Path, encoding: str) -> BadInput:
    return BadInput(
        f"The text of {printable(path.name, 80)} cannot be decoded as {encoding}.",
        "The file is cut off, mixes encodings, or is in another one.",
        "Name another encoding, or save it again as UTF-8.",
    )


def _damage(seen: _Seen, encoding: str) -> str:
    return (
        f"{seen.broken} character(s) are none in {encoding} and became \N{REPLACEMENT CHARACTER}; "
        f"the first is on line {seen.first}."
    )


def _as_said(path: Path, said: str) -> tuple[str, tuple[str, ...]]:
    """The flavour of the encoding a person named: byte order marks are no text."""
    with path.open("rb") as file:
        head = file.read(65536)
    if said == "utf-8" and head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", ()
    if said in ("utf-16", "utf-32") and not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0")):
        found = looks_utf16(head) or ""
        return (found if found.startswith(said) else f"{said}-le"), ()
    return said, ()


def _detect(path: Path) -> tuple[str, tuple[str, ...]]:
    with path.open("rb") as file:
        head = file.read(65536)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", ()
    wide = looks_utf16(head)
    if wide:
        return wide, (f"The text is in {wide.upper()}; it was read as such.",)
    return ("utf-8", ()) if _valid_utf8(path) or _mostly_utf8(path) else _windows()


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


def _mostly_utf8(path: Path) -> bool:
    """Is this UTF-8 with damage in it? Other encodings hardly ever look like its letters."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for chunk in _chunks(path):
        text = decoder.decode(chunk)
        bad += text.count(_BROKEN)
        good += len(text) - len(text.encode("ascii", "ignore"))
    return good - bad > 10 * bad


def _old_mac(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    return b"\r" in head and b"\n" not in head


def with_same_ends(path: Path, target: Path) -> Path:
    """A copy in which every line ends the same: DuckDB cannot read those of two systems together.

    Line breaks inside cells are changed, too, so this is for files that cannot be read otherwise.
    """
    _transcode(path, target, "utf-8")
    return target


def _transcode(path: Path, target: Path, encoding: str) -> _Seen:
    """Write `path` as UTF-8 with plain line ends; what cannot be decoded is marked."""
    seen = _Seen()
    with (
        path.open("r", encoding=encoding, errors="replace", newline=None) as source,
        target.open("w", encoding="utf-8", newline="\n") as out,
    ):
        while text := source.read(_CHUNK):
            seen.look(text)
            out.write(text)
    return seen
