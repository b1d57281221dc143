"""Guesses about the part each column plays, from a profile alone; a person confirms them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mlops_tui.profile.figures import Value
from mlops_tui.profile.model import ColumnProfile, Profile
from mlops_tui.profile.semantic import looks_like_id, tokens

Task = Literal["binary", "multiclass", "regression"]
Treatment = Literal["number", "category", "datetime", "text", "drop"]

LEAKS = frozenset(
    {
        "leak_single_column",
        "leak_missingness",
        "leak_recoding",
        "leak_derived",
        "leak_known_later",
    }
)
ENTITIES = ("entity", "panel")

_ANSWER = {"target", "label", "y", "class", "outcome", "response", "answer"}
_LIKELY = {
    "churn", "churned", "default", "defaulted", "fraud", "status", "survived", "death", "died",
    "price", "sales", "demand", "quality", "diagnosis", "late", "delay", "delayed", "failed",
    "failure", "readmitted", "species", "revenue", "charge", "passengers", "converted",
    "clicked", "approved", "direction", "rating", "score", "result", "effect", "gender",
}  # fmt: skip
_YES = {
    "yes", "y", "true", "t", "1", "1.0", "positive", "pos", "bad", "churn", "churned", "fraud",
    "late", "default", "defaulted", "dead", "died", "fail", "failed", "failure", "sick", "spam",
    "malignant", "poisonous", "readmitted", "up", "won", "converted", "on",
}  # fmt: skip
_NO = {
    "no", "n", "false", "f", "0", "0.0", "negative", "neg", "good", "ok", "none", "alive", "ham",
    "benign", "healthy", "edible", "down", "lost", "off", "pass", "passed",
}  # fmt: skip
_BIRTH = {"birth", "dob", "born", "birthday", "birthdate"}
_ENTITY = {
    "customer", "client", "user", "patient", "subject", "person", "member", "account", "device",
    "machine", "sensor", "employee", "student", "player", "household", "chick", "animal",
    "participant", "session", "vehicle", "meter", "unit", "asset", "engine", "borrower",
}  # fmt: skip
_CODES = {"code", "zip", "zipcode", "postcode", "postal", "plz", "sic", "naics", "flight"}
_INVISIBLE = ("identifier", "constant", "nested")


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed value and the id of the reason for it (the words are in the screens)."""

    value: str
    reason: str
    score: float = 0.0


def guess_targets(profile: Profile) -> list[Guess]:
    """The columns that could be the answer, the likeliest first."""
    last = len(profile.columns) - 1
    siblings = {name.casefold() for name in profile.names}
    guesses = []
    for i, column in enumerate(profile.columns):
        if column.semantic in (*_INVISIBLE, "datetime", "text") or not column.distinct:
            continue
        score, reason = _answer_score(column, siblings)
        score += 2.0 if i == last else 1.5 if i == 0 else 0.0
        score -= 3.0 * column.missing / max(profile.rows, 1)
        score -= 2.0 if column.semantic == "category" and column.distinct > 50 else 0.0
        if reason == "plain" and i in (0, last):
            reason = "last_column" if i == last else "first_column"
        guesses.append(Guess(column.name, reason, round(score, 3)))
    return sorted(guesses, key=lambda g: -g.score)


def _answer_score(column: ColumnProfile, siblings: set[str]) -> tuple[float, str]:
    words = set(tokens(re.sub(r"\d+$", "", column.name)))
    two = 1.0 if column.distinct == 2 else 0.0
    # Beside x and z, y is a length.
    if words & _ANSWER and len(words) <= 2 and not (words == {"y"} and "z" in siblings):
        return 8.0 + two, "named_answer"
    if words & _LIKELY:
        return 4.0 + two + {1: 3.0, 2: 1.0}.get(len(words), 0.0), "named_likely"
    if column.semantic in ("boolean", "category", "money"):
        return 0.5, "plain"
    return 0.2, "plain"


def guess_task(profile: Profile, target: str) -> tuple[Task, str]:
    """What kind of question the target asks, and the id of the reason."""
    column = profile.column(target)
    if column.distinct <= 2:
        return "binary", "two_values"
    if column.type in ("text", "boolean"):
        return "multiclass", "several_classes"
    if column.type == "integer" and column.distinct <= 10 and column.semantic == "ordinal":
        return "multiclass", "few_whole_numbers"
    return "regression", "many_numbers"


