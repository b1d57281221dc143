"""What all tests share: nothing is written to the home of who runs them."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

# A shell starts background jobs with interrupts ignored, and children inherit that: tests that
# press Ctrl-C would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The log and the list of projects go to a folder of this run.

    Caches stay where they are: the slow tests install packages, which nobody wants to load anew.
    """
    folder = tmp_path_factory.mktemp("places")
    names = ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]
    if sys.platform == "darwin":  # where these folders are found below the home only
        names.append("HOME")
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setenv(name, str(folder / name.lower()))
            (folder / name.lower()).mkdir()
        yield
