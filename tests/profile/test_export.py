"""Pages and terminal text cannot be taken over by what a file holds."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from mlops_tui.profile import inspect
from mlops_tui.profile.export import html
from mlops_tui.profile.printing import printable

Write = Callable[..., Path]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [v or "" for k, v in attrs if k in ("src", "href", "onload", "onclick")]


def test_the_page_is_self_contained_and_escaped(written: Write) -> None:
    evil = "<script>alert(1)</script>"
    rows = "".join(f'{i},"{evil}","<img src=x onerror=y>"\n' for i in range(30))
    profile = inspect(written(f'n,"{evil}","a"" onload=""b"\n{rows}', "<b>.csv"))
    page, tags = html(profile), Tags()
    tags.feed(page)
    assert not tags.seen & {"script", "img", "link", "iframe", "b"}
    assert not tags.links
    assert "http" not in page
    assert "&lt;script&gt;" in page
    assert page == html(profile)


def test_printable_shows_what_would_act() -> None:
    assert printable("a\x1b[31mb\nc\td") == "a\\x1b[31mb\\nc\\td"
    assert printable("x\u202ey\u200bz\x9b") == "x\\u202ey\\u200bz\\x9b"
    assert printable("\ud800") == "\\ud800"
    assert printable("naïve ✓ 日本") == "naïve ✓ 日本"
    assert printable("abcdef", 4) == "abc…"


def test_words_of_findings_are_complete() -> None:
    from mlops_tui.profile.words import table

    for kind, words in table().items():
        assert {"severity", "evidence", "effect", "advice"} <= set(words), kind
        assert words["severity"] in ("stop", "warn", "note"), kind
