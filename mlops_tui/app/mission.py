"""Mission control: looks after a finished project."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from mlops_tui.app import telling
from mlops_tui.app.deeds import Deed, Deeds, Job, Output
from mlops_tui.app.dialogs import AskPath, Sure
from mlops_tui.app.page import Page
from mlops_tui.app.text import lines
from mlops_tui.app.work import WorkPage
from mlops_tui.journey.operations import run_command, start_service

if TYPE_CHECKING:
    from pathlib import Path

    from mlops_tui.app.app import MlopsApp
    from mlops_tui.app.flow import Flow
    from mlops_tui.journey import Journey


class MissionPage(Page):
    """The service, its checks, and the ways to renew or reverse the model."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next('s')", "Start the service", priority=True),
        Binding("ctrl+n", "next('p')", "Send a request", priority=True),
        *(Binding(key, f"deed('{key}')", show=False) for key in "spdftrbvo"),
    ]
    goes_on = False
    goes_back = False

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self.flow = flow
        self.journey = flow.journey
        self._verdict: list[Content] = []
        self._learnt = Content("")
        self._served = False

    def compose(self) -> ComposeResult:
        """How things stand, what can be done, and what came of it."""
        yield Static(Content("Your project is complete. Look after it from here."),
                     classes="question")  # fmt: skip
        yield Static(id="state")
        yield Deeds(self._deeds())
        yield Output(self.flow.running, self._show_state)

    def on_mount(self) -> None:
        """The list has the focus; the state is looked at now and then."""
        judged = self.journey.found("evaluation")
        self._verdict = _first_words(judged.text) if judged else []
        self._learnt = Content.styled(f"  {_learnt(self.journey)}", "$secondary")
        self.query_one(Deeds).focus()
        self._show_state()
        self.set_interval(2, self._show_state)

    def _deeds(self) -> list[Deed]:
        run, running = self._run, self.flow.running
        return [
            Deed("s", lambda: f"{'Stop' if running.serving else 'Start'} the service",
                 self._switch_service),
            Deed("p", lambda: "Send the service a real request", self._request),
            Deed("d", lambda: "Check the test rows for drift", partial(run, "drift")),
            Deed("f", lambda: "Check a file of new rows for drift",
                 partial(self._with_file, "drift", "Which rows should be checked?")),
            Deed("t", lambda: "Retrain, and promote only if better", partial(run, "retrain")),
            Deed("r", lambda: "Retrain with a file of new rows",
                 partial(self._with_file, "retrain", "Which new rows have a known outcome?")),
            Deed("b", lambda: "Roll back to the model before", partial(_roll_back, self)),
            Deed("v", lambda: "List the versions and the champion", partial(run, "versions")),
            Deed("o", lambda: "Open another project", partial(_open_other, self)),
        ]  # fmt: skip

    def action_deed(self, key: str) -> None:
        """A key does the same as its row."""
        self.query_one(Deeds).do(key)

    def action_next(self, key: str) -> None:
        """The continue key does what is next: start the service, then send it a request."""
        self.action_deed(key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of the two next things, the one whose turn it is."""
        if action != "next":
            return True
        due = "p" if self.flow.running.serving else "s"
        return parameters == (due,) and not self.flow.running.busy

    def _show_state(self) -> None:
        service = self.flow.running.serving
        if service:
            first = Content.assemble(("● ", "$success"), "Service runs at ", (service.url, "bold"))
        else:
            first = Content.assemble(("○ ", "$secondary"), "Service is stopped")
        self.query_one("#state", Static).update(lines([first, *self._verdict, self._learnt]))
        self.query_one(Deeds).refresh()
        if self._served != bool(service):
            self._served = bool(service)
            self.screen.refresh_bindings()

    async def backward(self) -> None:
        """Stop what runs."""
        await self.query_one(Output).stop()

    def _begin(self, command: str, job: Job) -> None:
        if self.flow.running.busy:
            self.notify("Something is running already. esc stops it.")
        else:
            self.run_worker(self.query_one(Output).run(command, job), group="work")

    def _run(self, command: str, *options: str) -> None:
        async def job(page: WorkPage) -> Content:
            found = await run_command(self.journey, command, *options, on_event=page.take)
            width = max(self.content_size.width - 4, 40)
            return telling.told(command, {**found.facts}, dict(found.measured), width)

        line = f"python -m {self.journey.package()} {' '.join([command, *options])}"
        self._begin(line, job)

    def _with_file(self, command: str, title: str) -> None:
        def chosen(path: Path | None) -> None:
            if path is not None:
                self._run(command, "--in", str(path))

        help = "A CSV or Parquet file with the input columns. The right arrow completes."
        self.app.push_screen(AskPath(title, help), chosen)

    def _switch_service(self) -> None:
        async def start(page: WorkPage) -> Content:
            self.flow.running.service = await start_service(self.journey)
            url = self.flow.running.service.url
            return Content(f"The service is up at {url}. ctrl+n sends it a real request.")

        async def stop(page: WorkPage) -> Content:
            assert self.flow.running.service is not None
            await self.flow.running.service.stop()
            return Content("The service is stopped.")

        job = stop if self.flow.running.serving else start
        self._begin(f"python -m {self.journey.package()} serve", job)

    def _request(self) -> None:
        service = self.flow.running.serving
        request = self.journey.facts("package").get("request")
        if service is None:
            self.query_one(Output).tell(
                Content("The service is stopped. Press s to start it, then p again.")
            )
        elif request is None:
            self.query_one(Output).tell(
                Content("No request is recorded: answer the package step again.")
            )
        else:
            job = partial(asyncio.to_thread, telling.ask_service, service.url, request)
            self._begin(f"POST {service.url}/predict", lambda page: job())


def _roll_back(page: MissionPage) -> None:
    def sure(yes: bool | None) -> None:
        if yes:
            page._run("rollback")

    page.app.push_screen(Sure("Put the model before back into service?"), sure)


def _open_other(page: MissionPage) -> None:
    """To the welcome screen; first asked when something of this project still runs."""
    home = cast("MlopsApp", page.app).go_home

    async def sure(yes: bool | None) -> None:
        if yes:
            await home()

    running = page.flow.running
    if running.busy or running.serving:
        page.app.push_screen(Sure("Stop what runs in this project and open another?"), sure)
    else:
        page.app.run_worker(home())


def _first_words(markdown: str) -> list[Content]:
    first = next((line for line in markdown.splitlines() if line.strip()), "")
    return [Content.styled(f"  {first.replace('**', '')}", "$secondary")]


def _learnt(journey: Journey) -> str:
    from mlops_tui.journey.learning import learnt

    return f"{learnt(journey.session.decisions).told().rstrip('.')} (F1, then g)."
