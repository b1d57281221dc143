"""The HTML page of a profile: tables and small drawings, everything from the file escaped."""

from __future__ import annotations

import html as escaping
from collections.abc import Iterable

from mlops_tui.profile.figures import Histogram
from mlops_tui.profile.model import ColumnProfile, Finding, Profile
from mlops_tui.profile.words import printable

_MOST_COLUMNS = 600
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5a6675; --paper: #fff;
 --line: #d5dbe3; --bar: #3b6ea5; --stop: #a4262c; --warn: #8a5a00; --note: #3f5f2b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --quiet: #a3afbf;
 --paper: #161b22; --line: #333c48; --bar: #7fb2e5; --stop: #ff8b8b; --warn: #f0c674;
 --note: #a5d18a; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
 max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
 vertical-align: top; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } svg rect { fill: var(--bar); }
.finding { border-left: 4px solid var(--line); padding: .2rem 1rem; margin: 1rem 0; }
.stop { border-color: var(--stop); } .warn { border-color: var(--warn); }
.note { border-color: var(--note); } .finding p { margin: .2rem 0; }
@media print { body { margin: 0; max-width: none; } .finding, tr { break-inside: avoid; } }
"""
_SEVERITY = {"stop": "Fix first", "warn": "Look at this", "note": "Good to know"}


def safe(text: object, width: int | None = None) -> str:
    """Text from the file, made harmless for a page."""
    return escaping.escape(printable(text, width), quote=True)


def html(profile: Profile) -> str:
    """The whole page."""
    title = f"Profile of {safe(profile.source_name, 80)}"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{title}</h1>",
            *_overview(profile),
            *_findings(profile),
            *_columns(profile),
            "</body></html>",
            "",
        ]
    )


def _overview(profile: Profile) -> Iterable[str]:
    d = profile.detected
    known = [
        ("Format", d.format),
        ("Cells separated by", repr(d.delimiter) if d.delimiter else None),
        ("Encoding", d.encoding),
        ("Header on line", d.header_line),
        ("Decimal sign", d.decimal),
    ]
    yield f"<p><strong>{profile.rows:,}</strong> rows, <strong>{len(profile.columns):,}</strong>"
    about = "" if profile.duplicates_exact else "about "
    yield f" columns, {about}{profile.duplicates:,} repeated rows.</p>"
    yield "<p class=quiet>" + "; ".join(f"{k}: {safe(v)}" for k, v in known if v) + ".</p>"
    if d.notes:
        yield "<ul>" + "".join(f"<li>{safe(note)}</li>" for note in d.notes) + "</ul>"
    if profile.sampled_rows:
        yield (
            f"<p class=quiet>Order and lengths were measured on {profile.sampled_rows:,} rows "
            "spread over the table.</p>"
        )
    if profile.target:
        yield f"<h2>The answer: {safe(profile.target.name, 80)}</h2>"
        yield from _balance(profile)


def _balance(profile: Profile) -> Iterable[str]:
    target = profile.target
    if target is None:
        return
    yield f"<p>{target.missing:,} rows have no answer.</p>"
    if target.classes:
        total = max(sum(n for _, n in target.classes), 1)
        yield "<table><tr><th>class<th class=n>rows<th class=n>share</tr>"
        for value, n in target.classes[:30]:
            yield f"<tr><td>{safe(value, 60)}<td class=n>{n:,}<td class=n>{n / total:.1%}</tr>"
        yield "</table>"


def _findings(profile: Profile) -> Iterable[str]:
    yield f"<h2>Findings ({len(profile.findings)})</h2>"
    if not profile.findings:
        yield "<p>None.</p>"
    for finding in profile.findings:
        yield _finding(finding)


def _finding(finding: Finding) -> str:
    parts = [finding.effect, finding.advice]
    return (
        f'<div class="finding {finding.severity}"><p><strong>{_SEVERITY[finding.severity]}: '
        f"{safe(finding.evidence)}</strong></p>"
        + "".join(f"<p>{safe(part)}</p>" for part in parts if part)
        + f"<p class=quiet>{safe(finding.id)}</p></div>"
    )


def _columns(profile: Profile) -> Iterable[str]:
    yield "<h2>Columns</h2><div class=wide><table>"
    yield "<tr><th>name<th>type<th>meaning<th class=n>missing<th class=n>distinct"
    yield "<th>from / to<th>spread<th>frequent values</tr>"
    for column in profile.columns[:_MOST_COLUMNS]:
        yield _column(column, profile.rows)
    yield "</table></div>"
    hidden = len(profile.columns) - _MOST_COLUMNS
    if hidden > 0:
        yield f"<p>{hidden:,} more columns are in the JSON file.</p>"


def _column(column: ColumnProfile, rows: int) -> str:
    missing = column.missing / max(rows, 1)
    about = "" if column.distinct_exact else "≈"
    ends = ""
    if column.minimum is not None:
        ends = f"{safe(column.minimum, 26)} / {safe(column.maximum, 26)}"
    top = "; ".join(f"{safe(value, 30)} ({n:,})" for value, n in column.top[:3])
    return (
        f"<tr><td>{safe(column.name, 60)}<td>{column.type}<td>{column.semantic}"
        f"<td class=n>{missing:.1%}<td class=n>{about}{column.distinct:,}<td>{ends}"
        f"<td>{_drawing(column.histogram, column.name)}<td>{top}</tr>"
    )


def _drawing(histogram: Histogram | None, name: str) -> str:
    if histogram is None:
        return ""
    most = max(histogram.counts) or 1
    width = 120 / len(histogram.counts)
    bars = "".join(
        f'<rect x="{i * width:.1f}" y="{28 - 28 * n / most:.1f}" width="{width - 0.6:.1f}" '
        f'height="{28 * n / most:.1f}"/>'
        for i, n in enumerate(histogram.counts)
        if n
    )
    label = f"Histogram of {safe(name, 60)}"
    return f'<svg width="120" height="28" role="img" aria-label="{label}">{bars}</svg>'
