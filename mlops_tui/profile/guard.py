"""Look at a source before any reader does: is it a file, can it be read, is it packed?"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
import zlib
from pathlib import Path
from typing import Protocol

from mlops_tui.errors import BadInput
from mlops_tui.profile.printing import printable

_CHUNK = 1 << 20
# Tables shrink to a tenth; what grows a hundredfold is made to fill a disk.
_FREELY = 1 << 30
_MOST_GROWTH = 200
# How much of the disk stays free for what is made from the data.
_KEPT_FREE = 0.5


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


def sha256(path: Path) -> str:
    """The fingerprint of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def unpacked(path: Path, packing: str, folder: Path) -> Path:
    """A gzip or zstd file, unpacked into `folder` under its name without the ending."""
    packed = path.suffix.lower() in (".gz", ".gzip", ".zst", ".zstd")
    (folder / "unpacked").mkdir()
    target = folder / "unpacked" / (path.stem if packed else path.name)
    try:
        if packing == "gzip":
            with gzip.open(path, "rb") as source:
                _copied(source, path, target)
        else:
            import pyarrow as pa

            with pa.input_stream(str(path), compression="zstd") as source:
                _copied(source, path, target)
    except (OSError, EOFError, zlib.error) as e:
        raise BadInput(
            f"{printable(path.name, 80)} cannot be unpacked: it is cut off or damaged.",
            printable(e, 200),
            "Copy or download it again.",
        ) from None
    checked(target)
    return target


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _copied(source: _Readable, path: Path, target: Path) -> None:
    """Copy what is unpacked, as long as there is room and it does not swell absurdly."""
    room = shutil.disk_usage(target.parent).free * _KEPT_FREE
    swollen = max(_FREELY, path.stat().st_size * _MOST_GROWTH)
    done = 0
    with target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            done += len(chunk)
            if done > min(room, swollen):
                raise BadInput(
                    f"{printable(path.name, 80)} was not unpacked further than "
                    f"{done / 1e9:.1f} GB.",
                    "It grows to more than 200 times its size, as files do that are made to "
                    "fill a disk."
                    if done > swollen
                    else "There is no room for more on this disk.",
                    "Unpack it yourself where there is room, and name a part of it.",
                )
            out.write(chunk)
