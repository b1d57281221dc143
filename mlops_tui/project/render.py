"""Templates to files: pure, the same text for the same context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from mlops_tui.places import shipped
from mlops_tui.project.objects import File

SUFFIX = ".jinja"


def render_folder(folder: Path, context: Mapping[str, Any]) -> dict[str, File]:
    """Every template below `folder`, by the project path it renders to."""
    found: dict[str, File] = {}
    for place, text in _sources(folder):
        path = _environment().from_string(place).render(context)
        rendered = _environment().from_string(text).render(context)
        found[path] = File(rendered.encode())
    return found


def render_text(kind: str, name: str, context: Mapping[str, Any]) -> str:
    """One template of `templates/<kind>/`, as text."""
    source = (shipped("templates") / kind / f"{name}{SUFFIX}").read_text(encoding="utf-8")
    return str(_environment().from_string(source).render(context))


def render_words(text: str, context: Mapping[str, Any], tidy: Callable[[str], str]) -> str:
    """A text of a screen, filled in; what a step did not find stays empty.

    `tidy` makes each text in the context safe to show: names come from the user's data.
    """
    return str(_sandbox().from_string(text).render(_tidied(context, tidy))).strip()


@cache
def _sources(folder: Path) -> tuple[tuple[str, str], ...]:
    return tuple(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        place = PurePosixPath(path.relative_to(folder)).as_posix().removesuffix(SUFFIX)
        yield place, path.read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    from jinja2 import Environment, StrictUndefined

    # The templates are code, YAML and Markdown: HTML escaping would spoil them.
    return Environment(undefined=StrictUndefined, keep_trailing_newline=True)


@cache
def _sandbox() -> Any:
    from jinja2 import ChainableUndefined
    from jinja2.sandbox import SandboxedEnvironment

    def finalize(value: object) -> object:
        # A bar in a name would end a table's cell; a subclass of str was made safe by a filter.
        if type(value) is str and "\n" not in value and not value.startswith("|"):
            return value.replace("|", "\\|")
        return value

    return SandboxedEnvironment(
        undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True, finalize=finalize
    )


def _tidied(value: Any, tidy: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, Mapping):
        return {_tidied(key, tidy): _tidied(item, tidy) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tidied(item, tidy) for item in value]
    return value
