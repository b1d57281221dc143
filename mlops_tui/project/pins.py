"""The requirements of a generated project: exactly the versions that made its model."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NEEDED = (
    "numpy",
    "pandas",
    "scikit-learn",
    "duckdb",
    "mlflow",
    "bentoml",
    "pydantic",
    "pyyaml",
    "joblib",
    "prometheus-client",
    "pytest",
    "httpx",
    "ruff",
    "uv",
)
"""What the code, the tests and the Makefile of a project use directly."""

_ELSEWHERE = {
    "httpx": ">=0.27,<1",
    "prometheus-client": ">=0.20,<1",
    "pytest": ">=8,<9",
    "ruff": ">=0.9,<1",
    "uv": ">=0.9,<1",
}
"""Bounds for what a project needs and the assistant's own installation may lack."""


def pinned_requirements(needed: Iterable[str] = NEEDED) -> str:
    """The text of requirements.txt: `needed` and all that these need, as installed here.

    It depends on what is installed and on nothing else; it names no package index.
    """
    pinned: dict[str, str] = {}
    bounded: dict[str, str] = {}
    todo = [Requirement(name) for name in needed]
    seen: set[tuple[str, str]] = set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            bounded[name] = str(requirement.specifier) or _ELSEWHERE.get(name, "")
            continue
        pinned[name] = found.version.partition("+")[0]
        for extra in ("", *sorted(requirement.extras)):
            if (name, extra) not in seen:
                seen.add((name, extra))
                todo += _needs(found, extra)
    return _text(pinned, bounded)


def _needs(found: metadata.Distribution, extra: str) -> list[Requirement]:
    """What a distribution asks for in this environment, with one of its extras ('' for none)."""
    asked = [Requirement(line) for line in found.requires or ()]
    plain = {"extra": ""}
    return [
        requirement
        for requirement in asked
        if requirement.marker is None
        or (requirement.marker.evaluate({"extra": extra}) if extra else False)
        or requirement.marker.evaluate(plain)
    ]


def _text(pinned: dict[str, str], bounded: dict[str, str]) -> str:
    lines = [
        "# The versions that made this project's model. The same ones give the same model again.",
        *(f"{name}=={version}" for name, version in sorted(pinned.items())),
    ]
    if bounded:
        lines += [
            "# Not installed where the model was made, so any version within these bounds will do.",
            *(f"{name}{bounds}" for name, bounds in sorted(bounded.items())),
        ]
    return "\n".join(lines) + "\n"
