"""English inflection of the words in a lexicon: verbs and plurals.

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
