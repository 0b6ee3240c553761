"""English inflection of the words in a lexicon: verbs, plurals and spelling variants.

Only what vocabularies of health writing need; every irregular form is data (``rules/lexicons/irregular.yaml``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERB_FORMS = ("base", "s", "ed", "en", "ing")

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


def verb_forms(verb: str, irregular: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """(text, form) for each inflection of a verb or verb phrase; only its first word changes.

    ``form`` is one of ``VERB_FORMS``: base, third person singular, past, past participle, present participle.
    """
    head, space, rest = verb.partition(" ")
    tail = space + rest
    odd = irregular.get(head, {})
    yield head + tail, "base"
    yield odd.get("s", third_person(head)) + tail, "s"
    past = odd.get("ed", regular_past(head))
    yield past + tail, "ed"
    yield odd.get("en", past) + tail, "en"
    yield odd.get("ing", regular_ing(head)) + tail, "ing"


def third_person(verb: str) -> str:
    """The regular third person singular."""
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if _SIBILANT.search(verb) else "s")


def regular_past(verb: str) -> str:
    """The regular past."""
    if verb.endswith("e"):
        return verb + "d"
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ied"
    return verb + "ed"


def regular_ing(verb: str) -> str:
    """The regular present participle."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def plural(noun: str) -> str:
    """The regular plural of the last word of a noun phrase."""
    if not noun[-1:].isalpha():
        return noun + "s"
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    if _CONSONANT_Y.search(noun):
        return noun[:-1] + "ies"
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return noun + "es"
    return noun + "s"


_BRITISH = (
    (re.compile(r"iz(e[sd]?|ing|ation|ations)\b"), r"is\1"),
    (re.compile(r"yz(e[sd]?|ing)\b"), r"ys\1"),
    (re.compile(r"\b(col|fav|flav|hon|lab|behavi|neighb|tum|vap|vig|od|rum|hum)or(s|ed|ing|al|ful)?\b"), r"\1our\2"),
    (re.compile(r"\b(an)emi"), r"\1aemi"),
    (re.compile(r"(glyc|septic|leuk|uric|lipid|isch|tox)emi"), r"\1aemi"),
    (re.compile(r"\bhem(o|a)"), r"haem\1"),
    (re.compile(r"edema"), "oedema"),
    (re.compile(r"\besoph"), "oesoph"),
    (re.compile(r"\bestr(?=og|ad|ad|iol|one\b)"), "oestr"),
    (re.compile(r"diarrhea"), "diarrhoea"),
    (re.compile(r"apnea"), "apnoea"),
    (re.compile(r"anesth"), "anaesth"),
    (re.compile(r"\bgyneco"), "gynaeco"),
    (re.compile(r"\bpediatr"), "paediatr"),
    (re.compile(r"\borthoped"), "orthopaed"),
    (re.compile(r"\bfiber(s?)\b"), r"fibre\1"),
    (re.compile(r"\bcenter(s|ed)?\b"), r"centre\1"),
    (re.compile(r"\bprogram(s?)\b"), r"programme\1"),
    (re.compile(r"\bfulfill"), "fulfil"),
    (re.compile(r"\bcounsel(ing|ed)\b"), r"counsell\1"),
    (re.compile(r"\blabel(ing|ed)\b"), r"labell\1"),
    (re.compile(r"\bdefense\b"), "defence"),
    (re.compile(r"\bfetal\b"), "foetal"),
)


_AMERICAN = re.compile(
    r"[iy]z|or|emi|hem[oa]|edema|esoph|estr|diarrhea|apnea|anesth|gyneco|pediatr|orthoped|fiber|center|program|fulfill"
    r"|counsel|label|defense|fetal"
)
"""What a term must hold to have a British spelling of its own; most have none, and are settled by this alone."""


def spellings(term: str) -> Iterator[str]:
    """The term as listed, then its British spelling where that differs."""
    yield term
    if not _AMERICAN.search(term):
        return
    british = term
    for pattern, replacement in _BRITISH:
        british = pattern.sub(replacement, british)
    if british != term:
        yield british
