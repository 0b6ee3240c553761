"""Lexicons, compiled: terms by layer, ready for one pass over the words of a draft.

The compiled form is plain JSON data (lists, dicts, strings, numbers), so that it can be cached on disk and read back
without executing anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYERS = ("entity", "claim", "evidence", "cue", "grammar", "relation", "dose")
DIRECTIONS = ("forward", "backward", "both")
SCOPES = ("clause", "sentence", "neighbours", "block", "section", "document")

NULL = "null"
"""The concept of terms that take part in matching and yield nothing ("respiratory depression")."""

Sense = tuple[str, str, str, str]
"""What a term means: (concept, entry, form, flags).

``entry`` is the id of a knowledge entry or the listed term; ``form`` the inflection (``linter.lexicon.inflect``);
``flags`` is empty or holds ``C`` (only in the case written: the surface follows after ``=``), ``P`` (needs a capital),
``D``, ``Q``, ``K`` (needs a drug or use word, a dose, a condition nearby) and so on, see ``linter.annotate.guards``.
"""


@dataclass(frozen=True, slots=True)
class Cue:
    """How far a cue concept reaches, after ConText (Harkema and others, 2009)."""

    direction: str = "forward"
    scope: str = "clause"
    cap: int = 0


@dataclass(slots=True)
class Layer:
    """The terms of one layer.

    ``first`` gives, for each word that begins a term, the second words of its longer terms, each with the word count of
    the longest term that begins so; a word that only stands for itself has none. Two words decide whether a longer
    lookup is worth its while, which spares most of them.
    """

    first: dict[str, dict[str, int]] = field(default_factory=dict)
    terms: dict[str, list[Sense]] = field(default_factory=dict)

    def add(self, folded: str, sense: Sense) -> None:
        """Add a sense to a folded term (words joined by single spaces)."""
        if not folded:
            return
        senses = self.terms.setdefault(folded, [])
        if sense not in senses:
            senses.append(sense)
        words = folded.split(" ", 2)
        following = self.first.setdefault(words[0], {})
        if len(words) > 1:
            count = folded.count(" ") + 1
            following[words[1]] = max(count, following.get(words[1], 0))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All layers, and the reach of the cue concepts."""

    layers: Mapping[str, Layer]
    cues: Mapping[str, Cue]
    concepts: Sequence[str]

    @property
    def known(self) -> frozenset[str]:
        """The names that rules may use: all concepts and, of a dotted one, its parents."""
        names = set(self.concepts)
        for concept in self.concepts:
            while "." in concept:
                concept = concept.rpartition(".")[0]
                names.add(concept)
        return frozenset(names)

    def to_data(self) -> dict[str, Any]:
        """The lexicon as JSON data."""
        return {
            "layers": {name: [layer.first, layer.terms] for name, layer in self.layers.items()},
            "cues": {name: [cue.direction, cue.scope, cue.cap] for name, cue in self.cues.items()},
            "concepts": list(self.concepts),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon that ``to_data`` gave."""
        return cls(
            layers={name: Layer(first, terms) for name, (first, terms) in data["layers"].items()},
            cues={name: Cue(*reach) for name, reach in data["cues"].items()},
            concepts=data["concepts"],
        )
