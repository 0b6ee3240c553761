"""Pairs of things that writers take for one, and outdated names: ``rules/knowledge/confusables.yaml``, compiled.

The terms go into the lexicon (layer ``confusable``), where the one pass over a draft's words finds them; what is left
here is what the terms mean. The concepts are ``thing.SIDE`` for names, ``short.SIDE`` for abbreviations,
``trait.SIDE``, ``people.SIDE``, ``company.SIDE``, ``misnomer.PAIR``, ``ambiguous.SHORT`` with its ``company`` and
``resolved``, and ``outdated.ID``.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYER = "confusable"
DEFAULT_RULE = "conflation/confusable-conditions"
LINKS = ("any", "defining")
ANY, DEFINING = LINKS


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that are not the same.

    ``traits`` says, for a side, which link to the partner's name gives a mix-up away (``any`` or ``defining``);
    ``kind_ok`` are the sides that are rightly called a form of the other.
    """

    id: str
    one: str
    other: str
    rule: str
    reason: str
    source: str
    equate: bool = True
    evidence: bool = False
    gloss: bool = True
    kind_ok: tuple[str, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)

    def partner(self, side: str) -> str:
        """The other side."""
        return self.other if side == self.one else self.one


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An abbreviation that stands for two conditions."""

    short: str
    reason: str
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outdated:
    """A superseded name; ``since`` is the year of the change, or empty."""

    id: str
    current: str
    since: str


@dataclass(frozen=True, slots=True)
class Confusables:
    """All of it. ``names`` gives a side's name for messages."""

    names: Mapping[str, str] = field(default_factory=dict)
    pairs: Sequence[Pair] = ()
    ambiguous: Sequence[Ambiguous] = ()
    outdated: Mapping[str, Outdated] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """The same as plain JSON data."""
        return {
            "names": dict(self.names),
            "pairs": [astuple(pair) for pair in self.pairs],
            "ambiguous": [astuple(short) for short in self.ambiguous],
            "outdated": [astuple(name) for name in self.outdated.values()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Confusables:
        """What ``to_data`` gave."""
        return cls(
            names=data["names"],
            pairs=tuple(_pair(*cells) for cells in data["pairs"]),
            ambiguous=tuple(Ambiguous(short, reason, tuple(sides)) for short, reason, sides in data["ambiguous"]),
            outdated={cells[0]: Outdated(*cells) for cells in data["outdated"]},
        )


def _pair(*cells: Any) -> Pair:  # noqa: ANN401 - JSON data is anything
    """The pair of its fields as JSON data."""
    *plain, kind_ok, traits = cells
    return Pair(*plain, tuple(kind_ok), traits)  # type: ignore[call-arg]


NO_CONFUSABLES = Confusables()
