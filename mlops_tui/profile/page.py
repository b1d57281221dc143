"""What every part of the HTML page uses: the style, and text made harmless."""

from __future__ import annotations

import html as escaping

from mlops_tui.profile.printing import printable

STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5a6675; --paper: #fff;
 --line: #d5dbe3; --bar: #3b6ea5; --stop: #a4262c; --warn: #8a5a00; --note: #3f5f2b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --quiet: #a3afbf;
 --paper: #161b22; --line: #333c48; --bar: #7fb2e5; --stop: #ff8b8b; --warn: #f0c674;
 --note: #a5d18a; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
 max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
 vertical-align: top; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } svg rect { fill: var(--bar); }
.finding { border-left: 4px solid var(--line); padding: .2rem 1rem; margin: 1rem 0; }
.stop { border-color: var(--stop); } .warn { border-color: var(--warn); }
.note { border-color: var(--note); } .finding p { margin: .2rem 0; }
@media print { body { margin: 0; max-width: none; } .finding, tr { break-inside: avoid; } }
"""


def safe(text: object, width: int | None = None) -> str:
    """Text from the file, made harmless for a page."""
    return escaping.escape(printable(text, width), quote=True)
