"""Quantities: numbers with a unit, and what sort of amount each is.

One regular expression reads each number where a digit stands; numbers in words ("half a tablet", "two capsules") are
read where the list of words holds a number word. Both start at a gate and look a bounded way ahead, so that the time
grows with the text and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.annotate.annotations import Annotations

DOSE = "dose"
LAB = "lab"
PERCENT = "percent"
DURATION = "duration"
MONEY = "money"
WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount. ``start`` and ``end`` are offsets into the document's text, end exclusive.

    ``kind`` is ``dose`` (a mass, a volume, international units or a number of dose forms: what a dose is measured in,
    not yet proof that it is one), ``lab`` (a concentration), ``percent``, ``duration``, ``money`` or ``weight``.
    ``value`` is the (lower) number, ``high`` the upper end of a range or ``None``. ``unit`` is the unit in its plain
    form (mg, mcg, g, mL, IU, unit, tablet, ...), ``per`` what it is counted by (day, kg, dL, ...) or empty.
    """

    start: int
    end: int
    kind: str
    value: float
    high: float | None
    unit: str
    per: str


NUMBER_WORDS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "eleven": 11.0,
    "fourteen": 14.0, "sixteen": 16.0, "eighteen": 18.0, "couple": 2.0,
    "hundred": 100.0, "thousand": 1000.0, "half": 0.5, "quarter": 0.25,
    "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3, "fifth": 0.2, "tenth": 0.1,
}  # fmt: skip

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_MASS = {
    "mg": "mg", "mgs": "mg", "milligram": "mg", "milligrams": "mg", "milligramme": "mg", "milligrammes": "mg",
    "mcg": "mcg", "mcgs": "mcg", "µg": "mcg", "μg": "mcg", "ug": "mcg", "microgram": "mcg", "micrograms": "mcg",
    "microgramme": "mcg", "microgrammes": "mcg",
    "g": "g", "gm": "g", "gms": "g", "gr": "g", "gram": "g", "grams": "g", "gramme": "g", "grammes": "g",
    "grain": "grain", "grains": "grain",
    "ng": "ng", "pg": "pg", "mmol": "mmol", "meq": "mEq", "nmol": "nmol", "pmol": "pmol", "µmol": "µmol",
    "μmol": "µmol",
    "umol": "µmol",
    "miu": "mIU", "µiu": "µIU",
}  # fmt: skip
_VOLUME = {
    "ml": "mL", "mls": "mL", "cc": "mL", "millilitre": "mL", "millilitres": "mL", "milliliter": "mL",
    "milliliters": "mL",
}  # fmt: skip
_COUNTED = {
    "iu": "IU", "ius": "IU", "i.u.": "IU", "u": "unit", "unit": "unit", "units": "unit", "cfu": "CFU", "cfus": "CFU",
}  # fmt: skip
_BODY = {"kg": "kg", "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "kilo": "kg", "kilos": "kg", "lb": "lb",
         "lbs": "lb", "pounds": "lb"}  # fmt: skip
_FORM_NAMES = [
    "tablet",
    "tab",
    "capsule",
    "cap",
    "caplet",
    "softgel",
    "pill",
    "gummy",
    "gummie",
    "patch",
    "lozenge",
    "dropper",
    "dropperful",
    "capful",
    "droplet",
    "drop",
    "spray",
    "puff",
    "click",
    "pump",
    "scoop",
    "sachet",
    "teaspoon",
    "tsp",
    "tablespoon",
    "tbsp",
    "ampoule",
    "suppository",
    "gelcap",
    "vial",
    "tabs",
    "caps",
    "troche",
    "film",
    "strip",
    "squirt",
    "stick",
    "pellet",
    "chew",
    "inhalation",
    "mushroom",
]
_FORM_PLURALS = {"gummy": "gummies", "patch": "patches", "suppository": "suppositories", "dropperful": "dropperfuls"}
_SILENT_PLURALS = {"tsp", "tbsp", "tabs", "caps", "film", "strip", "mushroom", "stick", "cap"}
_FORMS = {name: name for name in _FORM_NAMES if name not in ("film", "strip", "mushroom")}
_FORMS |= {_FORM_PLURALS.get(name, name + "s"): name for name in _FORM_NAMES if name not in _SILENT_PLURALS}
_FORMS |= {"droppersful": "dropperful"}
_FORMS |= {"caps": "capsule", "cap": "capsule", "tabs": "tablet", "tab": "tablet", "sticks": "stick"}

