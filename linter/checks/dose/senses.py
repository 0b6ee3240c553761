"""What else an amount can be: a size, a content, a meal, a threshold, a fact, what somebody got."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.annotate.quantities import NUMBER_WORDS
from linter.checks.dose.amounts import FRAGMENTS, SUBSTANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from linter.annotate import Mention
    from linter.checks.dose.amounts import Reading

# Forms that are swallowed or breathed in: an amount of these is an amount of a medicine or supplement by itself.
PLAIN_FORMS = frozenset(
    [
        *("tablet", "capsule", "caplet", "softgel", "pill", "gummy", "lozenge", "dropper", "dropperful"),
        *("puff", "spray", "gelcap", "troche", "suppository"),
    ]
)
KITCHEN_UNITS = frozenset(
    ("g", "mL", "teaspoon", "tsp", "tablespoon", "tbsp", "pound", "pump", "scoop", "stick", "strip", "grain")
)
CONTENT_PER = frozenset(
    ("serving", "bottle", "cup", "capsule", "tablet", "gummy", "scoop", "puff", "spray", "drop", "pump")
)

_ANYWHERE = 10_000  # a reach that no sentence exceeds
_FORM_AFTER = re.compile(r"[ -]([A-Za-z]+)")
_PLAIN_FORM_WORDS = PLAIN_FORMS | {f"{form}s" for form in PLAIN_FORMS} | {"gummies", "suppositories"}
_FORBIDS = frozenset({"no", "not", "never", "don", "shouldn", "mustn", "avoid", "won", "stay", "keep", "limit"})
_EQUATION = re.compile(r"\s?(?:=|→|≈)")
_YEAR = re.compile(
    r"\b(?:in|by|since|until|before|from|around|during|of|through|throughout) (?:the )?(?:early |late |mid-?)?"
    r"(?:1[89]|20)\d\d",
    re.IGNORECASE,
)
_LEADS_TO_ORDER = frozenset(
    [
        *("then", "and", "or", "just", "simply", "always", "not", "t", "please", "first", "can", "should", "may"),
        *("must", "you", "instead", "now", "either", "never", "only"),
    ]
)
_ARTICLES = ("a", "an", "the", "each", "every", "these", "those", "of")


def is_something_else(reading: Reading) -> bool:
    """Whether the words around an amount say that it is no dose for the reader."""
    return any(sense(reading) for sense in _SENSES)


def is_filled_form(reading: Reading) -> bool:
    """Whether a dose form follows the amount: one 200 mg lozenge."""
    form = _FORM_AFTER.match(reading.annotations.text, reading.end)
    return form is not None and form[1].lower() in _PLAIN_FORM_WORDS


# Sizes and contents


def _is_per_container(reading: Reading) -> bool:
    return reading.amount.per in CONTENT_PER


def _is_equation(reading: Reading) -> bool:
    text = reading.annotations.text
    before = text[max(reading.start - 2, 0) : reading.start].strip()
    return before in ("=", "≈") or _EQUATION.match(text, reading.end) is not None


def _is_dilution(reading: Reading) -> bool:
    """Whether the amount is what something is put into."""
    text = reading.annotations.text
    if text[reading.end : reading.end + 6].lower().startswith((" step", " incr", "-incr")):
        return False
    return text[max(reading.start - 4, reading.sentence.start) : reading.start].lower() == " in "


def _is_size(reading: Reading) -> bool:
    """Whether a container follows at once: a 10 ml vial."""
    text = reading.annotations.text
    for mention in reading.after(20, "dose.container"):
        between = text[reading.end : mention.start]
        if between.strip(" -").count(" ") == 0 and _adjoins(between) and " of " not in between:
            return True
    return False


def _is_figure_of_speech(reading: Reading) -> bool:
    if any(m.end > reading.start for m in reading.before(12, "dose.other-sense")):
        return True
    return reading.annotations.has(reading.start, reading.end, "dose.other-sense")


def _is_content(reading: Reading) -> bool:
    """Whether words before the amount, or just behind it, say what a product holds."""
    if any(m.form not in ("ed", "en") for m in reading.take_here):
        return False
    annotations = reading.annotations
    left, right = reading.clause
    if annotations.text[left] == ":":
        left = reading.sentence.start
    after = annotations.within(reading.end, min(reading.end + 30, right), "dose.content")
    if reading.timed:  # "2 g of fish oil daily (providing 1 g of EPA)"
        after = [m for m in after if m.form != "ing" or "(" not in annotations.text[reading.end : m.start]]
    if any(m.concept == "dose.content" for m in after):
        return True
    before = annotations.within(left, reading.start, "dose.content")
    if any(m.concept == "dose.content" for m in before):
        return True
    if any(_next_amount(reading, m) - m.end < 3 for m in before if m.concept == "dose.content.weak"):
        return True
    copulas = reading.before(20, "dose.content.copula")
    return any(reading.start - m.end < 3 and _is_of_form(reading, m) for m in copulas)


def _next_amount(reading: Reading, mention: Mention) -> int:
    """Where the first amount behind a mention starts: one that follows in a row shares its sense."""
    for amount in reading.annotations.quantities:
        if amount.start >= mention.end:
            return min(amount.start, reading.start)
    return reading.start


def _is_of_form(reading: Reading, copula: Mention) -> bool:
    """Whether a dose form or a product is what the amount is said of: one tablet is 325 mg."""
    if reading.named or reading.timed:
        return False
    annotations = reading.annotations
    words = annotations.words[max(copula.word - 16, reading.sentence.word) : copula.word]
    if _PLAIN_FORM_WORDS.intersection(words):
        return True
    return annotations.has(reading.sentence.start, copula.start, "dose.product")


def _is_named_strength(reading: Reading) -> bool:
    """Whether the amount only tells one product from another: a 10 mg tablet."""
    taken = any(m.entry != "another" for m in reading.take)
    if reading.block.kind in FRAGMENTS or taken or reading.timed or reading.named or reading.advises:
        return False
    words, starts = reading.annotations.words, reading.annotations.word_starts
    first = next((i for i in range(reading.sentence.word, reading.sentence.word_end) if starts[i] >= reading.start), 0)
    if not is_filled_form(reading) or first == reading.sentence.word or words[first - 1] not in _ARTICLES:
        return False
    return words[first - 2] not in NUMBER_WORDS  # half a 200 mg tablet


def _is_content_list(reading: Reading) -> bool:
    """Whether a list or table names foods or products with what they hold."""
    if reading.block.kind not in FRAGMENTS or reading.labelled or reading.take_here or reading.timed:
        return False
    layout, index = reading.layout, reading.index
    places = [
        *reading.annotations.headings(index)[:1],
        reading.block.lead,
        layout.column_header(index),
        layout.corner(index),
    ]
    return any(i >= 0 and layout.has(i, "dose.food-list") for i in places)


# Food


def _is_food(reading: Reading) -> bool:
    """Whether the amount is one of a nutrient, a food or a drink."""
    text = reading.annotations.text
    after = reading.after(40, "dose.nutrient", "dose.food")
    if any(_adjoins(text[reading.end : m.start]) and not _is_medicine(reading, m) for m in after):
        return True
    before = reading.before(60, "dose.nutrient", "dose.food")
    if any(text[m.end : reading.start].strip(" :(–-,") == "" and not _names_form(reading, m) for m in before):
        return True
    if not reading.substances and reading.before(40, "dose.nutrient"):
        return True
    return reading.amount.unit in KITCHEN_UNITS and _is_kitchen(reading)


def _is_medicine(reading: Reading, mention: Mention) -> bool:
    """Whether "the syrup" is what the draft is about, or "salt" comes as tablets."""
    if _is_label(reading, mention):
        return True
    words = reading.annotations.words
    if _PLAIN_FORM_WORDS.intersection(words[mention.word_end : mention.word_end + 2]):
        return True
    return words[mention.word - 1] in ("the", "this") and reading.layout.is_about_substance(reading.index)


def _is_kitchen(reading: Reading) -> bool:
    """Whether an amount in spoons, grams or millilitres is one of a recipe or a meal."""
    annotations = reading.annotations
    text = annotations.text
    after = reading.after(40, "dose.kitchen")
    if any(_adjoins(text[reading.end : m.start]) for m in after) and _is_cooking(reading):
        return True
    if reading.has("dose.cooking") and not reading.timed:
        return not annotations.has(reading.start, reading.sentence.end, *SUBSTANCES)
    if reading.substances:
        return False
    return any(not _is_medicine(reading, m) for m in reading.within("dose.nutrient", "dose.food"))


def _names_form(reading: Reading, mention: Mention) -> bool:
    """Whether a food's word says in what form something is taken, rather than what."""
    return _completes_name(reading, mention) or _is_label(reading, mention)


