"""Text that is safe to show on a terminal, and names in a sentence.

Apart from the words about findings, so that the first frame of the app needs no kinds of a profile.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Marks that reorder or hide text; a file can use them to show something else than it holds.
_HIDDEN = {0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF}
_HIDDEN |= set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A))
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def printable(text: object, width: int | None = None) -> str:
    """`text` on one line, control and bidirectional characters escaped, cut to `width`."""
    shown = "".join(_visible(c) for c in str(text))
    if width is not None and len(shown) > width:
        return shown[: max(width - 1, 0)] + "…"
    return shown


def _visible(c: str) -> str:
    if c in _SHORT:
        return _SHORT[c]
    code = ord(c)
    if code in _HIDDEN or unicodedata.category(c) in ("Cc", "Cs", "Co"):
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    return c


def listed(names: Iterable[object], most: int = 5, width: int = 40) -> str:
    """Names in a sentence, each cut to `width`: "a, b and 3 more"."""
    shown = [printable(name, width) for name in names]
    if len(shown) > most:
        return ", ".join(shown[:most]) + f" and {len(shown) - most} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""
