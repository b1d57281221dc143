"""The truths, in one table: what an experienced person would say about each case.

A shared case is a file of the folder whose name begins with the case's name; a made one has its
maker. `late`: the truth is about columns that are, or look, known too late. Such a case is run
with nothing excluded, where the verdict is the expected one (the leak must be called), and with
what the profile recommends to exclude, where `then` holds. All others run as recommended.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.verdicts import made
from benchmarks.verdicts.made import Maker

ANY = ("ml", "rule", "no_signal", "not_enough_data")
MADE_SEEDS, NOISE_SEEDS = 1, 20


@dataclass(frozen=True)
class Case:
    """A table and the verdicts that would be right; `noise` has bars of its own."""

    name: str
    expected: tuple[str, ...]
    target: str = "answer"
    late: bool = False
    then: tuple[str, ...] = ANY
    make: Maker | None = None
    noise: bool = False

    @property
    def seeds(self) -> int:
        """How often it is made, unless told otherwise."""
        return NOISE_SEEDS if self.noise else MADE_SEEDS


SHARED = (
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
MADE = (
    Case("rule_threshold", ("rule",), make=made.rule_threshold),
    Case("rule_both", ("rule",), make=made.rule_both),
    Case("rule_lookup", ("rule",), make=made.rule_lookup),
    Case("formula", ("rule",), make=made.formula),
    Case("signal", ("ml",), make=made.signal),
    Case("signal_number", ("ml",), make=made.signal_number),
    Case("leak_derived", ("leak",), late=True, then=("ml",), make=made.leak_derived),
    Case("leak_number", ("leak",), late=True, then=("ml",), make=made.leak_number),
    Case("leak_missing", ("leak",), late=True, then=("ml",), make=made.leak_missing),
    Case("too_few", ("not_enough_data",), make=made.too_few),
    Case("persistence", ("rule",), make=made.persistence),
    Case("groups_alone", ("no_signal",), make=made.groups_alone),
    Case("groups_signal", ("ml",), make=made.groups_signal),
    Case("noise_coin", ("no_signal",), make=made.noise_coin, noise=True),
    Case("noise_kinds", ("no_signal",), make=made.noise_kinds, noise=True),
    Case("noise_number", ("no_signal",), make=made.noise_number, noise=True),
)
CASES = SHARED + MADE
