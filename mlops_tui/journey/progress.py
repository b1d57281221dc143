"""Where a session stands in the lifecycle."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mlops_tui import lifecycle
from mlops_tui.journey.kinds import Place, Recorded
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS


def next_step(session: Session) -> str | None:
    """The step to do next; None when the journey is complete."""
    return lifecycle.next_step(states(session), _sent_back_to(session))


def rail(session: Session) -> list[Place]:
    """All steps with their states."""
    found, here = states(session), next_step(session)
    return [
        Place(
            stop.name,
            number,
            stop.phase,
            STEPS[stop.name].screen.title,
            found[stop.name],
            stop.name == here,
        )
        for number, stop in enumerate(lifecycle.STOPS, 1)
    ]


def states(session: Session) -> dict[str, lifecycle.State]:
    """The state of every step; one that sent the user back is to be decided again."""
    reopened = frozenset(name for name, target in _targets(session).items() if target)
    return lifecycle.states(session.decisions, _weight, reopened)


def same_ground(session: Session, taken: Decision, recorded: Recorded | None) -> Recorded | None:
    """The recorded decision, if what it stood on is what `taken` stands on.

    Fills in the basis of `taken`, and the recorded reasons where the answers are the same.
    """
    taken.basis = basis(session, taken)
    if recorded is None or recorded.decision.basis != taken.basis:
        return None
    if recorded.decision.answers == taken.answers and recorded.decision.reasons:
        taken.reasons = dict(recorded.decision.reasons)
    return recorded


def keep_places(taken: Decision, before: Decision) -> None:
    """What stands for the recorded file (a project's own snapshot) goes by the file's name.

    With it come the recorded reasons of all answers that are the same.
    """
    places = STEPS[taken.step].places
    taken.answers = {**taken.answers, **{name: before.answers[name] for name in places}}
    same = [name for name, told in taken.answers.items() if told == before.answers.get(name)]
    kept = {name: before.reasons[name] for name in same if name in before.reasons}
    taken.reasons = {**taken.reasons, **kept}


def basis(session: Session, taken: Decision) -> str:
    """A digest of what a decision's work stands on: the answers that matter, and the data."""
    told: list[Any] = [_answers_that_matter(taken)]
    for name in lifecycle.stands_on(taken.step):
        earlier = lifecycle.latest(session.decisions, name)
        told.append(_answers_that_matter(earlier) if earlier else None)
        if earlier and name == "data":
            told.append(earlier.facts.get("snapshot_sha256"))
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _sent_back_to(session: Session) -> str | None:
    for name, target in _targets(session).items():
        if back := lifecycle.sent_back(session.decisions, name, target):
            return back
    return None


def _targets(session: Session) -> dict[str, str | None]:
    return {name: step.goes_back_to(session.answers(name) or {}) for name, step in STEPS.items()}


def _weight(decision: Decision) -> Any:
    """What later steps depend on: answers, facts and files, without what is only words."""
    words_only = STEPS[decision.step].words_only
    answers = _answers_that_matter(decision)
    facts = {name: v for name, v in decision.facts.items() if name not in words_only}
    return answers, facts, decision.files


def _answers_that_matter(decision: Decision) -> dict[str, Any]:
    words_only = STEPS[decision.step].words_only
    return {name: v for name, v in decision.answers.items() if name not in words_only}
