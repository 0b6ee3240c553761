"""YAML with positions: every value of a file keeps the line and column it was written at."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import yaml

from linter.errors import DataFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path as FilePath

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]

DEEPEST = 200
"""How deep lists and mappings may nest in a data file."""
MOST = 200_000
"""How many values a data file may hold once its aliases are followed."""

_NOT_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$")


class YamlFile:
    """The data of one YAML file, and where each part of it stands.

    ``data`` is plain Python data. ``positions`` maps a path of keys and indexes to a 1-based (line, column); for the
    key of a mapping the path ends in ``(key, KEY)``.
    """

    KEY = -1

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.positions: dict[Path, tuple[int, int]] = {(): (1, 1)}
        self.problems: list[Problem] = []
        self._open: set[int] = set()
        self._count = 0
        self._lines = text.split("\n")
        self.data: Any = self._read(text)

    @classmethod
    def read(cls, path: FilePath) -> YamlFile:
        """The file at a path.

        Raises:
            OSError: when it cannot be read.
            DataFileError: when it is no UTF-8 text, or no YAML.

        """
        content = path.read_bytes()
        try:
            return cls(str(path), content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - content.rfind(b"\n", 0, error.start)
            raise DataFileError([Problem(str(path), line, column, "not UTF-8 text")]) from error

    def _read(self, text: str) -> Any:  # noqa: ANN401 - YAML data is anything
        try:
            loader = _Loader(text.encode("utf-8", "surrogatepass"))
            try:
                node = loader.get_single_node()
                return None if node is None else self._build(loader, node, ())
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise DataFileError([Problem(self.path, line, column, f"not valid YAML: {error.problem}")]) from error
        except yaml.YAMLError as error:
            raise DataFileError([self._unreadable(text, error)]) from error
        except RecursionError as error:
            raise DataFileError([Problem(self.path, 1, 1, "lists and mappings nest too deep")]) from error

    def _unreadable(self, text: str, error: yaml.YAMLError) -> Problem:
        """A character that YAML does not allow, at its place; the parser tells a place in bytes at most."""
        for match in _NOT_YAML.finditer(text):
            start = match.start()
            line = text.count("\n", 0, start) + 1
            column = start - text.rfind("\n", 0, start)
            return Problem(self.path, line, column, f"not valid YAML: the character U+{ord(match.group()):04X}")
        return Problem(self.path, 1, 1, f"not valid YAML: {getattr(error, 'reason', error)}")

    def _build(self, loader: Any, node: Any, path: Path) -> Any:  # noqa: ANN401 - YAML data is anything
        here = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.positions[path] = here
        self._count += 1
        if id(node) in self._open:
            raise DataFileError([Problem(self.path, *here, "an anchor may not hold an alias of itself")])
        if len(path) > DEEPEST:
            raise DataFileError([Problem(self.path, *here, "lists and mappings nest too deep")])
        if self._count > MOST:
            raise DataFileError([Problem(self.path, *here, f"with its aliases, the file holds over {MOST:,} values")])
        if not isinstance(node, (yaml.MappingNode, yaml.SequenceNode)):
            return self._scalar(loader, node, path)
        self._open.add(id(node))
        if isinstance(node, yaml.MappingNode):
            data: Any = self._mapping(loader, node, path)
        else:
            data = [self._build(loader, child, (*path, i)) for i, child in enumerate(node.value)]
        self._open.discard(id(node))
        return data

    def _mapping(self, loader: Any, node: Any, path: Path) -> dict[str, Any]:  # noqa: ANN401
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(self.path, line, column, "a key must be text"))
                continue
            key = str(key_node.value)
            if key in mapping:
                self.problems.append(Problem(self.path, line, column, f"{key!r} is given twice"))
            inner = (*path, key)
            self.positions[inner + (self.KEY,)] = (line, column)  # noqa: RUF005 - mypy reads no star in an index
            mapping[key] = self._build(loader, value_node, inner)
        return mapping

    def _scalar(self, loader: Any, node: Any, path: Path) -> Any:  # noqa: ANN401
        """A single value. In a vocabulary "no" and "on" are words, and "16:8" and "007" stand as they are written."""
        kind = node.tag.rpartition(":")[2]
        if kind == "bool" and node.value.lower() not in ("true", "false"):
            return node.value
        if kind in ("int", "float") and not _PLAIN_NUMBER.match(node.value):
            return node.value
        if kind not in ("null", "bool", "int", "float", "timestamp"):
            return node.value
        try:
            return loader.construct_object(node, deep=True)
        except yaml.YAMLError:
            raise
        except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
            shown = "date" if kind == "timestamp" else kind
            problem = Problem(self.path, *self.positions[path], f"{node.value!r} is no {shown}: {error}")
            raise DataFileError([problem]) from error

    def report(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note a problem at the value (or the key) that the path leads to."""
        line, column = self.positions.get((*path, self.KEY) if key else path) or self.positions.get(path, (0, 0))
        self.problems.append(Problem(self.path, line, column, message))

    def report_inside(self, path: Path, text: str, offset: int, message: str) -> None:
        """Note a problem at a character of a text value: there, where the value stands as it is written."""
        line, column = self.positions.get(path, (0, 0))
        if line:
            written = self._lines[line - 1][column - 1 :]
            for lead in (0, 1):
                if written[lead : lead + offset + 1] == text[: offset + 1]:
                    column += lead + offset
                    break
        self.problems.append(Problem(self.path, line, column, message))

    def finish(self) -> None:
        """Raise all noted problems, in the order of the file.

        Raises:
            DataFileError: when there is one or more.

        """
        if self.problems:
            raise DataFileError(sorted(self.problems, key=lambda p: (p.line, p.column)))


MANY = 40
"""More names than this are not listed in a message: the nearest one serves better."""


def allowed(found: object, names: Iterable[str]) -> str:
    """What may stand in place of ``found``: the nearest name first, then all of them, as the end of a message.

    Of very many names only a few are told.
    """
    choices = sorted(names)
    if not choices:
        return "none is allowed here"
    near = nearest(found, choices)
    hint = f"did you mean {near!r}? " if near else ""
    if len(choices) <= MANY:
        return f"{hint}allowed: {', '.join(choices)}"
    return f"{hint}{len(choices)} names are allowed, such as {', '.join(choices[:: len(choices) // 5][:5])}"


def nearest(found: object, names: Iterable[str]) -> str:
    """The name that a misspelt one was meant for, or nothing."""
    return next(iter(difflib.get_close_matches(str(found), sorted(names), n=1, cutoff=0.6)), "")
