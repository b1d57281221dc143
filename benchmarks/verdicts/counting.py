"""The bars: how many verdicts were right, and what was said about noise."""

from __future__ import annotations

from collections import Counter

from benchmarks.verdicts.running import Run

BAR = 0.9
FALSE_ML = 0.05


class Tally:
    """Counts runs; noise apart from all others."""

    def __init__(self) -> None:
        self.right: Counter[bool] = Counter()
        self.noise: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, run: Run) -> None:
        """Count one run."""
        if run.case.noise:
            self.noise[run.verdict] += 1
            return
        self.right[run.right] += 1
        if not run.right:
            self.wrong.append(f"{run.name}: {run.verdict} instead of {' or '.join(run.expected)}")

    def fine(self) -> bool:
        """Whether every bar was met, and anything was run at all."""
        ran = self.right.total() + self.noise.total()
        return ran > 0 and self._enough_right() and self._quiet_on_noise()

    def summary(self) -> str:
        """The figures beside their bars, and what was wrong."""
        lines = []
        if total := self.right.total():
            said = "met" if self._enough_right() else "MISSED"
            lines.append(f"right: {self.right[True]} of {total} (bar: {BAR:.0%}) {said}")
            lines += [f"  {one}" for one in self.wrong]
        if seeds := self.noise.total():
            found = ", ".join(f"{verdict} {count}" for verdict, count in self.noise.most_common())
            said = "met" if self._quiet_on_noise() else "MISSED"
            lines.append(
                f"noise, {seeds} tables: {found} (bar: ml at most {FALSE_ML:.0%}, no leak) {said}"
            )
        return "\n".join(lines) or "Nothing was run: name the folder with the shared cases."

    def _enough_right(self) -> bool:
        return self.right[True] >= BAR * self.right.total()

    def _quiet_on_noise(self) -> bool:
        allowed = FALSE_ML * self.noise.total()
        return self.noise["ml"] <= allowed and not self.noise["leak"] and not self.noise["broke"]
