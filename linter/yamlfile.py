"""YAML with positions: every value of a file keeps the line and column it was written at."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import yaml

from linter.errors import DataFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]


class YamlFile:
    """The data of one YAML file, and where each part of it stands.

    ``data`` is plain Python data. ``positions`` maps a path of keys and indexes to a 1-based (line, column); for the
    key of a mapping the path ends in ``(key, KEY)``.
    """

    KEY = -1

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.positions: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            self.data: Any = None if node is None else self._build(loader, node, ())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            raise DataFileError([Problem(path, line, column, f"not valid YAML: {error.problem}")]) from error
        except yaml.YAMLError as error:
            raise DataFileError([Problem(path, 0, 0, f"not valid YAML: {error}")]) from error
        finally:
            loader.dispose()

    def _build(self, loader: Any, node: Any, path: Path) -> Any:  # noqa: ANN401 - YAML data is anything
        self.positions[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                here = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                if key in mapping:
                    self.problems.append(Problem(self.path, *here, f"{key!r} is given twice"))
                self.positions[(*path, key, self.KEY)] = here
                mapping[key] = self._build(loader, value_node, (*path, key))
            return mapping
        if isinstance(node, yaml.SequenceNode):
            return [self._build(loader, child, (*path, i)) for i, child in enumerate(node.value)]
        if node.tag.endswith(":bool") and node.value.lower() not in ("true", "false"):
            return node.value  # in a vocabulary, "no" and "on" are words
        return loader.construct_object(node, deep=True)

    def report(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note a problem at the value (or the key) that the path leads to."""
        line, column = self.positions.get((*path, self.KEY) if key else path) or self.positions.get(path, (0, 0))
        self.problems.append(Problem(self.path, line, column, message))

    def finish(self) -> None:
        """Raise all noted problems, in the order of the file.

        Raises:
            DataFileError: when there is one or more.

        """
        if self.problems:
            raise DataFileError(sorted(self.problems, key=lambda p: (p.line, p.column)))


def allowed(found: object, names: Iterable[str]) -> str:
    """What may stand in place of ``found``: the nearest name first, then all of them, as the end of a message."""
    choices = sorted(names)
    near = difflib.get_close_matches(str(found), choices, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}allowed: {', '.join(choices)}"
