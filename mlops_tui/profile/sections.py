"""Parts of the HTML page about the table as a whole: its score, time, what moves together."""

from __future__ import annotations

from collections.abc import Iterable

from mlops_tui.profile.model import Profile
from mlops_tui.profile.page import safe
from mlops_tui.profile.printing import listed
from mlops_tui.profile.words import scoring

_STEPS = ((86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes"), (1.0, "seconds"))


def quality(profile: Profile) -> Iterable[str]:
    """The score with every deduction and the rule they follow."""
    graded = profile.quality
    yield f"<h2>Quality: {graded.score} of 100</h2>"
    yield f"<p class=quiet>{safe(scoring()['rule'])}</p>"
    if not graded.deductions:
        yield "<p>Nothing takes a point.</p>"
        return
    yield "<table><tr><th class=n>points<th>finding<th>columns<th>why</tr>"
    for taken in graded.deductions:
        yield (
            f"<tr><td class=n>-{taken.points}<td>{safe(taken.finding)}"
            f"<td>{safe(listed(taken.columns), 240)}<td>{safe(taken.why)}</tr>"
        )
    yield "</table>"


def time(profile: Profile) -> Iterable[str]:
    """How far and how densely the time column reaches."""
    reach = profile.time
    if reach is None:
        return
    about = "" if reach.exact else " (in the sample)"
    yield f"<h2>Time: {safe(reach.column, 80)}</h2>"
    yield f"<p>From {safe(reach.first)} to {safe(reach.last)}, {reach.moments:,} different moments"
    yield f"{about}. The usual step is {span(reach.usual_step)}, the longest gap "
    yield f"{span(reach.longest_gap)} (from {safe(reach.gap_from)} to {safe(reach.gap_to)}).</p>"


def span(seconds: float) -> str:
    """A length of time in the largest unit that fits once."""
    for size, unit in _STEPS:
        if seconds >= size:
            count = f"{seconds / size:,.3g}"
            return f"{count} {unit[:-1] if count == '1' else unit}"
    return f"{seconds:.3g} seconds"


def correlations(profile: Profile) -> Iterable[str]:
    """The strongest pairs of numeric columns."""
    table = profile.correlations
    if table is None or not table.pairs:
        return
    yield "<h2>What moves together</h2>"
    left_out = f", {table.left_out:,} more were left out" if table.left_out else ""
    part = "all" if table.rows == profile.rows else "a sample of"
    yield "<p class=quiet>Spearman's rank correlation, from -1 to 1: the strongest pairs of "
    yield f"{table.columns:,} numeric columns{left_out}, on {part} {table.rows:,} rows.</p>"
    yield "<table><tr><th>column<th>column<th class=n>correlation</tr>"
    for pair in table.pairs:
        yield f"<tr><td>{safe(pair.first, 60)}<td>{safe(pair.second, 60)}"
        yield f"<td class=n>{pair.rho:.2f}</tr>"
    yield "</table>"
