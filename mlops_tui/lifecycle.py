"""The order of the steps, what each stands on, and what an amended answer makes stale.

Pure functions over the decisions of a session; no I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

Phase = Literal["discovery", "development", "deployment"]
State = Literal["done", "stale", "todo"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A step's place in the lifecycle; `needs` names the steps whose change makes it stale."""

    name: str
    phase: Phase
    needs: tuple[str, ...] = ()


STOPS: tuple[Stop, ...] = (
    Stop("problem", "discovery"),
    Stop("users", "discovery"),
    Stop("need", "discovery"),
    Stop("data", "discovery"),
    Stop("tools", "discovery"),
    Stop("pipeline", "development", ("data",)),
    Stop("features", "development", ("data", "pipeline")),
    Stop("training", "development", ("problem", "users", "data", "pipeline", "features")),
    Stop("evaluation", "development", ("problem", "training")),
    Stop("package", "deployment", ("evaluation",)),
    Stop("launch", "deployment", ("package", "tools")),
    Stop("monitoring", "deployment", ("evaluation",)),
    Stop("retraining", "deployment", ("evaluation",)),
)
ORDER: tuple[str, ...] = tuple(stop.name for stop in STOPS)
_BY_NAME = {stop.name: stop for stop in STOPS}


class Decided(Protocol):
    """What the lifecycle needs to know of a decision."""

    @property
    def step(self) -> str:
        """The name of the step that was decided."""


D = TypeVar("D", bound=Decided)
Weight = Callable[[Any], Any]
"""Maps a decision to the part of it that later steps depend on; equal weights change nothing."""


def stop(name: str) -> Stop:
    """The place of the step `name`; raises KeyError for a name that is none."""
    return _BY_NAME[name]


def number(name: str) -> int:
    """The step's number as people count, from 1."""
    return ORDER.index(name) + 1


def latest(decisions: Sequence[D], name: str) -> D | None:
    """The decision in force for a step."""
    return next((d for d in reversed(decisions) if d.step == name), None)


def states(
    decisions: Sequence[Any], weight: Weight, reopened: frozenset[str] = frozenset()
) -> dict[str, State]:
    """The state of every step, in order.

    A step is stale when something it needs was decided differently after it was decided, or is
    stale itself. `reopened` names steps whose decision was not to be done yet.
    """
    found: dict[str, State] = {}
    for here in STOPS:
        at = _last_index(decisions, here.name)
        if at is None:
            found[here.name] = "todo"
        elif here.name in reopened or any(
            found[need] == "stale" or _moved(decisions, need, at, weight) for need in here.needs
        ):
            found[here.name] = "stale"
        else:
            found[here.name] = "done"
    return found


def next_step(states: dict[str, State], returned_to: str | None = None) -> str | None:
    """The step to do next; None when every step is done.

    `returned_to` is the step that a later one sent the user back to.
    """
    if returned_to is not None:
        return returned_to
    return next((name for name, state in states.items() if state != "done"), None)


def sent_back(decisions: Sequence[Any], name: str, target: str | None) -> str | None:
    """`target`, as long as it was not decided again after the step `name` sent the user there."""
    at = _last_index(decisions, name)
    if at is None or target is None or latest(decisions[at:], target) is not None:
        return None
    return target


def stale_after(name: str) -> tuple[str, ...]:
    """The steps that an amended answer on `name` may make stale, in order."""
    touched = {name}
    for here in STOPS:
        if touched & set(here.needs):
            touched.add(here.name)
    return tuple(step for step in ORDER if step in touched and step != name)


def stands_on(name: str) -> tuple[str, ...]:
    """The steps that `name` needs, directly or through others, in order."""
    found: set[str] = set()
    for need in stop(name).needs:
        found |= {need, *stands_on(need)}
    return tuple(step for step in ORDER if step in found)


def _last_index(decisions: Sequence[Any], name: str) -> int | None:
    return next((i for i in range(len(decisions) - 1, -1, -1) if decisions[i].step == name), None)


def _moved(decisions: Sequence[Any], name: str, since: int, weight: Weight) -> bool:
    now = latest(decisions, name)
    then = latest(decisions[:since], name)
    if now is None or then is None:
        return now is not then
    return now is not then and bool(weight(now) != weight(then))
