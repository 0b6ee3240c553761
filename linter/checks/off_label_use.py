"""The check ``off-label-use``: a medicine offered outside its approvals, with no word on that anywhere.

One finding stands for one medicine and condition, at the first sentence that links them; further conditions of the same
sentence are named in the capture ``more``. A note anywhere in the draft that is about the medicine silences them all.

Options of the rule: ``vague`` lists conditions too wide to judge an approval by; ``lenient`` maps words of a drug's
class to the conditions (or ``any``) for which its use is standard or its approvals are by organ, reported as ``info``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.checks import Match
from linter.checks.relations import EVERYDAY, Structure, find_links, too_long
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.checks.relations import Link
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule
    from linter.knowledge.base import KnowledgeBase

NOTES = ("status.off-label", "status.experimental")
APPROVALS = ("approval.word", "approval.figure")
NEGATIVE = frozenset(
    {
        "no",
        "not",
        "never",
        "nor",
        "neither",
        "none",
        "nobody",
        "nothing",
        "without",
        "t",
        "cannot",
        "rejected",
        "refused",
        "declined",
    }
)
"""Words that make a denial of an approval word; ``t`` is the end of "isn't"."""
DENIAL_REACH = 7
BEFORE = 70
"""How many characters before a note a word for the whole draft makes it one on the whole draft."""
TOPIC = 4
"""How often a draft names its main topic at least."""
METADATA = (BlockKind.TITLE, BlockKind.DESCRIPTION)
IN = frozenset({"in", "from", "of", "due", "after", "during", "with", "among", "by"})
"""Words that tie a condition to the one before it: "pain in diabetes"."""
SETTING = 7
"""How many words may stand between the two."""
NO = re.compile(r"(?:no|not|none|never|unapproved|unlicensed|off|n|✗|✘|✕|❌|×|x|-|–|—)\b|[✗✘✕❌×–—-]", re.IGNORECASE)
"""How a cell under the head "Approved?" says no."""
NOTHING = re.compile(
    r"\b(?:no (?:other )?(?:drug|medicine|medication|treatment|pill|tablet|therapy|agent|product)s?|nothing)\b|"
    r"\bnone of (?:the|these|them)\b|\b(?:any|a single) (?:drug|medicine|medication|treatment)s?\b",
    re.IGNORECASE,
)
"""How a note speaks of every medicine for a condition."""
EUROPE = re.compile(r"\b(?:NHS|NICE|MHRA|BNF|EMA|SmPC)\b")
PLURAL = frozenset({"they", "these", "those", "both", "all", "none", "neither", "such", "each", "either"})
"""Words with which a note takes up a whole list."""
ROWS = (BlockKind.ITEM, BlockKind.CELL)
WORD = re.compile(r"[a-z]{4,}")
CLASSES = frozenset({"peptide", "psychedelic", "sarm", "nootropic", "racetam", "cannabinoid", "anabolic", "empathogen"})
"""Classes of which a draft may say as a whole that they are not approved."""
EDGE = 3
"""How many blocks at either end of a draft may speak of "all of these" and mean the whole draft."""
NEAR = 2
"""How many blocks on a note without a medicine's name may still be about the one named before."""
SAME_NAME = 4
"""How many letters of a medicine's name a writer's word for it begins with, where it is that name."""
UNAPPROVED = ("investigational", "illicit")


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield one match for each medicine that a draft offers outside its approvals without saying so."""
    knowledge = book.knowledge
    options = next((find.options for find in rule.find if find.options), {})
    vague = frozenset(options.get("vague", ()))
    if not annotations.by_concept.get("drug"):
        return
    topics = main_topics(annotations)
    found: dict[str, list[Link]] = {}
    abroad: bool | None = None
    for link in find_links(annotations, knowledge):
        condition = link.condition.entry
        if link.studied or regulatory(link, annotations):
            continue
        if condition in vague and knowledge.status(link.drug.entry) not in UNAPPROVED:
            # What is approved for nothing is outside its approvals however widely a condition is put.
            continue
        if setting(annotations, knowledge, link.drug, link.condition, link.sentence):
            continue
        if abroad is None:
            abroad = speaks_of_europe(annotations)
        if abroad and knowledge.covers(link.drug.entry, condition, "eu"):
            continue
        if reaches(annotations, knowledge, link.drug, condition, link.sentence) or of_topic(
            link, topics, annotations, knowledge
        ):
            continue
        generic = knowledge.generic_of(link.drug.entry)
        if generic and not is_habit(knowledge, generic, condition):
            found.setdefault(generic, []).append(link)
    if not found:
        return
    notes = Notes(annotations, knowledge)
    for generic, links in found.items():
        if not notes.cover(generic):
            open_links = [link for link in links if not notes.cover_condition(link.condition.entry)]
            for group in grouped(open_links, annotations, knowledge):
                yield _match(annotations, knowledge, generic, group, options)


def grouped(links: Sequence[Link], annotations: Annotations, knowledge: KnowledgeBase) -> list[list[Link]]:
    """The links of one medicine, one group for each finding: those of one sentence together, each condition once.

    The title and the description count only when nothing else makes the link, as does a medicine under the title when
    a sentence says what for. A condition akin to one that is reported already adds nothing, nor does what merely stands
    under a heading once the medicine has been reported.
    """
    body = [link for link in links if annotations.block(link.sentence.block).kind not in METADATA]
    said = {link.condition.entry for link in body if link.shape == "sentence"}
    body = [link for link in body if link.shape != "title" or link.condition.entry not in said]
    groups: dict[int, list[Link]] = {}
    seen: list[str] = []
    for link in body or links:
        condition = link.condition.entry
        index = link.sentence.index
        if any(knowledge.related(condition, other) for other in seen):
            continue
        if seen and index not in groups and link.shape not in ("sentence", "below"):
            continue
        if seen and link.condition.concept != "condition":
            continue
        seen.append(condition)
        groups.setdefault(index, []).append(link)
    return list(groups.values())


def reaches(
    annotations: Annotations, knowledge: KnowledgeBase, drug: Mention, condition: str, sentence: Sentence
) -> bool:
    """Whether the approvals of a medicine reach a condition.

    So do those of a product of it that the sentence, its block or its headings name, and those of a combination with
    another medicine of the sentence.
    """
    if knowledge.covers(drug.entry, condition):
        return True
    generic = knowledge.generic_of(drug.entry) or drug.entry
    block = annotations.block(sentence.block)
    places = [(block.start, block.end)]
    places += [(h.start, h.end) for h in map(annotations.block, annotations.headings(sentence.block)[:2])]
    for start, end in places:
        for other in annotations.within(start, end, "drug"):
            owner = knowledge.generic_of(other.entry)
            if (
                owner
                and other.entry != drug.entry
                and f"-{generic}-" in f"-{owner}-"
                and knowledge.covers(other.entry, condition)
            ):
                return True
    name = knowledge.name(condition)
    for approved in knowledge.approved_conditions(drug.entry):
        # "Excessive sleepiness with sleep apnea" holds "sleep apnea".
        if akin(condition, approved) or (" " in name and name in knowledge.name(approved)):
            return True
    for other in annotations.within(sentence.start, sentence.end, "drug"):
        owner = knowledge.generic_of(other.entry)
        if (
            owner
            and owner != generic
            and any(knowledge.covers(pair, condition) for pair in (f"{generic}-{owner}", f"{owner}-{generic}"))
        ):
            return True
    return False


def speaks_of_europe(annotations: Annotations) -> bool:
    """Whether a draft is written for Europe or Britain; its readers go by the approvals there."""
    return bool(EUROPE.search(annotations.text))


def setting(
    annotations: Annotations, knowledge: KnowledgeBase, drug: Mention, condition: Mention, sentence: Sentence
) -> bool:
    """Whether a condition only says where another is treated that is approved: "spasticity in multiple sclerosis"."""
    before = [m for m in annotations.within(sentence.start, condition.start, "condition") if m.end <= condition.start]
    if not before or not 0 < condition.word - before[-1].word_end <= SETTING:
        return False
    between = annotations.words[before[-1].word_end : condition.word]
    if IN.isdisjoint(between) or "," in annotations.text[before[-1].end : condition.start]:
        return False
    return reaches(annotations, knowledge, drug, before[-1].entry, sentence)


def of_topic(link: Link, topics: Sequence[str], annotations: Annotations, knowledge: KnowledgeBase) -> bool:
    """Whether the medicine is approved for what the draft or section is about, and the condition only goes with that.

    So with a symptom or aim of the topic ("helps focus" in a draft on ADHD), and with a condition that the medicine
    itself is not linked to by a sentence (a row on kidney disease in a draft on diabetes).
    """
    if link.shape == "sentence" and knowledge.kind(link.condition.entry) not in ("symptom", "purpose"):
        return False
    drug = link.drug.entry
    if link.shape != "sentence" and topics and knowledge.covers(drug, topics[0]):
        return True
    if link.shape == "row" and any(knowledge.covers(drug, topic) for topic in topics):
        return True
    index = link.sentence.block
    if link.shape in ("below", "after") and knowledge.kind(link.condition.entry) == "disorder":
        return False
    lead = annotations.context.lead(index)
    own = () if link.shape == "sentence" else (index,)
    places = {*own, annotations.title, *annotations.headings(index), *range(max(lead - 1, 0), lead + 1)}
    return any(
        knowledge.covers(drug, condition.entry) and condition.entry != link.condition.entry
        for place in places
        if place >= 0
        for condition in annotations.within(annotations.block(place).start, annotations.block(place).end, "condition")
    )


def main_topics(annotations: Annotations) -> list[str]:
    """The conditions that a draft names more than once, the most frequent first; empty when none stands out."""
    counts = Counter(m.entry for m in annotations.by_concept.get("condition", ())).most_common()
    if not counts or counts[0][1] < TOPIC:
        return []
    return [entry for entry, count in counts if count > 1]


def is_habit(knowledge: KnowledgeBase, generic: str, condition: str) -> bool:
    """Whether a condition is the habit of taking the very medicine ("oxycodone" in "opioid use disorder")."""
    substance, _, habit = condition.partition("-")
    drug = knowledge.drug(generic) if habit == "use-disorder" else None
    return drug is not None and drug.drug_class.partition(" (")[0] == substance


def akin(condition: str, approved: str) -> bool:
    """Whether an approval names the condition and limits it ("autism-irritability" for "autism")."""
    words = [word for word in condition.split("-") if word not in ("disorder", "disorders", "disease", "syndrome")]
    return bool(words) and set(words) < set(approved.split("-"))


def certain(knowledge: KnowledgeBase, entry: str, condition: str) -> bool:
    """Whether the base can vouch that an approval is missing: sourced approvals, none of them akin to the condition."""
    approvals = [a for a in knowledge.approvals(entry) if a.region == "us"]
    return (
        bool(approvals)
        and all(not a.source.startswith("unverified") for a in approvals)
        and not any(knowledge.related(a.condition, condition) for a in approvals)
    )


def regulatory(link: Link, annotations: Annotations) -> bool:
    """Whether a sentence tells of an approval that is past, or of another country's; no offer then."""
    start, end = link.sentence.start, link.sentence.end
    return annotations.has(start, end, "approval.word") and annotations.has(
        start, end, "approval.not-now", "approval.abroad"
    )


