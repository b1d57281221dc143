"""A decision becomes two commits; equal inputs give equal ids whatever git is configured to do."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.project.objects import File
from mlops_tui.project.repository import Repository
from tests.project.conftest import decide, files, signed, snapshot


def test_files_land_as_they_were_rendered(repository: Repository) -> None:
    binary = bytes(range(256)) + b"\r\n"
    rendered = {"run.sh": File(b"#!/bin/sh\r\n", executable=True), "data/raw.bin": File(binary)}
    decide(repository, 1, rendered)
    assert (repository.root / "data/raw.bin").read_bytes() == binary
    assert (repository.root / "run.sh").read_bytes() == b"#!/bin/sh\r\n"
    assert (repository.root / "run.sh").stat().st_mode & stat.S_IXUSR
    assert not (repository.root / "data/raw.bin").stat().st_mode & stat.S_IXUSR


def test_the_log_shows_decisions_with_their_record(
    repository: Repository, git: Callable[..., str]
) -> None:
    decide(repository, 1, files(a_txt="one\n"))
    last = decide(repository, 2, files(a_txt="two\n"))
    newest, before, start = repository.history()
    assert newest.id == last == git("rev-parse", "main")
    assert (newest.subject, newest.body) == ("problem: number 2", "Because.")
    assert newest.trailers == {"Step": "problem", "Decision": "2"}
    assert newest.when == signed(2).when
    assert newest.is_decision and before.is_decision and not start.is_decision
    assert git("status", "--porcelain") == ""
    assert git("fsck", "--strict", "--no-dangling") == ""
    assert git("log", "-1", "--format=%(trailers:key=Step,valueonly)").strip() == "problem"


def test_the_pristine_line_holds_pure_renders(repository: Repository) -> None:
    decide(repository, 1, files(a_txt="one\n", b_txt="b\n"))
    (repository.root / "a.txt").write_text("one\nmine\n")
    decide(repository, 2, files(a_txt="one\n", b_txt="c\n"))
    pristine = repository.pristine()
    assert pristine is not None
    assert repository.tree(pristine).read("a.txt") == b"one\n"
    assert repository.tree().read("a.txt") == b"one\nmine\n"
    base = repository.base()
    assert base.commit == pristine and not base.lost
    assert base.paths() == ["a.txt", "b.txt", "session.yaml"]
    assert base.read("b.txt") == b"c\n"
    with pytest.raises(KeyError):
        base.read("none.txt")


def three_decisions(root: Path) -> tuple[str, str | None]:
    repository = Repository.create(root)
    decide(repository, 1, files(a_txt="one\ntwo\n", b_sh="x\r\n"))
    decide(repository, 2, files(a_txt="one\n2\n", sub__ünicode_txt="ü\n"))
    last = decide(repository, 3, files(a_txt="1\n2\n"))
    return last, repository.pristine()


def hostile(tmp_path: Path) -> str:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in (
        "pre-commit",
        "post-merge",
        "post-checkout",
        "reference-transaction",
        "post-index-change",
    ):
        (hooks / name).write_text("#!/bin/sh\necho no >&2; exit 1\n")
        (hooks / name).chmod(0o755)
    (tmp_path / "attributes").write_text("* text eol=crlf\n*.txt merge=union\n")
    (tmp_path / "template" / "info").mkdir(parents=True)
    (tmp_path / "template" / "info" / "exclude").write_text("*.txt\n")
    return f"""
[user]
    name = Eve Hostile
    email = eve@example.org
[commit]
    gpgsign = true
    template = /nonexistent
[gpg]
    program = /bin/false
[core]
    autocrlf = true
    safecrlf = true
    eol = crlf
    hooksPath = {hooks}
    attributesFile = {tmp_path / "attributes"}
    quotePath = true
    fsmonitor = /bin/false
    ignoreCase = true
[merge]
    conflictStyle = diff3
    renames = false
    ff = false
    verifySignatures = true
    autoStash = true
[pull]
    rebase = true
[log]
    showSignature = true
[status]
    showUntrackedFiles = no
[init]
    defaultBranch = trunk
    templateDir = {tmp_path / "template"}
[i18n]
    commitEncoding = ISO-8859-1
[diff]
    noprefix = true
    renames = false
[color]
    ui = always
[extensions]
    worktreeConfig = true
"""


def test_ids_are_equal_under_a_hostile_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = three_decisions(tmp_path / "plain")
    (Path(os.environ["HOME"]) / ".gitconfig").write_text(hostile(tmp_path))
    for name, value in {
        "GIT_DIR": "/nonexistent",
        "GIT_INDEX_FILE": "/nonexistent/index",
        "GIT_WORK_TREE": "/nonexistent",
        "GIT_AUTHOR_NAME": "Somebody Else",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_COMMITTER_EMAIL": "else@example.org",
        "GIT_OBJECT_DIRECTORY": "/nonexistent",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "merge.renames",
        "GIT_CONFIG_VALUE_0": "false",
        "GIT_TRACE": "1",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
    }.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    before = os.umask(0o077)
    try:
        assert three_decisions(tmp_path / "hostile") == plain
    finally:
        os.umask(before)
    assert snapshot(tmp_path / "hostile") == snapshot(tmp_path / "plain")


def test_another_answer_changes_the_ids_from_there_on(tmp_path: Path) -> None:
    one, two = (Repository.create(tmp_path / name) for name in ("one", "two"))
    assert decide(one, 1, files(a_txt="a\n")) == decide(two, 1, files(a_txt="a\n"))
    assert decide(one, 2, files(a_txt="b\n")) != decide(two, 2, files(a_txt="c\n"))


def test_odd_names_are_only_data(repository: Repository) -> None:
    names = ["-rf", "a b.txt", 'quo"te', "tab\there", "line\nend", "emoji 🛫", "{{ x }}", "a\\b"]
    decide(repository, 1, {name: File(name.encode()) for name in names})
    for name in names:
        assert (repository.root / name).read_bytes() == name.encode()
    assert set(names) < set(repository.base().paths())


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/x",
        "../x",
        "a/../../x",
        ".git/hooks/x",
        "sub/.GIT/x",
        "var/x",
        ".mlops/x",
        "./a",
        "a//b",
    ],
)
def test_a_render_never_writes_outside(repository: Repository, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        repository.plan({path: File(b"x")})


def test_messages_and_names_are_cleaned(repository: Repository) -> None:
    plan = repository.plan(files(a_txt="a\n"))
    strange = signed().__class__("  <Ada>\n,", "", signed().when)
    repository.land(
        plan, "subject \x00\x07\n\nBody: looks like\nTrailer: one", {"Decision": "1\n2"}, strange
    )
    newest = repository.history()[0]
    assert newest.author == "Ada" and newest.trailers == {"Decision": "1 2"}
    assert newest.subject == "subject" and newest.body == "Body: looks like\nTrailer: one"


def test_a_hundred_files_take_well_under_a_second(repository: Repository) -> None:
    rendered = {f"d{n % 10}/f{n}.txt": File(f"{n}\n".encode() * 50) for n in range(100)}
    begun = time.process_time() + sum(os.times()[2:4])
    decide(repository, 1, rendered)
    decide(repository, 2, {**rendered, "d1/f1.txt": File(b"new\n")})
    assert time.process_time() + sum(os.times()[2:4]) - begun < 2


def test_signatures_need_a_zone(repository: Repository) -> None:
    naive = signed().__class__("A", "a@example.org", signed().when.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        repository.land(repository.plan(files(a_txt="a")), "x", {"Decision": "1"}, naive)
