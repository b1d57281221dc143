"""What came out of a journey, in a few figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlops_tui.journey import Journey
from mlops_tui.report.text import compact

VERDICTS = {
    "ml": "machine learning earns its keep",
    "rule": "a simple rule is enough",
    "no_signal": "the data cannot answer this, no better than chance",
    "leak": "too good to be true, check these columns",
    "not_enough_data": "not enough data to say",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The last line of a journey: what came out of it."""

    project: str
    task: str | None = None
    verdict: str | None = None
    verdict_columns: list[str] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    baseline: dict[str, Any] = field(default_factory=dict)
    service: dict[str, Any] = field(default_factory=dict)
    commit: str | None = None
    next_step: str | None = None


def summarize(journey: Journey) -> Summary:
    """What the steps done so far found, in a few figures."""
    judged, served = journey.facts("evaluation"), journey.facts("package")
    past = journey.history()
    interval = {"metric": judged.get("metric"), **dict(judged.get("model") or {})}
    baseline = {"metric": judged.get("metric"), **dict(judged.get("baseline") or {})}
    return Summary(
        project=str(journey.root),
        task=_task(journey),
        verdict=judged.get("verdict"),
        verdict_columns=list(judged.get("verdict_columns") or ()),
        metrics={**interval, "scores": dict(judged.get("scores") or {})} if judged else {},
        baseline=baseline if judged else {},
        service={key: served[key] for key in ("request", "status", "response") if key in served},
        commit=past[0].commit if past else None,
        next_step=journey.next_step(),
    )


def _task(journey: Journey) -> str | None:
    answers = journey.session.answers("data")
    return answers.get("task") if answers else None


def summary_lines(summary: Summary) -> list[tuple[str, str]]:
    """The summary for a person: pairs of a name and what is said about it."""
    verdict = VERDICTS.get(summary.verdict or "", summary.verdict or "not reached yet")
    columns = f" ({', '.join(summary.verdict_columns)})" if summary.verdict_columns else ""
    lines = [("Verdict", verdict + columns)]
    if summary.metrics:
        lines.append(("Model", _figures(summary.metrics)))
    if summary.baseline:
        lines.append(("Without ML", _figures(summary.baseline)))
    lines.append(("Project", f"{summary.project} (commit {(summary.commit or '')[:10]})"))
    if summary.service:
        lines.append(("Asked", compact(summary.service.get("request"))))
        answer = compact(summary.service.get("response"))
        lines.append(("Service", f"HTTP {summary.service.get('status')} {answer}"))
    if summary.next_step:
        lines.append(("Next", f"the step '{summary.next_step}': mlops-tui {summary.project}"))
    elif summary.service:
        lines.append(("Next", f"cd '{summary.project}' and read README.md; `make serve` runs it"))
    return lines


def _figures(figures: Mapping[str, Any]) -> str:
    interval = ""
    if figures.get("low") is not None and figures.get("high") is not None:
        interval = f" ({figures['low']:.4g} to {figures['high']:.4g})"
    metric = figures.get("metric", "")
    name = f"{figures['name']}, " if figures.get("name") else ""
    score = figures.get("score")
    told = f"{score:.4g}" if isinstance(score, int | float) else str(score)
    return f"{name}{metric} {told}{interval}".strip()
