"""What each command does: put its options into one call. Imports wait until they are needed."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_tui.cli.running import finish
from mlops_tui.errors import BadInput, Usage

if TYPE_CHECKING:
    from mlops_tui.report import Reporter


def app(options: Namespace) -> int:
    """Open the full-screen app."""
    _needs_terminal("The app")
    from mlops_tui.cli.settings import suggestions

    given = suggestions(options)
    from mlops_tui import app as front

    return front.run(_folder(options.dir), given, demo=False)


def ask(options: Namespace) -> int:
    """Go through the questions line by line."""
    _needs_terminal("mlops-tui ask")
    from mlops_tui import prompts
    from mlops_tui.cli.settings import suggestions

    given = suggestions(options)
    return finish(prompts.ask(_folder(options.dir), given))


def new(options: Namespace) -> int:
    """Make a project from recommended answers."""
    from mlops_tui import replay as headless
    from mlops_tui.cli.settings import known_step, suggestions

    until = known_step(options.until) if options.until else None
    given = suggestions(options)
    finish(
        headless.new(
            _new_folder(options.dir),
            given,
            _reporter(options),
            everything=options.defaults,
            until=until,
        )
    )
    return 0


def demo(options: Namespace) -> int:
    """Open the bundled example in the app, or (--headless) go through it in plain lines."""
    into = _new_folder(options.into) if options.into else None
    if not options.headless:
        _needs_terminal("The demo in the app", "mlops-tui demo --headless --into DIR")
        from mlops_tui import app as front

        return front.run(into, {}, demo=True)
    if into is None:
        raise Usage(
            "mlops-tui demo --headless needs a folder for the project.",
            "It writes a whole repository there.",
            "For example: mlops-tui demo --headless --into flights-late",
        )
    from mlops_tui import replay as headless

    finish(headless.demo(into, _reporter(options)))
    return 0


def replay(options: Namespace) -> int:
    """Make the project of a session again."""
    from mlops_tui import replay as headless
    from mlops_tui.cli.settings import known_step, suggestions

    until = known_step(options.until) if options.until else None
    given = suggestions(options)
    data = given.get("data", {}).pop("source", None)
    finish(
        headless.replay_file(
            Path(options.session).expanduser(),
            _new_folder(options.into),
            _reporter(options),
            data=data,
            edits={step: fields for step, fields in given.items() if fields},
            until=until,
            verify=options.verify,
        )
    )
    return 0


def profile(options: Namespace) -> int:
    """Look at a data file."""
    from mlops_tui.cli.look import look

    return look(options)


def history(options: Namespace) -> int:
    """List the decisions of a project."""
    from mlops_tui.cli.past import tell_history

    return tell_history(Path(options.dir).expanduser())


def doctor(options: Namespace) -> int:
    """Check the machine."""
    from mlops_tui import doctor as checks

    return checks.run()


def completion(options: Namespace) -> int:
    """Print shell completion."""
    import shtab

    from mlops_tui.cli.parser import build

    print(shtab.complete(build(), shell=options.print_completion))  # noqa: T201
    return 0


def _reporter(options: Namespace) -> Reporter:
    from mlops_tui.report import JsonLines, Lines

    return JsonLines() if options.json else Lines()


def _folder(given: str | None) -> Path | None:
    if given is None:
        return None
    path = Path(given).expanduser()
    if path.exists() and not path.is_dir():
        raise BadInput(
            f"{given} is a file.",
            "A project is a folder.",
            f"To start a project from this data: mlops-tui --data {given}",
        )
    return path.absolute()


def _new_folder(given: str) -> Path:
    path = _folder(given)
    assert path is not None
    if path.exists() and any(path.iterdir()):
        raise BadInput(
            f"The folder {given} is not empty.",
            "A new project never writes over what is there.",
            f"Name a new folder, or continue the project in it: mlops-tui {given}",
        )
    return path


def _needs_terminal(who: str, instead: str = "") -> None:
    full_screen = "ask" not in who
    # Textual paints to stderr, the prompts to stdout.
    needed = [sys.stdin, sys.stdout, *([sys.stderr] if full_screen else [])]
    if all(stream.isatty() for stream in needed):
        if os.environ.get("TERM") != "dumb" or not full_screen:
            return
        raise Usage(
            f"{who} needs a terminal that can move the cursor.",
            "TERM is 'dumb' here.",
            "Use the line prompts: mlops-tui ask",
        )
    raise Usage(
        f"{who} needs a terminal, and this is none.",
        "Input, output or the error output is a pipe or a file.",
        "Without a terminal use "
        + (instead or "mlops-tui new DIR --data FILE --target COLUMN --defaults")
        + ", or mlops-tui replay SESSION --into DIR.",
    )
