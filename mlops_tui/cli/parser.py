"""What can be typed after `mlops-tui`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from mlops_tui import __version__
from mlops_tui.cli import commands
from mlops_tui.errors import Usage

WITH_VALUE = frozenset(
    {
        "--data", "--target", "--set", "--until", "--into", "--html", "--type",
        "--delimiter", "--encoding", "--header", "--decimal", "--dates",
    }
)  # fmt: skip
CODES = """\
exit codes:
  0 done   2 usage   3 bad input (data, session, answer)   4 a step failed
  5 --verify found a difference   130 cancelled

`mlops-tui COMMAND --help` tells more about a command. `mlops-tui --print-completion bash`
(zsh, tcsh) prints what makes Tab complete commands and options in your shell.
"""


class Parser(argparse.ArgumentParser):
    """Says what was not understood as a Usage, like every other error here."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*args, **options)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        usage = " ".join(self.format_usage().removeprefix("usage: ").split())
        raise Usage(
            f"The command line was not understood: {message}.",
            f"It reads: {usage}",
            f"(`{self.prog} --help` explains each part)",
        )


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options of one command; `run` is the function that carries it out."""
    options, unknown = build().parse_known_args(command_first(argv))
    if unknown:
        room: Parser = options.room
        room.error(f"nothing here is called {' '.join(unknown)}")
    return options


def command_first(argv: Sequence[str]) -> list[str]:
    """`mlops-tui --json new DIR` is `mlops-tui new --json DIR`; without a command it is the app."""
    words = list(argv)
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] != "--":
        if words[index] in ("-h", "--help", "--version", "--print-completion"):
            return words
        index += 2 if words[index] in WITH_VALUE else 1
    if index < len(words) and words[index] in COMMANDS:
        return [words[index], *words[:index], *words[index + 1 :]]
    return ["app", *words]


def build() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="mlops-tui",
        usage="mlops-tui [DIR] | mlops-tui COMMAND ...",
        description="Leads you through the machine-learning lifecycle and leaves a project you "
        "own.\nWithout a command it opens the app; DIR is a project to continue or to start.",
        epilog=CODES,
    )
    top.add_argument("--version", action="version", version=f"mlops-tui {__version__}")
    top.add_argument(
        "--print-completion", choices=("bash", "zsh", "tcsh"), help="print shell completion"
    )
    top.set_defaults(run=commands.completion, room=top)
    rooms = top.add_subparsers(
        title="commands", metavar="COMMAND", parser_class=Parser, prog="mlops-tui"
    )
    for name, (add, words) in COMMANDS.items():
        room = rooms.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        add(room)
        room.set_defaults(run=getattr(commands, name), room=room)
    return top


def _app(room: Parser) -> None:
    room.add_argument("dir", nargs="?", metavar="DIR", help="project to continue or to start")
    _data(room)


def _new(room: Parser) -> None:
    room.add_argument("dir", metavar="DIR", help="new or empty folder for the project")
    _data(room)
    room.add_argument(
        "--defaults", action="store_true", help="take the recommended answer to every question"
    )
    _edits(room)
    _json(room)


def _demo(room: Parser) -> None:
    room.add_argument("--headless", action="store_true", help="without the app, as plain lines")
    room.add_argument("--into", metavar="DIR", help="new or empty folder for the project")
    _json(room)


def _replay(room: Parser) -> None:
    room.add_argument("session", metavar="SESSION", help="session.yaml, or a project's folder")
    room.add_argument("--into", metavar="DIR", required=True, help="new or empty folder")
    room.add_argument("--data", metavar="FILE", help="where the data of the session is now")
    _edits(room)
    room.add_argument(
        "--verify", action="store_true", help="compare what is found with the recording"
    )
    _json(room)


_SOURCE = "a file, a folder, FILE#TABLE, a pattern or an address"
_SOURCES = """\
sources:
  orders.csv               CSV, Parquet, JSON or Excel, also gzip or zstd
  orders/                  Parquet files, also in folders like year=2024
  'orders-*.csv'           several files with the same columns (in quotes)
  shop.db#orders           a table or view of an SQLite or DuckDB file
  https://host/orders.csv  a file elsewhere; also s3://bucket/orders.parquet
  postgres://user@host/db#orders   a table of a server; also mysql://
"""
_CORRECTIONS = (
    ("delimiter", "NAME", "comma, semicolon, tab, bar, colon or space, or the character"),
    ("encoding", "NAME", "for example utf-8, windows-1252 or utf-16"),
    ("header", "LINE", "the line with the names of the columns, or none"),
    ("decimal", "NAME", "point or comma"),
    ("dates", "ORDER", "of dates like 1/2/2020: month-first or day-first"),
)


def _profile(room: Parser) -> None:
    room.add_argument("file", metavar="SOURCE", help=_SOURCE)
    room.epilog = _SOURCES
    room.add_argument("--target", metavar="COLUMN", help="the column that holds the answer")
    room.add_argument("--html", metavar="OUT", help="also write one self-contained HTML page")
    _json(room)
    said = room.add_argument_group("how the file is read, where it was guessed wrong")
    for name, metavar, words in _CORRECTIONS:
        said.add_argument(f"--{name}", metavar=metavar, help=words)
    said.add_argument(
        "--type", metavar="COLUMN=TYPE", action="append",
        help="text, integer, number, boolean, date, datetime or time (repeat it)",
    )  # fmt: skip


def _history(room: Parser) -> None:
    room.add_argument("dir", nargs="?", default=".", metavar="DIR", help="the project's folder")


def _doctor(room: Parser) -> None:
    room.epilog = "Exit code 0 when nothing stands in the way, 4 when something does."


def _data(room: Parser) -> None:
    room.add_argument("--data", metavar="FILE", help=f"the data: {_SOURCE}")
    room.add_argument("--target", metavar="COLUMN", help="the column that holds the answer")


def _edits(room: Parser) -> None:
    room.add_argument(
        "--set", metavar="STEP.FIELD=VALUE", action="append",
        help="give one answer yourself (repeat it); the value is written as in YAML",
    )  # fmt: skip
    room.add_argument("--until", metavar="STEP", help="stop after this step")


def _json(room: Parser) -> None:
    room.add_argument(
        "--json", action="store_true", help="one JSON object a line on stdout, the summary last"
    )


COMMANDS = {
    "app": (_app, "open the full-screen app (what happens without a command)"),
    "ask": (_app, "go through the same questions line by line, also for screen readers"),
    "new": (_new, "make a project without questions, from recommended answers"),
    "demo": (_demo, "the bundled example: will this flight be late?"),
    "replay": (_replay, "make the project of a session again"),
    "profile": (_profile, "look at a data file: columns, quality, leaks, privacy"),
    "history": (_history, "list the decisions of a project, newest first"),
    "doctor": (_doctor, "check that this machine has what mlops-tui needs"),
}
"""Every command: what adds its options, and what is said about it. Its function is in commands."""
