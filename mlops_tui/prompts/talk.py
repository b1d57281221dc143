"""Asks one question on a line: words first, then a line to type on. No boxes, no colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from mlops_tui.journey import Form, Question
from mlops_tui.prompts.reading import NotUnderstood, read, written
from mlops_tui.report import Lines, one_line, shown

BACK, HELP, LIST = "back", "?", "list"
_MOST_LISTED = 30


class Back(Exception):
    """The user wants the question before."""


class Typist(Protocol):
    """Who types: a person at a terminal, or a test."""

    async def line(self, prompt: str, question: Question | None = None) -> str:
        """The next line; raises KeyboardInterrupt or EOFError when there is none."""


class Talk:
    """Asks the questions of one stage."""

    def __init__(self, typist: Typist, lines: Lines) -> None:
        self._typist = typist
        self.lines = lines

    async def ask(
        self,
        form: Form,
        question: Question,
        where: str,
        problem: Callable[[Any], str | None],
    ) -> Any:
        """A checked answer to one question; raises Back."""
        self._introduce(question, where)
        while True:
            typed = await self._typist.line(f"Answer [{self._offer(question)}]: ", question)
            match typed.strip().lower():
                case "?":
                    self._help(form, question)
                    continue
                case "back":
                    raise Back
                case "list" if question.options or question.rows:
                    self._list(question, 10_000)
                    continue
            try:
                value = read(question, typed)
            except NotUnderstood as told:
                self.lines.say(str(told), 2)
                continue
            wrong = problem(value)
            if wrong is None:
                return value
            self.lines.say(wrong, 2)

    async def choose(self, prompt: str, choices: dict[str, str]) -> str:
        """One of a few words, each said with what it does."""
        for word, meaning in choices.items():
            self.lines.say(f"{word}: {meaning}", 2)
        while True:
            typed = (await self._typist.line(prompt)).strip().lower()
            if not typed:
                return next(iter(choices))
            begun = [word for word in choices if word.startswith(typed)]
            if len(begun) == 1:
                return begun[0]
            self.lines.say(f"Type one of: {', '.join(choices)}.", 2)

    def _introduce(self, question: Question, where: str) -> None:
        self.lines.say(f"\n{where}: {question.label}")
        self.lines.block(question.help)
        self._list(question, _MOST_LISTED)
        if question.default is not None and question.default == question.recommended:
            reason = f" {question.reason}" if question.reason else ""
            self.lines.say(f"Recommended: {self._offer(question).rstrip('.')}.{reason}", 2)
        elif question.default is not None:
            self.lines.say(f"Your answer so far: {self._offer(question)}.", 2)

    def _offer(self, question: Question) -> str:
        if question.default is None and not question.optional:
            return f"for example {one_line(question.example, 60)}"
        for number, option in enumerate(question.options, 1):
            if option.value == question.default and option.label != option.value:
                return f"{number}. {one_line(option.label, 60)}"
        if isinstance(question.default, list):
            labels = {option.value: option.label for option in question.options}
            return one_line(written([labels.get(str(v), v) for v in question.default]), 120)
        return one_line(written(question.default), 60)

    def _list(self, question: Question, most: int) -> None:
        if question.kind == "table":
            self._rows(question, most)
        else:
            for number, option in enumerate(question.options[:most], 1):
                hint = f" - {option.hint}" if option.hint else ""
                name = option.value if option.label == option.value else option.label
                self.lines.say(f"{number}. {name}{hint}", 4)
        left = (len(question.rows) or len(question.options)) - most
        if left > 0:
            self.lines.say(f"... and {left} more; type list to see all.", 4)
        if question.kind in ("choices", "columns"):
            self.lines.say("Type names or numbers with commas between, all, or none.", 2)
        elif question.optional:
            self.lines.say("Type none if there is none.", 2)

    def _rows(self, question: Question, most: int) -> None:
        given = question.settled(question.default or {})
        for row in question.rows[:most]:
            words = {option.value: option.label for option in row.options}
            values = dict.fromkeys(words.get(given[n], given[n]) for n in row.columns)
            own = ", ".join(option.value for option in row.options if option.value)
            can = f" (can be: {own})" if own else ""
            self.lines.say(f"{one_line(row.label, 60)}: {shown(' or '.join(values))}{can}", 4)
            if row.hint:
                self.lines.say(one_line(row.hint, 2000), 6)
        if question.options:
            self.lines.say(f"Each can be: {', '.join(o.value for o in question.options)}.", 2)
        self.lines.say("Enter keeps all; or type changes: NAME = WHAT, ...", 2)

    def _help(self, form: Form, question: Question) -> None:
        say = self.lines.say
        say(f"Why this step matters: {form.why}", 2)
        say(f"What it is: {question.help}", 2)
        say(f"What it changes later: {question.changes}", 2)
        say(f"Example: {question.example}", 2)
        for term, meaning in form.terms.items():
            say(f"{term}: {meaning}", 2)
        say("Enter takes what stands in brackets; back goes to the question before;", 2)
        say("Ctrl-C leaves and keeps what you typed.", 2)
