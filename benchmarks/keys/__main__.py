"""From a key to the repaint, idle and while the project trains, over a pseudo terminal.

    python -m benchmarks.keys [DATA TARGET] [PRESSES]

A project is made up to the training step without the app (the bundled demo's data unless another
file is named). Then the app is opened on it, F1 is pressed and the time until the help stands on
the screen is taken, first idle, then while training runs. The bar: p95 while training at most 2.5
times p95 idle.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import pyte

BAR = 2.5
SIZE = (30, 100)
CTRL_N, F1, ESCAPE = "\x0e", "\x1bOP", "\x1b"


class Terminal:
    """The app in a terminal whose screen can be read."""

    def __init__(self, project: Path, home: str) -> None:
        environment = {**os.environ, "HOME": home, "TERM": "xterm-256color"}
        self._child = pexpect.spawn(
            sys.executable, ["-m", "mlops_tui", str(project)], env=environment, timeout=60,
            encoding="utf-8", codec_errors="replace", dimensions=SIZE,
        )  # fmt: skip
        self._screen = pyte.Screen(SIZE[1], SIZE[0])
        self._stream = pyte.Stream(self._screen)

    def press(self, key: str) -> None:
        self._child.send(key)

    def text(self) -> str:
        return "\n".join(self._screen.display)

    def read(self, seconds: float) -> None:
        """Take in what arrives within some seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._take(left)

    def _take(self, seconds: float) -> None:
        try:
            self._stream.feed(self._child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return

    def until(self, words: str, gone: bool = False, seconds: float = 90) -> float:
        """How long until the words stand on the screen (or no longer do)."""
        begun = time.perf_counter()
        while (words in self.text()) == gone:
            if time.perf_counter() - begun > seconds:
                raise SystemExit(f"waited for {words!r} in vain:\n{self.text()}")
            self._take(0.5)
        return time.perf_counter() - begun

    def close(self) -> None:
        self._child.close(force=True)


def main(data: list[str], presses: int) -> int:
    with tempfile.TemporaryDirectory() as home:
        project = Path(home) / "p"
        prepare(project, data, home)
        terminal = Terminal(project, home)
        try:
            terminal.until("Which kinds of model")
            terminal.read(2)
            idle = measure(terminal, presses)
            terminal.press(CTRL_N)
            terminal.until("fold", seconds=120)
            busy = measure(terminal, presses)
        finally:
            terminal.close()
    return tell(idle, busy)


def prepare(project: Path, data: list[str], home: str) -> None:
    from mlops_tui.demo import DATA

    source = data or [str(DATA), "--target", "late"]
    words = ["new", str(project), "--defaults", "--until", "features", "--data", *source]
    subprocess.run(
        [sys.executable, "-m", "mlops_tui", *words, "--set", "training.budget_seconds=240",
         "--set", "training.max_trials=60"],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "HOME": home},
    )  # fmt: skip


def measure(terminal: Terminal, presses: int) -> list[float]:
    found = []
    for _ in range(presses):
        terminal.press(F1)
        found.append(terminal.until("Why this matters"))
        terminal.read(0.15)
        terminal.press(ESCAPE)
        terminal.until("Why this matters", gone=True)
        terminal.read(0.15)
    return found


def tell(idle: list[float], busy: list[float]) -> int:
    for name, times in (("idle", idle), ("training", busy)):
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:<9} p50 {p50 * 1000:6.0f} ms   p95 {p95 * 1000:6.0f} ms")
    ratio = statistics.quantiles(busy, n=20)[-1] / statistics.quantiles(idle, n=20)[-1]
    print(f"ratio of p95 {ratio:.2f}    bar {BAR}: {'met' if ratio <= BAR else 'MISSED'}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    named = sys.argv[1:3]
    source = [named[0], "--target", named[1]] if len(named) == 2 else []
    raise SystemExit(main(source, int(sys.argv[3]) if len(sys.argv) > 3 else 40))
