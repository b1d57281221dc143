"""A rule that a person types: one SQL expression over the input columns, checked and never run.

The project checks it again in the same way before it uses it; a test holds both lists together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

LONGEST = 2000
"""Characters."""
_CLASSES = "BETWEEN CASE CAST COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION OPERATOR"
CLASSES = frozenset(_CLASSES.split())
_FUNCTIONS = (
    "+ - * / // % ** ^ || ~~ !~~ ~~* !~~* "
    "abs ceil ceiling floor round trunc sign sqrt ln log log10 log2 exp pow power mod greatest "
    "least coalesce nullif ifnull isnan lower upper trim ltrim rtrim length strlen contains "
    "starts_with ends_with prefix suffix left right substr substring replace like_escape concat "
    "strpos instr regexp_matches year quarter month week day hour minute second dayofweek "
    "isodow weekday dayofyear date_part datepart date_diff datediff date_trunc"
)
FUNCTIONS = frozenset(_FUNCTIONS.split())
_TYPES = {
    "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "datetime": "TIMESTAMP",
    "date": "TIMESTAMP",
}  # fmt: skip
_LOCKS = (
    "enable_external_access=false",
    "autoinstall_known_extensions=false",
    "autoload_known_extensions=false",
    "lock_configuration=true",
)
_EXAMPLE = "Write one expression, such as: amount > 900"


def problem(expression: str, columns: Mapping[str, str]) -> str | None:
    """What is wrong with a rule, in plain words; None when it can be used.

    `columns` are the input columns with their types.
    """
    if len(expression) > LONGEST:
        return f"Keep it under {LONGEST} characters."
    tree = _tree(expression)
    if isinstance(tree, str):
        return tree
    found = next(filter(None, (_part(node, columns) for node in _nodes(tree))), None)
    return found or _misfit(expression, columns)


def _part(node: Mapping[str, Any], columns: Mapping[str, str]) -> str | None:
    """What is wrong with one part of the expression."""
    kind = str(node["class"])
    if kind not in CLASSES:
        return f"A {kind.lower()} cannot be used here. Take columns, values and comparisons."
    if kind == "COLUMN_REF" and not (
        len(node["column_names"]) == 1 and node["column_names"][0] in columns
    ):
        known = ", ".join(list(columns)[:6]) + (" ..." if len(columns) > 6 else "")
        return f"There is no input column {'.'.join(node['column_names'])}. There are: {known}"
    if kind == "FUNCTION" and node["function_name"].lower() not in FUNCTIONS:
        return f"The function {node['function_name']} cannot be used here: arithmetic, text, dates."
    return None


def _misfit(expression: str, columns: Mapping[str, str]) -> str | None:
    """What DuckDB says about types; nothing is read, and no row is there to be read."""
    import duckdb

    typed = ", ".join(
        f"CAST(NULL AS {_TYPES.get(kind, 'VARCHAR')}) AS {_quoted(name)}"
        for name, kind in columns.items()
    )
    query = f"DESCRIBE SELECT (\n{expression}\n) AS rule FROM (SELECT {typed}) AS input"
    try:
        row = _locked().cursor().execute(query).fetchone()
    except duckdb.Error as error:
        return f"{str(error).splitlines()[0].split(': ', 1)[-1].strip()[:120].rstrip('.')}."
    kind = str(row[1]) if row else ""
    if kind.startswith(("STRUCT", "MAP")) or kind.endswith("]"):
        return "It should give yes or no, a number or a word for each row."
    return None


def _tree(expression: str) -> Any:
    """The expression as DuckDB parses it, or what is wrong with it."""
    query = f"SELECT (\n{expression}\n) AS rule FROM input"
    row = _locked().cursor().execute("SELECT json_serialize_sql(?)", [query]).fetchone()
    parsed: Any = json.loads(row[0]) if row else {"error": True}
    if parsed.get("error"):
        return f"This is not understood. {_EXAMPLE}"
    statements = parsed["statements"]
    node: Any = statements[0]["node"] if len(statements) == 1 else {}
    # More than one thing selected, or a clause around it, was smuggled in with a bracket.
    plain = (
        node.get("type") == "SELECT_NODE"
        and len(node["select_list"]) == 1
        and node["from_table"].get("table_name") == "input"
        and not any(node.get(clause) for clause in ("where_clause", "having", "qualify"))
        and not node.get("modifiers")
    )
    return node["select_list"][0] if plain else f"This is more than one expression. {_EXAMPLE}"


@cache
def _locked() -> Any:
    """A database that can read nothing and whose settings cannot be changed."""
    import duckdb

    connection = duckdb.connect()
    for setting in _LOCKS:
        connection.execute(f"SET {setting}")
    return connection


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(tree, dict):
        if "class" in tree:
            yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
