"""What can be done about a finding, at one key: the answer that it changes, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mlops_tui.screens import Option, Words
from mlops_tui.steps.data.tables import AFTER, BEFORE, DOUBTS, as_table

if TYPE_CHECKING:
    from mlops_tui.profile import Finding, Profile, Remedy

_ASKED_AS = {"split_by_group": "group_column", "split_by_time": "time_column"}
"""Remedies that are the answer to another question of the step."""


class Mending:
    """The remedies of a profile's findings, and which of them the answers so far take.

    `answers` are those to `remedies`, `known_later`, `group_column` and `time_column`, as filled
    in; each change makes new ones.
    """

    def __init__(self, words: Words, profile: Profile, answers: Mapping[str, Any]) -> None:
        from mlops_tui.profile.offers import of_findings
        from mlops_tui.profile.roles import LEAKS

        self._words = words
        self._ask_when = LEAKS | DOUBTS
        self._profile = profile
        self._offers = of_findings(profile)
        self.answers = dict(answers)
        self.answers["known_later"] = as_table(self.answers.get("known_later"))

    def label(self, finding: Finding) -> str:
        """What its remedy does, in a few words; '' where nothing can be done at a key."""
        if self._late(finding):
            return self._words.labels[AFTER].format(columns=_listed(finding.columns))
        if asked := self._question(finding):
            return self._words.labels[asked].format(columns=finding.columns[0])
        told = self._offers.get(finding, [])
        return " · ".join(label(self._words, remedy) for remedy in told)

    def taken(self, finding: Finding) -> bool:
        """Whether the answers take the remedy of the finding."""
        if self._late(finding):
            late = self.answers["known_later"]
            return all(late.get(name, BEFORE) != BEFORE for name in self._late(finding))
        if asked := self._question(finding):
            return bool(self.answers.get(asked) == finding.columns[0])
        told = {remedy.written for remedy in self._offers.get(finding, [])}
        return bool(told) and told <= set(self.answers.get("remedies") or ())

    def toggle(self, finding: Finding) -> dict[str, Any]:
        """Take the remedy or take it back: the answers that are other now."""
        taken = self.taken(finding)
        if late := self._late(finding):
            changed = dict.fromkeys(late, BEFORE if taken else AFTER)
            change: dict[str, Any] = {"known_later": self.answers["known_later"] | changed}
        elif asked := self._question(finding):
            change = {asked: None if taken else finding.columns[0]}
        else:
            told = [remedy.written for remedy in self._offers.get(finding, [])]
            rest = [one for one in self.answers.get("remedies") or () if one not in told]
            change = {"remedies": rest if taken else [*rest, *told]}
        self.answers |= change
        return change

    def _late(self, finding: Finding) -> tuple[str, ...]:
        goal = self._profile.target.name if self._profile.target else None
        if finding.id not in self._ask_when:
            return ()
        return tuple(name for name in finding.columns if name != goal)

    def _question(self, finding: Finding) -> str | None:
        return _ASKED_AS.get(finding.remedy.action) if finding.remedy else None


def options(words: Words, profile: Profile) -> tuple[Option, ...]:
    """The remedies that can be chosen, each with the finding it answers."""
    from mlops_tui.profile.offers import offered
    from mlops_tui.profile.roles import LEAKS

    return tuple(
        Option(offer.remedy.written, label(words, offer.remedy), offer.finding.evidence)
        for offer in offered(profile)
        if offer.finding.id not in LEAKS
    )


def label(words: Words, remedy: Remedy) -> str:
    """A remedy in a few words."""
    from mlops_tui.profile.printing import printable

    return words.labels[remedy.action].format(
        columns=_listed(remedy.columns), value=printable(remedy.value, 40)
    )


def leaves_out(written: str) -> bool:
    """Whether a remedy, as an answer holds it, takes columns away."""
    return written.partition(" ")[0] == "exclude"


def mended(words: Words, written: str) -> str:
    """The same of a remedy as an answer holds it; any other answer stays as it is."""
    from mlops_tui.profile.model import Remedy

    try:
        remedy = Remedy.read(written)
    except ValueError:
        return written
    return label(words, remedy) if remedy.action in words.labels else written


def _listed(names: tuple[str, ...]) -> str:
    from mlops_tui.profile.printing import listed

    return listed(names, 4)