def lenient(knowledge: KnowledgeBase, generic: str, condition: str, options: Mapping[str, object]) -> bool:
    """Whether a use is standard care, or the approvals of such medicines are too partial to judge it by."""
    drug = knowledge.drug(generic)
    table = options.get("lenient")
    if drug is None or not isinstance(table, dict):
        return False
    kind = f"{generic} {drug.drug_class}".lower()
    groups = {"any", condition, *knowledge.ancestors(condition)}
    return any(word in kind and not groups.isdisjoint(conditions) for word, conditions in table.items())


def _match(
    annotations: Annotations,
    knowledge: KnowledgeBase,
    generic: str,
    links: Sequence[Link],
    options: Mapping[str, object],
) -> Match:
    strict = [link for link in links if not lenient(knowledge, generic, link.condition.entry, options)]
    first = next((link for link in strict if link.condition.form != EVERYDAY), (strict or links)[0])
    drug, condition = first.drug, first.condition
    start, end = drug.start, drug.end
    if first.shape in ("below", "after"):
        start, end = condition.start, condition.end
    if first.shape == "sentence":
        start, end = min(start, condition.start), max(end, condition.end)
    known = condition.concept == "condition"
    name = knowledge.name(generic)
    about = knowledge.name(condition.entry) if known else annotations.text[condition.start : condition.end].lower()
    brand = knowledge.name(drug.entry)
    written = annotations.text[drug.start : drug.end]
    if brand == name and not written.lower().startswith(name[:SAME_NAME].lower()):
        brand = written.lower() if written[1:].islower() else written
    label = name if brand == name else f"{brand} ({name})"
    others = dict.fromkeys(
        link.condition.entry
        for link in links
        if link.condition.entry != condition.entry and link.condition.concept == "condition"
    )
    captures = {
        "drug": written,
        "condition": annotations.text[condition.start : condition.end],
    }
    if others:
        captures["more"] = ", ".join(knowledge.name(other) for other in others)
    ids = {"drug": generic, "condition": condition.entry} if known else {"drug": generic}
    approvals = knowledge.describe_approvals(drug.entry, 4)
    if not approvals and drug.entry != generic:
        # A product without approvals of its own ("low-dose naltrexone"): those of the medicine itself tell more.
        label, approvals = name, knowledge.describe_approvals(generic, 4)
    capital = label[0].upper() + label[1:]
    source = source_of(knowledge, drug.entry)
    if approvals:
        message = f"{label} for {about} is outside its US approvals, and the draft never says so"
        advice = f"Say that this use is off-label. In the US {label} is approved for {approvals}{source}."
        suggestion = f"{capital} is approved for {approvals}; its use for {about} is off-label."
    else:
        message = f"{label} for {about}: it is not approved for any use in the US, and the draft never says so"
        advice = f"Say that {label} is not approved for any use in the US{source}, and whether any trial offers it."
        suggestion = f"{capital} is not approved for any use in the US; its use for {about} is experimental."
    return Match(
        start,
        end,
        captures,
        ids,
        severity="" if strict else "info",
        message=message,
        advice=advice,
        suggestion=suggestion,
    )


