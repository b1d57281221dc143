"""A person at a terminal, through questionary: works on dumb terminals and screen readers."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from mlops_tui.journey import Question

_MOST_COMPLETED = 2000


class Keyboard:
    """Reads lines with editing, history off, and Tab for names and paths."""

    async def line(self, prompt: str, question: Question | None = None) -> str:
        """The next line typed."""
        from prompt_toolkit.utils import is_dumb_terminal

        if is_dumb_terminal():
            return await _plain_line(prompt)
        import questionary

        asked = questionary.text(
            prompt.rstrip(),
            qmark="",
            style=questionary.Style([("question", ""), ("answer", ""), ("qmark", "")]),
            completer=_completer(question),
            complete_while_typing=False,
        )
        return str(await asked.unsafe_ask_async())


async def _plain_line(prompt: str) -> str:
    """Where no cursor can move, the line as the terminal itself edits it: no escape sequences."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def arrived() -> None:
        line = sys.stdin.readline()
        if not answer.done():
            answer.set_result(line)

    sys.stdout.write(prompt)
    sys.stdout.flush()
    loop.add_reader(sys.stdin, arrived)
    try:
        line = await answer
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        loop.remove_reader(sys.stdin)
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _completer(question: Question | None) -> Any:
    from prompt_toolkit.completion import PathCompleter, WordCompleter

    if question is None:
        return None
    if question.kind == "path":
        return PathCompleter(expanduser=True)
    names = [option.value for option in question.options] or list(question.columns)
    if not names:
        return None
    return WordCompleter(names[:_MOST_COMPLETED], ignore_case=True, sentence=True)
