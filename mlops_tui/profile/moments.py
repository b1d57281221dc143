"""Dates that cannot be, dates that stand for "no date", and how far and densely time reaches."""

from __future__ import annotations

import numpy as np

from mlops_tui.profile.context import Context
from mlops_tui.profile.figures import TimeCoverage
from mlops_tui.profile.model import ColumnProfile, Finding
from mlops_tui.profile.roles import guess_time
from mlops_tui.profile.sections import span
from mlops_tui.profile.words import finding

# What programs write for "no date": the zero of Unix, Excel, .NET, SQL Server, and "for ever".
PLACEHOLDERS = (
    "0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01",
    "2099-12-31", "2999-12-31", "9999-12-31",
)  # fmt: skip
_EARLIEST, _LATEST = 1900, 2100
_DAY, _YEAR = 86_400.0, 365.25 * 86_400
_FEW, _FAR = 0.05, 4
_MOST_MOMENTS = 1_000_000


def found(ctx: Context) -> list[Finding]:
    """All findings about dates."""
    made: list[Finding] = []
    for column in ctx.profile.columns:
        if column.type in ("date", "datetime") and column.distinct > 1:
            standing_in = _placeholders(ctx, column)
            made += standing_in or _impossible(ctx, column)
    odd = {f.columns[0] for f in made}
    return made + [f for f in _hole(ctx) if f.columns[0] not in odd]


def _placeholders(ctx: Context, column: ColumnProfile) -> list[Finding]:
    """Days that stand for "no date" where they come again and again, far from all others."""
    x = ctx.sql(column.name)
    listed = ", ".join(f"DATE '{known}'" for known in PLACEHOLDERS)
    ends = (str(column.minimum)[:10], str(column.maximum)[:10])
    if not set(ends) & set(PLACEHOLDERS):
        return []
    counted = ctx.table.con.execute(
        f"SELECT {x}::VARCHAR, count(*) FROM t WHERE {x}::DATE IN ({listed}) "
        "GROUP BY ALL ORDER BY 2 DESC, 1"
    ).fetchall()
    bounds = ctx.table.con.execute(
        f"SELECT epoch(min({x})::TIMESTAMP), epoch(max({x})::TIMESTAMP) FROM t "
        f"WHERE {x}::DATE NOT IN ({listed})"
    ).fetchone()
    low, high = bounds or (None, None)
    if low is None:
        return []
    made = []
    for text, n in counted:
        moment = float(np.datetime64(text[:10], "s").astype(np.int64))
        gap = max(low - moment, moment - high)
        if n >= 2 and gap > max(_YEAR, 0.2 * (high - low)):
            made.append(
                finding("date_placeholder", [column.name], value=text, count=f"{n:,}", concerns=n)
            )
    return made


def _impossible(ctx: Context, column: ColumnProfile) -> list[Finding]:
    """A few dates outside of 1900 to 2100, or in the future of all others."""
    moments = ctx.sample.column(ctx.places[column.name]).numbers
    if moments is None or np.isnan(moments).all():
        return []
    low, high = np.nanquantile(moments, [_FEW, 1 - _FEW])
    if not _EARLIEST <= _year(low) <= _year(high) < _LATEST:
        return []
    # So far beyond the others that no usual tail reaches there.
    limit = high + max(_FAR * (high - low), _YEAR)
    x = ctx.sql(column.name)
    odd = (
        f"{x} < DATE '{_EARLIEST}-01-01' OR {x} >= DATE '{_LATEST}-01-01' "
        f"OR epoch({x}::TIMESTAMP) > {limit}"
    )
    row = ctx.table.con.execute(
        f"SELECT count(*), min({x})::VARCHAR, max({x})::VARCHAR FROM t WHERE {odd}"
    ).fetchone()
    count, first, last = row or (0, "", "")
    if not count or count > _FEW * (ctx.profile.rows - column.missing):
        return []
    shown = first if first == last else f"{first}, {last}"
    usual = f"{day(float(low))} to {day(float(high))}"
    facts = {"count": f"{count:,}", "examples": shown, "usual": usual}
    return [finding("impossible_dates", [column.name], concerns=count, **facts)]


def _year(seconds: float) -> int:
    return int(1970 + seconds // _YEAR)


def day(seconds: float) -> str:
    """The day of a moment given in seconds since 1970."""
    return str(np.datetime64(int(seconds // _DAY), "D"))


def coverage(ctx: Context) -> TimeCoverage | None:
    """From when to when the time column reaches, its usual step and its longest gap.

    Where it has more than a million different moments, those of the sample.
    """
    guess = guess_time(ctx.profile)
    if guess is None:
        return None
    column, x = ctx.profile.column(guess.value), ctx.sql(guess.value)
    exact = column.distinct <= _MOST_MOMENTS
    relation = "t" if exact else ctx.sample.relation
    raw = ctx.table.con.execute(
        f"SELECT DISTINCT epoch({x}::TIMESTAMP) AS m FROM {relation} WHERE {x} IS NOT NULL"
    ).fetchnumpy()["m"]
    moments = np.sort(np.ma.getdata(raw).astype(float))
    if len(moments) < 2:
        return None
    steps = np.diff(moments)
    widest = int(steps.argmax())
    return TimeCoverage(
        column=column.name,
        first=str(column.minimum),
        last=str(column.maximum),
        moments=len(moments),
        usual_step=float(np.median(steps)),
        usual_longest=float(np.quantile(steps, 0.99, method="lower")),
        longest_gap=float(steps[widest]),
        gap_from=_moment(moments[widest]),
        gap_to=_moment(moments[widest + 1]),
        exact=exact,
    )


def _moment(seconds: float) -> str:
    if seconds % _DAY == 0:
        return day(seconds)
    return str(np.datetime64(int(seconds // 60), "m")).replace("T", " ")


def _hole(ctx: Context) -> list[Finding]:
    """A gap that no other comes near: in a regular series three steps, else five long gaps."""
    time = ctx.profile.time
    if time is None or time.moments < 30:
        return []
    regular = time.usual_longest <= 1.5 * time.usual_step
    least = 3 * time.usual_step if regular else 5 * time.usual_longest
    if time.longest_gap < least:
        return []
    facts = {"low": time.gap_from, "high": time.gap_to, "step": span(time.usual_step)}
    return [finding("time_gap", [time.column], gap=span(time.longest_gap), **facts)]
