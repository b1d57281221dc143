"""What the people who use a prediction ask of the model and of the service."""

from __future__ import annotations

P95_MS = {"instant": 150, "seconds": 1000, "batch": 5000, "unknown": 1000}
"""What a person calls instant ends near 0.1 s, what keeps their flow near 1 s (Nielsen 1993)."""
PEAK_REQUESTS_PER_SECOND = {"instant": 20.0, "seconds": 5.0, "batch": 1.0, "unknown": 5.0}


def candidates_allowed(explain: str) -> tuple[str, ...]:
    """The candidate models that can be explained as asked.

    The weights of a linear model add up to each single answer; forests and boosting can only be
    described as a whole (by permutation importance).
    """
    return ("linear",) if explain == "each" else ("linear", "boosting", "forest")
