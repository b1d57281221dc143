"""The HTML page of a profile: tables and small drawings, everything from the file escaped."""

from __future__ import annotations

from collections.abc import Iterable

from mlops_tui.profile.figures import Histogram
from mlops_tui.profile.model import ColumnProfile, Finding, Profile
from mlops_tui.profile.page import STYLE, safe
from mlops_tui.profile.sections import correlations, quality, time

_MOST_COLUMNS = 600
_SEVERITY = {"stop": "Fix first", "warn": "Look at this", "note": "Good to know"}


def html(profile: Profile) -> str:
    """The whole page."""
    title = f"Profile of {safe(profile.source_name, 80)}"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{STYLE}</style></head><body>",
            f"<h1>{title}</h1>",
            *_overview(profile),
            *quality(profile),
            *_findings(profile),
            *time(profile),
            *correlations(profile),
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
            f"<p class=quiet>What is marked with * was taken from {profile.sampled_rows:,} rows "
            "spread over the table, or fewer; everything else from all rows.</p>"
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
    yield "<th>from / to<th>spread<th class=n>outliers<th>frequent values"
    measure = next((c.association.measure for c in profile.columns if c.association), None)
    yield (f"<th class=n>tells the answer alone ({safe(measure)})" if measure else "") + "</tr>"
    for column in profile.columns[:_MOST_COLUMNS]:
        yield _column(column, profile.rows, measure is not None)
    yield "</table></div>"
    yield "<p class=quiet>Outliers lie more than three interquartile ranges outside the middle "
    yield "half of the values (Tukey's outer fences, 1977).</p>"
    hidden = len(profile.columns) - _MOST_COLUMNS
    if hidden > 0:
        yield f"<p>{hidden:,} more columns are in the JSON file.</p>"


def _column(column: ColumnProfile, rows: int, scored: bool) -> str:
    missing = column.missing / max(rows, 1)
    about = "" if column.distinct_exact else "≈"
    ends = ""
    if column.minimum is not None:
        ends = f"{safe(column.minimum, 26)} / {safe(column.maximum, 26)}"
    top = "; ".join(f"{safe(value, 30)} ({n:,})" for value, n in column.top[:3])
    outliers = f"{column.outliers.count:,}" if column.outliers else ""
    told = (
        f"<tr><td>{safe(column.name, 60)}<td>{column.type}<td>{column.semantic}"
        f"<td class=n>{missing:.1%}<td class=n>{about}{column.distinct:,}<td>{ends}"
        f"<td>{_drawing(column.histogram, column.name)}{_mark(column, 'histogram')}"
        f"<td class=n>{outliers}<td>{top}{_mark(column, 'top')}"
    )
    if scored:
        score = f"{column.association.score:.2f}" if column.association else ""
        told += f"<td class=n>{score}{_mark(column, 'association')}"
    return f"{told}</tr>"


def _mark(column: ColumnProfile, figure: str) -> str:
    return " *" if figure in column.sampled else ""


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
