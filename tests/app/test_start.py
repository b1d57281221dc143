"""The first frame must not wait for what only later steps need."""

from __future__ import annotations

import subprocess
import sys
import textwrap

HEAVY = ["pandas", "sklearn", "mlflow", "bentoml", "duckdb", "pydantic", "jinja2", "yaml", "numpy"]


def test_the_welcome_is_painted_before_anything_heavy_is_imported() -> None:
    script = f"""
        import asyncio, sys
        from mlops_tui.app.app import MlopsApp

        async def main():
            async with MlopsApp().run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                assert type(pilot.app.screen).__name__ == "Welcome"
                assert pilot.app.screen.query_one("#ways").size.height > 3
                print([name for name in {HEAVY!r} if name in sys.modules])

        asyncio.run(main())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"


def test_a_crash_is_told_in_words_and_kept_in_the_log(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    from mlops_tui.app import _crash_words, log

    try:
        raise ValueError("inner detail")
    except ValueError as error:
        place = log.keep(error)
    assert "inner detail" in place.read_text()
    told = _crash_words(place)
    assert str(place) in told
    assert "Traceback" not in told
    assert "inner detail" not in told
