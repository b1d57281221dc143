"""Columns that point at a person, by their names and by what their values look like."""

from __future__ import annotations

from mlops_tui.profile.checksums import identity
from mlops_tui.profile.context import Context
from mlops_tui.profile.model import ColumnProfile, Finding
from mlops_tui.profile.semantic import tokens
from mlops_tui.profile.words import finding
from mlops_tui.profile.workspace import literal

_PATTERNS = {
    "e-mail addresses": r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
    "device addresses": r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}",
    "IP addresses": r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f:]{1,20}",
    "phone numbers": r"(?:\+|00|\(\d|0)[\d\s().\-/]{7,18}\d|\d{3}[- .]\d{3,4}(?:[- .]\d{4})?",
}
_PERSON = r"\p{Lu}[\p{L}'.\-]+(?:,? \p{Lu}[\p{L}'.\-]*){1,3}"
_NAMED = {
    "e-mail addresses": {"email", "mail"},
    "phone numbers": {"phone", "telephone", "tel", "mobile", "cell", "fax"},
    "postal addresses": {"address", "street", "addr"},
    "social security numbers": {"ssn", "nin", "passport"},
    "bank account numbers": {"iban"},
    "birth dates": {"dob", "birthdate", "birthday"},
}
_NAME_PARTS = {"firstname", "lastname", "surname", "fullname", "forename", "maiden", "username"}
_NAME_OF = {
    "first", "last", "full", "family", "given", "middle", "customer", "client", "patient",
    "person", "contact", "employee", "user", "student", "member", "owner", "borrower",
}  # fmt: skip


def found(ctx: Context) -> list[Finding]:
    """All findings about personal data."""
    made = []
    for column in ctx.profile.columns:
        if ctx.target is not None and column.name == ctx.target.name:
            continue
        kind = _kind(ctx, column)
        if kind:
            made.append(finding("personal_data", [column.name], kind=kind))
    return made


def _kind(ctx: Context, column: ColumnProfile) -> str | None:
    words = set(tokens(column.name))
    if column.type in ("date", "datetime"):
        return "birth dates" if words & _NAMED["birth dates"] or "birth" in words else None
    if column.type == "integer":
        return _by_checksum(ctx, column)
    if column.type != "text" or column.distinct < 3:
        return None
    varied = column.distinct >= min(10, 0.5 * (ctx.profile.rows - column.missing))
    if varied and (words & _NAME_PARTS or ("name" in words and words & _NAME_OF)):
        return "names of people"
    for kind, named in _NAMED.items():
        if varied and words & named:
            return kind
    return _by_values(ctx, column, words)


def _by_values(ctx: Context, column: ColumnProfile, words: set[str]) -> str | None:
    # All these have digits or an @, but for names: a query less for each plain category.
    signs = any(c == "@" or c.isdigit() for value, _ in column.top for c in str(value))
    if not signs and "name" not in words:
        return None
    if numbered := _by_checksum(ctx, column):
        return numbered
    x = ctx.sql(column.name)
    kinds = {**_PATTERNS, "names of people": _PERSON}
    matched = ", ".join(
        f"count_if(regexp_full_match(trim({x}), {literal(pattern)}))" for pattern in kinds.values()
    )
    some = f"SELECT {x} FROM {ctx.sample.relation} WHERE {x} IS NOT NULL LIMIT 2000"
    query = f"SELECT count(*), {matched} FROM ({some})"
    present, *counts = ctx.table.con.execute(query).fetchone() or (0,)
    for kind, n in zip(kinds, counts, strict=True):
        if not present or n < 3:
            continue
        # Two capitalised words are often a place or a product: the name must say so, too.
        person = kind == "names of people"
        if person and not ("name" in words and column.distinct > 0.5 * present):
            continue
        if n >= (0.4 if person else 0.5) * present:
            return kind
    return None


def _by_checksum(ctx: Context, column: ColumnProfile) -> str | None:
    """Numbers of cards, accounts, people; long ones also where they were read as whole numbers."""
    # The shortest of them has ten digits.
    large = isinstance(column.maximum, int) and column.maximum >= 10**10
    if column.distinct < 3 or (column.type == "integer" and not large):
        return None
    x = f"{ctx.sql(column.name)}::VARCHAR"
    some = f"SELECT {x} AS v FROM {ctx.sample.relation} WHERE v IS NOT NULL LIMIT 500"
    rows = ctx.table.con.execute(f"SELECT DISTINCT v FROM ({some}) ORDER BY v").fetchall()
    return identity([value for (value,) in rows])
