"""Runs the git command so that nobody's configuration, hooks or environment changes the result."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mlops_tui.errors import StepFailed, Trouble

OLDEST = (2, 28)
"""The first git that knows `init --initial-branch`."""

MERGE_TREE = (2, 38)
"""The first git that merges without a work tree (`merge-tree --write-tree`)."""

# The configuration of the machine, the user and the repository still applies (identity, safe
# directories, large-file filters); these are the settings that would change ids, bytes or
# merges, ask for something on the terminal, or leave a process behind.
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "commit.gpgSign=false",
    "core.autocrlf=false",
    "core.eol=lf",
    "core.safecrlf=false",
    "core.quotePath=false",
    "core.attributesFile=/dev/null",
    "core.fsmonitor=false",
    "core.fsync=committed,loose-object,index,reference",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "merge.conflictStyle=merge",
    "merge.renames=true",
    "merge.directoryRenames=true",
    "merge.verifySignatures=false",
    "diff.renames=true",
    "gc.auto=0",
    "maintenance.auto=false",
    "advice.detachedHead=false",
    "color.ui=false",
)
_KEPT = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"}
_IDENTITY = {f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}


@dataclass(frozen=True, slots=True)
class Output:
    """What one git call gave back."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output without the last line end; bytes that are no UTF-8 survive."""
        return os.fsdecode(self.out).rstrip("\n")

    @property
    def names(self) -> list[str]:
        """Standard output as the list of names that `-z` gives."""
        return [os.fsdecode(name) for name in self.out.split(b"\0") if name]


class GitFailed(StepFailed):
    """A git call that should have worked did not."""


@dataclass(frozen=True, slots=True)
class Git:
    """Runs git in one folder."""

    folder: Path

    def run(
        self,
        *arguments: str,
        data: bytes = b"",
        environment: Mapping[str, str] | None = None,
        codes: tuple[int, ...] = (0,),
    ) -> Output:
        """Run one command; a return code that is not among `codes` raises GitFailed."""
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        try:
            done = subprocess.run(
                [_program(), *settings, *arguments],
                cwd=self.folder,
                env={**clean_environment(), **(environment or {})},
                input=data,
                capture_output=True,
                check=False,
                # Away from the terminal: no prompt, and ctrl+c does not stop git half-way.
                start_new_session=True,
            )
        except OSError as error:
            raise _cannot_run(self.folder, error) from error
        output = Output(done.returncode, done.stdout, os.fsdecode(done.stderr).strip())
        if done.returncode not in codes or "dubious ownership" in output.err:
            raise _failure(self.folder, arguments, output)
        return output

    def text(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """Run one command and return what it printed."""
        return self.run(*arguments, environment=environment).text

    def succeeds(self, *arguments: str) -> bool:
        """Whether a command ends with return code 0."""
        return self.run(*arguments, codes=tuple(range(256))).code == 0


def clean_environment() -> dict[str, str]:
    """The environment for git: the caller's, without what would point git somewhere else."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT | _IDENTITY
    }
    return environment | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_EDITOR": "true",
        "GIT_OPTIONAL_LOCKS": "0",
    }


@functools.cache
def version() -> tuple[int, int]:
    """The version of git as (major, minor); Trouble when it is missing or too old."""
    told = subprocess.run([_program(), "version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)\.(\d+)", told.stdout)
    parsed = (int(found[1]), int(found[2])) if found else (0, 0)
    if parsed < OLDEST:
        raise Trouble(
            f"The git on this machine is too old ({told.stdout.strip() or 'version unknown'}).",
            f"Every decision becomes a commit, and that needs git {OLDEST[0]}.{OLDEST[1]}.",
            "Install a newer git with your system's package manager, then start again.",
        )
    return parsed


def _program() -> str:
    found = shutil.which("git")
    if not found:
        raise Trouble(
            "The command git was not found on this machine.",
            "Every decision becomes a commit in your project, and git keeps them.",
            "Install git with your system's package manager, then start again.",
        )
    return found


def _cannot_run(folder: Path, error: OSError) -> Trouble:
    return StepFailed(
        f"git could not be started in {folder}.",
        f"{error.strerror or error}.",
        "Check that the folder exists and that you may read it.",
    )


def _failure(folder: Path, arguments: tuple[str, ...], output: Output) -> Trouble:
    said = output.err.splitlines()
    if "dubious ownership" in output.err:
        return StepFailed(
            f"git does not trust the folder {folder}.",
            "The folder belongs to another user of this machine.",
            f"If it is yours, run: git config --global --add safe.directory '{folder}'",
        )
    if "No space left" in output.err:
        return StepFailed(
            "The disk is full, so git could not write.",
            "Nothing of your project was changed.",
            "Free some space, then try again.",
        )
    return GitFailed(
        f"git {' '.join(arguments[:2])} did not work in {folder}.",
        f"git said: {said[-1] if said else f'nothing (return code {output.code})'}",
        "Run `git status` in the project, mend what it names, then try again.",
    )
