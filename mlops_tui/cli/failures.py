"""How a command ends when it does not end well: one paragraph, an exit code, no traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlops_tui.errors import Cancelled, StepFailed, Trouble

LOG = "mlops-tui.log"
_LARGEST_LOG = 2 * 2**20


@dataclass(slots=True)
class Outcome:
    """What the process will end with."""

    code: int = 0


@contextlib.contextmanager
def told(as_json: bool = False) -> Iterator[Outcome]:
    """Turn whatever ends a command early into words and an exit code."""
    outcome = Outcome()
    try:
        yield outcome
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. Python would complain at exit otherwise.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        outcome.code = _tell(Cancelled("Stopped.", "", "What was confirmed is kept."), as_json)
    except Trouble as trouble:
        outcome.code = _tell(trouble, as_json)
    except MemoryError as error:
        outcome.code = _tell(_unexpected(error, "The machine has no memory left"), as_json)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        outcome.code = _tell(_unexpected(error, f"{error.strerror or error}{where}"), as_json)
    except Exception as error:
        outcome.code = _tell(_unexpected(error, f"{type(error).__name__}: {error}"), as_json)


def keep(error: BaseException) -> Path | None:
    """Write the traceback to the log; its path, or None where nothing can be written."""
    import traceback
    from datetime import datetime, timezone

    from mlops_tui import __version__

    try:
        from mlops_tui.places import log_folder

        path = log_folder() / LOG
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {now} mlops-tui {__version__}\n")
            log.writelines(traceback.format_exception(error))
    except (OSError, ImportError):
        return None
    return path


def _unexpected(error: BaseException, why: str) -> StepFailed:
    failed = StepFailed(
        "Something went wrong that mlops-tui did not expect.",
        f"{why[:300]}.",
        "What was confirmed is kept; run the same command again to go on.",
    )
    failed.__cause__ = error
    return failed


def _tell(trouble: Trouble, as_json: bool) -> int:
    import json

    log = keep(trouble) if trouble.__cause__ is not None else None
    details = f" Details for a bug report: {log}" if log else ""
    sys.stderr.write(f"mlops-tui: {_safe(f'{trouble}{details}')}\n")
    if as_json:
        said = {"what": trouble.what, "why": trouble.why, "do": trouble.do}
        line = {"type": "error", **said, "exit_code": trouble.exit_code}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return trouble.exit_code


def _safe(text: str) -> str:
    """One paragraph in which nothing acts on the terminal."""
    flat = " ".join(text.split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in flat)