def source_of(knowledge: KnowledgeBase, entry: str) -> str:
    """Where the base has the approvals from, in brackets; empty when it cannot say."""
    approvals = [a for a in knowledge.approvals(entry) if a.region == "us"]
    source = next((a.source for a in approvals if not a.source.startswith("unverified")), "")
    if not source:
        drug = knowledge.drug(entry)
        source = "" if approvals or drug is None else drug.source
    prefix = source.partition(";")[0].strip()
    name, _, rest = prefix.partition(":")
    meaning = knowledge.sources.get(prefix) or knowledge.sources.get(name, "")
    if not meaning or "unverified" in source:
        return ""
    return f" (source: {meaning}{', ' + rest if rest and not rest.isdigit() else ''})"


@dataclass(frozen=True, slots=True)
class _Note:
    """A statement that something is off-label or not approved."""

    start: int
    end: int
    sentence: Sentence
    weak: bool = False
    """Whether its words are said of many other things as well ("experimental", "illegal")."""


def denied(annotations: Annotations, mention: Mention, sentence: Sentence) -> bool:
    """Whether an approval word is denied ("is not approved", "no agency has licensed it")."""
    if negated_before(annotations, mention.word, sentence, DENIAL_REACH):
        return True
    after = annotations.words[mention.word_end : min(mention.word_end + 6, sentence.word_end)]
    return not NEGATIVE.isdisjoint(after) and not _is_contrast(after)


