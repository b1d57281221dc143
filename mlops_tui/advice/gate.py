"""How much better than a rule a model must be, and where that comes from."""

from __future__ import annotations

USUAL = 0.02
FRESH = 0.01
WARY = 0.05


def smallest_improvement(
    wanted: float | None, wary: bool, today: str, rule: str, truth: str
) -> tuple[float, str]:
    """The relative improvement to ask for, and why, in a word.

    What people said they want comes first, then caution, then what stands in place today and what
    is measured: a gain in a stand-in for the outcome is worth less than one in the outcome itself.
    """
    if wanted is not None:
        return wanted, "wanted"
    if wary:
        return WARY, "wary"
    if today == "vendor":
        return WARY, "vendor"
    if truth == "proxy":
        return WARY, "proxy"
    if rule == "none":
        return FRESH, "fresh"
    return USUAL, "usual"
