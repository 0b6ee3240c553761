"""The words by which a draft may name an entry of the knowledge base, with what each asks for before it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linter.annotate.words import fold_term
from linter.knowledge.model import NOWHERE, Where
from linter.lexicon.inflect import plural as regular_plural
from linter.lexicon.spelling import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.knowledge.model import Condition, Drug, KnowledgeData, Product

DRUG = "drug"
SUPPLEMENT = "supplement"
CONDITION = "condition"
NULL = "null"

_CAPITALS = re.compile(r"(?=.*[A-Z])[A-Z0-9+/-]{1,5}\Z")
_GUARD_FLAGS = {"needs-drug": "D", "needs-dose": "Q", "needs-condition": "K"}


@dataclass(frozen=True, slots=True)
class Term:
    """One way to write an entry.

    ``text`` is the surface, ``concept`` what it is (drug, supplement, condition, or null for a phrase that yields
    nothing), ``entry`` the id of the drug, product or condition. ``case``: only as written. ``proper``: its first
    letter must be a capital. ``guard``: which company it needs. ``source`` says which column it comes from
    (name, brand, non-us-brand, alias, synonym, abbreviation, product, product-alias, not-when). A ``variant`` is made
    from a listed term (plural, British spelling); ``listed`` is that term.
    """

    text: str
    concept: str
    entry: str
    case: bool = False
    proper: bool = False
    guard: tuple[str, ...] = ()
    source: str = "name"
    variant: bool = False
    listed: str = ""
    where: Where = NOWHERE

    @property
    def key(self) -> str:
        """The term as folded words, single spaces between them."""
        return fold_term(self.text)

    @property
    def flags(self) -> str:
        """What the term asks for, in the letters of the lexicon: C (as written), P (a capital), D, Q, K (company)."""
        letters = "C" if self.case else "P" if self.proper else ""
        letters += "".join(_GUARD_FLAGS[need] for need in self.guard)
        return f"{letters}={self.text}" if self.case else letters


def plural(text: str) -> str | None:
    """The text with a plural ``s``, or ``None`` where its last word takes none."""
    last = text.split()[-1] if text.split() else ""
    if len(last) < 2 or not last[-1].isalpha() or last[-1] in "sxzSXZ":
        return None
    return regular_plural(text)


def variants(text: str, *, plurals: bool = True) -> set[str]:
    """All ways to write a term: itself, its plural, and the British spelling of both.

    Hyphens, apostrophes and case need no variants; the matcher folds them.
    """
    found = spellings(text)
    if plurals:
        found |= {more for form in found if (more := plural(form))}
    return found


def iter_terms(data: KnowledgeData) -> Iterator[Term]:
    """Every term of the base with its variants, each folded form once.

    A listed term wins over a null phrase, a null phrase over a made variant. Terms that differ in case only, in rows of
    their own ("MS", "Ms"), both stand when both ask for their case.
    """
    listed = list(listed_terms(data))
    taken = {term.key for term in listed}
    seen: dict[str, list[Term]] = {}

    def fresh(term: Term, key: str) -> bool:
        if not key:
            return False
        others = seen.setdefault(key, [])
        if others and not (term.case and all(o.case and o.text != term.text for o in others)):
            return False
        others.append(term)
        return True

    for term in listed:
        if fresh(term, term.key):
            yield term
    nulls = [term for term in null_terms(data) if term.key not in taken]
    for term in nulls:
        if fresh(term, term.key):
            yield term
    for term in (*listed, *nulls):
        own = term.key
        for text in sorted(variants(term.text, plurals=not term.case or len(term.text) > 2) - {term.text}):
            key = fold_term(text)
            if key != own:
                made = replace(term, text=text, variant=True)
                if fresh(made, key):
                    yield made


def listed_terms(data: KnowledgeData) -> Iterator[Term]:
    """The terms as the tables list them, without variants and null phrases.

    A name that a product row holds is the product's, also where the generic's row lists it as a brand or alias.
    """
    owned: dict[str, str] = {}
    for product in data.products.values():
        for text in (product.name, *product.aliases):
            owned[fold_term(text)] = product.generic
    for drug in data.drugs.values():
        for term in _drug_terms(drug):
            if owned.get(term.key) != drug.id:
                yield term
    for product in data.products.values():
        yield from _product_terms(product, data.drugs.get(product.generic))
    for condition in data.conditions.values():
        yield from _condition_terms(condition)


def null_terms(data: KnowledgeData) -> Iterator[Term]:
    """The phrases that take part in matching and yield nothing."""
    rows: tuple[Drug | Condition, ...] = (*data.drugs.values(), *data.conditions.values())
    for row in rows:
        for phrase in row.not_when:
            yield Term(phrase, NULL, row.id, source="not-when", listed=phrase, where=row.where)


def _term(text: str, concept: str, entry: str, source: str, guards: dict[str, tuple[str, ...]], where: Where) -> Term:
    asked = guards.get(text, ())
    brand = source in ("brand", "non-us-brand")
    case = "case" in asked or source == "abbreviation"
    if source in ("alias", "product-alias", "name") and _CAPITALS.match(text):
        case = True
    proper = False
    if brand and not case:
        # A brand that its maker writes with a small first letter can only be told by its other capitals.
        proper = not text[0].islower()
        case = text[0].islower() and text != text.lower()
    need = tuple(value for value in asked if value != "case")
    return Term(text, concept, entry, case, proper, need, source, listed=text, where=where)


def concept_of(drug: Drug) -> str:
    """Which concept a drug's terms stand for."""
    return SUPPLEMENT if drug.status == "supplement" else DRUG


def _drug_terms(drug: Drug) -> Iterator[Term]:
    guards = dict(drug.guard)
    concept = concept_of(drug)
    columns = (
        ("name", (drug.name,)),
        ("brand", drug.brands),
        ("non-us-brand", drug.non_us_brands),
        ("alias", drug.aliases),
    )
    for source, texts in columns:
        for text in texts:
            yield _term(text, concept, drug.id, source, guards, drug.where)


def _product_terms(product: Product, drug: Drug | None) -> Iterator[Term]:
    guards = dict(drug.guard) if drug else {}
    concept = concept_of(drug) if drug else DRUG
    for text in (product.name, *product.aliases):
        # A brand has a capital; "low-dose naltrexone" is a description.
        brand = text[0].isupper() and not _CAPITALS.match(text)
        term = _term(text, concept, product.id, "brand" if brand else "alias", guards, product.where)
        yield replace(term, source="product" if text == product.name else "product-alias")


def _condition_terms(condition: Condition) -> Iterator[Term]:
    guards = dict(condition.guard)
    columns = (
        ("name", (condition.name,)),
        ("synonym", condition.synonyms),
        ("abbreviation", condition.abbreviations),
    )
    for source, texts in columns:
        for text in texts:
            yield _term(text, CONDITION, condition.id, source, guards, condition.where)
