"""The JSON schema of a profile, made from its dataclasses: `python -m mlops_tui.profile.schema`.

The committed copy is docs/profile.schema.json; a test holds the two together.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from mlops_tui.profile.model import SCHEMA_VERSION, Profile


def schema() -> dict[str, Any]:
    """The schema: every field is always there, and none that is not named here."""
    from pydantic import TypeAdapter

    made = TypeAdapter(Profile).json_schema(mode="serialization")
    for part in (made, *made.get("$defs", {}).values()):
        part["required"] = sorted(part["properties"])
        part["additionalProperties"] = False
    made["properties"]["schema"] = {"const": SCHEMA_VERSION, "title": "Schema"}
    made["required"] = sorted(made["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
