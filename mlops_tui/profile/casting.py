"""Which type the texts of a column stand for.

Types are guessed from a sample and then checked on every value: a column gets a type only
when all of it can be read that way. Numbers with leading zeros are codes and stay text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mlops_tui.profile.workspace import literal

# What people write for "no value". The plain ones are never a category of their own.
PLAIN_MARKERS = ("#N/A", "N/A", "n/a", "NULL", "null", "NaN", "nan", "NAN", "\\N", "<NA>", "#NA")
_MAYBE = ("?", "NA", "na", "None", "none", "-", "--", "---", ".", "missing", "Missing")
_INFINITE = ("inf", "-inf", "Inf", "-Inf", "Infinity", "-Infinity", "infinity", "-infinity")
MARKERS = frozenset((*PLAIN_MARKERS, *_MAYBE, *_INFINITE))

_CURRENCY = r"(?:[$€£¥]|EUR|USD|GBP|CHF)"
_COMMA = r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,\d+)?"
_PLAIN_COMMA = r"-?\d{1,15}(?:,\d+)?"
_THOUSANDS = r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?"


GOALS = {
    "text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN",
    "date": "DATE", "datetime": "TIMESTAMP", "time": "TIME",
}  # fmt: skip
"""The type in SQL for each of our types."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to read texts: a pattern they all fit and the SQL that converts `{x}`.

    `order` is which part of a date like 1/2/2020 comes first, where that had to be guessed.
    """

    name: str
    type: str
    pattern: re.Pattern[str]
    sql: str
    note: str = ""
    order: str = ""

    def cast(self, x: str) -> str:
        """SQL for the value of the text expression `x`, NULL where it does not fit."""
        fits = f"regexp_full_match({x}, {literal(self.pattern.pattern)})"
        return f"CASE WHEN {fits} THEN {self.sql.replace('{x}', x)} END"


def _kind(name: str, type_: str, pattern: str, sql: str, note: str = "") -> Kind:
    return Kind(name, type_, re.compile(pattern), sql, note)


def _format(
    name: str, type_: str, pattern: str, mask: str, note: str = "", order: str = ""
) -> Kind:
    sql = f"try_strptime({{x}}, '{mask}')::{GOALS[type_]}"
    return Kind(name, type_, re.compile(pattern), sql, note, order)


_HMS = r"\d{1,2}:\d{2}:\d{2}"
_HM = r"\d{1,2}:\d{2}"


def _day_kinds() -> list[Kind]:
    """Dates with numbers, month first before day first where both would fit."""
    kinds = []
    for sep, shown in (("/", "/"), ("-", "-"), (r"\.", ".")):
        day = rf"\d{{1,2}}{sep}\d{{1,2}}{sep}\d{{4}}"
        first = [("%m", "%d", "month first"), ("%d", "%m", "day first")]
        for a, b, order in first if shown == "/" else first[::-1]:
            mask = f"{a}{shown}{b}{shown}%Y"
            told = f"Dates like 1{shown}2{shown}2020 were read {order}."
            kinds.append(_format(f"date {mask}", "date", day, mask, told, order))
            for clock, pattern in (("%H:%M:%S", _HMS), ("%H:%M", _HM)):
                full, whole = f"{mask} {clock}", f"{day} {pattern}"
                kinds.append(_format(f"datetime {full}", "datetime", whole, full, told, order))
    return kinds


INTEGER = _kind("integer", "integer", r"-?(?:0|[1-9]\d{0,17})", "TRY_CAST({x} AS BIGINT)")
NUMBER = _kind(
    "number",
    "number",
    r"(?:-?(?:0|[1-9]\d{0,14})|\+(?:0|[1-9]\d{0,5})|-?)(?:\.\d*)?(?:[eE][+-]?\d{1,3})?",
    "TRY_CAST({x} AS DOUBLE)",
)
COMMA = _kind("decimal comma", "number", _PLAIN_COMMA, "TRY_CAST(replace({x}, ',', '.') AS DOUBLE)")
GROUPED_COMMA = _kind(
    "decimal comma, thousands",
    "number",
    _COMMA,
    "TRY_CAST(replace(replace({x}, '.', ''), ',', '.') AS DOUBLE)",
    "Points between thousands were removed.",
)
THOUSANDS = _kind(
    "thousands",
    "number",
    _THOUSANDS,
    "TRY_CAST(replace({x}, ',', '') AS DOUBLE)",
    "Commas between thousands were removed.",
)
# Blanks of several widths, and the apostrophes that the Swiss set, between thousands.
_GAP = "[ \u00a0\u2009\u202f'\u2019]"
_SIGN = "[-\u2212]"
_GAPPED = rf"(?:[1-9]\d{{0,2}}(?:{_GAP}\d{{3}})+|\d{{1,15}})"
_GAP_OUT = f"replace(regexp_replace({{x}}, {literal(_GAP)}, '', 'g'), '\u2212', '-')"
_GAPS = "Blanks or apostrophes between thousands were removed, dashes taken for minus signs."
_ACCOUNTS = rf"\({_THOUSANDS}\)"
_CURRENCY_OUT = f"regexp_replace({{x}}, '{_CURRENCY}|\\s', '', 'g')"
GAPPED_COMMA = _kind(
    "gaps, decimal comma",
    "number",
    rf"{_SIGN}?{_GAPPED}(?:,\d+)?",
    f"TRY_CAST(replace({_GAP_OUT}, ',', '.') AS DOUBLE)",
    _GAPS,
)
MONEY_COMMA = _kind(
    "money, decimal comma",
    "number",
    rf"-?{_CURRENCY}?\s?{_COMMA}\s?{_CURRENCY}?",
    f"TRY_CAST(replace(replace({_CURRENCY_OUT}, '.', ''), ',', '.') AS DOUBLE)",
    "The currency sign was removed.",
)
_KINDS: list[Kind] = [
    INTEGER,
    NUMBER,
    COMMA,
    GROUPED_COMMA,
    THOUSANDS,
    GAPPED_COMMA,
    _kind(
        "gaps",
        "number",
        rf"{_SIGN}?{_GAPPED}(?:\.\d+)?",
        f"TRY_CAST({_GAP_OUT} AS DOUBLE)",
        _GAPS,
    ),
    _kind(
        "accounts",
        "number",
        rf"{_THOUSANDS}|{_ACCOUNTS}",
        "TRY_CAST(regexp_replace(replace({x}, ',', ''), '^\\((.*)\\)$', '-\\1') AS DOUBLE)",
        "Numbers in parentheses were read as negative.",
    ),
    _kind(
        "money",
        "number",
        rf"-?{_CURRENCY}?\s?{_THOUSANDS}\s?{_CURRENCY}?",
        f"TRY_CAST(replace({_CURRENCY_OUT}, ',', '') AS DOUBLE)",
        "The currency sign was removed.",
    ),
    MONEY_COMMA,
    _kind(
        "percent",
        "number",
        r"-?\d+(?:[.,]\d+)?\s?%",
        "TRY_CAST(replace(regexp_replace({x}, '\\s?%', ''), ',', '.') AS DOUBLE)",
        "The percent sign was removed.",
    ),
    _kind(
        "boolean",
        "boolean",
        r"(?i:true|false)",
        "TRY_CAST(lower({x}) AS BOOLEAN)",
    ),
]
DATES: list[Kind] = [
    _kind("iso date", "date", r"\d{4}-\d{2}-\d{2}", "TRY_CAST({x} AS DATE)"),
    _kind(
        # Some programs write midnight as a bare date; where all are bare, they are dates.
        "iso datetime",
        "datetime",
        r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?",
        "TRY_CAST({x} AS TIMESTAMP)",
    ),
    _format("year-month", "date", r"(?:1[5-9]|20)\d{2}-(?:0[1-9]|1[0-2])", "%Y-%m"),
    _format("date %Y/%m/%d", "date", r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    *_day_kinds(),
    _format("date %d-%b-%Y", "date", r"\d{1,2}-[A-Za-z]{3}-\d{4}", "%d-%b-%Y"),
    _format("date %d %b %Y", "date", r"\d{1,2} [A-Za-z]{3} \d{4}", "%d %b %Y"),
    _format("time h:m:s", "time", _HMS, "%H:%M:%S"),
    _format("time h:m", "time", _HM, "%H:%M"),
]
MOMENTS = ("date", "datetime", "time")
"""The types of `DATES`."""
ALL = [*_KINDS, *DATES]


def candidates(values: list[str], least: float, kinds: list[Kind] | None = None) -> list[Kind]:
    """The kinds that at least the share `least` of `values` fit, the plainest first."""
    found = []
    for kind in kinds if kinds is not None else ALL:
        if _likely(kind, values, least) and values:
            fit = sum(1 for value in values if kind.pattern.fullmatch(value))
            if fit >= least * len(values):
                found.append(kind)
    return found


def plainest(values: list[str], least: float, kinds: list[Kind]) -> Kind | None:
    """The first kind that all `values` fit, else the first that most do."""
    best: Kind | None = None
    for kind in kinds:
        if not values or not _likely(kind, values, least):
            continue
        fit = sum(1 for value in values if kind.pattern.fullmatch(value))
        if fit == len(values):
            return kind
        if best is None and fit >= least * len(values):
            best = kind
    return best


def _likely(kind: Kind, values: list[str], least: float) -> bool:
    """Do the first values look like it? Most kinds are ruled out by a glance."""
    fits = kind.pattern.fullmatch
    glance, few = values[:8], values[:40]
    if len(few) > 20 and not any(fits(value) for value in glance):
        return False
    return sum(1 for value in few if fits(value)) >= 0.5 * least * len(few)


def comma_is_decimal(columns: list[list[str]], delimiter: str | None) -> bool:
    """Does this file write 3,5 for three and a half? Some column must show it plainly."""
    for values in columns:
        with_comma = [value for value in values if "," in value]
        if not with_comma:
            continue
        odd = any(_decimals(value) != 3 for value in with_comma)
        if candidates(values, 0.95, [GROUPED_COMMA, GAPPED_COMMA]) and (delimiter == ";" or odd):
            return True
        # Of "$1,234" no delimiter tells what it means, so that its decimals must.
        if odd and candidates(values, 0.95, [MONEY_COMMA]):
            return True
    return False


def _decimals(value: str) -> int:
    """How many digits come after the last comma."""
    after = value.rsplit(",", 1)[1]
    return len(after) - len(after.lstrip("0123456789"))


_WITH_POINT = {"thousands", "money", "gaps", "accounts"}
_WITH_COMMA = {
    "decimal comma", "decimal comma, thousands", "money, decimal comma", "gaps, decimal comma",
}  # fmt: skip


def ordered(kinds: list[Kind], decimal_comma: bool, dates: str | None = None) -> list[Kind]:
    """Drop the readings that contradict how the file writes decimals, and dates where told.

    Where the comma is decimal, 1.234 is more than a thousand: plain numbers come last.
    """
    wrong = _WITH_POINT if decimal_comma else _WITH_COMMA
    kept = [k for k in kinds if k.name not in wrong and (not dates or k.order in ("", dates))]
    return sorted(kept, key=lambda kind: kind is NUMBER) if decimal_comma else kept
