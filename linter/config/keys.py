"""The keys of a configuration: what each may hold and what it does. The JSON Schema and the documentation follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linter.findings import CONFIDENCES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = (*SEVERITIES, "off")
"""What ``severity`` may say of a rule."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key.

    ``kind`` is ``selectors`` (rule ids, families or globs), ``globs``, ``files``, ``file``, ``choice``, ``flag``,
    ``jobs``, ``severities``, ``options`` or ``tables`` (the per-file tables). ``per_file`` says whether a per-file
    table may hold it too; ``default`` is what holds when nothing is said, as TOML.
    """

    kind: str
    text: str
    default: str
    choices: tuple[str, ...] = ()
    per_file: bool = False


def keys() -> Mapping[str, Key]:
    """All keys, in the order of the documentation."""
    from linter.reporters import FORMATS

    return {
        "extends": Key("files", "Configuration files whose settings hold where this one says nothing.", "[]"),
        "select": Key("selectors", "Report only these rules: ids, families or globs. Empty: all.", "[]", per_file=True),
        "ignore": Key("selectors", "Leave these rules out.", "[]", per_file=True),
        "severity": Key("severities", "The severity of rules, or \"off\".", "{}", LEVELS, per_file=True),
        "options": Key("options", "Options of single rules.", "{}", per_file=True),
        "min-confidence": Key("choice", "Leave out findings that are less certain.", '"medium"', CONFIDENCES,
                              per_file=True),
        "fail-level": Key("choice", "The least severity that makes the exit code 1.", '"warning"', SEVERITIES,
                          per_file=True),
        "require-reason": Key("flag", "Every inline directive must give a reason.", "false", per_file=True),
        "exclude": Key("globs", "Files and folders that are not walked, as in .gitignore.", "[]"),
        "force-exclude": Key("flag", "Exclude files even when they are named on the command line.", "false"),
        "per-file": Key("tables", "Settings for the files that some globs name; later tables win.", "[]"),
        "rules": Key("files", "Your own rule files.", "[]"),
        "knowledge": Key("files", "Your own knowledge files.", "[]"),
        "baseline": Key("file", "The baseline: findings that are known.", '".caveat-baseline.json", if there is one'),
        "format": Key("choice", "How findings are shown.", "by who reads it", tuple(FORMATS)),
        "jobs": Key("jobs", "How many processes lint: a number, or \"auto\".", '"auto"'),
        "cache": Key("flag", "Keep findings of unchanged drafts from run to run.", "true"),
        "cache-dir": Key("file", "Where the cache stands.", "your system's folder for caches"),
    }  # fmt: skip


def per_file_keys() -> Mapping[str, Key]:
    """The keys of a per-file table."""
    files = Key("globs", "The files that the table holds for, as in .gitignore.", "required")
    return {"files": files, **{name: key for name, key in keys().items() if key.per_file}}


def schema() -> dict[str, Any]:
    """The JSON Schema of ``caveat.toml`` and ``[tool.caveat]``; ``rules/config.schema.json`` holds the same."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://caveat.readthedocs.io/config.schema.json",
        "title": "caveat configuration",
        "description": "caveat.toml, .caveat.toml, or the table [tool.caveat] of pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _schema(key) for name, key in keys().items()},
    }


def _schema(key: Key) -> dict[str, Any]:
    name = {"type": "string", "minLength": 1}
    shapes: dict[str, dict[str, Any]] = {
        "selectors": {"type": "array", "items": name},
        "globs": {"type": "array", "items": name},
        "files": {"type": "array", "items": name},
        "file": name,
        "choice": {"enum": list(key.choices)},
        "flag": {"type": "boolean"},
        "jobs": {"anyOf": [{"const": "auto"}, {"type": "integer", "minimum": 1}]},
        "severities": {"type": "object", "propertyNames": name, "additionalProperties": {"enum": list(key.choices)}},
        "options": {"type": "object", "additionalProperties": {"type": "object"}},
        "tables": {"type": "array", "items": {}},
    }
    shape = shapes[key.kind]
    if key.kind == "tables":
        nested = {name: _schema(inner) for name, inner in per_file_keys().items()}
        nested["files"]["minItems"] = 1
        shape["items"] = {"type": "object", "additionalProperties": False, "required": ["files"], "properties": nested}
    return {"description": key.text, **shape}
