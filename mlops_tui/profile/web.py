"""Fetch a file from an http or https address; from then on it is a file like others."""

from __future__ import annotations

import http.client
import shutil
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mlops_tui import __version__
from mlops_tui.errors import BadInput
from mlops_tui.profile.words import printable

if TYPE_CHECKING:
    from mlops_tui.profile.table import Bench

_CHUNK = 1 << 20
_PATIENCE = 30.0


def fetched(address: str, bench: Bench) -> Path:
    """The file at `address`, in the folder of the bench; seconds without a byte end the wait."""
    folder = bench.folder / "fetched"
    folder.mkdir()
    target = folder / _name(address)
    asked = urllib.request.Request(address, headers={"User-Agent": f"mlops-tui/{__version__}"})
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE) as answer:
            _saved(answer, target, bench)
    except urllib.error.HTTPError as e:
        raise _refused(address, f"It answered {e.code} {printable(e.reason, 60)}.") from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, socket.gaierror) as e:
        why = printable(getattr(e, "reason", e), 160)
        raise _refused(address, f"{why}." if why else "") from None
    return target


def _name(address: str) -> str:
    """A file name for the bytes: its ending tells a workbook from a zip archive."""
    last = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    kept = "".join(c for c in last if c.isalnum() or c in "._-")[-80:]
    return kept.lstrip(".") or "data"


def _saved(answer: http.client.HTTPResponse, target: Path, bench: Bench) -> None:
    promised = int(answer.headers.get("Content-Length") or 0)
    free, done = shutil.disk_usage(target.parent).free, 0
    if promised > free:
        raise BadInput(
            f"The file has {promised / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free here.",
            do="Make room, or name a smaller file.",
        )
    with target.open("wb") as out:
        while chunk := answer.read(_CHUNK):
            out.write(chunk)
            done += len(chunk)
            bench.told(done, promised or None, "fetching")
    if done < promised:
        raise http.client.HTTPException(f"only {done} of {promised} bytes came")


def _refused(address: str, why: str) -> BadInput:
    return BadInput(
        f"{printable(urlsplit(address).hostname, 80)} did not hand out the file.",
        why,
        "Check the address in a browser, or download the file and name it.",
    )