def negated_before(annotations: Annotations, word: int, sentence: Sentence, reach: int) -> bool:
    """Whether a negative word stands within ``reach`` words before a word index ("not only" is none)."""
    words = annotations.words[max(sentence.word, word - reach) : word]
    return not NEGATIVE.isdisjoint(words) and words[-2:] != ["not", "only"]


class Notes:
    """What a draft says about the status of its medicines, read once."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase) -> None:
        self.annotations = annotations
        self.knowledge = knowledge
        self.covered: set[str] = set()
        self.everything = False
        self.conditions: set[str] = set()
        """Those of which the draft says that nothing is approved for them."""
        self._drugs = [
            (m, generic)
            for m in annotations.by_concept.get("drug", ())
            if (generic := knowledge.generic_of(m.entry)) is not None
        ]
        self._structure = Structure(annotations)
        self._generics = {generic for _, generic in self._drugs}
        for note in self._find():
            self._apply(note)
        self._read_columns()

    def cover(self, generic: str) -> bool:
        """Whether a note is about a medicine."""
        return self.everything or generic in self.covered

    def cover_condition(self, condition: str) -> bool:
        """Whether the draft says that no medicine at all is approved for a condition."""
        return any(self.knowledge.related(condition, other) for other in self.conditions)

    def _find(self) -> Iterator[_Note]:
        annotations = self.annotations
        for concept in NOTES:
            for mention in annotations.by_concept.get(concept, ()):
                sentence = annotations.sentence_at(mention.start)
                if not too_long(sentence) and not negated_before(annotations, mention.word, sentence, 3):
                    yield _Note(mention.start, mention.end, sentence, concept == "status.experimental")
        words = [m for concept in APPROVALS for m in annotations.by_concept.get(concept, ())]
        for mention in words:
            sentence = annotations.sentence_at(mention.start)
            if too_long(sentence) or annotations.has(sentence.start, sentence.end, "approval.private"):
                continue
            if denied(annotations, mention, sentence):
                yield _Note(mention.start, mention.end, sentence)

    def _read_columns(self) -> None:
        """Cells under a head such as "Approved?" that say no are notes on the medicines of their rows."""
        annotations = self.annotations
        for mention in annotations.by_concept.get("approval.word", ()):
            index = annotations.sentence_at(mention.start).block
            head = annotations.block(index)
            if head.kind is not BlockKind.CELL or not head.header:
                continue
            for other in range(index + 1, len(annotations.document.blocks)):
                cell = annotations.block(other)
                if cell.kind is not BlockKind.CELL or cell.group != head.group:
                    break
                if cell.column == head.column and NO.match(annotations.text, cell.start, cell.end):
                    self.covered |= self._row(other)

    def _apply(self, note: _Note) -> None:
        """Mark the medicines that a note is about."""
        annotations = self.annotations
        sentence = note.sentence
        block = annotations.block(sentence.block)
        here = self._in(sentence.start, sentence.end)
        if NOTHING.search(annotations.text, sentence.start, sentence.end):
            named = annotations.within(sentence.start, sentence.end, "condition")
            self.conditions |= {m.entry for m in named}
        if here:
            self.covered |= self._meant(note, here)
        elif block.kind in METADATA or self._on_all(note):
            self.everything = True
        elif block.kind is BlockKind.HEADING or annotations.has(sentence.start, sentence.end, "status.everything"):
            start, end = annotations.section_span(block.section)
            self.covered |= self._named(start, end)
        else:
            self._apply_unnamed(note)

    def _on_all(self, note: _Note) -> bool:
        """Whether a sentence speaks of the whole draft: it says so, or it opens or ends the draft and says "all"."""
        annotations, sentence = self.annotations, note.sentence
        if annotations.has(max(sentence.start, note.start - BEFORE), note.start, "status.draft"):
            return True
        edge = sentence.block < EDGE or sentence.block >= len(annotations.document.blocks) - EDGE
        return edge and annotations.has(sentence.start, sentence.end, "status.everything")

    def _apply_unnamed(self, note: _Note) -> None:
        """A note that names no medicine is about the ones named just before, else those of its list, row or heading."""
        annotations = self.annotations
        sentence = note.sentence
        block = annotations.block(sentence.block)
        found: set[str] = set()
        if block.kind is BlockKind.CELL:
            found = self._row(sentence.block)
        start = block.start
        found |= self._named(max(start, self._back(sentence, 1 if note.weak else 3)), sentence.start)
        for other in self._structure.led(sentence.block):
            found |= self._of_block(other)
        found |= self._of_class(sentence) | self._listed_above(sentence)
        index, steps = sentence.block, 0
        opens = sentence.start == block.start
        weak = note.weak and not annotations.has(sentence.start, sentence.end, "condition")
        while opens and not found and not weak and steps < NEAR and index > 0:
            index -= 1
            steps += 1
            found |= self._of_block(index)
        headings = annotations.headings(sentence.block)
        if headings and not found and not weak:
            found |= self._of_block(headings[0])
        if not found and not note.weak and len(self._generics) == 1:
            found |= self._generics
        self.covered |= found

    def _of_class(self, sentence: Sentence) -> set[str]:
        """The medicines of a class that a note names: "peptides are not approved"."""
        words = self.annotations.words[sentence.word : sentence.word_end]
        named = CLASSES & {word.removesuffix("s") for word in words}
        found = set()
        for generic in self._generics if named else ():
            drug = self.knowledge.drug(generic)
            if drug and not named.isdisjoint(WORD.findall(drug.drug_class.lower())):
                found.add(generic)
        return found

    def _listed_above(self, sentence: Sentence) -> set[str]:
        """The medicines of the list or table right above a note that says "these", "both", "neither"."""
        annotations = self.annotations
        index = sentence.block - 1
        opens = annotations.words[sentence.word : sentence.word + 2]
        if index < 0 or PLURAL.isdisjoint(opens) or sentence.start != annotations.block(sentence.block).start:
            return set()
        group = annotations.block(index).group
        found: set[str] = set()
        while index >= 0 and (there := annotations.block(index)).kind in ROWS and there.group == group:
            found |= self._of_block(index)
            index -= 1
        return found

    def _back(self, sentence: Sentence, steps: int) -> int:
        """Where the sentence ``steps`` before a sentence starts."""
        return self.annotations.sentences[max(sentence.index - steps, 0)].start

    def _row(self, index: int) -> set[str]:
        """The medicines of a cell's row; of a header cell, those of the whole table."""
        annotations = self.annotations
        block = annotations.block(index)
        start, end = annotations.section_span(block.section)
        if not block.header:
            cells = [annotations.block(i) for i in self._structure.row(index)]
            start, end = cells[0].start, cells[-1].end
        return self._named(start, end)

    def _of_block(self, index: int) -> set[str]:
        block = self.annotations.block(index)
        return self._named(block.start, block.end)

    def _named(self, start: int, end: int) -> set[str]:
        return {g for _, g in self._in(start, end)}

    def _in(self, start: int, end: int) -> list[tuple[Mention, str]]:
        pairs = self._drugs
        return pairs[bisect_left(pairs, start, key=_place) : bisect_left(pairs, end, key=_place)]

    def _meant(self, note: _Note, here: Sequence[tuple[Mention, str]]) -> set[str]:
        """Which of the medicines of its own sentence a note is about: those of its clause, else the nearest."""
        annotations = self.annotations
        generics = {g for _, g in here}
        if annotations.has(note.sentence.start, note.sentence.end, "status.everything"):
            return generics
        left, right = annotations.context.clause(note.sentence, note.start, note.end)
        inside = {g for m, g in here if left <= m.start < right}
        if inside:
            return inside
        # A clause without a name is about the sentence before as well: "It isn't licensed for that; nor is B."
        index = note.sentence.index - 1
        if index >= 0 and annotations.sentences[index].block == note.sentence.block:
            before = annotations.sentences[index]
            generics |= self._named(before.start, before.end)
        return generics


def _place(pair: tuple[Mention, str]) -> int:
    return pair[0].start


def _is_contrast(after: Sequence[str]) -> bool:
    """Whether a negative word after an approval word begins a contrast: "approved for A but not for B"."""
    return "but" in after or "and" in after