def _is_label(reading: Reading, mention: Mention) -> bool:
    """Whether a word is the label of a routine with what the draft is about: "Syrup: 1 tablespoon daily"."""
    text = reading.annotations.text
    return (
        reading.timed
        and mention.start == reading.sentence.start
        and text.startswith(":", mention.end)
        and reading.layout.is_about_substance(reading.index)
    )


def _completes_name(reading: Reading, mention: Mention) -> bool:
    """Whether a food's word belongs to a medicine's name: paracetamol syrup."""
    before = reading.annotations.within(max(mention.start - 30, 0), mention.start, *SUBSTANCES)
    return any(m.word_end == mention.word for m in before)


def _is_cooking(reading: Reading) -> bool:
    """Whether the words are those of a recipe: kitchen verbs in the sentence or its section."""
    span = reading.annotations.section_span(reading.block.section)
    return reading.annotations.has(*span, "dose.cooking") or reading.has("dose.food")


# What was, what is measured, what others got


def _is_exposure(reading: Reading) -> bool:
    return reading.has("dose.exposure")


def _is_story(reading: Reading) -> bool:
    """Whether the sentence tells what the writer or another person took."""
    if reading.advises:
        return False
    if reading.before(_ANYWHERE, "dose.person"):
        return not _orders(reading)
    if not reading.has("dose.story"):
        return False
    return not (reading.has("dose.story.use") and _is_by_clinician(reading))


