"""`python -m mlops_tui.profile inspect|prepare SOURCE …`: the reader as a process of its own."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from mlops_tui.errors import BadInput, StepFailed, Trouble
from mlops_tui.profile.emitting import Reporter
from mlops_tui.profile.printing import printable


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 3 bad input, 4 failed."""
    arguments = _parser().parse_args(argv)
    reporter = Reporter(arguments.events, arguments.command)
    begun = time.monotonic()
    try:
        facts = (
            _inspect(arguments, reporter)
            if arguments.command == "inspect"
            else _prepare(arguments, reporter)
        )
    except Trouble as trouble:
        reporter.failed(trouble)
        return trouble.exit_code
    except Exception as e:  # the last wall: a user never meets a traceback
        failed = _unexpected(e)
        reporter.failed(failed)
        return failed.exit_code
    reporter.result(facts, {"seconds": round(time.monotonic() - begun, 2)})
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mlops_tui.profile", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    look = commands.add_parser("inspect", help="read and profile a source")
    look.add_argument("--target", help="the column with the answer")
    look.add_argument("--out", type=Path, help="write the profile as JSON here")
    look.add_argument("--corrections", type=Path, help="JSON: how to read it, where guessed wrong")
    look.add_argument("--html", type=Path, help="write the profile as a page here")
    make = commands.add_parser("prepare", help="write the data files of a project")
    make.add_argument("--roles", type=Path, required=True, help="JSON with target, exclude, …")
    make.add_argument("--into", type=Path, required=True, help="the project's folder")
    make.add_argument("--commit-limit-mb", type=float, default=5.0)
    for command in (look, make):
        command.add_argument("source", help="a file, FILE#TABLE, a pattern or an address")
        command.add_argument("--events", action="store_true", help="report as JSON lines")
    return parser


def _inspect(arguments: argparse.Namespace, reporter: Reporter) -> dict[str, Any]:
    from mlops_tui.profile.corrections import Corrections
    from mlops_tui.profile.export import html
    from mlops_tui.profile.inspecting import inspect
    from mlops_tui.profile.model import rounded
    from mlops_tui.profile.preparing import finding_facts, write_text

    said = Corrections.from_dict(_told(arguments.corrections) if arguments.corrections else None)
    profile = inspect(arguments.source, arguments.target, reporter.progress, said)
    if arguments.out:
        write_text(arguments.out, profile.to_json())
    if arguments.html:
        write_text(arguments.html, html(profile))
    d = profile.detected
    facts = {
        "rows": profile.rows,
        "columns": len(profile.columns),
        "detected": {
            "format": d.format,
            "delimiter": d.delimiter,
            "encoding": d.encoding,
            "header_line": d.header_line,
            "decimal": d.decimal,
            "dates": d.dates,
            "notes": list(d.notes),
        },
        "findings": finding_facts(profile)[:50],
        "findings_count": len(profile.findings),
    }
    told: dict[str, Any] = rounded(facts)
    return told


def _prepare(arguments: argparse.Namespace, reporter: Reporter) -> dict[str, Any]:
    from mlops_tui.profile.preparing import Roles, prepare

    roles = Roles.from_dict(_told(arguments.roles))
    return prepare(
        arguments.source, roles, arguments.into, arguments.commit_limit_mb, reporter.progress
    )


def _told(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise BadInput(f"{printable(path.name, 80)} cannot be read.", printable(e, 200)) from None


def _unexpected(e: Exception) -> StepFailed:
    said = printable(str(e).split("\n")[0], 200)
    if isinstance(e, OSError):
        return StepFailed("Reading or writing failed.", said, "Check the disk and try again.")
    if type(e).__name__ == "OutOfMemoryException":
        return StepFailed("The table does not fit in memory.", said, "Try a part of it.")
    return StepFailed(
        f"Profiling stopped on something unforeseen ({type(e).__name__}).",
        said,
        "Please report it, with a few lines of the file if you can share them.",
    )


if __name__ == "__main__":
    sys.exit(main())
