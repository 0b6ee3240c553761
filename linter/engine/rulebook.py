"""The rule book: rules, lexicon and knowledge, compiled from the data files and cached on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linter.engine import bookcache
from linter.engine.rules import rule_from_data, rule_to_data
from linter.errors import DataFileError
from linter.knowledge.base import KnowledgeBase
from linter.knowledge.confusables import NO_CONFUSABLES, Confusables
from linter.lexicon.model import Lexicon
from linter.resources import data_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from linter.engine.rules import Rule
    from linter.errors import Problem


DETAILS = "details"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All that is needed to lint. ``rules`` stand in the order of their files."""

    rules: Sequence[Rule]
    lexicon: Lexicon
    knowledge: KnowledgeBase
    confusables: Confusables = NO_CONFUSABLES

    def rule(self, identifier: str) -> Rule | None:
        """The rule of an id."""
        return next((rule for rule in self.rules if rule.id == identifier), None)


def load_book(extra_rules: Sequence[Path] = (), extra_knowledge: Sequence[Path] = ()) -> RuleBook:
    """The shipped rules, with a user's own rule and knowledge files added; compiled, or read from the cache.

    Raises:
        DataFileError: with the mistakes found in a file.

    """
    sources = _sources(extra_rules, extra_knowledge)
    key = bookcache.key(path for paths in sources.values() for path in paths)
    compiled = bookcache.load(key, bookcache.BOOK)
    if compiled is not None:
        # What the knowledge base holds in detail is asked for by few runs; it stays on disk until then.
        return book_from_data(compiled, lambda: bookcache.load(key, DETAILS) or _details(compile_book(**sources)))
    compiled = compile_book(**sources)
    details = _details(compiled)
    core = {name: part for name, part in compiled["knowledge"].items() if name != DETAILS}
    bookcache.store(key, {bookcache.BOOK: {**compiled, "knowledge": core}, DETAILS: details})
    return book_from_data(compiled)


def _details(compiled: Mapping[str, Any]) -> Mapping[str, str]:
    details: Mapping[str, str] = compiled["knowledge"][DETAILS]
    return details


def _sources(extra_rules: Sequence[Path], extra_knowledge: Sequence[Path]) -> dict[str, list[Path]]:
    root = data_directory()
    return {
        "rule_files": [*sorted(root.glob("*.yaml")), *extra_rules],
        "lexicon_files": sorted((root / "lexicons").glob("*.yaml")),
        "knowledge": [root / "knowledge", *extra_knowledge],
    }


def compile_book(
    rule_files: Sequence[Path], lexicon_files: Sequence[Path], knowledge: Sequence[Path]
) -> dict[str, Any]:
    """Read data files into the compiled form: plain JSON data, from which ``book_from_data`` makes a book.

    ``knowledge`` are folders of tables and users' files, the shipped folder first.

    Raises:
        DataFileError: with the mistakes found.

    """
    from linter.engine.load import load_rules
    from linter.knowledge.base import compile_data
    from linter.knowledge.confusables_file import load_confusables
    from linter.knowledge.load import load_knowledge
    from linter.knowledge.terms import iter_terms
    from linter.lexicon.load import load_lexicons
    from linter.yamlfile import YamlFile

    data = load_knowledge(knowledge)
    builder = load_lexicons(lexicon_files)
    for term in iter_terms(data):
        builder.add_folded("entity", term.key, term.concept, term.entry, flags=term.flags)
    confusables = load_confusables([folder / "confusables.yaml" for folder in knowledge if folder.is_dir()], builder)
    lexicon = builder.build()
    cues = frozenset(lexicon.cues)
    rules: list[Rule] = []
    problems: list[Problem] = []
    for path in rule_files:
        try:
            rules += load_rules(YamlFile.read(path), lexicon.known, cues)
        except DataFileError as error:  # noqa: PERF203 - a handful of files, and each may fail
            problems += error.problems
    if problems:
        raise DataFileError(problems)
    return {
        "lexicon": lexicon.to_data(),
        "rules": [rule_to_data(rule) for rule in rules],
        "knowledge": compile_data(data),
        "confusables": confusables.to_data(),
    }


def book_from_data(data: Mapping[str, Any], details: Callable[[], Mapping[str, str]] | None = None) -> RuleBook:
    """The book of a compiled form; ``details`` fetches what its knowledge leaves out."""
    return RuleBook(
        tuple(rule_from_data(rule) for rule in data["rules"]),
        Lexicon.from_data(data["lexicon"]),
        KnowledgeBase.from_compiled(data["knowledge"], details),
        Confusables.from_data(data["confusables"]),
    )