def _is_by_clinician(reading: Reading) -> bool:
    """Whether the writer treats people: what such a writer uses is what patients get."""
    return reading.annotations.has(0, len(reading.annotations.text), "dose.practice")


def _orders(reading: Reading) -> bool:
    """Whether the sentence tells somebody to take."""
    words, first = reading.annotations.words, reading.sentence.word
    return any(
        m.form in ("base", "") and (m.word == first or words[m.word - 1] in _LEADS_TO_ORDER) for m in reading.take
    )


def _is_asked(reading: Reading) -> bool:
    """Whether the sentence is a question, and not one that proposes."""
    return reading.annotations.context.is_question(reading.sentence) and not reading.has("dose.propose")


def _is_fact(reading: Reading) -> bool:
    """Whether the sentence reports a study, a rule, an event or a property."""
    if reading.advises:
        return False
    told = reading.has("dose.study", "dose.fact")
    if told:
        return not _instructs(reading.take_here)
    if not reading.annotations.has(*reading.clause, "dose.event") and not _is_dated(reading):
        return False
    return not _orders(reading)


def _is_dated(reading: Reading) -> bool:
    sentence = reading.sentence
    return _YEAR.search(reading.annotations.text, sentence.start, sentence.end) is not None


def _instructs(take: Sequence[Mention]) -> bool:
    """Whether one of the verbs is an order or a custom, not a past event."""
    return any(m.form in ("base", "s") or (not m.form and not m.entry.split()[0].endswith("ed")) for m in take)


def _is_threshold(reading: Reading) -> bool:
    """Whether the amount is a limit told as a fact: not one that a reader is told to keep to."""
    annotations = reading.annotations
    for mention in reading.before(50, "dose.limit"):
        between = annotations.text[mention.end : reading.start]
        ahead = annotations.words[max(mention.word - 4, reading.sentence.word) : mention.word]
        counts = any(word in NUMBER_WORDS or word[:1].isdigit() for word in between.split())
        if between.count(" ") <= 4 and not counts and not _FORBIDS.intersection(ahead):
            return True
    return False


_SENSES: tuple[Callable[[Reading], bool], ...] = (
    _is_per_container,
    _is_equation,
    _is_dilution,
    _is_food,
    _is_size,
    _is_figure_of_speech,
    _is_exposure,
    _is_asked,
    _is_story,
    _is_fact,
    _is_content,
    _is_named_strength,
    _is_content_list,
    _is_threshold,
)

_FILLING = re.compile(
    r"\s*(?:of\s)?(?:(?!in\b|into\b|with\b|to\b|from\b|before\b|after\b|on\b|per\b|for\b|and\b|or\b)[\w-]+\s){0,2}\s*"
)


def _adjoins(between: str) -> bool:
    """Whether only filling words stand between an amount and what it is an amount of."""
    return len(between) < 26 and _FILLING.fullmatch(between) is not None
