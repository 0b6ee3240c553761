"""What configuration says, and where it says it."""

# ruff: noqa: PTH119, PTH120, PTH123
# looked up for every draft: paths as text cost a tenth of what Path objects do.
from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from linter.errors import Problem

if TYPE_CHECKING:
    KeyPath = tuple[str | int, ...]

PYPROJECT = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: a configuration file and the path of keys in it, or an option or variable's name."""

    source: str
    path: KeyPath = ()

    def place(self, *, key: bool = False) -> tuple[int, int]:
        """The line and column in the file; 0 when there is none. The file is read once more to find it."""
        if not self.path:
            return 0, 0
        from linter.config.toml import Positions

        try:
            with open(self.source, encoding="utf-8", newline="") as file:
                positions = Positions(file.read())
        except OSError:
            return 0, 0
        table = ("tool", "caveat") if os.path.basename(self.source) == PYPROJECT else ()
        return positions.place((*table, *self.path), key=key)

    def problem(self, message: str, *, key: bool = False) -> Problem:
        """A problem with the value, or with its key."""
        return Problem(shown(self.source) if self.path else self.source, *self.place(key=key), message)

    def __str__(self) -> str:
        """``caveat.toml:3``, ``--select`` or ``CAVEAT_SELECT``."""
        if not self.path:
            return self.source
        return f"{shown(self.source)}:{self.place(key=True)[0]}"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a configuration that only the rules can tell right or wrong: a selector, or an option of a rule."""

    name: str
    origin: Origin
    key: bool = False
    option: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PerFile:
    """One per-file table: its globs, and what it says (names of ``Settings`` and their values)."""

    files: tuple[str, ...]
    said: tuple[tuple[str, Any], ...]
    origins: tuple[tuple[str, Origin], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a draft. Names of files are absolute; empty means: not said.

    ``severity`` are (selector, level) and ``options`` (rule, JSON of its options), in the order in which they count.
    ``path`` is the configuration file, ``chain`` those that it extends, the nearest first. ``origins`` tells where each
    key was said, by the key's name; ``names`` are what must still be held against the rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    rules: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    per_file: tuple[PerFile, ...] = ()
    fail_level: str = ""
    min_confidence: str = ""
    format: str = ""
    require_reason: bool = False
    baseline: str = ""
    jobs: str = ""
    cache: bool = True
    cache_dir: str = ""
    path: str = ""
    chain: tuple[str, ...] = ()
    origins: tuple[tuple[str, Origin], ...] = ()
    names: tuple[Named, ...] = ()

    def excludes(self, path: str) -> bool:
        """Whether ``exclude`` names a file, or a folder with a slash at its end."""
        return bool(self.exclude) and _matches(self.exclude, self._relative(path))

    def excludes_above(self, path: str) -> bool:
        """Whether ``exclude`` names a file or a folder that it is in."""
        if not self.exclude:
            return False
        name = self._relative(path)
        parts = name.split("/")
        folders = ("/".join(parts[:depth]) + "/" for depth in range(1, len(parts)))
        return _matches(self.exclude, name) or any(_matches(self.exclude, folder) for folder in folders)

    def for_file(self, path: str) -> Settings:
        """The settings with those of the per-file tables that hold for a file."""
        if not self.per_file:
            return self
        name = self._relative(path)
        holding = tuple(i for i, table in enumerate(self.per_file) if _matches(table.files, name))
        return _with_tables(self, holding) if holding else self

    def origin(self, key: str) -> Origin | None:
        """Where a key (as it is written) was said last."""
        return dict(self.origins).get(key)

    def _relative(self, path: str) -> str:
        """A path from the folder of the configuration file: what the globs are about."""
        base = os.path.dirname(self.path) if self.path else os.getcwd()  # noqa: PTH109
        name = os.path.relpath(path, base).replace(os.sep, "/")
        return name + "/" if path.endswith("/") else name


@lru_cache(maxsize=256)
def _with_tables(settings: Settings, holding: tuple[int, ...]) -> Settings:
    said: dict[str, Any] = {}
    origins = dict(settings.origins)
    for index in holding:
        table = settings.per_file[index]
        for name, value in table.said:
            said[name] = (*said.get(name, getattr(settings, name)), *value) if name in ADDED else value
        origins.update(table.origins)
    return replace(settings, **said, origins=tuple(origins.items()))


ADDED = frozenset({"ignore", "exclude", "rules", "knowledge", "severity", "options", "per_file"})
"""What a per-file table or an extending file adds to what was said before; everything else it replaces."""


@lru_cache(maxsize=64)
def _matcher(lines: tuple[str, ...]) -> Any:  # noqa: ANN401 - pathspec is imported when there are globs
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _matches(globs: tuple[str, ...], name: str) -> bool:
    return bool(_matcher(globs).match_file(name))


def shown(path: str) -> str:
    """A path as it is reported: relative to the current folder when it is below it."""
    relative = os.path.relpath(path)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def settings_name(key: str) -> str:
    """The name in ``Settings`` of a key."""
    return key.replace("-", "_")
