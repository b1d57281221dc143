"""The command line: what is understood, how it ends, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from front_doors import tell

from mlops_tui.cli import main
from mlops_tui.cli.parser import COMMANDS, command_first, parse
from mlops_tui.cli.settings import suggestions
from mlops_tui.errors import Usage
from mlops_tui.lifecycle import ORDER


def run(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **more.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(
        [sys.executable, "-m", "mlops_tui", *words],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment, timeout=120,
        **more,
    )  # fmt: skip


def one_paragraph(told: str) -> str:
    assert told.count("\n") == 1, told
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["app"]),
        (["folder"], ["app", "folder"]),
        (["--data", "new", "folder"], ["app", "--data", "new", "folder"]),
        (["new", "d", "--json"], ["new", "d", "--json"]),
        (["--json", "new", "d"], ["new", "--json", "d"]),
        (["--into", "x", "replay", "s"], ["replay", "--into", "x", "s"]),
        (["--help"], ["--help"]),
        (["--print-completion", "bash"], ["--print-completion", "bash"]),
    ],
)
def test_the_command_is_found_wherever_it_stands(typed: list[str], meant: list[str]) -> None:
    assert command_first(typed) == meant


def test_options_stand_before_or_after_positionals() -> None:
    before = parse(["new", "--data", "f.csv", "--until", "need", "folder"])
    after = parse(["new", "folder", "--data", "f.csv", "--until", "need"])
    assert vars(before) | {"room": 0} == vars(after) | {"room": 0}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([command, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[command][1][1:] in capsys.readouterr().out.replace("\n", " ")


def test_settings_are_read_as_the_question_wants_them() -> None:
    options = parse(
        [
            "new", "d", "--defaults", "--target", "late",
            "--set", "training.budget_seconds=30", "--set", "training.candidates=linear, forest",
            "--set", "data.positive=true", "--set", "data.time_column=null",
            "--set", "features.flag_missing=no", "--set", "features.treatments={a: drop}",
        ]
    )  # fmt: skip
    assert suggestions(options) == {
        "training": {"budget_seconds": 30, "candidates": ["linear", "forest"]},
        "data": {"positive": "true", "time_column": None, "target": "late"},
        "features": {"flag_missing": False, "treatments": {"a": "drop"}},
    }


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("budget=3", "STEP.FIELD=VALUE"),
        ("trainig.seed=3", "training"),
        ("training.budget=3", "budget_seconds"),
        ("training.candidates=[linear", "YAML"),
    ],
)
def test_a_setting_that_is_none_names_what_is_known(setting: str, named: str) -> None:
    with pytest.raises(Usage, match=named):
        suggestions(parse(["new", "d", "--set", setting]))


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["new"], 2, "DIR"),
        (["new", "d", "--bogus"], 2, "--bogus"),
        (["new", "d", "--until", "never"], 2, "retraining"),
        (["new", "d", "--data", "/no/such.csv", "--defaults"], 3, "such.csv"),
        (["replay", "/no/such.yaml", "--into", "d"], 3, "such.yaml"),
        (["history", "/no/such"], 3, "no mlops-tui project"),
        (["profile", "/no/such.csv"], 3, "such.csv"),
        (["demo", "--headless"], 2, "--into"),
    ],
)
def test_errors_are_one_paragraph_with_their_code(
    words: list[str], code: int, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(words) == code
    assert named in one_paragraph(capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [[], ["ask"], ["demo"], ["somewhere"]])
def test_without_a_terminal_it_says_what_to_use(words: list[str], tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "mlops-tui" in one_paragraph(done.stderr).split("Without a terminal use", 1)[1]
    assert done.stdout == ""


def test_what_nobody_expected_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("mlops_tui.doctor.run", lambda: 1 / 0)
    assert main(["doctor"]) == 4
    told = one_paragraph(capsys.readouterr().err)
    path = Path(told.rpartition(": ")[2].strip())
    assert path.is_relative_to(tmp_path)
    assert "ZeroDivisionError" in path.read_text()


def test_an_error_does_not_act_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = tmp_path / "a\x1b[2Jb.csv"
    assert main(["profile", str(name)]) == 3
    assert "\x1b" not in capsys.readouterr().err


def test_with_json_an_error_is_a_line_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "d"), "--json"]) == 3
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[-1]["type"] == "error"
    assert told[-1]["exit_code"] == 3


def test_a_missing_answer_names_step_and_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "d")]) == 3
    assert "--set problem.name=VALUE" in one_paragraph(capsys.readouterr().err)


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["new", str(tmp_path), "--defaults"]) == 3
    assert "not empty" in one_paragraph(capsys.readouterr().err)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_inside_a_checkout_only_where_it_is_ignored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `make demo` does: ./demo in the checkout, which ignores /demo/ (a pattern for folders)."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("/demo/\n")
    words = ["--defaults", "--until", "problem"]
    assert main(["new", str(tmp_path / "demo"), *words]) == 0
    capsys.readouterr()
    assert main(["new", str(tmp_path / "other"), *words]) == 3
    assert "inside another git repository" in one_paragraph(capsys.readouterr().err)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"'{sys.executable}' -m mlops_tui --print-completion bash | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("#")
    assert done.stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_names_the_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--print-completion", shell]) == 0
    told = capsys.readouterr().out
    assert all(command in told for command in COMMANDS)


def test_a_terminal_without_unicode_gets_escapes(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("größe,y\n" + "".join(f"{i},{i % 2}\n" for i in range(50)), encoding="utf-8")
    done = run("profile", str(file), env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert "gr\\xf6\\xdfe" in done.stdout


def test_profile_tells_columns_and_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, page = tmp_path / "f.csv", tmp_path / "page.html"
    file.write_text("size,late\n" + "".join(f"{i},{'yn'[i % 2]}\n" for i in range(80)))
    assert main(["profile", str(file), "--target", "late", "--json", "--html", str(page)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in told if line["type"] == "column"] == ["size", "late"]
    assert told[-1]["type"] == "summary"
    assert (told[-1]["rows"], told[-1]["task"]) == (80, "binary")
    assert "<html" in page.read_text()


def test_profile_names_the_columns_when_the_target_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.csv"
    file.write_text("size,late\n" + "".join(f"{i},{i % 2}\n" for i in range(80)))
    assert main(["profile", str(file), "--target", "nope"]) == 3
    assert "size and late" in one_paragraph(capsys.readouterr().err)


def test_doctor_names_each_check(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    states = {line.split()[1]: line.split()[0] for line in lines if line[:4].strip()
              in ("ok", "warn", "fail")}  # fmt: skip
    names = {"python", "git", "make", "uv", "libraries", "disk", "port", "terminal", "telemetry"}
    assert names <= set(states)
    assert code == (4 if "fail" in states.values() else 0)


def test_until_stops_there_and_history_tells_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "late flights"
    words = ["new", str(project), "--defaults", "--until", "users", "--set", "problem.name=Late"]
    assert main([*words, "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["step"] for line in told if line["type"] == "decision"] == list(ORDER[:2])
    assert told[-1]["type"] == "summary"
    assert told[-1]["next_step"] == "need"
    assert main(["history", str(project)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[3] for line in lines[:2]] == ["users", "problem"]
    assert told[-1]["commit"].startswith(lines[0].split()[0])
    assert lines[-1].startswith("You have met ") and "Next, in Need: rule, baseline" in lines[-1]


def test_a_correction_holds_from_the_first_look_on(tmp_path: Path) -> None:
    rows = "".join(f"{i},5;{i % 7};{'ab'[i % 2]}\n" for i in range(60))
    (tmp_path / "odd.csv").write_text("amount,unit;level;y\n" + rows, encoding="utf-8")
    words = ["--data", "odd.csv", "--target", "y", "--defaults", "--until", "data"]
    layout = "data.layout={delimiter: semicolon}"
    ended = tell("new", "p", *words, "--set", layout, cwd=tmp_path)
    assert ended.code == 0, ended.err
    manifest = (tmp_path / "p" / "data" / "manifest.yaml").read_text(encoding="utf-8")
    assert "delimiter: ;" in manifest
    assert "layout:" in manifest
    refused = tell("new", "q", *words, "--set", "data.layout={delimiter: brick}", cwd=tmp_path)
    assert refused.code == 3
    assert "brick" in refused.err
