"""Configuration: the nearest ``caveat.toml``, ``.caveat.toml`` or ``[tool.caveat]`` of a ``pyproject.toml``."""

# ruff: noqa: PTH100, PTH113, PTH118, PTH119, PTH120, PTH123
# looked up for every draft: paths as text cost a tenth of what Path objects do.
from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from linter.errors import DataFileError, Problem
from linter.findings import CONFIDENCES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("caveat.toml", ".caveat.toml", "pyproject.toml")
"""The files that are looked for in a folder; the first of them counts."""
_PLACE = re.compile(r"^(?P<message>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one configuration file says. Names of files are absolute; empty means: not said."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    fail_level: str = ""
    min_confidence: str = ""
    format: str = ""
    path: str = ""
    text: str = field(default="", repr=False)

    def excludes(self, path: str) -> bool:
        """Whether ``exclude`` names a file, or a folder with a slash at its end."""
        if not self.exclude:
            return False
        name = os.path.relpath(path, os.path.dirname(self.path)).replace(os.sep, "/")
        return bool(_exclusion(self.exclude).match_file(name + "/" if path.endswith("/") else name))

    def problem(self, key: str, value: str, message: str) -> Problem:
        """A problem with a value, at its place in the file."""
        line, column = _locate(self.text, self.path, key, value)
        return Problem(_shown(self.path), line, column, message)


@lru_cache(maxsize=32)
def _exclusion(lines: tuple[str, ...]) -> Any:  # noqa: ANN401
    from linter.files import patterns

    return patterns(lines)


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of the configuration: a list of names, of files (relative to the file), or one of some choices."""

    kind: str
    choices: tuple[str, ...] = ()


def _keys() -> Mapping[str, _Key]:
    from linter.reporters import FORMATS

    return {
        "select": _Key("names"),
        "ignore": _Key("names"),
        "exclude": _Key("names"),
        "rules": _Key("files"),
        "knowledge": _Key("files"),
        "fail-level": _Key("choice", SEVERITIES),
        "min-confidence": _Key("choice", CONFIDENCES),
        "format": _Key("choice", tuple(FORMATS)),
    }


class Finder:
    """Finds the settings that hold for a file. Each folder is looked at once."""

    def __init__(self, config: str | None = None, *, isolated: bool = False) -> None:
        self.fixed: Settings | None = None
        if isolated:
            self.fixed = Settings()
        elif config is not None:
            self.fixed = read_settings(config)
        self.folders: dict[str, Settings] = {}

    def for_path(self, path: str) -> Settings:
        """The settings for a file.

        Raises:
            DataFileError: when its configuration has mistakes.

        """
        return self.fixed or self.for_directory(os.path.dirname(path))

    def for_directory(self, folder: str) -> Settings:
        """The settings for the files of a folder."""
        if self.fixed is not None:
            return self.fixed
        return self._nearest(os.path.abspath(folder))

    def _nearest(self, folder: str) -> Settings:
        settings = self.folders.get(folder)
        if settings is None:
            settings = _settings_in(folder)
            if settings is None:
                parent = os.path.dirname(folder)
                settings = Settings() if parent == folder else self._nearest(parent)
            self.folders[folder] = settings
        return settings


def _settings_in(folder: str) -> Settings | None:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            settings = read_settings(path, optional=name == "pyproject.toml")
            if settings is not None:
                return settings
    return None


def read_settings(path: str, *, optional: bool = False) -> Settings | None:
    """The settings of one file; with ``optional``, nothing when it holds no table for us.

    Raises:
        DataFileError: with every mistake in it.

    """
    try:
        with open(path, "rb") as file:
            data = file.read()
        text = data.decode()
    except OSError as error:
        raise DataFileError([Problem(_shown(path), 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise DataFileError([Problem(_shown(path), 0, 0, "is not valid UTF-8")]) from error
    if optional and "caveat" not in text:  # a pyproject.toml of somebody else's is not even parsed
        return None
    table = _parsed(path, text)
    if os.path.basename(path) == "pyproject.toml":
        tool = table.get("tool")
        table = tool.get("caveat") if isinstance(tool, dict) else None
        if table is None:
            if optional:
                return None
            raise DataFileError([Problem(_shown(path), 0, 0, "has no [tool.caveat] table")])
        if not isinstance(table, dict):
            raise DataFileError([Problem(_shown(path), 0, 0, "tool.caveat must be a table")])
    return _Reader(path, text).settings(table)


def _parsed(path: str, text: str) -> Any:  # noqa: ANN401 - TOML data is anything
    # The standard library's reader came with Python 3.11; tomli is the same code for 3.10.
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.match(str(error))
        line = int(place["line"] or text.count("\n") + 1) if place else 0
        column = int(place["column"] or 1) if place else 0
        message = place["message"] if place else str(error)
        raise DataFileError([Problem(_shown(path), line, column, f"not valid TOML: {message}")]) from error


class _Reader:
    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []

    def settings(self, table: Mapping[str, Any]) -> Settings:
        keys = _keys()
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in keys:
                from linter.yamlfile import allowed

                self.report(key, f"unknown key {key!r}; {allowed(key, keys)}")
            else:
                values[key.replace("-", "_")] = self.value(key, value, keys[key])
        if self.problems:
            raise DataFileError(sorted(self.problems, key=lambda problem: (problem.line, problem.column)))
        assert values.keys() <= {f.name for f in fields(Settings)}  # noqa: S101 - the two tables must agree
        return Settings(**values, path=os.path.abspath(self.path), text=self.text)

    def value(self, key: str, value: object, kind: _Key) -> object:
        if kind.kind == "choice":
            if value not in kind.choices:
                from linter.yamlfile import allowed

                self.report(key, f"{key} is {value!r}; {allowed(value, kind.choices)}")
            return value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.report(key, f"{key} must be a list of strings")
            return ()
        if kind.kind == "files":
            folder = os.path.dirname(os.path.abspath(self.path))
            return tuple(os.path.normpath(os.path.join(folder, item)) for item in value)
        return tuple(value)

    def report(self, key: str, message: str) -> None:
        line, column = _locate(self.text, self.path, key)
        self.problems.append(Problem(_shown(self.path), line, column, message))


def _shown(path: str) -> str:
    """A path as it is reported: relative to the current folder when it is below it."""
    relative = os.path.relpath(path)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def _locate(text: str, path: str, key: str, value: str = "") -> tuple[int, int]:
    """The line and column of a key, or of a value after it. TOML readers keep no places, so the text is searched."""
    start = 0
    if os.path.basename(path) == "pyproject.toml":
        header = re.search(r"^\s*\[\s*tool\s*\.\s*caveat\s*(?:\]|\.)", text, re.MULTILINE)
        start = header.end() if header else 0
    name = re.escape(key)
    place = re.compile(rf"""^[ \t]*(?:\[[^\]\n]*?)?["']?({name})["']?[ \t]*[=.\]]""", re.MULTILINE).search(text, start)
    if place is None:
        return 0, 0
    offset = place.start(1)
    if value:
        found = max(text.find(quote + value + quote, place.end()) for quote in "\"'")
        offset = found if found >= 0 else offset
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1
