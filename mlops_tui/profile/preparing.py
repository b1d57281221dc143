"""Put the data of a decision into a project: snapshot, manifest, contract, cleaning, reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile.cleaning import cleaning, reading
from mlops_tui.profile.contract import contract
from mlops_tui.profile.corrections import UNCORRECTED, Corrections
from mlops_tui.profile.discreet import discreet, unquoted
from mlops_tui.profile.inspecting import OnProgress, profiled
from mlops_tui.profile.model import Profile, Remedy
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.reading import opened
from mlops_tui.profile.remedies import applied, parsed
from mlops_tui.profile.snapshot import manifest, write_sample, write_snapshot
from mlops_tui.profile.sources import Source
from mlops_tui.profile.table import Table

COMMIT_LIMIT_MB = 5.0


@dataclass(frozen=True, slots=True)
class Roles:
    """What the user decided about the columns."""

    target: str
    task: str | None = None
    positive: str | None = None
    time: str | None = None
    group: str | None = None
    exclude: dict[str, str] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()
    corrections: Corrections = UNCORRECTED

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> Roles:
        """From roles.json; what is not known is ignored."""
        if not isinstance(told, dict) or not isinstance(told.get("target"), str):
            raise BadInput("The roles name no target column.", do='Add "target": "COLUMN".')
        exclude = told.get("exclude") or {}
        names = ("target", "task", "positive", "time", "group")
        given: dict[str, Any] = {k: told.get(k) for k in names}
        corrections = Corrections.from_dict(told.get("corrections"))
        remedies = parsed(told.get("remedies"))
        return cls(**given, exclude=dict(exclude), remedies=remedies, corrections=corrections)


def prepare(
    source: Path | str,
    roles: Roles,
    into: Path,
    commit_limit_mb: float = COMMIT_LIMIT_MB,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """Write the data files under `into` and return the facts about them."""
    told = on_progress or (lambda done, total, label: None)
    with opened(source, told, roles.corrections) as table:
        _check(table, roles)
        table.detected = unquoted(table.detected)
        rules = reading(table)
        remedied = applied(table, roles.remedies, roles.target)
        rules += [rule for deed in remedied for rule in deed["rules"]]
        _check(table, roles, frozenset(_excluded_by(roles)))
        seen = profiled(table, roles.target, told)
        told(0, None, "writing the data")
        raw = into / "data" / "raw.parquet"
        write_snapshot(table, raw)
        committed = raw.stat().st_size <= commit_limit_mb * 1e6
        sample = into / "data" / "sample.parquet"
        sample.unlink(missing_ok=True)
        if not committed:
            write_sample(table, sample, roles.target)
        told(0, None, "taking the fingerprint")
        origin = manifest(table, Source.parse(str(source)), raw, committed)
        if roles.corrections:
            origin["corrections"] = roles.corrections.to_dict()
        if remedied:
            origin["remedies"] = [_short(deed) for deed in remedied]
    dropped = list({c["name"]: c for deed in remedied for c in deed["dropped"]}.values())
    promised = contract(seen, roles.target, roles.exclude, roles.group, dropped)
    private = {c["name"] for c in promised["columns"] if c["role"] in ("excluded", "identifier")}
    profile = discreet(seen, private, {roles.target, roles.time or roles.target})
    gone = [column["name"] for column in dropped]
    needed = cleaning(rules, gone, _read_by_the_project(promised, roles))
    _write_documents(into, profile, origin, promised, needed)
    return _facts(profile, origin, into)


def _short(remedied: dict[str, Any]) -> dict[str, Any]:
    """What a remedy did, without what only the contract and the cleaning need."""
    return {key: remedied[key] for key in ("action", "columns", "value", "changed")}


def _read_by_the_project(promised: dict[str, Any], roles: Roles) -> set[str]:
    asked_for = {roles.target, roles.time, roles.group}
    columns = promised["columns"]
    return {c["name"] for c in columns if c["role"] == "input" or c["name"] in asked_for}


def _excluded_by(roles: Roles) -> list[str]:
    """The columns that remedies drop: leaving them out as inputs, too, asks for the same."""
    return [name for r in roles.remedies if r.action == "exclude" for name in r.columns]


def _check(table: Table, roles: Roles, dropped: frozenset[str] = frozenset()) -> None:
    names = [*(column.name for column in table.columns), *(dropped & set(roles.exclude))]
    wanted = [roles.target, roles.time, roles.group, *roles.exclude]
    for name in wanted:
        if name is not None and name not in names:
            raise BadInput(
                f"There is no column called {printable(name, 60)}.",
                do=f"The columns are: {listed(names, 12)}.",
            )
    if roles.target in roles.exclude:
        raise BadInput("The target cannot be left out.", do="Choose another target.")


def _write_documents(
    into: Path,
    profile: Profile,
    origin: dict[str, Any],
    promised: dict[str, Any],
    needed: dict[str, Any],
) -> None:
    from mlops_tui.profile.export import html

    for name, content in (
        ("data/manifest.yaml", _yaml(origin)),
        ("data/contract.yaml", _yaml(promised)),
        ("data/cleaning.yaml", _yaml(needed)),
        ("reports/profile.json", profile.to_json()),
        ("reports/profile.html", html(profile)),
    ):
        write_text(into / name, content)


def _yaml(content: dict[str, Any]) -> str:
    import yaml

    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


def write_text(path: Path, content: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    # Odd surrogates of a damaged file must not stop the report.
    part.write_text(content, encoding="utf-8", errors="backslashreplace", newline="\n")
    part.replace(path)


def _facts(profile: Profile, origin: dict[str, Any], into: Path) -> dict[str, Any]:
    files = ["data/raw.parquet", "data/manifest.yaml", "data/contract.yaml", "data/cleaning.yaml"]
    files += ["reports/profile.json", "reports/profile.html"]
    if (into / "data" / "sample.parquet").exists():
        files.append("data/sample.parquet")
    return {
        "rows": profile.rows,
        "columns": len(profile.columns),
        "source_sha256": origin["source"]["sha256"],
        "snapshot_sha256": origin["snapshot"]["sha256"],
        "committed": origin["snapshot"]["committed"],
        "findings": finding_facts(profile),
        "files": sorted(files),
        **({"remedies": origin["remedies"]} if "remedies" in origin else {}),
    }


def finding_facts(profile: Profile) -> list[dict[str, Any]]:
    """The findings in short, for a result."""
    return [
        {"id": f.id, "severity": f.severity, "columns": list(f.columns), "evidence": f.evidence}
        for f in profile.findings
    ]
