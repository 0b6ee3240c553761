"""Names in a configuration that only the rules can tell right or wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from linter.filters.select import near_rules, unknown_selector

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from linter.config.model import Named
    from linter.engine.rulebook import RuleBook
    from linter.errors import Problem

_A = {bool: "true or false", str: "a string", int: "a number", float: "a number", list: "a list", dict: "a table"}


def name_problems(names: Sequence[Named], known: Collection[str], book: Callable[[], RuleBook]) -> list[Problem]:
    """What is wrong with names: a selector that stands for no rule, an option that a rule does not have."""
    problems = []
    for name in names:
        message = _option_mistake(name, known, book) if name.option else unknown_selector(name.name, known)
        if message:
            problems.append(name.origin.problem(message, key=name.key))
    return problems


def _option_mistake(name: Named, known: Collection[str], book: Callable[[], RuleBook]) -> str:
    if name.name not in known:
        if name.option != "*":
            return ""  # told once, for the rule
        family = [rule for rule in known if rule.partition("/")[0] == name.name]
        near = family or [rule for rule in near_rules(name.name, known, 3) if "/" in rule]
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"options are for one rule each, and no rule is called {name.name!r}{hint}"
    options = rule_options(book(), name.name)
    if name.option == "*":
        return "" if options else f"{name.name} has no options"
    if name.option not in options:
        from linter.yamlfile import allowed

        return f"{name.name} has no option {name.option!r}; {allowed(name.option, options)}" if options else ""
    default, value = options[name.option], json.loads(name.value)
    if type(value) is not type(default):
        return f"the option {name.option} of {name.name} must be {_A.get(type(default), 'something else')}"
    return ""


def rule_options(book: RuleBook, rule: str) -> Mapping[str, object]:
    """The options of a rule, with what holds when nothing is said."""
    found = book.rule(rule)
    options: dict[str, object] = {}
    for find in found.find if found else ():
        options.update(find.options)
    return options
