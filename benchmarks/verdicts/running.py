"""Case after case: find or make the table, let a project judge it, compare with the truth."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.verdicts.cases import Case
from benchmarks.verdicts.making import judged, thinned


@dataclass(frozen=True)
class Run:
    """What was found about one table; `found` is empty where it broke."""

    HEADING: ClassVar[str] = (
        "case | excluded | expected | found | right | split | metric | model | best rule | gain"
    )
    case: Case
    name: str
    expected: tuple[str, ...]
    found: dict[str, Any] = field(default_factory=dict)
    broke: str = ""

    @property
    def verdict(self) -> str:
        """The verdict's id, or that it broke."""
        return "broke" if self.broke else str(self.found["verdict"])

    @property
    def right(self) -> bool:
        """Whether the truth was found."""
        return self.verdict in self.expected

    def line(self) -> str:
        """The run as a row of the table."""
        if self.broke:
            return f"{self.name} | broke: {self.broke}"
        found, gain = self.found, self.found["difference"]
        columns = f" ({', '.join(found['verdict_columns'])})" if found["verdict_columns"] else ""
        return (
            f"{self.name} | {', '.join(found['excluded']) or '-'} | {' or '.join(self.expected)} | "
            f"{self.verdict}{columns} | {'yes' if self.right else 'NO'} | {found['split']} | "
            f"{found['metric']} | {found['model']['score']:.4g} | "
            f"{found['baseline']['score']:.4g} {found['baseline']['name']} | "
            f"{gain['value']:.3g} ({gain['low']} to {gain['high']})"
        )


def runs(case: Case, folder: Path | None, seeds: int | None = None) -> Iterator[Run]:
    """All runs of a case; none where its file is not in the folder."""
    if case.make is None:
        source = next(iter(sorted(folder.glob(f"{case.name}_*"))), None) if folder else None
        if source is not None:
            yield from _both_ways(case, case.name, source)
        return
    for seed in range(case.seeds if seeds is None else seeds):
        with tempfile.TemporaryDirectory() as place:
            source = Path(place) / f"{case.name}.parquet"
            case.make(seed).to_parquet(source, index=False)
            yield from _both_ways(case, f"{case.name} #{seed}", source)


def _both_ways(case: Case, name: str, source: Path) -> Iterator[Run]:
    """As recommended; where a column is known too late, first with nothing excluded."""
    if not case.late:
        yield _run(case, name, source, True, case.expected)
        return
    yield _run(case, name, source, False, case.expected)
    yield _run(case, name, source, True, case.then)


def _run(case: Case, name: str, source: Path, exclude: bool, expected: tuple[str, ...]) -> Run:
    with tempfile.TemporaryDirectory() as place:
        try:
            table = thinned(source, Path(place))
            found = judged(table, case.target, Path(place) / "p", exclude)
        except Exception as problem:  # a case that breaks is one that is wrong
            return Run(case, name, expected, broke=str(problem))
    return Run(case, name, expected, found)
