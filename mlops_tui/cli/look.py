"""`mlops-tui profile`: a first look at a data file, as a table, as JSON, or as a page."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.cli.settings import data_file
from mlops_tui.errors import BadInput

if TYPE_CHECKING:
    from mlops_tui.profile.corrections import Corrections
    from mlops_tui.profile.model import ColumnProfile, Profile
    from mlops_tui.report import Lines

_MOST_COLUMNS = 200


def look(options: Namespace) -> int:
    """Profile the file and tell it in the form asked for."""
    from mlops_tui.cli.corrections import corrections
    from mlops_tui.profile.inspecting import inspect
    from mlops_tui.report import Lines

    lines = Lines(sys.stderr if options.json else sys.stdout)
    said = corrections(options)
    file = data_file(options.file)
    try:
        profile = inspect(file, options.target, lines.progress, said)
    except KeyError:
        raise _no_column(file, options.target, said) from None
    if options.html:
        _write_page(profile, Path(options.html).expanduser())
    if options.json:
        _tell_json(profile, options.html)
    else:
        _tell(profile, lines)
        if options.html:
            lines.say(f"\nWritten: {options.html}")
    return 0


def _no_column(file: str, target: str, said: Corrections) -> BadInput:
    from mlops_tui.profile.inspecting import inspect
    from mlops_tui.profile.printing import listed, printable
    from mlops_tui.profile.sources import name

    return BadInput(
        f"{printable(name(file), 80)} has no column '{target}'.",
        f"It has: {listed(inspect(file, corrections=said).names, 30)}.",
        "Name one of these with --target.",
    )


def _write_page(profile: Profile, out: Path) -> None:
    from mlops_tui.profile.export import html as page

    try:
        out.write_text(page(profile), encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"The page {out} cannot be written.",
            f"{error.strerror}.",
            "Name another file with --html.",
        ) from error


def _tell_json(profile: Profile, html: str | None) -> None:
    from mlops_tui.report import JsonLines

    told = json.loads(profile.to_json())
    out = JsonLines(sys.stdout)
    for column in told.pop("columns"):
        out.tell({"type": "column", **_renamed(column)})
    for finding in told.pop("findings"):
        out.tell({"type": "finding", **finding})
    out.tell({"type": "summary", **_summary(profile), **told, "html": html})


def _summary(profile: Profile) -> dict[str, Any]:
    """The keys that every summary has; a first look can fill in few of them."""
    from mlops_tui.profile.roles import guess_task, suspects_known_later

    target = profile.target.name if profile.target else None
    return {
        "project": None,
        "task": guess_task(profile, target)[0] if target else None,
        "verdict": None,
        "verdict_columns": list(suspects_known_later(profile, target)) if target else [],
        "metrics": {},
        "baseline": {},
        "service": {},
        "commit": None,
        "columns": len(profile.columns),
    }


def _renamed(column: dict[str, Any]) -> dict[str, Any]:
    """A column's own `type` must not hide that the line is a column."""
    return {("data_type" if key == "type" else key): value for key, value in column.items()}


def _tell(profile: Profile, lines: Lines) -> None:
    from mlops_tui.profile.corrections import as_found
    from mlops_tui.report import plain

    seen = profile.detected
    found = ", ".join(f"{part} {value}" for part, value in as_found(seen).items())
    how = f"{seen.format} ({found})" if found else seen.format
    name, columns = plain(profile.source_name), len(profile.columns)
    lines.say(f"{name}: {profile.rows:,} rows, {columns} columns")
    lines.say(f"read as {how}; {profile.duplicates:,} rows are exact copies of others")
    for note in seen.notes:
        lines.say(f"Note: {note}")
    sampled = sorted({figure for column in profile.columns for figure in column.sampled})
    if profile.sampled_rows and sampled:
        told = f"of a sample of {profile.sampled_rows:,} rows are: {', '.join(sampled)}"
        lines.say(f"Note: {told}; all else is of all rows.")
    lines.say("")
    rows = [_row(column, profile.rows) for column in profile.columns[:_MOST_COLUMNS]]
    _table(("column", "type", "missing", "distinct", "most common or range"), rows, lines)
    if len(profile.columns) > _MOST_COLUMNS:
        lines.say(f"... and {len(profile.columns) - _MOST_COLUMNS} more columns (--json has all)")
    _tell_findings(profile, lines)


def _tell_findings(profile: Profile, lines: Lines) -> None:
    marks = {"stop": "STOP", "warn": "WARN", "note": "note"}
    lines.say(f"\nQuality: {profile.quality.score} of 100")
    lines.say(f"Findings: {len(profile.findings) or 'none'}")
    for finding in profile.findings:
        lines.say(f"{marks[finding.severity]}  {finding.evidence}")
        taken = profile.quality.of(finding.id, finding.columns)
        points = f"Takes {taken.points} of the quality: {taken.why}." if taken else ""
        for text in (finding.effect, finding.advice, points):
            if text:
                lines.say(text, 6)


def _row(column: ColumnProfile, rows: int) -> tuple[str, ...]:
    from mlops_tui.profile.printing import printable

    missing = f"{column.missing / rows:.1%}" if column.missing and rows else "-"
    distinct = f"{'' if column.distinct_exact else '~'}{column.distinct:,}"
    if column.type in ("number", "integer", "datetime", "date", "time"):
        spread = f"{_figure(column.minimum)} to {_figure(column.maximum)}"
    else:
        spread = ", ".join(f"{printable(value, 20)} ({count:,})" for value, count in column.top[:3])
    return printable(column.name, 30), column.semantic, missing, distinct, printable(spread, 60)


def _figure(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], lines: Lines) -> None:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        cells = zip(row, widths, strict=True)
        lines.say("  ".join(cell.ljust(width) for cell, width in cells), wrap=False)
