"""Which remedies a profile calls for, and which of them an experienced engineer always applies.

An offer changes the table. What findings advise about other questions (how to split, when a
column is known) is not offered here: those questions have answers of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlops_tui.profile.model import Finding, Profile, Remedy
from mlops_tui.profile.roles import guess_group, guess_time, keys

# A few slips in a column of numbers are slips; more, and the text may mean something.
MIXED_SHARE = 0.01
# Markers of numbers can be compared once texts are numbers, and copies are alike once their values
# are mended. Columns go last: without its key, a row may look like a copy of another one.
ACTIONS = ("as_number", "as_missing", "merge_variants", "drop_duplicates", "exclude")
"""All actions, in the order in which they are applied, whatever order they were chosen in."""
_EXCLUDED = {
    "personal_data": ("personal", True),
    "empty_column": ("empty", True),
    "constant": ("constant", False),
    "identifier": ("identifier", False),
    "twin": ("twin", False),
    "recoded_twin": ("twin", False),
}
_VALUES = {
    "sentinel": ("sentinel", True),
    "date_placeholder": ("sentinel", True),
    "zero_suspect": ("zero", False),
    "suspected_markers": ("marker", False),
    "dirty_categories": ("variants", True),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A remedy that can be taken, where it comes from, and whether it is recommended.

    `reason` is one of personal, empty, constant, identifier, twin, sentinel, zero, marker,
    variants, mixed_few, mixed_many, copies_of_keys, copies.
    """

    remedy: Remedy
    finding: Finding
    recommended: bool
    reason: str


def offered(profile: Profile) -> list[Offer]:
    """All offers, in the order in which remedies are best applied; each remedy once.

    The columns of one finding are offered one by one, since each can be kept.
    """
    goal = profile.target.name if profile.target else None
    made: dict[Remedy, Offer] = {}
    for finding in profile.findings:
        for offer in _offers(profile, finding):
            if goal is None or offer.remedy.action != "exclude" or goal not in offer.remedy.columns:
                made.setdefault(offer.remedy, offer)
    return sorted(made.values(), key=lambda offer: ACTIONS.index(offer.remedy.action))


def of_findings(profile: Profile) -> dict[Finding, list[Remedy]]:
    """What can be done about each finding; the same remedy may answer several."""
    found = {finding: [o.remedy for o in _offers(profile, finding)] for finding in profile.findings}
    goal = profile.target.name if profile.target else ""
    return {
        finding: [r for r in remedies if r.action != "exclude" or goal not in r.columns]
        for finding, remedies in found.items()
    }


def recommended(profile: Profile, target: str) -> list[str]:
    """The recommended remedies, written on a line each; none is about `target`.

    The answer itself is changed only by who knows what it means, so its column is not among
    them; nor are further remedies for a column that is to be left out. A column that says when,
    or about whom a row is, stays where it is the one to split by: it is no input then anyway.
    """
    when, who = guess_time(profile), guess_group(profile, target)
    kept = {target, *(guess.value for guess in (when, who) if guess)}
    chosen = [offer.remedy for offer in offered(profile) if offer.recommended]
    chosen = [r for r in chosen if target not in r.columns]
    chosen = [r for r in chosen if r.action != "exclude" or not kept & set(r.columns)]
    gone = {name for r in chosen if r.action == "exclude" for name in r.columns}
    return [r.written for r in chosen if r.action == "exclude" or not gone & set(r.columns)]


def _offers(profile: Profile, finding: Finding) -> Iterator[Offer]:
    remedy = finding.remedy
    if remedy is None:
        return
    if finding.id in _EXCLUDED:
        reason, always = _EXCLUDED[finding.id]
        for name in remedy.columns:
            yield Offer(Remedy("exclude", (name,)), finding, always, reason)
    elif finding.id in _VALUES:
        reason, always = _VALUES[finding.id]
        yield Offer(remedy, finding, always, reason)
    elif finding.id == "mixed_types":
        told = profile.extra["mixed"][finding.columns[0]]
        few = told["unread"] <= MIXED_SHARE * told["of"]
        yield Offer(remedy, finding, few, "mixed_few" if few else "mixed_many")
    elif finding.id == "duplicate_rows":
        # Two equal rows with the same key are one row that was exported twice.
        keyed = bool(keys(profile))
        yield Offer(remedy, finding, keyed, "copies_of_keys" if keyed else "copies")