UNITS = {**_MASS, **_VOLUME, **_COUNTED, **_BODY, **_FORMS}
FORMS = frozenset(_FORMS.values())
"""The units that count dose forms: what they hold is told elsewhere."""

_TIME = {
    "d": "day", "day": "day", "days": "day", "daily": "day", "night": "night", "week": "week", "wk": "week",
    "weekly": "week", "month": "month", "h": "hour", "hr": "hour", "hour": "hour", "hourly": "hour", "dose": "dose",
    "serving": "serving", "meal": "meal", "kg": "kg", "kilogram": "kg", "kilo": "kg", "lb": "lb", "min": "minute",
    "session": "session", "injection": "dose", "use": "dose", "cycle": "cycle", "capsule": "capsule",
    "tablet": "tablet", "pill": "tablet", "gummy": "gummy", "scoop": "scoop", "bottle": "bottle", "cup": "cup",
    "can": "cup", "portion": "serving", "bar": "serving", "puff": "puff", "spray": "spray", "drop": "drop",
    "pump": "pump", "24h": "day", "24": "day", "year": "year",
}  # fmt: skip
_DURATIONS = {"second": "second", "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "day": "day",
              "week": "week", "wk": "week", "fortnight": "fortnight", "month": "month", "year": "year"}  # fmt: skip
_LAB_BASES = frozenset({"ng", "pg", "mmol", "mEq", "nmol", "pmol", "µmol", "mIU", "µIU"})
_LAB_PER = frozenset(
    [
        "dl",
        "l",
        "ml",
        "litre",
        "litres",
        "liter",
        "liters",
        "decilitre",
        "deciliter",
        "millilitre",
        "milliliter",
        "m3",
        "m²",
        "m³",
        "cm",
        "hpf",
        "mmol",
        "g",
        "mol",
        "µl",
        "ul",
        "gram",
        "ft",
        "mile",
        "km",
        "100ml",
        "cm2",
        "cm²",
        "mm3",
    ]
)


# One space of any width, but no line break: a quantity never runs from one block into the next.
_SP = r"[^\S\n]"
_NUMBER = (
    r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?![\d,])"
    r"|\d+/\d{1,2}(?!\d)|\d+(?:\.\d+)?[½¼¾⅓⅔]?|[½¼¾⅓⅔]"
)
_SCALE = rf"(?:{_SP}?(?:thousand|million|billion|trillion)\b|k(?![\w]))?"
_WORD = r"[^\W\d_]{1,14}"
_RANGE = rf"{_SP}?(?:[-–—‑−/]|to|up to|and|or|through){_SP}?"
# The unit is any word here; a table says which words are units. That is faster than a pattern of all of them.
_AMOUNT = re.compile(
    rf"(?:(?P<times>\d{{1,2}}){_SP}?[x×]{_SP}?)?(?P<low>{_NUMBER})(?P<scale>{_SCALE})"
    rf"(?:(?:(?:-|{_SP})?(?P<unit1>(?!up\b){_WORD}))?{_RANGE}(?P<high>{_NUMBER}){_SCALE})?"
    rf"(?:-|{_SP})?(?P<unit>{_WORD}|%)"
    rf"(?:{_SP}?(?P<slash>/|per\b|an?\b|every\b|each\b|for each\b){_SP}?(?:\d+{_SP}?)?"
    r"(?P<per>[A-Za-zµμ]+[0-9²³]?))?",
)
_NEXT_WORDS = re.compile(
    rf"{_SP}?([^\W\d_][\w%’'-]*){_SP}([^\W\d_][\w’'-]*)(?:{_SP}([^\W\d_][\w’'-]*))?(?:{_SP}([^\W\d_][\w’'-]*))?"
)
_FUNCTION_WORDS = frozenset(
    [
        "of",
        "in",
        "on",
        "the",
        "and",
        "or",
        "to",
        "for",
        "with",
        "are",
        "is",
        "at",
        "by",
        "when",
        "from",
        "if",
        "that",
        "who",
        "than",
        "was",
        "were",
        "after",
        "before",
        "as",
        "per",
    ]
)
_DIGIT = re.compile(r"[0-9½¼¾⅓⅔]")
_MONEY_BEFORE = frozenset("$€£¥₹")
_ARTICLES = frozenset({"a", "an"})
_EACH = frozenset({"a", "an", "per", "every", "each"})
_ORDINALS = frozenset({"third", "fifth", "tenth"})
_SPOONS = frozenset({"teaspoon", "tablespoon", "capful", "dropper", "dropperful", "scoop"})
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_HUNDREDS = frozenset({"hundred", "thousand"})
_PARTS = frozenset({"half", "quarter", "quarters", "third", "thirds", "fifth", "tenth"})
_JOINED = frozenset({"a", "an", "quarter", "quarters", "third", "thirds", *_HUNDREDS})
_WORD_UNITS = frozenset(k for k in UNITS if len(k) > 3 or k in ("pill", "tab"))


