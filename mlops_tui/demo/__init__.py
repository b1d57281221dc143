"""The bundled demo: real flights, and a session that answers all 13 steps about them.

`benchmarks/make_demo.py` makes the data; LICENCE.md names its source.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
DATA = _HERE / "flights.csv"
SESSION = _HERE / "session.yaml"
LICENCE = _HERE / "LICENCE.md"
TARGET = "late"
NAME = "late-flights"
