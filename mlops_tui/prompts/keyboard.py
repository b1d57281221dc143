"""A person at a terminal, through questionary: works on dumb terminals and screen readers."""

from __future__ import annotations

from typing import Any

from mlops_tui.journey import Question

_MOST_COMPLETED = 2000


class Keyboard:
    """Reads lines with editing, history off, and Tab for names and paths."""

    async def line(self, prompt: str, question: Question | None = None) -> str:
        """The next line typed."""
        import questionary

        asked = questionary.text(
            prompt.rstrip(),
            qmark="",
            style=questionary.Style([("question", ""), ("answer", ""), ("qmark", "")]),
            completer=_completer(question),
            complete_while_typing=False,
        )
        answer = await asked.unsafe_ask_async()
        return str(answer)


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
