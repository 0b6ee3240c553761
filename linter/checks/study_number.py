"""Numbers that a study must have counted, with nothing that a reader could follow.

A number is taken for a study's when the company that it keeps says so: statistics (a p value, an interval, a hazard
ratio), a study or its participants in the sentence, the change of a health outcome, or people and what became of them.
Population figures, amounts, prices and plans keep other company. The words are data (``rules/lexicons/studies.yaml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.annotate.citations import introduces_another, within_reach
from linter.annotate.deferred import Deferred
from linter.checks import Match
from linter.checks.vague_attribution import QUOTE_MARK, is_about_health, is_health_draft, mentions_health
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations, Sentence
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

_N = r"\d[\d,]{0,11}(?:\.\d{1,6})?"
_RANGE = rf"{_N}(?: ?(?:-|–|—|to|and|or) ?{_N})?"
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD = (
    rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}|(?:a "
    rf"|one )?hundred|(?:a |one )?thousand)"
)
_COUNT = rf"(?:{_N}|{_WORD})"
_PART = r"(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"

_STATISTIC = Deferred(
    r"\bp(?:[- ]values?)?(?: (?:of|was|is))? ?(?:[<>=≤≥]|&lt;) ?0?\.\d+"
    r"|\b9[059](?:\.\d)? ?% ?(?:CI\b|confidence|credible|Cl\b)|\bCI[:,]? ?\[?\(?-?\d"
    rf"|\b(?:hazard|odds|risk|rate|relative risk|incidence rate) ratios?(?: \([A-Z]+\))?(?: (?:of|was|were"
    rf"|for [\w ]{{1,30}} (?:was|of)))?[:=,]? ?{_N}"
    rf"|\ba?(?:HR|OR|RR|IRR|SMD|NNT|NNH)\b ?(?:[=:]|of|was) ?-?{_N}"
    rf"|\bCohen['’]?s d\b|\bHedges['’]? g\b|\b(?:pooled )?[dgr] ?(?:=|was|of) ?-?0?\.\d+"
    rf"|\bnumber needed to (?:treat|harm)\b[^.?!,\d]{{0,40}}?(?:\b(?:is|was|of|about|around)|[:=,(]) ?{_COUNT}\b"
    r"|\b[nN] ?= ?(?!1\b)\d[\d,]*"
    rf"|\b(?:mean|standardi[sz]ed mean) difference[^.?!\d]{{0,15}}{_N}|\beffect sizes?[^.?!\d]{{0,20}}{_N}",
)
_PERCENT = Deferred(rf"(?<![\d.,])[~≈]? ?{_RANGE}[ -]?(?:%|per ?cent\b|percentage points?\b)\+?|\b{_WORD} per ?cent\b")
_OWNED = r"(?:the|every|all|those|these|our|her|his|their|its)"
_SHARE = Deferred(
    rf"\b(?=[\dabcefhjlmnorstvw])(?:{_COUNT}"
    rf"(?:(?: [a-z]+){{0,2}}? out of| (?:cases|people|patients|women|men|children|adults) in| in| of)"
    rf"(?: {_OWNED})? {_COUNT}\b(?! ?(?:%|per ?cent|minutes|hours|days|weeks|months|years))"
    rf"|(?<![\d/.])[1-9]\d{{0,3}}/[1-9]\d{{1,3}}(?![\d/]| ?(?:mm|mg|kpa))"
    rf"|(?!one\b){_COUNT} of (?:whom|them)\b"
    rf"|(?:(?:a|an|one|two|three|four|five|nine|nearly|about|almost|over|only|just|roughly"
    rf"|around) ){{1,2}}{_PART} (?:of|as|fewer|less|more|were|had|said|saw|reported|lower|higher|quicker|faster"
    rf"|slower|sooner|the|lost|gained|felt|got|stopped|could|still|no longer)\b"
    rf"|half (?:of |the |as |were|had|saw|no longer|reported|their )"
    rf"|(?:by|more than) (?:about |around |roughly |nearly |almost |over |more than |up to )?"
    rf"(?:a|an|one|two|three|four|nine) ?{_PART}\b|by (?:about |nearly |almost |over |more than )?half\b"
    rf"|cut in half\b|half (?:an? )?(?:hour|point|day|kilo) (?:less|more|sooner|longer|earlier|later)\b"
    rf"|(?:with|and|while) {_COUNT} (?:of (?:them|whom) )?(?:achieving|reporting|showing|responding|improving"
    rf"|experiencing|reaching|remaining)\b"
    rf"|of (?:the )?{_COUNT} [\w' -]{{3,60}}?, {_COUNT}\b)",
)
_NEEDED = Deferred(
    rf"\b(?=[\dnabeofths])(?:treat(?:ing|ed)? {_COUNT} (?:\w+ ){{0,8}}?[^.?!]{{0,60}}?\bone\b"
    rf"|for every {_COUNT} (?:\w+ )?(?:who|that|treated|given|taking|on)\b[^.?!]{{0,60}}?\b(?:one|{_WORD})\b"
    rf"|{_COUNT} (?:\w+ )?(?:had|have|need(?:ed)?|must) (?:to )?(?:be )?(?:treated|take|taken|screened)\b"
    rf"[^.?!]{{0,60}}?\bone\b)",
)
_MULTIPLE = Deferred(
    rf"\b(?=[\dabdefhnoqst])(?:(?:twice|thrice|(?:{_COUNT}) times)"
    rf" (?:as|more|less|higher|lower|faster|the|greater|better|likelier)\b"
    rf"|{_N}[- ]?fold\b|{_N} ?[x×] (?:more|as|the|higher|greater|better|faster|less|lower)\b|(?:two|three"
    rf"|four|five|ten)[- ]?fold\b"
    rf"|(?<=by ){_RANGE} times\b"
    rf"|{_N}(?:-|–| to ){_N} ?[x×](?= (?:within|with|in|after|over|by|than|when|on|compared)\b|[.,;]|$)"
    r"|(?:doubl|tripl|quadrupl|halv)(?:ed|es|ing)\b)",
)
_UNIT = (
    r"(?:points?|seconds?|minutes?|hours?|nights?|days?|weeks?|months?|kg|kilos?|pounds?|lbs?|mm ?hg|mmol(?:/l)?|mg/dl"
    r"|beats?|steps|cm|inches|metres|episodes?|attacks?|flashes|falls|infections|strokes?|deaths?|colds|seizures"
    r"|[a-z]+ days)"
)
_MORE = (
    r"(?:lower|higher|less|fewer|more|sooner|longer|shorter|faster|quicker|slower|better|worse|earlier|later|older"
    r"|younger)"
)
_POINTS = Deferred(
    rf"\b(?=[\dabcdefghklmnoprstu])(?:(?:by|of|took|dropped|fell|rose|risen|lost|gained|shed|averag\w+|off|down|up"
    rf"|added"
    rf"|saved|minus|plus) (?:an average of |a mean of |by |about |around |roughly |nearly |almost |up to |over )?"
    rf"(?:{_RANGE}|{_WORD})[ -](?!weeks?|months?|years?){_UNIT}\b"
    rf"|(?:{_RANGE}|{_WORD}) (?:points?|[a-z]+ days|{_UNIT}) {_MORE}\b"
    rf"|(?:{_RANGE}|{_WORD}) years (?:older|younger)\b"
    rf"|(?:{_RANGE}|{_WORD}) (?:fewer|more) [\w -]{{3,30}} (?:per (?:hundred|thousand|100|1,?000|month|week|night|year)"
    rf"|monthly|weekly|a month|a week)\b"
    rf"|(?:took|shaved?|knocked|cut) (?:{_RANGE}|{_WORD}) {_UNIT} (?:[\w ]{{1,20}} )?off\b)",
)
_PAIR = Deferred(
    rf"(?<![\d.:/-])\b(?:{_N}|{_WORD})%?(?: [\w²/'’-]+){{0,9}}? (?:on|with|under|for|in|among|off|if|after|at)"
    rf" [^.?!;:]{{3,60}}?(?:[,;]| against| versus| vs\.?| and(?: only)?| compared (?:with|to)| next to| as against)"
    rf" (?:only )?(?:[\w'’-]+ ){{0,5}}?{_N}(?:%|\b)",
)
_SHIFT = Deferred(
    rf"\b(?:went|fell|falls|fallen|dropped|drops|rose|risen|rises|came|came down|down|up|cut|climbed|improved"
    rf"|shrank|grew"
    rf"|took|takes|taken|brought|shortened|lowered|reduced|raised|slid|sank|moved|go|goes|was|were)\b[^.?!;:]{{0,50}}?"
    rf" from (?:an? (?:average|median|mean) of )?(?:about )?{_COUNT}[\w%./ ]{{0,24}}?,? (?:down |up )?to (?:about )?"
    rf"{_COUNT}(?!\d)",
)
_PEOPLE = Deferred(
    rf"\b(?!(?:19|20)\d\d\b){_COUNT}\+? (?:(?!(?:stud|trial|that|who|found|of|in|the|or|and"
    rf"|for)\w*\b)[\w'’/-]+ ){{0,3}}?(?:participants|patients|adults|women|men|volunteers|subjects|people"
    rf"|children|veterans|students|nurses|individuals|athletes|teens|adolescents|infants|runners|survivors)\b",
)
_KINDS: tuple[tuple[str, tuple[str, ...], Deferred], ...] = (
    (
        "statistic",
        (
            "=", "<", ">", "≤", "≥", "ci", "ratio", "nn", "cohen", "hedges", "differ", "effect", "needed", " p ",
            " rr", " or ", " hr",
        ),
        _STATISTIC,
    ),
    (
        "percent",
        (
            "%", "per",
        ),
        _PERCENT,
    ),
    (
        "share",
        (
            " of ", " in ", "half", "third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", " with ", " and ", "/",
        ),
        _SHARE,
    ),
    (
        "multiple",
        (
            "twice", "times", "fold", "doubl", "tripl", "quadrupl", "halv", "thrice", "x ", "×",
        ),
        _MULTIPLE,
    ),
    (
        "points",
        (
            "point", "minute", "hour", "night", "day", "kg", "kilo", "pound", "lb", "mm", "mg/dl", "beat", "step",
            "cm", "inch", "episode", "attack", "flash", "second", "fall", "infection", "year", "fewer", "more",
            "stroke", "death", "cold", "seizure", "week", "month", "by ", "down", "up ", "fell", "rose", "risen",
            "drop",
        ),
        _POINTS,
    ),
    (
        "needed",
        (
            "treat", "for every", "one",
        ),
        _NEEDED,
    ),
    (
        "pair",
        (
            ",", ";", " against ", " versus ", " vs", " and ", " compared ", " next to ",
        ),
        _PAIR,
    ),
    (
        "shift",
        (
            " from ",
        ),
        _SHIFT,
    ),
    (
        "people",
        (
            "participant", "patient", "people", "wom", "men", "adult", "child", "volunteer", "subject", "veteran",
            "student", "nurse", "individual", "athlete", "teen", "adolescent", "infant", "runner", "survivor",
        ),
        _PEOPLE,
    ),
)  # fmt: skip
"""Kinds of numbers: the signs and words of which a sentence must hold one, and the pattern."""
_DIGIT = Deferred(r"\d")
_NUMBER_WORDS = frozenset({
    "half", "halve", "halved", "halves", "halving", "double", "doubled", "doubles", "doubling", "triple", "tripled",
    "triples", "tripling", "quadrupled", "twice", "thrice", "third", "thirds", "quarter", "quarters", "fourths",
    "fifth", "fifths", "sixth", "sixths", "seventh", "eighth", "ninth", "tenth", "tenths", "fold", "twofold",
    "threefold", "fivefold", "tenfold", "hundred", "thousand", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
    "seventy", "eighty", "ninety", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
})  # fmt: skip
_MOST = 24
"""Numbers of one sentence that are looked at."""
_CHANGE_WORDS = 10
"""How many words may stand between a number and the change or the people that it counts."""
_HEALTH = ("condition", "target")
_TREATMENT = ("drug", "supplement", "intervention")
_FOLLOW_UP = Deferred(
    rf"\s*(?:(?:may|will|had|have|are|were|is) )?(?:resolv\w+|occur\w*|remit\w*|relaps\w+|recover\w*|improv\w+"
    rf"|respond\w*)?[\w ]{{0,20}}?\b(?:in|within|by|after|at)\b (?:the )?(?:first )?{_RANGE}[- ](?:weeks?"
    rf"|months?|years?|days?)\b",
    re.IGNORECASE,
)
"""Right after a percentage: when it was reached."""
_TIME = r"(?:weeks?|wks?|months?|mos?|years?|yrs?|days?|nights?|sessions?)"
_FRAME = Deferred(
    rf"\b(?:after|by|over|within|at|for|in|during|following) (?:the |just |only |about |around |some |these "
    rf"|those )*(?:first |next |last )?(?:{_COUNT}|an?|half a)[- ]{_TIME}\b"
    rf"|\b(?:by|at|in) (?:week|month|day|year) {_COUNT}\b|\b{_COUNT} {_TIME} (?:on|out|later|in|after"
    rf"|of)\b|\b{_COUNT} {_TIME}:|\bhalf a year\b|\ba (?:week|month|year) (?:later|after|on)\b|\bwithin (?:a"
    rf"|the) (?:week|month|year)\b|\bweek \w+\b"
    r"|\bby the (?:next|following) \w+|\b(?:by|at) the end\b|\bby (?:morning|spring|summer|autumn|winter|christmas"
    r"|easter)\b"
    r"|\b(?:compared (?:with|to)|versus|vs\.?|as against|against|than (?:those|with|without|on|in|after|placebo|the"
    r"|an?)\b"
    r"|as often as|relative to|in the (?:other|control|placebo) (?:group|arm)|on (?:placebo|the dummy|dummy))\b",
    re.IGNORECASE,
)
"""When an outcome was measured, or against what."""
_COUNTED = Deferred(
    rf"\b(?!0){_COUNT}(?: [a-z]+)? (?:out of|of|in)(?: {_OWNED})? (?:\d{{2,}}|[a-z]+teen|twelve|eleven|hundred"
    rf"|(?:{_TENS})(?:[- ](?:{_ONES}))?\b)"
    rf"|\b[Oo]f (?:the )?{_COUNT} |\d/\d\d|\bof whom\b",
    re.IGNORECASE,
)
"""Shares of a group whose size was counted, not of ten."""
_AMOUNT = Deferred(
    r"\b(?:(?<!full )(?<!top )(?<!same )doses?|dosages?|dosing|taper(?:ing|ed)?|intake|calories|caloric|deficit"
    r"|workload|reps)\b",
    re.IGNORECASE,
)
_THRESHOLD = Deferred(r"[<>≥≤]")
_RATE = Deferred(r" (?:per|a|each|every) (?:day|week|month|year|night)")
_EVIDENCE = "research"
"""A concept of the layer that is wanted as a whole: asked for once, it is not looked through sentence by sentence."""
_COMPANY = ("trial", "research", "authority.scientist")
"""Concepts of which a sentence without a sign must name one."""
_SIGN = Deferred(
    r"[%=<>≤≥]|\d/\d|\bper ?cent\b|\bCI\b|\bratio|\bNN[TH]\b|\bnumber needed|\bof whom\b"
    r"|\b(?:in|of) (?:every |the )?(?:ten|10|a hundred|100)\b|\d ?(?:x|×|times)\b"
)
_NOTE_WORDS = 6
"""A sentence this short is a note that goes on from the one before."""
_PERSONAL = Deferred(r"\b(?:I|I['’](?:m|ve|d)|[Mm]y|mine|[Oo]ur (?:goal|target|aim)|[Ww]e (?:aim|want|hope|call))\b")


_TAKERS = Deferred(
    r"\b(?:who|that) (?:\w+ed|took|got|had|drank|ate|kept|stuck|did|went|wore|sat|slept|swam|ran|began|stayed)\b"
    r"|\b(?:people|women|men|patients|children|adults|those|kids|lads|wearers|users|group) (?:on|taking|using|given"
    r"|doing|wearing"
    r"|having|under)\b",
    re.IGNORECASE,
)
"""People told apart by what they did or were given."""
_MIGHT = Deferred(r" (?:can|could|may|might|should|must|would|is|are)\b")
_CALENDAR = Deferred(r"\b(?:19|20)\d\d\b|\d:\d\d")
_DID = Deferred(
    r" (?:\w+ed|were|was|had|do|did|said|saw|felt|got|could|no longer|who|on|still|are|fell|slept|went|came|kept"
    r"|lost|had)\b"
)
"""What follows a share that stands for people: "seven in ten still ..."."""
_EFFECTIVE = Deferred(r"(?: more)? (?:effective|potent|powerful|well|likely to work)\b(?=.* (?:than|as)\b)")
"""What makes a multiple one of effect: "three times as effective as"."""
_MOVED = Deferred(r"\b(?:by|up|down)\b", re.IGNORECASE)
_BACK = frozenset({"it", "they", "this", "that", "these", "those", "he", "she", "of"})
_DIRECTIONS = ("less", "more", "fewer", "longer", "shorter", "sooner", "faster", "quicker", "lower", "higher")
_DOSED = Deferred(
    r"\bof an? (?:tablet|patch|pill|capsule|strip)|(?:\d|\b(?:one|two|three|half)) ?-?(?:mg|mcg|µg|μg|g|ml|iu"
    r"|units?|tablets?|capsules?|pills?|drops?|sprays?|cups?|°|º|degrees)"
    r"(?![\w/²])|[$£€]\d|\d°",
    re.IGNORECASE,
)
_STRENGTH = Deferred(
    r" (?:saline|nacl|cream|solution|gel|ointment|extract|strength (?:cream|gel|ointment)|lotion|lidocaine|dextrose"
    r"|alcohol)\b"
)
_PREPARED = Deferred(
    r"\b(?:cream|gel|solution|ointment|lotion|serum|shampoo|extract) (?:with|of|containing|at) \S{0,8}$"
)
_COMPARED = Deferred(r" (?:against|versus|vs|compared|next to)\b")
_ALONE = frozenset({"share", "percent", "pair", "needed"})
"""Kinds that need no more than a word for a study."""
_COUNTS = frozenset({"points", "shift", "pair", "share"})
"""Kinds that a dose may look like."""
_BASE = {"needed": 3, "shift": 2}
"""What a kind of number weighs in itself, if not one."""
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a sentence: text offsets and what it looks like."""

    start: int
    end: int
    kind: str


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """The study numbers that stand without a citation."""
    text = annotations.text
    annotations.by_concept.get(_EVIDENCE)
    for index, block in enumerate(annotations.document.blocks):
        named = block.kind in (BlockKind.TITLE, BlockKind.DESCRIPTION)
        if named or text.startswith(QUOTE_MARK, block.start):
            continue
        for sentence in annotations.block_sentences(index):
            if not _may_count(annotations, sentence):
                continue
            number = _study_number(annotations, sentence)
            if number is None:
                continue
            fresh = introduces_another(annotations, sentence)
            if within_reach(annotations, number.start, number.end, fresh=fresh):
                continue
            yield Match(number.start, number.end, {"number": text[number.start : number.end].strip()})


