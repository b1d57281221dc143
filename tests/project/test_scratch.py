"""The work of a step happens beside the project's files, never in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlops_tui.project.objects import EMPTY_TREE, File
from mlops_tui.project.repository import Repository
from mlops_tui.project.scratch import scratch
from tests.project.conftest import decide, files, snapshot


def planned(repository: Repository) -> str:
    rendered = {
        **files(a_txt="a\n", src__b_py="b\n", _gitignore="/data/\n*.tmp\n"),
        "run.sh": File(b"#!/bin/sh\n", executable=True),
    }
    decide(repository, 1, rendered)
    return repository.plan({**rendered, "a.txt": File(b"a2\n"), "new.txt": File(b"n\n")}).tree


def test_a_plan_can_be_tried_without_touching_the_project(repository: Repository) -> None:
    tree = planned(repository)
    (repository.root / "var").mkdir()
    before = snapshot(repository.root)
    with scratch(repository, tree) as work:
        assert work == repository.root / ".mlops/work"
        assert (work / "a.txt").read_text() == "a2\n"
        assert (work / "new.txt").exists() and os.access(work / "run.sh", os.X_OK)
        (work / "a.txt").write_text("scribbled")
        assert snapshot(repository.root) == before
        (work / "var/model.db").write_text("kept")
        assert repository.commit_edits(fallback=None) is None  # type: ignore[arg-type]
    assert not work.exists()
    assert (repository.root / "var/model.db").read_text() == "kept"


def test_data_outside_git_and_untracked_files_come_along(
    repository: Repository, tmp_path: Path
) -> None:
    tree = planned(repository)
    root = repository.root
    (root / "data").mkdir()
    (root / "data/raw.parquet").write_bytes(b"large")
    (root / "data/other.parquet").write_bytes(b"not asked for")
    (root / "own").mkdir()
    (root / "own/helper.py").write_text("mine\n")
    (root / "link.txt").symlink_to("a.txt")
    (root / "x.tmp").write_text("ignored")
    os.mkfifo(root / "pipe")
    with scratch(repository, tree, ["data/raw.parquet", "data/none"]) as work:
        assert (work / "data/raw.parquet").read_bytes() == b"large"
        assert (work / "own/helper.py").read_text() == "mine\n"
        assert (work / "link.txt").read_text() == "a\n"
        assert not (work / "data/other.parquet").exists() and not (work / "x.tmp").exists()
        (work / "own/helper.py").write_text("scribbled")
    assert (root / "data/raw.parquet").read_bytes() == b"large"
    assert (root / "own/helper.py").read_text() == "mine\n"


def test_data_the_plan_holds_is_not_replaced(repository: Repository) -> None:
    tree = planned(repository)
    (repository.root / "new.txt").write_text("untracked\n")
    with scratch(repository, tree, ["new.txt"]) as work:
        assert (work / "new.txt").read_text() == "n\n"


def test_leftovers_go_first_and_a_failure_cleans_up(repository: Repository) -> None:
    tree = planned(repository)
    work = repository.root / ".mlops/work"
    (work / "shut").mkdir(parents=True)
    (work / "shut/old").write_text("old")
    (work / "shut").chmod(0o500)
    (repository.root / ".mlops/work.index").write_text("broken")
    with pytest.raises(RuntimeError), scratch(repository, tree):
        names = {path.name for path in work.iterdir()}
        assert names == {".gitignore", "a.txt", "new.txt", "run.sh", "src", "var"}
        raise RuntimeError
    assert not work.exists() and not (repository.root / ".mlops/work.index").exists()


def test_removing_never_follows_links(repository: Repository, tmp_path: Path) -> None:
    tree = planned(repository)
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_text("x")
    (repository.root / ".mlops/work").symlink_to(tmp_path / "precious")
    with scratch(repository, tree) as work:
        (work / "out").symlink_to(tmp_path / "precious")
    assert (tmp_path / "precious/file").exists()


def test_a_plan_before_the_first_decision(repository: Repository) -> None:
    with scratch(repository, EMPTY_TREE) as work:
        assert [path.name for path in work.iterdir()] == ["var"]
    plan = repository.plan(files(a_txt="a\n"))
    with scratch(repository, plan.tree) as work:
        assert (work / "a.txt").exists()
    assert not (repository.root / "a.txt").exists()