def guess_positive(profile: Profile, target: str) -> tuple[str, str] | None:
    """The class of a two-valued target that counts as "it happened"; None for other targets."""
    column = profile.column(target)
    if column.distinct != 2 or len(column.top) < 2:
        return None
    counted = [(as_text(value), n) for value, n in column.top[:2]]
    folded = [text.strip().casefold() for text, _ in counted]
    for i in (0, 1):
        if folded[i] in _YES and (folded[1 - i] in _NO or folded[1 - i] not in _YES):
            return counted[i][0], "means_yes"
    for i in (0, 1):
        if folded[i] in _NO:
            return counted[1 - i][0], "other_means_no"
    rarer = min(counted, key=lambda pair: (pair[1], pair[0]))
    return rarer[0], "rarer"


def as_text(value: Value) -> str:
    """A class as the text that settings use: true, 1, bad."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def guess_time(profile: Profile) -> Guess | None:
    """The column that says when a row happened."""
    best: Guess | None = None
    for column in profile.columns:
        if column.type not in ("date", "datetime") or column.distinct < 3:
            continue
        if set(tokens(column.name)) & _BIRTH:
            continue
        score = (2.0 if column.monotone else 0.0) - 3.0 * column.missing / max(profile.rows, 1)
        score += min(column.distinct / max(profile.rows, 1), 1.0)
        if best is None or score > best.score:
            best = Guess(column.name, "in_order" if column.monotone else "has_dates", score)
    return best


def guess_group(profile: Profile, target: str | None = None) -> Guess | None:
    """The column that says which person or thing a row is about, where those repeat."""
    for finding in profile.findings:
        if finding.id in ENTITIES and finding.columns[0] != target:
            return Guess(finding.columns[0], finding.id)
    named = [c for c in profile.columns if c.name != target and repeats(profile, c)]
    return Guess(named[0].name, "named_entity") if named else None


def repeats(profile: Profile, column: ColumnProfile) -> bool:
    """Is this a column of keys (by its name) in which the keys come back?"""
    if column.type not in ("text", "integer") or column.distinct < 5:
        return False
    present = profile.rows - column.missing
    average = present / max(column.distinct, 1)
    words = tokens(column.name)
    named = looks_like_id(column.name) or (words and words[-1] in _ENTITY and len(words) <= 2)
    return bool(named) and 1.3 <= average <= present / 5


def keys(profile: Profile) -> list[str]:
    """The columns that tell rows apart once copies of whole rows are gone."""
    left = profile.rows - profile.duplicates if profile.duplicates_exact else -1
    return [c.name for c in profile.columns if c.semantic == "identifier" or _is_key(c, left)]


def _is_key(column: ColumnProfile, rows: int) -> bool:
    if column.distinct != rows or rows < 20 or column.missing or not column.distinct_exact:
        return False
    if column.type == "text":
        return column.lengths is not None and column.lengths.mean_words < 4
    return column.type == "integer" and looks_like_id(column.name)


def guess_treatments(
    profile: Profile, target: str, group: str | None = None, exclude: frozenset[str] = frozenset()
) -> dict[str, tuple[Treatment, str]]:
    """How each input column could be used, with the id of the reason."""
    personal = _columns_with(profile, "personal_data")
    twins = {f.columns[1] for f in profile.findings if f.id in ("twin", "recoded_twin")}
    made: dict[str, tuple[Treatment, str]] = {}
    for column in profile.columns:
        if column.name == target or column.name in exclude:
            continue
        if column.name == group:
            made[column.name] = ("drop", "group")
        elif column.name in personal:
            made[column.name] = ("drop", "personal")
        elif column.name in twins:
            made[column.name] = ("drop", "twin")
        else:
            made[column.name] = _treatment(column, profile.rows)
    return made


def _columns_with(profile: Profile, kind: str) -> set[str]:
    return {name for f in profile.findings if f.id == kind for name in f.columns}


def _treatment(column: ColumnProfile, rows: int) -> tuple[Treatment, str]:
    if column.missing >= rows:
        return "drop", "empty"
    if column.semantic in _INVISIBLE:
        return "drop", column.semantic
    if column.type in ("date", "datetime"):
        return "datetime", "dates"
    if column.type == "time":
        return "drop", "clock_time"
    if column.type in ("integer", "number"):
        named = set(tokens(column.name)) & _CODES or looks_like_id(column.name)
        if named and column.type == "integer" and column.semantic != "boolean":
            return "category", "code"
        return "number", "numbers"
    if column.semantic == "text":
        return "text", "sentences"
    if column.distinct > 0.5 * (rows - column.missing) and column.distinct > 50:
        return "text", "almost_all_different"
    return "category", "levels"


def suspects_known_later(profile: Profile, target: str) -> list[str]:
    """The columns that seem to be known only after the answer is.

    The parts of a formula are not among them: known in time, they make the formula the answer.
    """
    found: dict[str, None] = {}
    for finding in profile.findings:
        if finding.id in LEAKS:
            found.update(dict.fromkeys(name for name in finding.columns if name != target))
    return [name for name in profile.names if name in found]
