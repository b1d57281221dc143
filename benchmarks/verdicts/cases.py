"""What an experienced person would say about each shared case, by the name of its file.

`late`: the truth is about columns that are, or look, known too late. Such a case is run with
nothing excluded, where the verdict is the expected one (the leak must be called), and with what
the profile recommends to exclude, where `then` holds. All others run as recommended.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A file and the verdicts that would be right."""

    name: str
    expected: tuple[str, ...]
    target: str
    late: bool = False
    then: tuple[str, ...] = ("ml", "rule", "no_signal", "not_enough_data")


CASES = (
    Case("r01", ("ml",), "churn"),
    Case("r03", ("ml",), "Status"),
    Case("r10", ("ml",), "effect"),
    Case("r14", ("leak",), "interest_rate", late=True),
    Case("r16", ("leak",), "death", late=True),
    Case("r21", ("ml",), "avg_price_per_room"),
    Case("r24", ("ml",), "price"),
    Case("r27", ("ml", "rule"), "species"),
    Case("r29", ("ml", "not_enough_data"), "tumour"),
    Case("r30", ("leak", "not_enough_data"), "gender", late=True),
    Case("r34", ("rule",), "passengers"),
    Case("r38", ("ml",), "weight"),
    Case("n02", ("rule",), "class"),
    Case("n04", ("rule",), "total_day_charge"),
    Case("z01", ("no_signal",), "Direction"),
    Case("z05", ("no_signal",), "label"),
    Case("r40", ("leak",), "arr_delay", late=True),
    Case("r41", ("ml",), "late15"),
)
