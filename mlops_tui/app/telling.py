"""What the project's commands found, in words and small tables."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.content import Content

from mlops_tui.app.board import facts, table
from mlops_tui.app.text import lines, number
from mlops_tui.errors import StepFailed

if TYPE_CHECKING:
    from mlops_tui.errors import Trouble

Found = Mapping[str, Any]
MOST_COLUMNS = 12


def told(command: str, found: Found, measured: Found, width: int) -> Content:
    """The result of a command."""
    if command == "drift":
        return _drift(found, width)
    if command == "versions":
        return _versions(found, width)
    plain = {name: value for name, value in found.items() if not isinstance(value, (list, dict))}
    reason = plain.pop("reason", "")
    parts = [Content(str(reason))] if reason else []
    return lines([*parts, facts(plain, width)])


def trouble(error: Trouble) -> Content:
    """What, why, what to do."""
    return lines([
        Content.assemble(("✗ ", "$error"), (error.what, "bold")),
        *(Content(part) for part in (error.why, error.do) if part),
    ])  # fmt: skip


def ask_service(url: str, request: Any) -> Content:
    """Send a request; tell what went, what came back, and how long it took."""
    body = json.dumps(request).encode()
    call = urllib.request.Request(
        f"{url}/predict", data=body, headers={"Content-Type": "application/json"}
    )
    began = time.monotonic()
    try:
        with urllib.request.urlopen(call, timeout=30) as answer:
            status, text = answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        status, text = refused.code, refused.read().decode("utf-8", "replace")
    except (urllib.error.URLError, OSError) as error:
        raise StepFailed(
            "The service did not answer.",
            f"{getattr(error, 'reason', error)}.",
            "Stop it with s and start it again; its output is in var/logs/service.log.",
        ) from error
    spent = (time.monotonic() - began) * 1000
    style = "$success" if status < 400 else "$error"
    return lines([
        Content.assemble("Answered ", (str(status), style), f" in {spent:.0f} ms:"),
        Content(_pretty(text)),
        Content.styled("This was sent:", "$secondary"),
        Content.styled(json.dumps(request, ensure_ascii=False), "$secondary"),
    ])  # fmt: skip


def _pretty(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _drift(found: Found, width: int) -> Content:
    rows = sorted(found.get("columns") or [], key=lambda row: -(row.get("psi") or 0))
    alarm = found.get("alarm")
    head = Content.assemble(
        ("! Alarm: ", "$warning") if alarm else ("✓ No alarm: ", "$success"),
        f"{len(found.get('drifted') or [])} of {len(rows)} columns drifted "
        f"over {number(found.get('rows'))} rows.",
    )
    cells = [
        [str(row["column"]), number(row.get("psi")), number(row.get("floor")),
         "drifted" if row.get("drifted") else ""]
        for row in rows[:MOST_COLUMNS]
    ]  # fmt: skip
    parts = [head, table(["column", "PSI", "by chance", ""], cells, width)]
    if missing := found.get("missing_columns"):
        parts.append(Content.styled(f"! Missing: {', '.join(missing)}", "$warning"))
    return lines(parts)


def _versions(found: Found, width: int) -> Content:
    rows = [
        [f"version {version.get('version')}", ", ".join(version.get("aliases") or []) or "–"]
        for version in found.get("versions") or []
    ]
    if not rows:
        return Content("No version is registered yet.")
    return table(["registered", "alias"], rows, width)
