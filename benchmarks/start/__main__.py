"""How soon the app paints its first frame, against importing Textual alone, in the same run.

    python -m benchmarks.start [ROUNDS]

Both are timed over a pseudo terminal of 80x24 with a home folder of their own, in turns, so that
a busy machine is equally busy for both. The bar: at most 2.5 times (medians).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import pyte

BAR = 2.5
SIZE = (24, 80)


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as home:
        first_frame(home)  # once for bytecode and caches
        imported, painted = [], []
        for _ in range(rounds):
            imported.append(import_textual(home))
            painted.append(first_frame(home))
    floor, frame = statistics.median(imported), statistics.median(painted)
    ratio = frame / floor
    print(f"import textual    {floor * 1000:7.0f} ms (best {min(imported) * 1000:.0f})")
    print(f"first frame       {frame * 1000:7.0f} ms (best {min(painted) * 1000:.0f})")
    print(f"ratio             {ratio:7.2f}    bar {BAR}: {'met' if ratio <= BAR else 'MISSED'}")
    return 0 if ratio <= BAR else 1


def import_textual(home: str) -> float:
    begun = time.perf_counter()
    child = spawn(home, ["-c", "import textual"])
    child.expect(pexpect.EOF)
    return time.perf_counter() - begun


def first_frame(home: str) -> float:
    """Until the welcome screen's words stand on the terminal."""
    screen = pyte.Screen(SIZE[1], SIZE[0])
    stream = pyte.Stream(screen)
    begun = time.perf_counter()
    child = spawn(home, ["-m", "mlops_tui"])
    try:
        while True:
            stream.feed(child.read_nonblocking(65536, timeout=30))
            if any("demo" in line.lower() for line in screen.display):
                return time.perf_counter() - begun
    finally:
        child.close(force=True)


def spawn(home: str, words: list[str]) -> pexpect.spawn[str]:
    environment = {**os.environ, "HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return pexpect.spawn(
        sys.executable, words, cwd=str(Path(home)), env=environment, encoding="utf-8",
        codec_errors="replace", dimensions=SIZE, timeout=30,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
