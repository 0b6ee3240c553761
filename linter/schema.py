"""Checks YAML data against a JSON Schema and tells every mistake with its place.

The schema that an editor uses for completion is the one that the loader obeys; this module interprets the part of JSON
Schema that our schemas use, so that reading a rule file needs no validator package at run time.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from linter.yamlfile import allowed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.yamlfile import Path, YamlFile

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
_A = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


def validate(file: YamlFile, schema: Mapping[str, Any]) -> None:
    """Report every place of the file's data that breaks the schema, on ``file``."""
    validate_part(file, file.data, schema, ())


def validate_part(file: YamlFile, data: object, schema: Mapping[str, Any], path: Path) -> None:
    """Report every place of a part of the file's data, the one that ``path`` leads to, that breaks a schema."""
    _Validator(file, schema).check(data, schema, path)


class _Validator:
    def __init__(self, file: YamlFile, root: Mapping[str, Any]) -> None:
        self.file = file
        self.root = root

    def check(self, data: Any, schema: Mapping[str, Any], path: Path) -> None:  # noqa: ANN401 - YAML data is anything
        if "$ref" in schema:
            self.check(data, self.root["$defs"][schema["$ref"].rpartition("/")[2]], path)
            return
        if "enum" in schema:
            if data not in schema["enum"]:
                self.file.report(path, f"found {_shown(data)}; {allowed(data, map(str, schema['enum']))}")
            return
        kinds = schema.get("type", ())
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds and not any(_is(data, kind) for kind in kinds):
            wanted = " or ".join(_A[kind] for kind in kinds)
            quoted = " in quotation marks" if "string" in kinds and not isinstance(data, (dict, list)) else ""
            self.file.report(path, f"found {_shown(data)}; expected {wanted}{quoted if data is not None else ''}")
            return
        if isinstance(data, dict) and "properties" in schema:
            self._check_mapping(data, schema, path)
        elif isinstance(data, list):
            if len(data) < schema.get("minItems", 0):
                self.file.report(path, f"found {len(data)} entries; at least {schema['minItems']} are needed")
            for i, item in enumerate(data):
                self.check(item, schema.get("items", {}), (*path, i))
        elif isinstance(data, str) and "pattern" in schema and not re.search(schema["pattern"], data):
            self.file.report(path, f"found {_shown(data)}; it must match {schema['pattern']}")

    def _check_mapping(self, data: Mapping[str, Any], schema: Mapping[str, Any], path: Path) -> None:
        properties = schema["properties"]
        meant = set()
        for key, value in data.items():
            if key in properties:
                self.check(value, properties[key], (*path, key))
            elif not schema.get("additionalProperties", True):
                self.file.report((*path, key), f"unknown key {key!r}; {allowed(key, properties)}", key=True)
                meant.add(nearest(key, properties))
        for key in schema.get("required", ()):
            if key not in data and key not in meant:
                self.file.report(path, f"the key {key!r} is missing")


def _is(data: Any, kind: str) -> bool:  # noqa: ANN401
    return isinstance(data, _TYPES[kind]) and not (isinstance(data, bool) and kind in ("integer", "number"))


def _shown(data: Any) -> str:  # noqa: ANN401
    """A value as its writer knows it."""
    if data is None:
        return "nothing"
    if isinstance(data, bool):
        return str(data).lower()
    text = str(data) if isinstance(data, dt.date) else repr(data)
    return text if len(text) <= 60 else text[:57] + "..."
