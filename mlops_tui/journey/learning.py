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
    """The terms met so far, in the order of the steps, out of how many there are."""

    met: tuple[Term, ...]
    total: int


def learnt(decisions: Sequence[Decision], here: str | None = None) -> Learnt:
    """What the decided steps, and the one that is open, explained."""
    seen = {decision.step for decision in decisions} | {here}
    terms = glossary(ORDER)
    return Learnt(tuple(term for term in terms if term.step in seen), len(terms))


def document() -> str:
    """`docs/glossary.md`: every term, in the order of the alphabet."""
    terms = sorted(glossary(ORDER), key=lambda term: term.name.casefold())
    told = [
        {"name": term.name, "meaning": term.meaning, "step": STEPS[term.step].screen.title}
        for term in terms
    ]
    return render_text("records", "glossary.md", {"terms": told})
