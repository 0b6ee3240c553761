"""Which files to lint: named ones, and those in named folders that git does not ignore."""

# ruff: noqa: PTH100, PTH110, PTH112, PTH118, PTH120, PTH122, PTH123
# ten thousand paths are walked here; as text they cost a tenth of what Path objects do.
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from linter.errors import Problem
from linter.readers import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

STDIN = "-"
SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
"""Folders that hold other people's text. Names that begin with a dot are skipped as well."""


def find_drafts(
    paths: Sequence[str], excluded: Callable[[str], bool], refused: Callable[[str], bool] = lambda _: False
) -> tuple[list[str], list[Problem]]:
    """The drafts that some paths stand for, sorted, each once; and what could not be found or read.

    A named file is a draft whatever its name is. A folder is walked: its drafts are the files with an ending that a
    reader knows, which neither git nor ``excluded`` (which gets a path, of a folder with a slash at its end) leave out.
    ``refused`` tells whether a file that was named is left out all the same.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        if path == STDIN:
            drafts: Iterable[str] = (STDIN,)
        elif os.path.isdir(path):
            drafts = _walk(path, excluded, problems)
        elif os.path.exists(path):
            drafts = () if refused(path) else (path,)
        else:
            problems.append(Problem(path, 0, 0, "no such file or folder"))
            continue
        for draft in drafts:
            name = draft if draft == STDIN else shown(draft)
            found.setdefault(os.path.abspath(draft) if draft != STDIN else STDIN, name)
    return sorted(found.values()), problems


def shown(path: str) -> str:
    """A path as it is reported: with ``/``, and without ``./`` at its start."""
    return os.path.normpath(path).replace(os.sep, "/")


def _walk(top: str, excluded: Callable[[str], bool], problems: list[Problem]) -> Iterator[str]:
    ignored = _Ignored.above(os.path.abspath(top))
    todo: list[tuple[str, _Ignored]] = [(top, ignored)]
    while todo:
        folder, ignored = todo.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(Problem(shown(folder), 0, 0, f"cannot be read: {error.strerror}"))
            continue
        ignored = ignored.inside(folder, any(entry.name == ".gitignore" for entry in entries))
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = os.path.join(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):  # a link to a folder may lead in circles
                if entry.name not in SKIPPED and not ignored(path, True) and not excluded(shown(path) + "/"):
                    todo.append((path, ignored))
            elif _is_draft(entry) and not ignored(path, False) and not excluded(shown(path)):
                yield path


def _is_draft(entry: os.DirEntry[str]) -> bool:
    return os.path.splitext(entry.name)[1].lower() in SUFFIXES and entry.is_file()


class _Ignored:
    """What the ``.gitignore`` files from the repository's root down to a folder leave out. The deepest has its way."""

    def __init__(self, specs: tuple[tuple[str, Any], ...] = ()) -> None:
        self.specs = specs

    def __call__(self, path: str, folder: bool) -> bool:
        if not self.specs:
            return False
        absolute = os.path.abspath(path)
        for base, spec in reversed(self.specs):
            name = os.path.relpath(absolute, base).replace(os.sep, "/")
            verdict: bool | None = spec.check_file(name + "/" if folder else name).include
            if verdict is not None:
                return verdict
        return False

    @classmethod
    def above(cls, top: str) -> _Ignored:
        """What holds for a folder from above; nothing when it is no repository, or ignored itself and yet named."""
        folders = [top]
        while not os.path.exists(os.path.join(folders[-1], ".git")):
            parent = os.path.dirname(folders[-1])
            if parent == folders[-1]:
                return cls()
            folders.append(parent)
        root = folders[-1]
        exclude = _spec(os.path.join(root, ".git", "info", "exclude"))
        ignored = cls(((root, exclude),) if exclude else ())
        for folder in reversed(folders[1:]):
            ignored = ignored.inside(folder, True)
        return cls() if top != root and ignored(top, True) else ignored

    def inside(self, folder: str, has_file: bool) -> _Ignored:
        """What holds inside a folder, its own ``.gitignore`` included."""
        spec = _spec(os.path.join(folder, ".gitignore")) if has_file else None
        return _Ignored((*self.specs, (os.path.abspath(folder), spec))) if spec else self


def _spec(path: str) -> Any:  # noqa: ANN401 - pathspec is imported when there is something to read
    """The patterns of a ``.gitignore`` file, or nothing when it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    return patterns(lines)


def patterns(lines: Iterable[str]) -> Any:  # noqa: ANN401
    """A matcher for lines in the language of ``.gitignore``; a line that git would not understand is passed over."""
    from pathspec import GitIgnoreSpec

    good = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue
        good.append(line)
    return GitIgnoreSpec.from_lines(good)
