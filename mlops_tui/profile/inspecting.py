"""Read a source and find out about it: the profile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mlops_tui.profile.corrections import UNCORRECTED, Corrections
from mlops_tui.profile.figures import TargetProfile
from mlops_tui.profile.measures import Figures
from mlops_tui.profile.model import ColumnProfile, Profile
from mlops_tui.profile.reading import opened
from mlops_tui.profile.semantic import meaning
from mlops_tui.profile.spread import counted
from mlops_tui.profile.statistics import EXACT_ROWS, Statistics, measured
from mlops_tui.profile.table import Progress, Table

_CLASSES = 50
OnProgress = Callable[[float, float | None, str], None]


def inspect(
    source: Path | str,
    target: str | None = None,
    on_progress: OnProgress | None = None,
    corrections: Corrections = UNCORRECTED,
) -> Profile:
    """The profile of what `source` names; with `target`, findings about it, too."""
    with opened(source, on_progress, corrections) as table:
        return profiled(table, target, on_progress)


def profiled(table: Table, target: str | None = None, told: Progress | None = None) -> Profile:
    """The profile of a table that is open."""
    from mlops_tui.profile import findings

    told = told or (lambda done, total, label: None)
    statistics = measured(table, told)
    profile = _assembled(table, statistics)
    if target is not None:
        profile = with_target(profile, target)
    told(0, None, "looking for problems")
    return findings.added(profile, table, told)


def with_target(profile: Profile, target: str) -> Profile:
    """The profile with its target block; KeyError when there is no such column."""
    from dataclasses import replace

    column = profile.column(target)
    few = column.distinct <= _CLASSES
    classes = column.top if few else None
    block = TargetProfile(target, column.missing, classes, column.distinct)
    return replace(profile, target=block)


def _assembled(table: Table, statistics: Statistics) -> Profile:
    money = set(table.facts.get("money", ()))
    infinite = table.facts.get("infinite", {})
    columns = []
    for column, figures in zip(table.columns, statistics.figures, strict=True):
        columns.append(
            ColumnProfile(
                name=column.name,
                physical=column.physical,
                type=column.type,
                semantic=meaning(column, figures, table.rows, column.name in money),
                missing=table.rows - figures.present,
                not_finite=infinite.get(column.name, 0),
                sampled=_sampled(figures, statistics),
                **_measures(figures),
            )
        )
    extra = {k: v for k, v in table.facts.items() if k in ("mixed", "marked") and v}
    return Profile(
        rows=table.rows,
        columns=tuple(columns),
        detected=table.detected,
        duplicates=statistics.duplicates,
        duplicates_exact=table.rows <= EXACT_ROWS,
        sampled_rows=statistics.sampled_rows,
        source_name=table.name,
        extra=extra,
    )


def _sampled(figures: Figures, statistics: Statistics) -> tuple[str, ...]:
    """The figures of a column that were not taken of all rows."""
    if statistics.sampled_rows is None:
        return ()
    names = [name for name in ("lengths", "monotone") if getattr(figures, name)]
    if not statistics.exact and not counted(figures):
        names += [name for name in ("histogram", "quantiles") if getattr(figures, name)]
        names += ["top"] if figures.top else []
    return tuple(sorted(names))


def _measures(figures: Figures) -> dict[str, Any]:
    names = (
        "distinct",
        "distinct_exact",
        "minimum",
        "maximum",
        "mean",
        "stddev",
        "quantiles",
        "top",
        "histogram",
        "lengths",
        "outliers",
        "monotone",
    )
    return {name: getattr(figures, name) for name in names}
