"""The words of the subject: all of them, and those met so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlops_tui.lifecycle import ORDER
from mlops_tui.project.render import render_text
from mlops_tui.screens import Term, glossary
from mlops_tui.session import Decision
from mlops_tui.steps import STEPS


@dataclass(frozen=True, slots=True)
class Learnt:
    """The terms met so far and those to come, in the order of the steps."""

    met: tuple[Term, ...]
    coming: tuple[Term, ...]

    @property
    def total(self) -> int:
        """How many terms there are."""
        return len(self.met) + len(self.coming)

    def told(self) -> str:
        """How far one has come, and what comes next, in a sentence or two."""
        if not self.coming:
            return f"You have met all {self.total} words of the subject."
        following = self.coming[0].step
        names = ", ".join(term.name for term in self.coming if term.step == following)
        ahead = f"Next, in {STEPS[following].screen.title}: {names}."
        return f"You have met {len(self.met)} of {self.total} words. {ahead}"


def learnt(decisions: Sequence[Decision], here: str | None = None) -> Learnt:
    """What the decided steps, and the one that is open, explained."""
    seen = {decision.step for decision in decisions} | {here}
    terms = glossary(ORDER)
    return Learnt(
        tuple(term for term in terms if term.step in seen),
        tuple(term for term in terms if term.step not in seen),
    )


def by_step(terms: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """Terms under the title of the step that explains them, in the order of the steps."""
    return [
        (STEPS[step].screen.title, [term for term in terms if term.step == step])
        for step in ORDER
        if any(term.step == step for term in terms)
    ]


def document() -> str:
    """`docs/glossary.md`: every term, in the order of the alphabet."""
    terms = sorted(glossary(ORDER), key=lambda term: term.name.casefold())
    told = [
        {"name": term.name, "meaning": term.meaning, "step": STEPS[term.step].screen.title}
        for term in terms
    ]
    return render_text("records", "glossary.md", {"terms": told})