def find_quantities(annotations: Annotations) -> list[Quantity]:
    """All quantities of a draft, in order of the text, none overlapping."""
    text = annotations.text
    found = list(_with_digits(text))
    words = _in_words(annotations)
    if not words:
        return found
    starts = [quantity.start for quantity in found]
    for quantity in words:
        i = bisect_right(starts, quantity.start) - 1
        before = found[i].end if i >= 0 else 0
        after = starts[i + 1] if i + 1 < len(starts) else len(text)
        if quantity.start >= before and quantity.end <= after:
            found.append(quantity)
    found.sort(key=_by_start)
    return found


def _by_start(quantity: Quantity) -> int:
    return quantity.start


def _with_digits(text: str) -> list[Quantity]:
    """Quantities whose number is written in digits."""
    found: list[Quantity] = []
    position = 0
    search, match = _DIGIT.search, _AMOUNT.match
    while gate := search(text, position):
        start = gate.start()
        amount = match(text, start)
        quantity = _quantity(text, amount) if amount is not None else None
        if quantity is None:
            position = _skip_digits(text, start)
            quantity = _counted_form(text, start, position)
        if quantity is not None:
            found.append(quantity)
            position = max(quantity.end, position)
    return found


_REST = re.compile(r"[\d.,/½¼¾⅓⅔]*")


def _skip_digits(text: str, start: int) -> int:
    """The offset behind the number that starts here."""
    rest = _REST.match(text, start)
    return max(rest.end() if rest else 0, start + 1)


def _counted_form(text: str, start: int, position: int) -> Quantity | None:
    """``2 magnesium capsules``: a number, up to three words, a dose form."""
    number = text[start:position].rstrip(".,/")
    if len(number) > 3 or number.count("/") > 1 or _stuck(text, start) or text[position - 1] in ".,":
        return None
    following = _NEXT_WORDS.match(text, position)
    if following is None:
        return None
    for i, word in enumerate(following.groups(), 1):
        if word is None or word in _FUNCTION_WORDS:
            return None
        form = _FORMS.get(word.lower())
        if form is not None:
            return Quantity(start, following.end(i), DOSE, _value(number), None, form, "")
    return None


def _stuck(text: str, start: int) -> bool:
    """Whether a number is the tail of a name or of another number (``B12``, ``COVID-19``, ``0.5``)."""
    if start == 0:
        return False
    before = text[start - 1]
    if before in "-‑_#" and start > 1:
        return text[start - 2].isalnum() or text[start - 2] == "_"
    if before in ".,/" and start > 1:
        return text[start - 2].isdigit()
    return before.isupper() or before.isdigit()


_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_THOUSANDS = re.compile(r"[,\s]")


def _value(number: str) -> float:
    if _DECIMAL_COMMA.fullmatch(number):
        number = number.replace(",", ".")
    number = _THOUSANDS.sub("", number)
    if number[-1:] in _FRACTIONS:
        return (float(number[:-1]) if number[:-1] else 0.0) + _FRACTIONS[number[-1]]
    top, slash, bottom = number.partition("/")
    if slash:
        return float(top) / float(bottom) if float(bottom) else float(top)
    return float(number)


