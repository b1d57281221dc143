"""How many servers: from a measured load test to replicas."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEADROOM = 0.6
"""Plan for servers 60% busy: above that, waiting grows fast (M/M/1: 1 / (1 - utilisation))."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Replicas for a peak load; `requests_per_second` is what one replica may be given."""

    replicas: int
    requests_per_second: float
    concurrency: int
    meets_latency: bool


def plan(steps: Sequence[Mapping[str, Any]], peak: float, p95_ms: float, redundant: bool) -> Plan:
    """The fewest replicas that carry `peak` requests a second within `p95_ms`.

    `steps` are the levels of a load test, each with `concurrency`, `p95_ms` and
    `requests_per_second` of one replica.
    """
    within = [step for step in steps if step["p95_ms"] <= p95_ms]
    best = max(
        within or sorted(steps, key=lambda step: step["p95_ms"])[:1],
        key=lambda step: step["requests_per_second"],
    )
    one = best["requests_per_second"] * HEADROOM
    needed = max(1, math.ceil(peak / one)) if one > 0 else 1
    return Plan(
        replicas=needed + 1 if redundant else needed,
        requests_per_second=round(one, 1),
        concurrency=int(best["concurrency"]),
        meets_latency=bool(within),
    )
