"""Rule files for tests: one rule that is right, and ways to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from linter.engine.load import load_rules
from linter.engine.rulebook import RuleBook
from linter.yamlfile import YamlFile
from tests.annotate.toy import book, toy_lexicon

if TYPE_CHECKING:
    from linter.engine.rules import Rule


def rule_data(**changes: Any) -> dict[str, Any]:
    """The data of a rule that loads; keys given as None are left out, ``yields_to`` stands for ``yields-to``."""
    data: dict[str, Any] = {
        "id": "house/heals",
        "summary": "Says that it heals",
        "severity": "warning",
        "confidence": "high",
        "message": "“{match}” is said to heal",
        "advice": "Say how sure we are.",
        "why": "Readers act on it.",
        "sources": [{"title": "House style", "url": "https://example.org/style", "checked": "2026-11-25"}],
        "find": [{"pattern": "@drug ..3 heals"}],
        "examples": {"flag": ["Aspirin heals."] * 6, "pass": ["Aspirin."] * 6},
    }
    data |= {key.replace("_", "-"): value for key, value in changes.items()}
    return {key: value for key, value in data.items() if value is not None}


def dump(*rules: dict[str, Any]) -> str:
    """A rule file as text."""
    return yaml.safe_dump({"rules": list(rules)}, allow_unicode=True, sort_keys=False, width=1000)


def load(text: str) -> list[Rule]:
    """The rules of a rule file given as text, with the toy lexicon."""
    lexicon = toy_lexicon()
    return load_rules(YamlFile("house.yaml", text), lexicon.known, frozenset(lexicon.cues))


def make_rule(**changes: Any) -> Rule:
    """One rule."""
    (rule,) = load(dump(rule_data(**changes)))
    return rule


def toy_book(*rules: Rule) -> RuleBook:
    """A book of such rules with the toy lexicon."""
    return RuleBook(rules, toy_lexicon(), book().knowledge)
