"""The app in a real terminal: keys in, the screen as a person would see it out."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte
from front_doors import clean

CONTINUE, BACK = "\x0e", "\x1b"


class Terminal:
    """`mlops-tui` over a pseudo terminal, with a home of its own."""

    def __init__(self, *words: str, home: Path, rows: int = 24, columns: int = 80) -> None:
        environment = {**clean(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        for name in ("NO_COLOR", "TEXTUAL_THEME"):
            environment.pop(name, None)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "mlops_tui", *words], cwd=str(home), env=environment,
            dimensions=(rows, columns), encoding="utf-8", codec_errors="replace", timeout=60,
        )  # fmt: skip
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.child.kill(signal.SIGTERM)
        for _ in range(100):
            if not self.alive():
                break
            self.read(0.1)
        self.child.close(force=True)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    @property
    def footer(self) -> str:
        return str(self._screen.display[-1])

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def read(self, seconds: float) -> None:
        """Take in what arrives next, waiting at most so long for it."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            time.sleep(seconds)

    def until(self, seen: Callable[[Terminal], bool] | str, seconds: float = 60) -> float:
        """How long until words (or whatever is looked for) stand on the screen."""
        begun = time.perf_counter()
        while not (seen in self.text if isinstance(seen, str) else seen(self)):
            if time.perf_counter() - begun > seconds:
                raise AssertionError(f"waited {seconds} s for {seen!r} in vain:\n{self.text}")
            gone = not self.alive()
            self.read(0.2)
            if gone and not (seen in self.text if isinstance(seen, str) else seen(self)):
                raise AssertionError(f"the app ended:\n{self.text}")
        return time.perf_counter() - begun

    def settle(self, quiet: float = 0.4) -> str:
        """Read until nothing has changed for a while; the text then."""
        last, since = self.text, time.perf_counter()
        while time.perf_counter() - since < quiet:
            self.read(0.1)
            if self.text != last:
                last, since = self.text, time.perf_counter()
        return last

    def alive(self) -> bool:
        return bool(self.child.isalive())

    def kill(self) -> None:
        """The app alone ends at once, without a chance to tidy up."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait()
