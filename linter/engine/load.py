"""Rule files to rules. Every mistake of a file is told at once, with its line, column and what is allowed there."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex

from linter.checks import CHECKS
from linter.document import BlockKind
from linter.engine.pattern import Pattern, PatternError, compile_pattern
from linter.engine.rules import Company, Excuse, Find, Reference, Rule
from linter.resources import data_directory
from linter.schema import validate
from linter.yamlfile import allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.yamlfile import Path, YamlFile

CONTEXTS = frozenset({"quoted", "question"})
BLOCKS = frozenset(kind.value for kind in BlockKind) | {"quotation"}


@lru_cache(maxsize=1)
def rule_schema() -> Mapping[str, Any]:
    """The JSON Schema of rule files, as shipped."""
    schema: Mapping[str, Any] = json.loads((data_directory() / "rule.schema.json").read_text("utf-8"))
    return schema


def load_rules(file: YamlFile, concepts: frozenset[str], cues: frozenset[str]) -> list[Rule]:
    """The rules of one file.

    ``concepts`` are the names that patterns may use, ``cues`` those of them that are modalities.

    Raises:
        DataFileError: with every mistake in the file.

    """
    validate(file, rule_schema())
    rules = file.data.get("rules") if isinstance(file.data, dict) else None
    reader = _Reader(file, concepts, cues)
    loaded = [
        reader.rule(("rules", i), data)
        for i, data in enumerate(rules if isinstance(rules, list) else ())
        if isinstance(data, dict)
    ]
    seen: set[str] = set()
    for i, rule in enumerate(loaded):
        if rule.id in seen:
            file.report(("rules", i, "id"), f"the id {rule.id!r} is given twice")
        seen.add(rule.id)
    file.finish()
    return loaded


class _Reader:
    def __init__(self, file: YamlFile, concepts: frozenset[str], cues: frozenset[str]) -> None:
        self.file = file
        self.concepts = concepts
        self.contexts = cues | CONTEXTS

    def rule(self, path: Path, data: Mapping[str, Any]) -> Rule:
        examples = _mapping(data.get("examples"))
        return Rule(
            id=str(data.get("id", "")),
            summary=str(data.get("summary", "")),
            severity=str(data.get("severity", "")),
            confidence=str(data.get("confidence", "")),
            message=str(data.get("message", "")),
            advice=str(data.get("advice", "")),
            suggestion=str(data.get("suggestion", "")),
            why=str(data.get("why", "")),
            sources=tuple(
                Reference(str(s.get("title", "")), str(s.get("url", "")), str(s.get("checked", "")))
                for s in _mappings(data.get("sources"))
            ),
            find=tuple(self.find((*path, "find", i), f) for i, f in enumerate(_mappings(data.get("find")))),
            require=tuple(
                Company(self.names((*path, "require", i, "concept"), r.get("concept"), self.concepts), str(r.get("within")))
                for i, r in enumerate(_mappings(data.get("require")))
            ),
            unless=tuple(self.excuse((*path, "unless", i), e) for i, e in enumerate(_mappings(data.get("unless")))),
            yields_to=tuple(map(str, data.get("yields-to") or ())),
            once=str(data.get("once", "sentence")),
            flag=tuple(map(str, examples.get("flag") or ())),
            passes=tuple(map(str, examples.get("pass") or ())),
            path=self.file.path,
            line=self.file.positions.get(path, (0, 0))[0],
        )

    def find(self, path: Path, data: Mapping[str, Any]) -> Find:
        ways = [key for key in ("pattern", "regex", "check") if key in data]
        if len(ways) != 1:
            self.file.report(path, f"found {', '.join(ways) or 'none'}; one of pattern, regex, check is needed")
        check = str(data.get("check", ""))
        if check and check not in CHECKS:
            self.file.report((*path, "check"), f"unknown check {check!r}; {allowed(check, CHECKS)}")
        return Find(
            pattern=self.pattern((*path, "pattern"), data.get("pattern")),
            regex=self.regex((*path, "regex"), data.get("regex")),
            check=check,
            within=str(data.get("within", "sentence")),
            options=_mapping(data.get("options")),
        )

    def excuse(self, path: Path, data: Mapping[str, Any]) -> Excuse:
        return Excuse(
            context=frozenset(self.names((*path, "context"), data.get("context"), self.contexts)),
            inherited=frozenset(self.names((*path, "inherited"), data.get("inherited"), self.contexts)),
            concepts=self.names((*path, "concept"), data.get("concept"), self.concepts),
            pattern=self.pattern((*path, "pattern"), data.get("pattern")),
            regex=self.regex((*path, "regex"), data.get("regex")),
            within=str(data.get("within", "sentence")),
            direction=str(data.get("direction", "any")),
            cited=str(data.get("cited", "")),
            blocks=frozenset(self.names((*path, "block"), data.get("block"), BLOCKS)),
            report=str(data.get("report", "silent")),
        )

    def names(self, path: Path, data: Any, known: frozenset[str]) -> tuple[str, ...]:  # noqa: ANN401
        """Names given as text (parted by spaces) or as a list; ``@`` before a concept may stand or not."""
        listed = data.split() if isinstance(data, str) else data if isinstance(data, list) else []
        names = tuple(str(name).lstrip("@") for name in listed)
        for i, name in enumerate(names):
            if name not in known:
                place = path if isinstance(data, str) else (*path, i)
                self.file.report(place, f"unknown name {name!r}; {allowed(name, known)}")
        return names

    def pattern(self, path: Path, text: object) -> Pattern | None:
        if not isinstance(text, str):
            return None
        try:
            return compile_pattern(text, self.concepts)
        except PatternError as error:
            self.file.report(path, f"in the pattern, at character {error.offset + 1}: {error}")
            return None

    def regex(self, path: Path, text: object) -> str:
        if not isinstance(text, str):
            return ""
        try:
            regex.compile(text)
        except regex.error as error:
            self.file.report(path, f"not a regular expression: {error}")
        return text


def _mapping(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _mappings(data: object) -> list[Mapping[str, Any]]:
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []
