"""Rule files to rules. Every mistake of a file is told at once, with its line, column and what is allowed there."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex

from linter.checks import CHECKS
from linter.document import BlockKind
from linter.engine.pattern import Pattern, PatternError, compile_pattern
from linter.engine.rules import Company, Excuse, Find, Reference, Rule
from linter.resources import data_directory
from linter.schema import validate, validate_part
from linter.yamlfile import allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from linter.yamlfile import Path, YamlFile

CONTEXTS = frozenset({"quoted", "question"})
PATTERNS: Mapping[str, Any] = {"type": "array", "minItems": 1, "items": {"type": "string"}}
"""The kind of an option that holds patterns; they are read as those of a rule are."""
OPTIONS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "dose": {"document-caveat": {"type": "string"}},
    "off-label-use": {
        "vague": {"type": "array", "items": {"type": "string"}},
        "lenient": {"type": "object"},
    },
    "vague-attribution": {"patterns": PATTERNS},
}
"""The options of each check that has any, and what they may hold (as in a JSON Schema)."""
FLAGS = regex.IGNORECASE | regex.VERSION1
"""How regular expressions are read, here and where they are run."""
_FIELD = re.compile(r"\{([A-Za-z][\w-]*)\}")
FIND_KEYS = frozenset({"pattern", "regex", "check", "within", "options"})
EXCUSE_KEYS = frozenset(
    {"context", "inherited", "concept", "pattern", "regex", "within", "direction", "cited", "block", "report"}
)
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
    loaded = []
    seen: set[str] = set()
    for i, data in _mappings(rules):
        rule = reader.rule(("rules", i), data)
        if rule.id and rule.id in seen:
            file.report(("rules", i, "id"), f"the id {rule.id!r} is given twice")
        seen.add(rule.id)
        loaded.append(rule)
    file.finish()
    return loaded


class _Reader:
    def __init__(self, file: YamlFile, concepts: frozenset[str], cues: frozenset[str]) -> None:
        self.file = file
        self.concepts = concepts
        self.contexts = (cues | CONTEXTS) - {"terminator"}

    def rule(self, path: Path, data: Mapping[str, Any]) -> Rule:
        examples = _mapping(data.get("examples"))
        find = tuple(self.find((*path, "find", i), f) for i, f in _mappings(data.get("find")))
        for key in ("message", "advice", "suggestion"):
            self.template((*path, key), data.get(key), find)
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
                for _, s in _mappings(data.get("sources"))
            ),
            find=find,
            require=tuple(self.company((*path, "require", i), r) for i, r in _mappings(data.get("require"))),
            unless=tuple(self.excuse((*path, "unless", i), e) for i, e in _mappings(data.get("unless"))),
            yields_to=_texts(data.get("yields-to")),
            once=str(data.get("once", "sentence")),
            flag=_texts(examples.get("flag")),
            passes=_texts(examples.get("pass")),
            path=self.file.path,
            line=self.file.positions.get(path, (0, 0))[0],
        )

    def company(self, path: Path, data: Mapping[str, Any]) -> Company:
        concepts = self.names((*path, "concept"), data.get("concept"), self.concepts)
        return Company(concepts, str(data.get("within")))

    def find(self, path: Path, data: Mapping[str, Any]) -> Find:
        ways = [key for key in ("pattern", "regex", "check") if key in data]
        if len(ways) != 1 and data.keys() <= FIND_KEYS:
            self.file.report(path, f"found {', '.join(ways) or 'none'}; one of pattern, regex, check is needed")
        check = data.get("check", "")
        if "check" in data and isinstance(check, str) and check not in CHECKS:
            self.file.report((*path, "check"), f"unknown check {check!r}; {allowed(check, CHECKS)}")
        if ways in (["regex"], ["check"]):
            self.pointless(path, data, "within", "a pattern")
        if ways in (["regex"], ["pattern"]):
            self.pointless(path, data, "options", "a check")
        options = _mapping(data.get("options"))
        if check in CHECKS and options:
            self.options((*path, "options"), options, OPTIONS.get(check, {}))
        return Find(
            pattern=self.pattern((*path, "pattern"), data.get("pattern")),
            regex=self.regex((*path, "regex"), data.get("regex")),
            check=str(check),
            within=str(data.get("within", "sentence")),
            options=options,
        )

    def options(self, path: Path, options: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Report options that a check does not have, or that are not of its kind; read the patterns among them."""
        schema = {"type": "object", "additionalProperties": False, "properties": known}
        validate_part(self.file, options, schema, path)
        for name, kind in known.items():
            if kind is PATTERNS and isinstance(options.get(name), list):
                for i, text in enumerate(options[name]):
                    self.pattern((*path, name, i), text)

    def pointless(self, path: Path, data: Mapping[str, Any], key: str, company: str) -> None:
        """Report a key that would say nothing where it stands."""
        if key in data:
            self.file.report((*path, key), f"{key!r} says nothing here: it goes with {company}", key=True)

    def template(self, path: Path, text: object, find: Sequence[Find]) -> None:
        """Report braces that hold no capture: a text that cannot be filled in would only show when a rule fires."""
        if not isinstance(text, str):
            return
        bare = _FIELD.sub("", text.replace("{{", "").replace("}}", ""))
        if "{" in bare or "}" in bare:
            self.file.report(path, "braces stand around the name of a capture, as in {match}; write {{ for a brace")
        if any(way.check for way in find):
            return  # what a check captures, only the check knows
        known = {"match"}
        for way in find:
            known |= {item.name for item in way.pattern.items if item.name} if way.pattern else set()
            known |= set(_groups(way.regex))
        for name in _FIELD.findall(text.replace("{{", "").replace("}}", "")):
            if name not in known:
                self.file.report(path, f"no capture is called {name!r}; {allowed(name, known)}")

    def excuse(self, path: Path, data: Mapping[str, Any]) -> Excuse:
        searched = {"concept", "pattern", "regex"} & data.keys()
        if not searched:
            for key in ("within", "direction"):
                self.pointless(path, data, key, "a concept, pattern or regex")
        if data.keys() <= EXCUSE_KEYS and not (searched or {"context", "inherited", "cited", "block"} & data.keys()):
            self.file.report(path, "an excuse needs a condition, such as context, concept, pattern or cited")
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
            message = f"in the pattern, at character {error.offset + 1}: {error}"
            self.file.report_inside(path, text, error.offset, message)
            return None

    def regex(self, path: Path, text: object) -> str:
        if not isinstance(text, str):
            return ""
        try:
            matches_nothing = regex.compile(text, FLAGS).fullmatch("", timeout=1.0) is not None
        except (regex.error, ValueError, OverflowError, RecursionError, TimeoutError) as error:
            self.file.report_inside(path, text, getattr(error, "pos", 0) or 0, f"not a regular expression: {error}")
            return ""
        if matches_nothing:
            self.file.report(path, "the regular expression matches the empty text, and so everywhere")
        return text


def _groups(source: str) -> tuple[str, ...]:
    return tuple(regex.compile(source, FLAGS).groupindex) if source else ()


def _mapping(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _mappings(data: object) -> list[tuple[int, Mapping[str, Any]]]:
    """The mappings of a list, each with its index; what else stands in the list, the schema reports."""
    return [(i, item) for i, item in enumerate(data) if isinstance(item, dict)] if isinstance(data, list) else []


def _texts(data: object) -> tuple[str, ...]:
    return tuple(map(str, data)) if isinstance(data, list) else ()
