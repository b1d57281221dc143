"""The log of decisions, as the first-parent line of `main` tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mlops_tui.project.git import Git

DECISION = "Decision"
"""The trailer every decision's commit carries."""

EDIT = "edit: "
"""How the subject of a commit begins that holds the user's own changes."""

_FORMAT = "%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%B"
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): (.*)")


@dataclass(frozen=True, slots=True)
class Commit:
    """One entry of the log."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    when: datetime
    subject: str
    body: str
    trailers: Mapping[str, str]

    @property
    def is_decision(self) -> bool:
        """Whether a decision landed here: a merge of a pristine commit."""
        return len(self.parents) == 2 and DECISION in self.trailers

    @property
    def is_edit(self) -> bool:
        """Whether it holds changes the user made by hand, committed by us."""
        return len(self.parents) < 2 and self.subject.startswith(EDIT)


def log(git: Git, head: str) -> list[Commit]:
    """The first-parent line, newest first."""
    told = git.run("log", "--first-parent", "-z", f"--format={_FORMAT}", head)
    return [_commit(record) for record in told.out.decode("utf-8", "replace").split("\0") if record]


def message(text: str, trailers: Mapping[str, str]) -> str:
    """A commit message: subject, body, and the trailers as its last paragraph."""
    clean = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text.replace("\r\n", "\n")).strip()
    subject, _, body = clean.partition("\n")
    last = "\n".join(f"{key}: {_one_line(value)}" for key, value in trailers.items())
    parts = (subject.strip(), body.strip("\n").rstrip(), last)
    return "\n\n".join(part for part in parts if part) + "\n"


def _commit(record: str) -> Commit:
    name, parents, author, email, when, text = record.split("\x1f", 5)
    *paragraphs, last = text.strip("\n").split("\n\n")
    found = [_TRAILER.fullmatch(line) for line in last.splitlines()]
    trailers = {match[1]: match[2] for match in found if match}
    if not paragraphs or not all(found):
        trailers, paragraphs = {}, [*paragraphs, last]
    subject, _, body = "\n\n".join(paragraphs).partition("\n")
    return Commit(
        name,
        tuple(parents.split()),
        author,
        email,
        datetime.fromisoformat(when),
        subject,
        body.strip("\n"),
        trailers,
    )


def _one_line(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", value).strip()
