"""Compares a replay with the recording, and says what differs and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mlops_tui.errors import Difference, Trouble
from mlops_tui.project.history import Commit
from mlops_tui.project.repository import Repository
from mlops_tui.report import Reporter, one_line
from mlops_tui.session import FILE_NAME, Decision, Session, load
from mlops_tui.steps import STEPS

_MOST_TOLD = 20


def verify(
    recorded: Session, home: Path, root: Path, reporter: Reporter, edited: Sequence[str] = ()
) -> None:
    """Raise Difference when the project in `root` is not what the recording holds.

    `home` is where the session lies: with its repository there, commits are compared too.
    """
    replayed = load(root / FILE_NAME)
    pairs = list(zip(recorded.decisions, replayed.decisions, strict=False))
    told = [line for before, after in pairs for line in differences(before, after)]
    told += commit_differences(_commits(home), _commits(root), len(pairs))
    if not told:
        reporter.note(f"Verified: {_compared(pairs)}; nothing differs from the recording.")
        return
    for line in told[:_MOST_TOLD]:
        reporter.note(f"Differs: {line}")
    if len(told) > _MOST_TOLD:
        reporter.note(f"... and {len(told) - _MOST_TOLD} more.")
    raise Difference(
        f"The replay differs from the recording in {len(told)} "
        f"{'place' if len(told) == 1 else 'places'}, first: {told[0]}.",
        " ".join(reasons(recorded, replayed, _commits(home), edited)),
        "The replayed project is complete; keep it, or mend the cause and replay again.",
    )


def differences(before: Decision, after: Decision) -> list[str]:
    """What differs between a recorded and a replayed decision.

    A question that did not exist when it was recorded counts as answered with "I don't know yet".
    """
    new = STEPS[before.step].model.unasked()
    found = [
        f"{before.step}: the answer {name} was {one_line(was, 60)}, is {one_line(now, 60)}"
        for name, was, now in _unequal({**new, **before.answers}, {**new, **after.answers})
    ]
    found += [
        f"{before.step}: {name} was {one_line(was, 60)}, is {one_line(now, 60)}"
        for name, was, now in _unequal(before.facts, after.facts)
    ]
    found += [
        f"{before.step}: the file {name} {_file_change(was, now)}"
        for name, was, now in _unequal(before.files, after.files)
    ]
    return found


def commit_differences(before: Sequence[Commit], after: Sequence[Commit], count: int) -> list[str]:
    """The first decision whose commit id is not the recorded one (all later ones follow it)."""
    for number, (was, now) in enumerate(zip(before, after, strict=False), 1):
        if number <= count and was.id != now.id:
            return [f"decision {number} ({now.subject}): commit {was.id[:10]} became {now.id[:10]}"]
    return []


def reasons(
    recorded: Session, replayed: Session, commits: Sequence[Commit], edited: Sequence[str]
) -> list[str]:
    """Why a replay can differ, as far as it can be seen."""
    found: list[str] = []
    if edited:
        found.append(f"You changed answers with --set: {', '.join(edited)}.")
    was, now = _source(recorded), _source(replayed)
    if was and now and was != now:
        found.append(f"The data came from {now}, not from {was}: name that file with --data.")
    elif _data(recorded) != _data(replayed):
        found.append("The data is not the same file: its fingerprint differs.")
    for name, was, now in _unequal(recorded.versions, replayed.versions):
        found.append(f"{name} was {was or 'not installed'} and is {now or 'not installed'}.")
    if recorded.mine or any(not commit.is_decision for commit in commits[1:]):
        found.append("The recorded project holds changes made by hand, which a session does not.")
    return found or [
        "Data, answers and versions are the same, so the files that mlops-tui itself writes or "
        "the code that it brings differ: the recording was made with another build of it."
    ]


def _compared(pairs: Sequence[tuple[Decision, Decision]]) -> str:
    files = sum(len(before.files) for before, _ in pairs)
    facts = sum(len(before.facts) for before, _ in pairs)
    return f"{len(pairs)} decisions, {facts} figures and {files} files compared"


def _unequal(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    return [
        (name, before.get(name), after.get(name))
        for name in [*before, *(name for name in after if name not in before)]
        if before.get(name) != after.get(name)
    ]


def _file_change(was: str | None, now: str | None) -> str:
    if was is None:
        return "is new"
    return "is gone" if now is None else "has other content"


def _data(session: Session) -> Any:
    decision = next((d for d in reversed(session.decisions) if d.step == "data"), None)
    if decision is None:
        return None
    return decision.facts.get("source_sha256")


def _source(session: Session) -> str:
    return one_line((session.answers("data") or {}).get("source", ""))


def _commits(root: Path) -> list[Commit]:
    """The decisions' commits, oldest first; none where there is no repository."""
    if not (root / ".git").exists():
        return []
    try:
        history = Repository(root).history()
    except Trouble:
        return []
    return [commit for commit in reversed(history) if commit.is_decision or not commit.parents]
