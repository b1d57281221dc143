"""A project pins what made its model."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from mlops_tui.project import pins
from mlops_tui.project.pins import pinned_requirements


def pinned(text: str) -> dict[str, str]:
    return dict(line.split("==") for line in text.splitlines() if "==" in line)


def test_the_whole_closure_is_pinned_as_installed() -> None:
    text = pinned_requirements()
    found = pinned(text)
    for name in ("numpy", "pandas", "scikit-learn", "mlflow", "bentoml", "uv", "scipy", "alembic"):
        assert found[name] == metadata.version(name)
    body = [line for line in text.splitlines() if not line.startswith("#")]
    names = [line.partition("==")[0] for line in body]
    assert names == sorted(set(names))
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line) for line in body)
    assert "//" not in text and "@" not in text
    assert pinned_requirements() == text
    assert "mlops-tui" not in found and "textual" not in found


def test_extras_bring_what_they_need() -> None:
    plain, extra = (
        pinned(pinned_requirements(["pydantic"])),
        pinned(pinned_requirements(["pydantic", "uvicorn[standard]"])),
    )
    assert "uvicorn" in extra and set(plain) < set(extra)


def test_markers_of_other_systems_are_left_out() -> None:
    assert "pywin32" not in pinned(pinned_requirements())
    assert "colorama" not in pinned(pinned_requirements(["pytest"]))


def test_what_is_not_installed_gets_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.distribution

    def without(name: str) -> metadata.Distribution:
        if name in {"pytest", "six"}:
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(pins.metadata, "distribution", without)
    text = pinned_requirements(["pytest", "httpx", "python-dateutil"])
    *_, said, first, second = text.splitlines()
    assert said.startswith("# Not installed")
    assert (first, second) == ("pytest>=8,<9", "six>=1.5")
