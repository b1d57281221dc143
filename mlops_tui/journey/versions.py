"""What a session was taken with, and who signs it."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from mlops_tui import __version__
from mlops_tui.project.repository import Repository
from mlops_tui.session import Author

_NAMED = ("scikit-learn", "pandas", "numpy", "duckdb", "mlflow", "bentoml")
_NOBODY = Author(name="mlops-tui", email="mlops-tui@localhost")


def installed() -> dict[str, str]:
    """The versions that figures depend on."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = {"mlops-tui": __version__, "python": python}
    for name in _NAMED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def author(repository: Repository) -> Author:
    """The user as git knows them, else a neutral name."""
    told = repository.git.run(
        "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT", codes=(0, 128)
    )
    name, _, rest = told.text.partition(" <")
    if told.code != 0 or not name:
        return _NOBODY
    return Author(name=name, email=rest.partition(">")[0])