_SCALES = {"k": 1e3, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity of an amount, or ``None`` when its word is no unit."""
    start = match.start()
    written, end = match["unit"], match.end("unit")
    unit = written.lower()
    before = text[start - 1] if start else ""
    known = UNITS.get(unit)
    if before in _MONEY_BEFORE and before:
        return Quantity(start, end, MONEY, _value(match["low"]), None, before, "")
    if known is None and unit != "%" and unit != "percent" and unit.rstrip("s") not in _DURATIONS:
        return _percent(text, match) if unit == "per" else None
    if (first := match["unit1"]) is not None and UNITS.get(first.lower()) != known:
        return _first_of_two(text, match)
    value = _value(match["low"]) * _SCALES.get((match["scale"] or "").strip().lower(), 1.0)
    high = _value(match["high"]) if match["high"] else None
    if unit in ("%", "percent"):
        return Quantity(start, end, PERCENT, value, high, "%", "")
    if known is None:
        return Quantity(start, end, DURATION, value, high, _DURATIONS[unit.rstrip("s")], "")
    if _stuck(text, start) or not _plain_unit(written, text, end):
        return None
    if known in FORMS and text[match.start("unit") - 1] == "-":
        return None  # a 7-pill pack
    end, per = _per(match)
    if known in _LAB_BASES or _is_concentration(match, per):
        return Quantity(start, end, LAB, value, high, known, per)
    kind = WEIGHT if known in ("kg", "lb") else DOSE
    return Quantity(start, end, kind, value, high, known, per)


def _first_of_two(text: str, match: re.Match[str]) -> Quantity | None:
    """The first amount of a range whose ends have units of their own: ``800mg-1g``."""
    known = UNITS.get(match["unit1"].lower())
    if known is None or known in ("kg", "lb") or known in _LAB_BASES or _stuck(text, match.start()):
        return None
    return Quantity(match.start(), match.end("unit1"), DOSE, _value(match["low"]), None, known, "")


def _percent(text: str, match: re.Match[str]) -> Quantity | None:
    """``60 per cent``."""
    end = match.end("unit")
    if text[end : end + 5] != " cent":
        return None
    high = _value(match["high"]) if match["high"] else None
    return Quantity(match.start(), end + 5, PERCENT, _value(match["low"]), high, "%", "")


def _plain_unit(written: str, text: str, end: int) -> bool:
    """Whether a letter that could be something else is a unit: not 5G, 40 U.S. states, 3 gr."""
    if len(written) > 2:
        return True
    after = text[end : end + 1]
    if written in ("U", "u"):
        return after != "."
    if written in ("gr", "GR"):
        return after == "."
    if written == "MG":
        return text[end - 3 : end - 2].isdigit()  # an MG is a car
    return written not in ("G", "Gr", "CC") and not after.isdigit()


def _per(match: re.Match[str]) -> tuple[int, str]:
    """Where the quantity ends, and what it is counted by, or the end of the unit and nothing."""
    if match["per"] is None:
        return match.end("unit"), ""
    per = match["per"].lower()
    known = _TIME.get(per) or _TIME.get(per.rstrip("s"))
    if known:
        return match.end("per"), known
    if per in _LAB_PER or (match["slash"] == "/" and per in UNITS):
        return match.end("per"), per
    return match.end("unit"), ""


def _is_concentration(match: re.Match[str], per: str) -> bool:
    return bool(per) and match["slash"] in ("/", "per") and (per in _LAB_PER or per in UNITS) and per not in _TIME


def _in_words(annotations: Annotations) -> list[Quantity]:
    """Quantities whose number is a word: half a tablet, two capsules, a gram an hour.

    The unit is the rarer word, so it is looked for first, then the number among the few words before it.
    """
    words, starts = annotations.words, annotations.word_starts
    found: list[Quantity] = []
    last = 0
    for i in [i for i, word in enumerate(words) if word in _WORD_UNITS]:
        first = _number_before(words, i)
        if first is None or starts[first] < last:
            continue
        end = starts[i] + len(words[i])
        if _broken(annotations.text[starts[first] : end]):
            continue
        quantity = _word_quantity(annotations, first, i)
        found.append(quantity)
        last = quantity.end
    return found


_BREAK = re.compile(r"[\n.;:!?,(]")


def _broken(between: str) -> bool:
    """Whether punctuation parts the number from the unit."""
    return _BREAK.search(between) is not None


def _number_before(words: Sequence[str], unit: int) -> int | None:
    """The index of the number word that a unit belongs to: ``half`` in "half a tablet", ``two`` in "two 3 mg pills"."""
    form = UNITS[words[unit]] in FORMS
    found = None
    j = unit - 1
    while j >= max(unit - 5, 0):
        word = words[j]
        if word in _ORDINALS and words[j + 1] != "of":
            break  # the third tablet
        if word in NUMBER_WORDS and (word not in _ARTICLES or j == unit - 1):
            found = j
            if word not in _JOINED:
                break
        elif word == "of" and words[j - 1] in NUMBER_WORDS:
            if j == unit - 1 and words[unit].endswith("s") and words[j - 1] != "couple":
                break  # a quarter of tablets
        elif word in _FUNCTION_WORDS or word in _ARTICLES or not form or found is not None:
            break
        j -= 1
    if found is None:
        return None
    if form and words[found] in _ARTICLES and words[unit] not in _SPOONS and not _counted_by_time(words, unit):
        return None  # "a tablet" alone is a thing, no amount
    if words[unit] == "grain" and words[found] in _ARTICLES:
        return None  # a grain of truth
    found = _number_start(words, found)
    while found > 1 and words[found - 1] in ("to", "or") and words[found - 2] in NUMBER_WORDS:
        found = _number_start(words, found - 2)
    return found


def _number_start(words: Sequence[str], last: int) -> int:
    """The index of the first word of a number that is written in several: ``one`` in "one hundred and fifty"."""
    j = last
    while j > 0:
        before = words[j - 1]
        joined = before in _TENS and NUMBER_WORDS[words[j]] < 10
        if joined or (words[j] in _HUNDREDS and before in NUMBER_WORDS) or (words[j] == "couple" and before == "a"):
            j -= 1
        elif j > 1 and before == "and" and words[j - 2] in _HUNDREDS:
            j -= 2
        elif j > 2 and words[j - 2 : j] == ["and", "a"] and words[j] in _PARTS and words[j - 3] in NUMBER_WORDS:
            j -= 3
        else:
            break
    return j


def _number_in_words(words: Sequence[str]) -> float:
    """The value of a number in words: three quarters, one hundred and fifty, one and a half."""
    total = 0.0
    for i, word in enumerate(words):
        value = NUMBER_WORDS.get(word)
        if value is None or (word in _ARTICLES and len(words) > 1):
            continue
        many = word in _HUNDREDS or (word in _PARTS and "and" not in words[:i])
        total = (total or 1.0) * value if many else total + value
    return total


def _counted_by_time(words: Sequence[str], unit: int) -> bool:
    """Whether "a day" or the like follows a unit."""
    return words[unit + 1 : unit + 2] == ["daily"] or (
        unit + 2 < len(words) and words[unit + 1] in _EACH and words[unit + 2] in _TIME
    )


def _word_quantity(annotations: Annotations, first: int, unit: int) -> Quantity:
    """The quantity whose number is the word ``first`` and whose unit the word ``unit``."""
    words, starts = annotations.words, annotations.word_starts
    end, per = starts[unit] + len(words[unit]), ""
    if unit + 2 < len(words) and words[unit + 1] in _EACH:
        per = _TIME.get(words[unit + 2], "")
        if per:
            end = starts[unit + 2] + len(words[unit + 2])
    number = words[first:unit]
    ranged = [i for i, word in enumerate(number) if word in ("to", "or")][:1]
    value = _number_in_words(number[: ranged[0]] if ranged else number)
    high = _number_in_words(number[ranged[0] + 1 :]) if ranged else None
    name = UNITS[words[unit]]
    return Quantity(starts[first], end, WEIGHT if name in ("kg", "lb") else DOSE, value, high, name, per)
