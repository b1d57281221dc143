"""What is usual for each kind of problem: guesses to start from, never more than that."""

from __future__ import annotations

import re

OUTCOME_KNOWN: dict[str, str] = {
    "churn": "months",
    "demand": "days",
    "fraud": "months",
    "maintenance": "months",
    "triage": "days",
    "pricing": "days",
    "recommendations": "at_once",
    "quality": "days",
}
"""When the true outcome of a case is mostly known. A card holder has weeks to dispute a payment,
a click comes at once."""
FUTURE: dict[str, str] = {
    "demand": "seasons",
    "fraud": "changes",
    "pricing": "changes",
    "recommendations": "changes",
}
"""How the next year mostly compares with those before, where the kind tells: who commits fraud
answers to what catches him, prices follow markets, news get old."""
FEEDBACK: dict[str, str] = {
    "churn": "yes",
    "demand": "no",
    "fraud": "yes",
    "maintenance": "yes",
    "triage": "yes",
    "pricing": "yes",
    "recommendations": "yes",
    "quality": "no",
}
"""Whether acting on predictions mostly changes the outcomes recorded later (Sculley et al. 2015:
direct feedback loops): the repaired pump does not fail, what is not shown is not clicked."""
ROW_IS: dict[str, str] = {
    "churn": "one customer on the first day of a month",
    "demand": "one product in one shop on one day",
    "fraud": "one payment, at the moment it is made",
    "maintenance": "one machine on one day",
    "triage": "one case, at the moment it comes in",
    "pricing": "one thing on offer, before its price is known",
    "recommendations": "one thing shown to one person",
    "quality": "one part, after its last measurement",
}
"""What one row mostly stands for: a thing and a moment."""
_IN_NAMES: dict[str, str] = {
    "churn": r"churn|cancel|attrition|retention",
    "demand": r"demand|sales|forecast|stock|orders",
    "fraud": r"fraud|scam|chargeback",
    "maintenance": r"maintenance|failure|breakdown|machine|pump",
    "triage": r"triage|ticket|support|routing|inbox",
    "pricing": r"pric(e|es|ing)|tariff",
    "recommendations": r"recommend",
    "quality": r"quality|defect|scrap",
}


def guess(name: str) -> str | None:
    """The kind of problem that a project's name sounds like."""
    plain = name.casefold()
    return next((kind for kind, found in _IN_NAMES.items() if re.search(found, plain)), None)
