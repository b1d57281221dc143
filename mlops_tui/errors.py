"""The errors a user can meet: what happened, why, and what to do next, in plain words."""

from __future__ import annotations


class Trouble(Exception):
    """A problem told to the user in three parts; never shown with a traceback.

    `exit_code` is what the command line ends with when nothing else handles it.
    """

    exit_code = 4

    def __init__(self, what: str, why: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.do = do

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.do) if part)


class Usage(Trouble):
    """The command line was not understood."""

    exit_code = 2


class BadInput(Trouble):
    """Data, a session or an answer cannot be used as it is."""

    exit_code = 3


class BadAnswers(BadInput):
    """Some answers of a step are missing or cannot be used.

    `problems` maps a field's name to what is wrong with it and how to mend it.
    """

    def __init__(self, step: str, problems: dict[str, str]) -> None:
        told = "; ".join(f"{step}.{name}: {why.rstrip('.')}" for name, why in problems.items())
        super().__init__(
            f"The step '{step}' cannot use these answers: {told}.",
            do=f"Give another value, for example with --set {step}.{next(iter(problems))}=VALUE.",
        )
        self.step = step
        self.problems = problems


class StepFailed(Trouble):
    """The work of a step did not succeed."""

    exit_code = 4


class Difference(Trouble):
    """A verified replay did not find what the recording holds."""

    exit_code = 5


class Cancelled(Trouble):
    """The user stopped it."""

    exit_code = 130
