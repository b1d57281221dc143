"""Is this a folder where decisions can become commits? Each refusal says what to do."""

from __future__ import annotations

import time
from pathlib import Path

from mlops_tui.errors import BadInput, StepFailed, Trouble
from mlops_tui.project.git import Git
from mlops_tui.project.objects import STATE, SUBMODULE

BRANCH = "main"
_UNDER_WAY = {
    "MERGE_HEAD": ("merge", "git merge --abort", "git commit"),
    "rebase-merge": ("rebase", "git rebase --abort", "git rebase --continue"),
    "rebase-apply": ("rebase", "git rebase --abort", "git rebase --continue"),
    "CHERRY_PICK_HEAD": ("cherry-pick", "git cherry-pick --abort", "git cherry-pick --continue"),
    "REVERT_HEAD": ("revert", "git revert --abort", "git revert --continue"),
    "BISECT_LOG": ("bisect", "git bisect reset", "git bisect run"),
}
_PATIENCE = 1.0
_OURS_TO_MAKE_IN = {STATE, ".git", "var"}


def check_new(root: Path) -> None:
    """Refuse a place where a project cannot begin."""
    if root.exists() and not root.is_dir():
        raise BadInput(
            f"{root} is a file.", "A project is a folder.", "Name another place for the project."
        )
    inside = {path.name for path in root.iterdir()} if root.exists() else set()
    if inside - _OURS_TO_MAKE_IN or (inside and STATE not in inside):
        raise BadInput(
            f"The folder {root} is not empty.",
            "A new project never mixes with files that are already there.",
            "Name a new or empty folder, or open the project if there is one in it.",
        )
    outer = _outer(root)
    if outer is not None:
        raise BadInput(
            f"{root} lies inside another git repository ({outer}).",
            "A repository inside another one confuses git, and commits get lost.",
            "Name a folder outside of it, or let the outer repository ignore this one"
            " (a line in its .gitignore).",
        )


def check_existing(root: Path) -> None:
    """Refuse a folder that is not the top of a usable git repository."""
    if not root.is_dir():
        raise BadInput(
            f"There is no folder {root}.", "", "Check the path, or start a new project there."
        )
    told = Git(root).run("rev-parse", "--show-toplevel", codes=(0, 128))
    if told.code != 0:
        raise BadInput(
            f"The folder {root} holds no project.",
            "It is not a git repository.",
            "Check the path, or start a new project in an empty folder.",
        )
    if Path(told.text).resolve() != root.resolve():
        raise BadInput(
            f"The folder {root} holds no project of its own.",
            f"It belongs to the git repository {told.text}.",
            "Open the project's top folder, or start a new project outside that repository.",
        )
    if Git(root).text("rev-parse", "--show-object-format") != "sha1":
        raise BadInput(
            f"The repository {root} uses git's sha256 object format.",
            "Projects are kept in the ordinary sha1 format, which every git server takes.",
            "Clone it into an ordinary repository, or start a new project.",
        )


def check_ready(git: Git) -> None:
    """Refuse while git is in the middle of something, or is not on the branch main."""
    told = git.text("rev-parse", "--absolute-git-dir", "--show-superproject-working-tree")
    folder, *outer = told.splitlines()
    if outer:
        raise _submodule("The project is a submodule of another repository.", "the project")
    _check_nothing_under_way(Path(folder))
    _check_branch(git)
    _check_index(git, Path(folder))


def _check_nothing_under_way(folder: Path) -> None:
    for mark, (name, stop, go_on) in _UNDER_WAY.items():
        if (folder / mark).exists():
            raise StepFailed(
                f"A git {name} is under way in this project.",
                "A decision cannot be committed into the middle of it.",
                f"Finish it (`{go_on}`) or give it up (`{stop}`), then continue.",
            )


def _check_branch(git: Git) -> None:
    on = git.run("symbolic-ref", "--quiet", "HEAD", codes=(0, 1)).text
    if on == f"refs/heads/{BRANCH}":
        return
    where = f"on the branch {on.removeprefix('refs/heads/')}" if on else "on no branch"
    raise StepFailed(
        f"The project is {where}, not on {BRANCH}.",
        f"Decisions are commits on {BRANCH}.",
        f"Run `git switch {BRANCH}` in the project, then continue.",
    )


def _check_index(git: Git, folder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while (folder / "index.lock").exists():
        if time.monotonic() > deadline:
            raise StepFailed(
                "Another git command is at work in this project.",
                f"The file {folder / 'index.lock'} says so.",
                "Wait until it ends. If none is running, delete that file, then continue.",
            )
        time.sleep(0.05)
    listed = [row.split("\t", 1) for row in git.run("ls-files", "--stage", "-z").names]
    torn = sorted({path for about, path in listed if about.split()[2] != "0"})
    if torn:
        raise StepFailed(
            f"{torn[0]} still has an open conflict.",
            "git does not know yet which version is right.",
            f"Edit it, run `git add '{torn[0]}'`, then continue.",
        )
    inner = [path for about, path in listed if about.split()[0] == SUBMODULE]
    if inner:
        raise _submodule(f"The project contains the submodule {inner[0]}.", inner[0])


def _submodule(what: str, name: str) -> Trouble:
    return StepFailed(
        what,
        "A submodule has a history of its own, which decisions cannot follow.",
        f"Use an ordinary copy: move {name} out of the other repository, then continue.",
    )


def _outer(root: Path) -> str | None:
    """The repository whose work tree would swallow the folder; None when it ignores the folder."""
    above = root.resolve().parent
    while not above.exists():
        above = above.parent
    git = Git(above)
    told = git.run("rev-parse", "--is-inside-work-tree", codes=(0, 128))
    if told.code != 0 or told.text != "true":
        return None
    # With the slash a pattern for folders (`/demo/`) also matches one that does not exist yet.
    folder = f"{root.resolve()}/"
    if git.run("check-ignore", "--quiet", "--", folder, codes=(0, 1, 128)).code == 0:
        return None
    return git.text("rev-parse", "--show-toplevel")
