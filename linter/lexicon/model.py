"""Lexicons, compiled: terms by layer, ready for one pass over the words of a draft.

The compiled form is plain JSON data (lists, dicts, strings, numbers), so that it can be cached on disk and read back
without executing anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYERS = ("entity", "claim", "evidence", "cue", "grammar", "relation", "dose", "conflation", "equation", "confusable")
DIRECTIONS = ("forward", "backward", "both")
SCOPES = ("clause", "sentence", "neighbours", "block", "section", "document")

NULL = "null"
"""The concept of terms that take part in matching and yield nothing ("respiratory depression")."""

MASK = "mask"
"""The concept of phrases that hide the names of the knowledge base inside them, and nothing else: in "raises
testosterone" the hormone is no medicine, though it is something to be raised."""

MASKED = frozenset({"drug", "supplement", "condition"})

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


Following = dict[str, tuple[int, ...]]
"""The second words of the longer terms that begin with a word, each with the word counts of those, longest first."""

_SENSE, _FIELD = "§", "¦"
"""Separators that no term holds and that JSON need not escape."""
_ZERO = ord("0")


@dataclass(slots=True)
class Layer:
    """The terms of one layer.

    ``first`` holds every word that begins a term, with what may follow it: two words decide whether a longer lookup is
    worth its while, which spares most of them. ``terms`` holds the senses of each term. Values that come from a cache
    are text until somebody asks for them (``following_of``, ``senses_of``): a draft meets few of the many terms.
    """

    first: dict[str, Following | str] = field(default_factory=dict)
    terms: dict[str, list[Sense] | str] = field(default_factory=dict)
    concepts: Sequence[str] = ()

    def add(self, folded: str, sense: Sense) -> None:
        """Add a sense to a folded term (words joined by single spaces)."""
        if not folded:
            return
        self.terms.setdefault(folded, [])
        senses = self.senses_of(folded)
        if sense not in senses:
            senses.append(sense)
        words = folded.split(" ", 2)
        self.first.setdefault(words[0], {})
        following = self.following_of(words[0])
        if len(words) > 1:
            counts = {folded.count(" ") + 1, *following.get(words[1], ())}
            following[words[1]] = tuple(sorted(counts, reverse=True))

    def senses_of(self, term: str) -> list[Sense]:
        """The senses of a term that the layer holds."""
        senses = self.terms[term]
        if isinstance(senses, str):
            senses = self.terms[term] = [self._sense(text, term) for text in senses.split(_SENSE)]
        return senses

    def _sense(self, text: str, term: str) -> Sense:
        number, entry, form, flags = text.split(_FIELD)
        return self.concepts[int(number)], entry or term, form, flags

    def following_of(self, word: str) -> Following:
        """What may follow a word that begins a term."""
        following = self.first[word]
        if isinstance(following, str):
            pairs = (pair.split(_FIELD) for pair in following.split(_SENSE) if pair)
            following = {second: tuple(ord(count) - _ZERO for count in counts) for second, counts in pairs}
            self.first[word] = following
        return following

    def to_data(self, numbers: Mapping[str, int]) -> list[str]:
        """The layer as four texts of lines: first words, what follows each, terms, the senses of each."""
        following = (
            _SENSE.join(f"{second}{_FIELD}{_counts(counts)}" for second, counts in self.following_of(word).items())
            for word in self.first
        )
        senses = (
            _SENSE.join(
                _FIELD.join((str(numbers[concept]), "" if entry == term else entry, form, flags))
                for concept, entry, form, flags in self.senses_of(term)
            )
            for term in self.terms
        )
        return ["\n".join(lines) for lines in (self.first, following, self.terms, senses)]

    @classmethod
    def from_data(cls, data: Sequence[str], concepts: Sequence[str]) -> Layer:
        """The layer that ``to_data`` gave."""
        words, following, terms, senses = (text.split("\n") for text in data)
        if not data[0]:
            return cls({}, {}, concepts)
        return cls(dict(zip(words, following)), dict(zip(terms, senses)), concepts)  # noqa: B905 - equal by making


def _counts(counts: tuple[int, ...]) -> str:
    """Word counts as one text, a character each."""
    return "".join(chr(_ZERO + count) for count in counts)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All layers, and the reach of the cue concepts."""

    layers: Mapping[str, Layer]
    cues: Mapping[str, Cue]
    concepts: Sequence[str]
    homes: Mapping[str, Sequence[str]]
    """The layers in which a concept, or one below it, has terms."""
    _asked: dict[tuple[str, ...], Sequence[tuple[str, Sequence[str]]]] = field(default_factory=dict, repr=False)

    def by_layer(self, concepts: tuple[str, ...]) -> Sequence[tuple[str, Sequence[str]]]:
        """Concepts in the order given, each with the layer that holds it; those next to each other share a layer.

        A concept with terms in several layers comes once for each, one that is unknown not at all. Rules ask for the
        same few concepts again and again, so that the answers are kept.
        """
        known = self._asked.get(concepts)
        if known is None:
            pairs = [(name, concept) for concept in concepts for name in self.homes.get(concept, ())]
            grouped = groupby(pairs, key=itemgetter(0))
            known = self._asked[concepts] = [(name, [concept for _, concept in group]) for name, group in grouped]
        return known

    @property
    def known(self) -> frozenset[str]:
        """The names that rules may use: all concepts and, of a dotted one, its parents."""
        return frozenset(self.homes)

    def to_data(self) -> dict[str, Any]:
        """The lexicon as JSON data."""
        concepts = [*self.concepts, NULL, MASK]
        numbers = {concept: i for i, concept in enumerate(concepts)}
        return {
            "layers": {name: layer.to_data(numbers) for name, layer in self.layers.items()},
            "cues": {name: [cue.direction, cue.scope, cue.cap] for name, cue in self.cues.items()},
            "concepts": concepts,
            "homes": {concept: list(layers) for concept, layers in self.homes.items()},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon that ``to_data`` gave."""
        concepts = data["concepts"]
        return cls(
            layers={name: Layer.from_data(layer, concepts) for name, layer in data["layers"].items()},
            cues={name: Cue(*reach) for name, reach in data["cues"].items()},
            concepts=concepts[:-2],
            homes=data["homes"],
        )
