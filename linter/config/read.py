"""One configuration file, and those that it extends, to settings. All mistakes of a file are told at once."""

# ruff: noqa: PTH100, PTH110, PTH118, PTH119, PTH120, PTH123
from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from linter.config.keys import keys, per_file_keys
from linter.config.model import ADDED, PYPROJECT, Named, Origin, PerFile, Settings, settings_name, shown
from linter.errors import DataFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from linter.config.keys import Key
    from linter.config.model import KeyPath

_PLACE = re.compile(r"^(?P<message>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def read_settings(path: str, *, optional: bool = False) -> Settings | None:
    """The settings of one file; with ``optional``, nothing when it holds no table for us.

    Raises:
        DataFileError: with every mistake in it.

    """
    return _read(os.path.abspath(path), (), optional=optional)


def _read(path: str, extending: tuple[str, ...], *, optional: bool = False) -> Settings | None:
    try:
        with open(path, "rb") as file:
            data = file.read()
        text = data.decode()
    except OSError as error:
        raise DataFileError([Problem(shown(path), 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise DataFileError([Problem(shown(path), 0, 0, "is not valid UTF-8")]) from error
    if optional and "caveat" not in text:  # a pyproject.toml of somebody else's is not even parsed
        return None
    table = _parsed(path, text)
    if os.path.basename(path) == PYPROJECT:
        tool = table.get("tool")
        table = tool.get("caveat") if isinstance(tool, dict) else None
        if table is None:
            if optional:
                return None
            raise DataFileError([Problem(shown(path), 0, 0, "has no [tool.caveat] table")])
        if not isinstance(table, dict):
            problem = Origin(path, ("",)).problem("tool.caveat must be a table")
            raise DataFileError([problem])
    return _Reader(path, (path, *extending)).settings(table)


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
        raise DataFileError([Problem(shown(path), line, column, f"not valid TOML: {message}")]) from error


class _Reader:
    def __init__(self, path: str, extending: tuple[str, ...]) -> None:
        self.path = path
        self.folder = os.path.dirname(path)
        self.extending = extending
        self.problems: list[Problem] = []
        self.names: list[Named] = []

    def settings(self, table: Mapping[str, Any]) -> Settings:
        said, origins = self.table(table, keys(), ())
        bases = [base for base in map(self.base, said.pop("extends", ()), range(len(table))) if base]
        if self.problems:
            raise DataFileError(sorted(self.problems, key=lambda problem: (problem.path, problem.line, problem.column)))
        merged = Settings()
        for base in bases:
            merged = _extended(merged, base)
        own = Settings(**said, path=self.path, origins=tuple(origins.items()), names=tuple(self.names))
        return _extended(merged, own)

    def table(
        self, table: Mapping[str, Any], known: Mapping[str, Key], path: KeyPath
    ) -> tuple[dict[str, Any], dict[str, Origin]]:
        """What a table says, by the names of ``Settings``, and where."""
        said: dict[str, Any] = {}
        origins: dict[str, Origin] = {}
        for name, value in table.items():
            place = (*path, name)
            if name not in known:
                self.report(place, f"unknown key {name!r}; {_allowed(name, known)}", key=True)
                continue
            # Each reader returns what it could use, and reports what it could not.
            reader: Callable[[KeyPath, str, Key, Any], Any] = getattr(self, known[name].kind.replace("-", "_"))
            said[settings_name(name)] = reader(place, name, known[name], value)
            origins[name] = Origin(self.path, place)
        return said, origins

    # One method a kind of key

    def _strings(self, place: KeyPath, name: str, value: object) -> list[tuple[KeyPath, str]]:
        """A list's texts and their places; text that is none is reported."""
        if not isinstance(value, list):
            self.report(place, f"{name} must be a list of strings, not {_kind(value)}", key=True)
            return []
        good = []
        for i, item in enumerate(value):
            if isinstance(item, str) and item:
                good.append(((*place, i), item))
            else:
                what = "an empty string" if item == "" else _kind(item)
                self.report((*place, i), f"{name} must be a list of strings, and this is {what}")
        return good

    def selectors(self, place: KeyPath, name: str, _key: Key, value: object) -> tuple[str, ...]:
        found = self._strings(place, name, value)
        self.names += [Named(text, Origin(self.path, at)) for at, text in found]
        return tuple(text for _, text in found)

    def globs(self, place: KeyPath, name: str, _key: Key, value: object) -> tuple[str, ...]:
        found = self._strings(place, name, value)
        if name == "files" and value == []:
            self.report(place, "files must name at least one glob", key=True)
        for at, text in found:
            mistake = glob_mistake(text)
            if mistake:
                self.report(at, f"{text!r} is no glob: {mistake}")
        return tuple(text for _, text in found)

    def files(self, place: KeyPath, name: str, _key: Key, value: object) -> tuple[str, ...]:
        paths = []
        for at, text in self._strings(place, name, value):
            path = os.path.normpath(os.path.join(self.folder, text))
            if not os.path.exists(path):
                self.report(at, f"{name}: there is no file {text!r}{_near_file(path)}")
            paths.append(path)
        return tuple(paths)

    def file(self, place: KeyPath, name: str, _key: Key, value: object) -> str:
        if not isinstance(value, str) or not value:
            self.report(place, f"{name} must be the name of a file, not {_kind(value)}")
            return ""
        return os.path.normpath(os.path.join(self.folder, value))

    def choice(self, place: KeyPath, name: str, key: Key, value: object) -> object:
        if value not in key.choices:
            self.report(place, f"{name} is {value!r}; {_allowed(value, key.choices)}", key=True)
        return value

    def flag(self, place: KeyPath, name: str, _key: Key, value: object) -> bool:
        if not isinstance(value, bool):
            self.report(place, f"{name} must be true or false, not {_kind(value)}")
        return bool(value)

    def jobs(self, place: KeyPath, _name: str, _key: Key, value: object) -> str:
        if value != "auto" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            self.report(place, f"jobs is {value!r}; allowed: auto, or a whole number from 1")
        return str(value)

    def severities(self, place: KeyPath, name: str, key: Key, value: object) -> tuple[tuple[str, str], ...]:
        levels = []
        for selector, level in self._table(place, name, value).items():
            at = (*place, selector)
            if level not in key.choices:
                self.report(at, f"the severity of {selector} is {level!r}; {_allowed(level, key.choices)}")
            self.names.append(Named(selector, Origin(self.path, at), key=True))
            levels.append((selector, str(level)))
        return tuple(levels)

    def options(self, place: KeyPath, name: str, _key: Key, value: object) -> tuple[tuple[str, str], ...]:
        import json

        found = []
        for rule, options in self._table(place, name, value).items():
            at = (*place, rule)
            self.names.append(Named(rule, Origin(self.path, at), key=True, option="*"))
            said = self._table(at, f"options of {rule}", options)
            for option, setting in said.items():
                text = json.dumps(setting, default=str)
                self.names.append(Named(rule, Origin(self.path, (*at, option)), key=True, option=option, value=text))
            found.append((rule, json.dumps(dict(said), default=str, sort_keys=True)))
        return tuple(found)

    def tables(self, place: KeyPath, name: str, _key: Key, value: object) -> tuple[PerFile, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.report(place, f"{name} must be a list of tables: [[{name}]]", key=True)
            return ()
        found = []
        for i, item in enumerate(value):
            at = (*place, i)
            if "files" not in item:
                self.report(at, f"a {name} table needs the key 'files': a list of globs", key=True)
            said, origins = self.table(item, per_file_keys(), at)
            files = said.pop("files", ())
            origins.pop("files", None)
            found.append(PerFile(files, tuple(said.items()), tuple(origins.items())))
        return tuple(found)

    def _table(self, place: KeyPath, name: str, value: object) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.report(place, f"{name} must be a table, not {_kind(value)}", key=True)
        return {}

    def base(self, path: str, index: int) -> Settings | None:
        """A configuration that this one extends."""
        if path in self.extending:
            self.report(("extends", index), f"{shown(path)} extends itself")
            return None
        try:
            return _read(path, self.extending) if os.path.exists(path) else None
        except DataFileError as error:
            self.problems += error.problems
            return None

    def report(self, place: KeyPath, message: str, *, key: bool = False) -> None:
        self.problems.append(Origin(self.path, place).problem(message, key=key))


def _extended(base: Settings, own: Settings) -> Settings:
    """Settings with what another file says laid over them."""
    names = [settings_name(key) for key, _ in own.origins if key != "extends"]
    values: dict[str, Any] = {
        name: (*getattr(base, name), *getattr(own, name)) if name in ADDED else getattr(own, name) for name in names
    }
    return replace(
        base,
        **values,
        path=own.path,
        chain=tuple(path for path in (*base.chain, base.path, *own.chain) if path),
        origins=tuple({**dict(base.origins), **dict(own.origins)}.items()),
        names=(*base.names, *own.names),
    )


def glob_mistake(glob: str) -> str:
    """What is wrong with a glob that can match nothing, and the one that was meant; empty when it is right."""
    if glob.startswith("./"):
        return f"globs have no ./ before them; did you mean {glob[2:]!r}?"
    if glob == ".." or glob.startswith("../") or "/../" in glob:
        return "a glob cannot leave the folder of the configuration file"
    if re.search(r"\\[\w-]", glob):
        return "a \\ takes the meaning from the next character; did you mean {!r}?".format(glob.replace("\\", "/"))
    if re.match(r"[A-Za-z]:/", glob):
        return "a glob counts from the folder of the configuration file; it has no drive"
    if glob.startswith("#"):
        return f"a # begins a comment; did you mean {chr(92) + glob!r}?"
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines([glob])
    except (ValueError, re.error):
        return "git would not understand it either"
    if not any(pattern.include is not None for pattern in spec.patterns):
        return "it matches nothing"
    return ""


def _allowed(found: object, names: Any) -> str:  # noqa: ANN401 - any collection of names
    from linter.yamlfile import allowed

    return allowed(found, names)


def _near_file(path: str) -> str:
    import difflib

    folder, name = os.path.split(path)
    try:
        near = difflib.get_close_matches(name, os.listdir(folder), n=1, cutoff=0.6)  # noqa: PTH208
    except OSError:
        return ""
    return f"; did you mean {near[0]!r}?" if near else ""


def _kind(value: object) -> str:
    """What a TOML value is, in words."""
    words = {bool: "true or false", str: "a string", list: "a list", dict: "a table"}
    return words.get(type(value), "a number" if isinstance(value, (int, float)) else "a date or time")
