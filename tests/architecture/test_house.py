"""What holds the house up: light starts, no Python under templates, a wheel that is complete."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"pandas", "numpy", "sklearn", "mlflow", "bentoml", "duckdb", "scipy", "pyarrow"}
pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").exists(), reason="needs the checkout, not an installed wheel"
)


def imported_by(code: str) -> set[str]:
    """The top-level modules that are loaded after running `code` in a fresh Python."""
    names = "sorted({name.split('.')[0] for name in sys.modules})"
    told = f"{code}\nimport json, sys; print(json.dumps({names}))"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_command_line_starts_light() -> None:
    code = "from mlops_tui.cli.parser import parse\nparse(['folder', '--target', 'late'])"
    found = imported_by(code)
    assert not found & (HEAVY | {"textual", "questionary", "pydantic", "jinja2", "yaml", "asyncio"})


def test_the_app_starts_without_the_libraries_of_the_work() -> None:
    assert not imported_by("import mlops_tui.app.app") & HEAVY


@pytest.mark.parametrize("front", ["replay", "prompts"])
def test_headless_fronts_start_without_the_libraries_of_the_work(front: str) -> None:
    assert not imported_by(f"import mlops_tui.{front}") & HEAVY


@pytest.mark.parametrize("module", ["journey", "steps", "profile", "project", "replay", "report"])
def test_no_terminal_library_below_the_front_ends(module: str) -> None:
    found = imported_by(f"import mlops_tui.{module}")
    assert not found & {"textual", "questionary", "prompt_toolkit", "rich"}


def test_no_python_file_lies_under_templates() -> None:
    """One would break editable installs, and linters would take it for ours."""
    found = [path for path in (ROOT / "templates").rglob("*.py") if path.is_file()]
    assert found == []


def test_every_project_template_is_rendered() -> None:
    found = [p for p in (ROOT / "templates" / "project").rglob("*") if p.is_file()]
    assert found
    assert [path for path in found if path.suffix != ".jinja"] == []


def test_nothing_of_ours_names_a_registry_or_this_machine() -> None:
    """Pins carry no address: each user's pip knows where to look."""
    text = (ROOT / "constraints.txt").read_text() + (ROOT / "pyproject.toml").read_text()
    assert "://" not in text
    assert "--find-links" not in text
    assert str(Path.home()) not in text


def test_files_keep_their_size() -> None:
    """Rooms that outgrow the house are taken apart before they are let in."""
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "mlops_tui").rglob("*.py")
    }
    assert {name: lines for name, lines in sizes.items() if lines > 300} == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    words = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_screens_templates_and_the_demo(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for kind in ("screens", "templates"):
        expected = {
            f"mlops_tui/_shipped/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / kind).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert expected <= names, sorted(expected - names)[:5]
    demo = {"mlops_tui/demo/session.yaml", "mlops_tui/demo/flights.csv"}
    assert demo | {"mlops_tui/py.typed", "mlops_tui/profile/words.toml"} <= names
    assert not [n for n in names if n.startswith(("tests", "screens/", "templates/"))]


@pytest.mark.slow
def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "sys.meta_path = [f for f in sys.meta_path if 'Redirect' not in type(f).__name__]\n"
        "import mlops_tui.cli; assert mlops_tui.__file__.startswith(sys.path[0])\n"
        "raise SystemExit(mlops_tui.cli.main(sys.argv[1:]))"
    )
    words = ["new", "p", "--defaults", "--until", "users", "--json"]
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(site), *words], cwd=tmp_path, text=True,
        capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["next_step"] == "need"
    assert (tmp_path / "p" / "Makefile").is_file()
