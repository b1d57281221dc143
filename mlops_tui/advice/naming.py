"""Names a project can safely carry."""

from __future__ import annotations

import keyword
import re
import sys

_TAKEN = frozenset(
    {"numpy", "pandas", "sklearn", "duckdb", "mlflow", "bentoml", "pydantic", "yaml", "joblib",
     "src", "tests", "test", "data", "docs", "models", "reports", "var", "mlops_tui"}
)  # fmt: skip


def package_name(name: str) -> str:
    """A Python package name made from a project's name: 'Late flights!' -> 'late_flights'."""
    found = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    if found and found[0].isdigit():
        found = f"project_{found}"
    if not found or keyword.iskeyword(found) or found in _TAKEN | sys.stdlib_module_names:
        found = f"{found or 'my'}_model"
    return found[:50].rstrip("_")
