"""Choosing rules: by id (``dose/missing-prescriber-caveat``), family (``dose``) or glob (``*/missing-*``)."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def matches(selector: str, rule: str) -> bool:
    """Whether a selector stands for a rule."""
    name = selector.removesuffix("/")
    return name in (rule, rule.partition("/")[0]) or fnmatchcase(rule, selector)


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules to report: the selected ones (all, when none are), without the ignored ones."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()

    def __call__(self, rule: str) -> bool:
        """Whether findings of a rule are reported."""
        chosen = not self.select or any(matches(selector, rule) for selector in self.select)
        return chosen and not any(matches(selector, rule) for selector in self.ignore)


def unknown_selector(selector: str, known: Iterable[str]) -> str:
    """What is wrong with a selector that stands for no rule, with the nearest names; empty when it stands for one."""
    rules = list(known)
    if any(matches(selector, rule) for rule in rules):
        return ""
    near = near_rules(selector, rules)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"no rule or family is called {selector!r}{hint} (caveat rules lists them)"


def near_rules(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The rules and families whose name looks like another one, the nearest first."""
    import difflib

    rules = list(known)
    families = list(dict.fromkeys(rule.partition("/")[0] for rule in rules))
    near = difflib.get_close_matches(name, [*rules, *families], n=count, cutoff=0.6)
    last = {rule.partition("/")[2]: rule for rule in rules}
    near += [last[tail] for tail in difflib.get_close_matches(name, list(last), n=count, cutoff=0.6)]
    return list(dict.fromkeys(near))[:count]
