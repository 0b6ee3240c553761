"""Rules as data: what a rule file says, validated and compiled."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from linter.engine.pattern import Item, Pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCS = "https://caveat.readthedocs.io/rules/"


@dataclass(frozen=True, slots=True)
class Reference:
    """The public source of the standard behind a rule."""

    title: str
    url: str
    checked: str
    """The day on which somebody last looked; empty: not compared yet."""

    @property
    def looked(self) -> str:
        """When somebody last looked, in words."""
        return f"checked {self.checked}" if self.checked else "not checked yet"


@dataclass(frozen=True, slots=True)
class Find:
    """One way for a rule to match: a pattern, a regex or a named check."""

    pattern: Pattern | None = None
    regex: str = ""
    check: str = ""
    within: str = "sentence"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Company:
    """Concepts that must stand near a match."""

    concepts: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """What makes a match no finding, or an ``info`` one when ``report`` says so."""

    context: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()
    concepts: tuple[str, ...] = ()
    pattern: Pattern | None = None
    regex: str = ""
    within: str = "sentence"
    direction: str = "any"
    cited: str = ""
    blocks: frozenset[str] = frozenset()
    report: str = "silent"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``path`` and ``line`` say where it is written; ``examples`` are (flag, pass) drafts."""

    id: str
    summary: str
    severity: str
    confidence: str
    message: str
    advice: str
    why: str
    sources: tuple[Reference, ...]
    find: tuple[Find, ...]
    require: tuple[Company, ...] = ()
    unless: tuple[Excuse, ...] = ()
    yields_to: tuple[str, ...] = ()
    once: str = "sentence"
    suggestion: str = ""
    flag: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    path: str = ""
    line: int = 0

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def url(self) -> str:
        """The rule's page."""
        return f"{DOCS}{self.id}/"


def rule_to_data(rule: Rule) -> dict[str, Any]:
    """A rule as plain JSON data."""
    data: dict[str, Any] = _plain(asdict(rule))
    return data


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON data is anything
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def rule_from_data(data: Mapping[str, Any]) -> Rule:
    """The rule that ``rule_to_data`` gave."""
    return Rule(
        **{
            **data,
            "sources": tuple(Reference(**source) for source in data["sources"]),
            "find": tuple(Find(**{**find, "pattern": _pattern(find["pattern"])}) for find in data["find"]),
            "require": tuple(Company(tuple(need["concepts"]), need["within"]) for need in data["require"]),
            "unless": tuple(_excuse(excuse) for excuse in data["unless"]),
            "yields_to": tuple(data["yields_to"]),
            "flag": tuple(data["flag"]),
            "passes": tuple(data["passes"]),
        }
    )


def _excuse(data: Mapping[str, Any]) -> Excuse:
    sets = {key: frozenset(data[key]) for key in ("context", "inherited", "blocks")}
    return Excuse(**{**data, **sets, "concepts": tuple(data["concepts"]), "pattern": _pattern(data["pattern"])})


def _pattern(data: Mapping[str, Any] | None) -> Pattern | None:
    if data is None:
        return None
    items = (
        Item(**{**item, "concepts": tuple(item["concepts"]), "phrases": tuple(map(tuple, item["phrases"]))})
        for item in data["items"]
    )
    return Pattern(tuple(items), data["anchor"])
