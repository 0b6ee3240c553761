"""A small reference matcher: which entries a text names, longest term first, whole words, without company guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.annotate.words import fold_term
from linter.knowledge.terms import NULL, Term, iter_terms

if TYPE_CHECKING:
    from linter.knowledge.model import KnowledgeData

_EDGES = ".,;:!?()[]\"'"


class Matcher:
    """Finds the terms of a knowledge base in a short text."""

    def __init__(self, data: KnowledgeData) -> None:
        self.terms: dict[str, list[Term]] = {}
        for term in iter_terms(data):
            self.terms.setdefault(term.key, []).append(term)
        self.longest = max(key.count(" ") + 1 for key in self.terms)

    def find(self, text: str) -> list[Term]:
        """The terms that a text holds, in its order; null phrases take part and are left out."""
        words = [w for part in text.replace("’", "'").split() for w in self._words(part)]
        found = []
        i = 0
        while i < len(words):
            for size in range(min(self.longest, len(words) - i), 0, -1):
                surface = [word for word, _ in words[i : i + size]]
                key = " ".join(folded for _, folded in words[i : i + size])
                term = next((t for t in self.terms.get(key, ()) if self._fits(t, surface)), None)
                if term is not None:
                    if term.concept != NULL:
                        found.append(term)
                    i += size
                    break
            else:
                i += 1
        return found

    @staticmethod
    def _words(part: str) -> list[tuple[str, str]]:
        pieces = []
        piece = ""
        for char in part + " ":
            if char.isalnum():
                piece += char
            elif piece:
                pieces.append((piece, fold_term(piece)))
                piece = ""
        return pieces

    @staticmethod
    def _fits(term: Term, surface: list[str]) -> bool:
        if term.case:
            written = [piece for piece, _ in Matcher._words(term.text.replace(" ", "-"))]
            return surface == written
        if term.proper:
            return not surface[0][0].islower()
        return True
