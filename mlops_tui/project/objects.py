"""Files, trees and commits as git objects, written without touching a work tree."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from mlops_tui.project.git import Git

STATE = ".mlops"
"""The folder of a project with what is never committed: lock, drafts, scratch checkouts."""

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
REGULAR, EXECUTABLE, LINK, SUBMODULE = "100644", "100755", "120000", "160000"
_NEVER = {STATE, "var"}
_ID = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the project."""

    data: bytes
    executable: bool = False


Files = Mapping[str, File]
"""Project path, with forward slashes -> file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a tree holds it."""

    mode: str
    id: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did it and when; a commit's id follows from it, so it comes from the session."""

    name: str
    email: str
    when: datetime

    def environment(self) -> dict[str, str]:
        """The variables that make git use it as author and as committer."""
        if self.when.tzinfo is None:
            raise ValueError("a signature needs a time with its zone")
        date = f"@{int(self.when.timestamp())} {self.when.strftime('%z')[:5]}"
        email = _plain(self.email) or "nobody@localhost"
        name = _plain(self.name) or email
        roles = ("AUTHOR", "COMMITTER")
        return {
            f"GIT_{role}_{part}": value
            for role in roles
            for part, value in (("NAME", name), ("EMAIL", email), ("DATE", date))
        }


@dataclass(frozen=True)
class Tree:
    """A tree in the repository, readable without a checkout."""

    git: Git = field(repr=False)
    id: str

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every file with its mode and blob."""
        listed = self.git.run("ls-tree", "-r", "-z", "--full-tree", self.id).names
        rows = (row.split("\t", 1) for row in listed)
        return {path: Entry(about.split()[0], about.split()[2]) for about, path in rows}

    def paths(self) -> list[str]:
        """The paths of all files, sorted."""
        return sorted(self.entries)

    def read(self, path: str) -> bytes:
        """The content of one file; KeyError when there is none of that name."""
        return read_blob(self.git, self.entries[path].id)

    def files(self) -> Files:
        """All regular files with their content."""
        return {
            path: File(read_blob(self.git, entry.id), entry.mode == EXECUTABLE)
            for path, entry in self.entries.items()
            if entry.mode in (REGULAR, EXECUTABLE)
        }


def resolve(git: Git, names: Sequence[str]) -> list[str | None]:
    """The object ids of names such as `HEAD:file`, None for what is not there; one git call."""
    asked = b"".join(os.fsencode(name) + b"\n" for name in names)
    told = git.run("cat-file", "--batch-check=%(objectname)", data=asked).text.splitlines()
    return [line if _ID.fullmatch(line) else None for line in told]


def read_blob(git: Git, blob: str) -> bytes:
    """The bytes of a blob."""
    return git.run("cat-file", "blob", blob).out


def write_blobs(git: Git, contents: Iterable[bytes], known: Iterable[str] = ()) -> dict[bytes, str]:
    """Store each content as a blob, byte for byte; `known` are blobs that are there already."""
    ids = {content: _blob_id(content) for content in contents}
    present = set(known)
    missing = [content for content, name in ids.items() if name not in present]
    if missing:
        with temporary(git) as folder:
            for number, content in enumerate(missing):
                (folder / str(number)).write_bytes(content)
            # Relative names, since the project's own path may hold a line end.
            listed = "".join(f"{STATE}/{folder.name}/{n}\n" for n in range(len(missing))).encode()
            told = git.run("hash-object", "-w", "--no-filters", "--stdin-paths", data=listed)
        ids.update(zip(missing, told.text.split(), strict=True))
    return ids


def write_tree(git: Git, files: Files, known: Iterable[str] = ()) -> str:
    """Store files as a tree and return its id."""
    for path in files:
        _check(path)
    blobs = write_blobs(git, (file.data for file in files.values()), known)
    return edit_tree(
        git,
        EMPTY_TREE,
        {
            path: Entry(EXECUTABLE if file.executable else REGULAR, blobs[file.data])
            for path, file in files.items()
        },
    )


def edit_tree(git: Git, tree: str, changes: Mapping[str, Entry | None]) -> str:
    """A tree with some files put in place, or taken out where the entry is None."""
    if not changes:
        return tree
    with temporary(git) as folder:
        index = {"GIT_INDEX_FILE": str(folder / "index")}
        if tree != EMPTY_TREE:
            git.run("read-tree", tree, environment=index)
        lines = [
            f"{entry.mode} {entry.id}\t{path}" if entry else f"0 {'0' * 40}\t{path}"
            # Taking out first lets a file come where a folder was.
            for path, entry in sorted(changes.items(), key=lambda item: (bool(item[1]), item[0]))
        ]
        data = b"".join(os.fsencode(line) + b"\0" for line in lines)
        git.run("update-index", "--replace", "-z", "--index-info", data=data, environment=index)
        return git.text("write-tree", environment=index)


def write_commit(
    git: Git, tree: str, parents: Iterable[str], message: str, signature: Signature
) -> str:
    """Store a commit; equal arguments give an equal id."""
    arguments = [part for parent in parents for part in ("-p", parent)]
    return git.run(
        "commit-tree",
        tree,
        *arguments,
        "-F",
        "-",
        data=message.encode("utf-8", "replace"),
        environment=signature.environment(),
    ).text


@contextmanager
def temporary(git: Git) -> Iterator[Path]:
    """A folder beside the repository's data, gone afterwards."""
    home = git.folder / STATE
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="git-", dir=home) as folder:
        yield Path(folder).resolve()


def _blob_id(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _plain(text: str) -> str:
    """A name as git would write it: one line, without the signs that git uses itself."""
    return re.sub(r"[\x00-\x1f\x7f<>]+", " ", text).strip(" .,:;\"\\'")


def _check(path: str) -> None:
    """Refuse paths that would leave the project or land in what is never committed."""
    parts = PurePosixPath(path).parts
    wrong = (
        not parts
        or path != "/".join(parts)
        or path.startswith("/")
        or ".." in parts
        or any(part.lower() == ".git" for part in parts)
        or parts[0] in _NEVER
        or "\0" in path
    )
    if wrong:
        raise ValueError(f"not a path for a file of the project: {path!r}")
