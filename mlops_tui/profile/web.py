"""Fetch a file from an http or https address; from then on it is a file like others."""

from __future__ import annotations

import http.client
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from mlops_tui import __version__
from mlops_tui.errors import BadInput
from mlops_tui.profile.printing import printable

if TYPE_CHECKING:
    from mlops_tui.profile.table import Bench

_CHUNK = 1 << 20
_PATIENCE = 30.0
_AGENT = f"mlops-tui/{__version__}"
# What means something in an address, and the sign of what is written so already.
_KEPT = "%/:=&?~+!$,;'@()*[]"


def fetched(address: str, bench: Bench) -> Path:
    """The file at `address`, in the folder of the bench; seconds without a byte end the wait."""
    folder = bench.folder / "fetched"
    folder.mkdir()
    target = folder / _name(address)
    try:
        asked = urllib.request.Request(_sendable(address), headers={"User-Agent": _AGENT})
        answer = urllib.request.urlopen(asked, timeout=_PATIENCE)
    except urllib.error.HTTPError as e:
        raise _refused(address, f"It answered {e.code} {printable(e.reason, 60)}.") from None
    except (OSError, http.client.HTTPException, ValueError) as e:
        why = printable(getattr(e, "reason", e), 160)
        raise _refused(address, f"{why}." if why else "") from None
    with answer:
        _saved(answer, target, bench, address)
    return target


def _sendable(address: str) -> str:
    """The address as a browser sends it: blanks and letters like ü as percent signs and digits."""
    parts = urlsplit(address)
    path, query = (quote(part, safe=_KEPT) for part in (parts.path, parts.query))
    return urlunsplit(parts._replace(path=path, query=query))


def _name(address: str) -> str:
    """A file name for the bytes: its ending tells a workbook from a zip archive."""
    last = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    kept = "".join(c for c in last if c.isalnum() or c in "._-")[-80:]
    return kept.lstrip(".") or "data"


def _saved(answer: http.client.HTTPResponse, target: Path, bench: Bench, address: str) -> None:
    promised, done = answer.length or 0, 0
    free = shutil.disk_usage(target.parent).free
    if promised > free:
        raise BadInput(
            f"The file has {promised / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free here.",
            do="Make room, or name a smaller file.",
        )
    with target.open("wb") as out:
        while chunk := _piece(answer, address):
            out.write(chunk)
            done += len(chunk)
            bench.told(done, promised or None, "fetching")
    if done < promised:
        raise _broken(address, f"only {done} of {promised} bytes came")


def _piece(answer: http.client.HTTPResponse, address: str) -> bytes:
    """The next bytes. What goes wrong here is the line, not the disk they are written to."""
    try:
        return answer.read(_CHUNK)
    except (OSError, http.client.HTTPException, ValueError) as e:
        raise _broken(address, printable(e, 160)) from None


def _broken(address: str, why: str) -> BadInput:
    return BadInput(
        f"The connection to {printable(urlsplit(address).hostname, 80)} broke while the file came.",
        f"{why[:1].upper()}{why[1:]}." if why else "",
        "Try again, or download the file and name it.",
    )


def _refused(address: str, why: str) -> BadInput:
    return BadInput(
        f"{printable(urlsplit(address).hostname, 80)} did not hand out the file.",
        why,
        "Check the address in a browser, or download the file and name it.",
    )