def _may_count(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a sentence holds a number, and a word or a sign that keeps a study's company; cheap, and often no."""
    text = annotations.text
    start, end = sentence.start, sentence.end
    if _DIGIT.search(text, start, end) is None and _NUMBER_WORDS.isdisjoint(
        annotations.words[sentence.word : sentence.word_end]
    ):
        return False
    return annotations.has(start, end, *_COMPANY) or _SIGN.search(text, start, end) is not None


def _numbers(text: str, start: int, end: int) -> Iterator[_Number]:
    """The numbers in [start, end). A pattern is tried only where a sign or word that it needs is there."""
    sentence = text[start:end].lower()
    if len(sentence) != end - start:
        sentence = text[start:end]
    padded = f" {sentence} "
    for kind, needs, pattern in _KINDS:
        for need in needs:
            if need in padded:
                break
        else:
            continue
        shift, place = (0, text) if pattern is _STATISTIC else (start, sentence)
        for m in pattern.finditer(place, start - shift, end - shift):
            left = len(m.group()) - len(m.group().lstrip())
            yield _Number(shift + m.start() + left, shift + m.end(), kind)


def _study_number(annotations: Annotations, sentence: Sentence) -> _Number | None:
    """The first number of a sentence that a study must have counted."""
    context = annotations.context
    numbers = sorted(_numbers(annotations.text, sentence.start, sentence.end), key=_by_start)
    if not numbers or context.is_question(sentence) or _is_supposed(annotations, sentence):
        return None
    for number in numbers[:_MOST]:
        if _is_study_number(annotations, sentence, number) and not context.is_quoted(number.start, number.end):
            return number
    return None


def _by_start(number: _Number) -> int:
    return number.start


def _is_supposed(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a sentence plans its numbers, or it or the ones beside it make them up."""
    if annotations.has(sentence.start, sentence.end, "number.supposed"):
        return True
    near = (sentence, *annotations.neighbours(sentence))
    return any(annotations.has(one.start, one.end, "number.invented") for one in near)


def _is_study_number(annotations: Annotations, sentence: Sentence, number: _Number) -> bool:
    has = annotations.has
    start, end = sentence.start, sentence.end
    if number.kind == "statistic":
        if has(start, end, "number.population"):
            return False
        return is_about_health(annotations, sentence) or has(start, end, "research", "trial.part")
    text = annotations.text
    near = _window(annotations, sentence, number)
    if _is_amount(annotations, sentence, number, near):
        return False
    if number.kind == "people":
        told = has(start, end, "trial.change", "trial.outcome", "report")
        return told and has(start, end, "research.study") and not _MIGHT.match(annotations.text, number.end)
    changed = number.kind == "shift" or has(*near, "trial.change")
    became = has(*near, "trial.outcome")
    if has(start, end, "research", "trial.part", "authority.scientist"):
        if has(start, end, "number.population") and not has(start, end, *_TREATMENT):
            return False
        if changed or became or " of whom" in annotations.text[number.start : number.end]:
            return changed or became
        return number.kind in _ALONE or has(*near, "trial.person")
    if number.kind == "multiple" and _EFFECTIVE.match(text, number.end) and has(start, end, *_TREATMENT):
        return True
    if _is_everyday(annotations, sentence, number, near):
        return False
    if number.kind == "percent" and _goes_on(annotations, sentence, number, changed=changed):
        return True
    if number.kind == "multiple" and not _is_compared(annotations, sentence, number, changed=changed):
        return False
    return _weight(annotations, sentence, number, changed=changed, became=became) >= _ENOUGH


def _is_amount(annotations: Annotations, sentence: Sentence, number: _Number, near: tuple[int, int]) -> bool:
    """Whether a number is an amount of something, a price, a ratio or a date, whatever else the sentence says."""
    text = annotations.text
    start, end = sentence.start, sentence.end
    if annotations.has(*near, "number.everyday") or _STRENGTH.match(text, number.end):
        return True
    if number.kind == "percent" and annotations.has(number.end, number.end + 2, *_TREATMENT):
        return True  # "5% tea tree oil"
    if _PREPARED.search(text, max(start, number.start - 24), number.start + 1):
        return True
    own = text[number.start : number.end]
    if number.kind in _COUNTS and _DOSED.search(text, number.start, min(number.end + 14, end)):
        return True
    if number.kind == "pair":
        told = annotations.has(start, end, "trial.arm", "trial.part") or _COMPARED.search(own) is not None
        return not told or _CALENDAR.search(own) is not None
    if number.kind == "share" and "/" in own:
        part, _, whole = own.partition("/")
        return int(part) > int(whole)
    return False


def _is_everyday(annotations: Annotations, sentence: Sentence, number: _Number, near: tuple[int, int]) -> bool:
    """Whether a number describes a population, advises, sets a limit, tells of the writer or gives a rate."""
    text = annotations.text
    start, end = sentence.start, sentence.end
    if annotations.has(start, end, "number.population", "number.everyday") or _is_advice(annotations, sentence, near):
        return True
    if _THRESHOLD.search(text, max(start, number.start - 4), number.start + 1) or _PERSONAL.search(text, start, end):
        return True
    return _RATE.match(text, number.end) is not None and not text[: number.end].endswith(_DIRECTIONS)


def _goes_on(annotations: Annotations, sentence: Sentence, number: _Number, *, changed: bool) -> bool:
    """Whether a share is told with its time, or goes on from a study spoken of before it."""
    if _follows_up(annotations, sentence, number):
        return True
    short = sentence.word_end - sentence.word <= _NOTE_WORDS
    return (changed or short) and _follows_study(annotations, sentence)


def _is_compared(annotations: Annotations, sentence: Sentence, number: _Number, *, changed: bool) -> bool:
    """Whether "doubled" is said of health, and of people or a treatment or a time; a note need only tell a change."""
    start, end = sentence.start, sentence.end
    if _TAKERS.search(annotations.text, start, end):
        return True
    if changed and _is_moved(annotations, sentence, number) and _is_fragment(annotations, sentence):
        return True
    return annotations.has(start, end, *_HEALTH, "trial.endpoint") and (
        annotations.has(start, end, *_TREATMENT, "trial.arm") or _FRAME.search(annotations.text, start, end) is not None
    )


def _weight(annotations: Annotations, sentence: Sentence, number: _Number, *, changed: bool, became: bool) -> int:
    """How much of a study's company a number keeps, where no word for a study is near it."""
    has = annotations.has
    text = annotations.text
    start, end = sentence.start, sentence.end
    healthy = has(start, end, *_HEALTH, "trial.endpoint")
    treated = has(start, end, *_TREATMENT)
    people = has(*_window(annotations, sentence, number), "trial.person") or (
        number.kind == "share" and _DID.match(text, number.end) is not None
    )
    takers = _TAKERS.search(text, start, end) is not None
    arms = has(start, end, "trial.arm") or number.kind == "pair"
    framed = _FRAME.search(text, start, end) is not None
    counted = number.kind == "share" and _COUNTED.search(text, number.start, number.end) is not None
    note = _is_fragment(annotations, sentence)
    if not any((healthy, treated, people, takers, arms, note, annotations.words[sentence.word] in _BACK)):
        return 0
    if not any((changed, became, people, arms, framed, counted, number.kind == "needed")):
        return 0
    if not any((healthy, treated, framed and (people or takers or arms), _is_health_block(annotations, sentence))):
        return 0
    moved = changed and _is_moved(annotations, sentence, number)
    signs = (counted, moved, framed, treated, healthy, people, takers, arms, arms, changed or became, became and people)
    return _BASE.get(number.kind, 1) + sum(signs) + (note or _follows_study(annotations, sentence))


def _is_moved(annotations: Annotations, sentence: Sentence, number: _Number) -> bool:
    """Whether "by", "up" or "down" stands before a number: it says by how much."""
    near = max(sentence.start, number.start - 24)
    return _MOVED.search(annotations.text, near, number.start + 4) is not None


def _follows_up(annotations: Annotations, sentence: Sentence, number: _Number) -> bool:
    """Whether the time at which a share was reached stands right after it: "50% within two years"."""
    return _FOLLOW_UP.match(annotations.text, number.end) is not None and _is_health_block(annotations, sentence)


def _is_advice(annotations: Annotations, sentence: Sentence, near: tuple[int, int]) -> bool:
    """Whether the sentence tells the reader what to do, or how to change a dose."""
    if _AMOUNT.search(annotations.text, *near):
        return True
    first = annotations.within(sentence.start, sentence.start + 1, "trial.change")
    return any(mention.form == "base" for mention in first)


def _is_health_block(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether the sentence's block, a heading above it or the draft as a whole speaks of health."""
    block = annotations.block(sentence.block)
    spans = [block, *(annotations.block(i) for i in annotations.headings(sentence.block))]
    if any(mentions_health(annotations, span.start, span.end) for span in spans):
        return True
    return is_health_draft(annotations)


def _window(annotations: Annotations, sentence: Sentence, number: _Number) -> tuple[int, int]:
    """The text span of the words around a number."""
    starts = annotations.word_starts
    inside = [i for i in range(sentence.word, sentence.word_end) if number.start <= starts[i] < number.end]
    if not inside:
        return sentence.start, sentence.end
    first = max(sentence.word, inside[0] - _CHANGE_WORDS)
    last = min(sentence.word_end, inside[-1] + 1 + _CHANGE_WORDS) - 1
    return starts[first], starts[last] + len(annotations.words[last])


def _is_fragment(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether the sentence is a note ("20% less pain"), whose treatment stands above it."""
    block = annotations.block(sentence.block)
    return block.kind is not BlockKind.PARAGRAPH or sentence.start == block.start


def _follows_study(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a study is spoken of earlier in the same block."""
    block = annotations.block(sentence.block)
    return block.start < sentence.start and annotations.has(block.start, sentence.start, "research.study", "trial.part")
