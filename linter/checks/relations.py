"""Therapeutic relations: which medicine a draft offers for which condition.

A relation stands in one sentence ("X for Y", "Y responds to X", "prescribed X for her Y"), or the condition stands in
what introduces the medicine: the sentence before, the lead-in of a list, the header of a table, a heading, the title.
A condition that the medicine causes or worsens, that only accompanies the patient, or that forbids the medicine is no
relation. The words behind these decisions are data: ``rules/lexicons/relations.yaml`` and the benefit words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.document import Block
    from linter.knowledge.base import KnowledgeBase

PURPOSE = frozenset({"for", "against"})
"""The plain prepositions of purpose: "X for Y"."""

PURPOSE_REACH = 6
"""How many words may stand between a preposition of purpose and the condition: "for her long-standing Y"."""

ADVERSE_REACH = 4
"""How many words around a condition an adverse word governs, when it does not stand between the two."""

NEGATION_REACH = 3
"""How many words a negation may stand before the medicine, the condition or the word of helping that it denies."""

RISK_REACH = 40
"""How many characters before a word of risk a word of lowering makes a benefit of it."""

STUDY_REACH = 6
"""How many words after the pair a word of research still makes the sentence one on a study."""

REFERENCE = 4
"""A link of more words than this is taken for the title of a source."""

SHORT = 14
"""Fragments of up to this many words may put a medicine and a condition side by side and mean a treatment."""

LEAD = 20
"""A lead-in of more words than this is prose, and says nothing of what kind of list follows."""

CHILDREN = 12
"""How many items under a medicine's own item are read as being about it."""

LONGEST = 600
"""A sentence of more words than this is no sentence, and is not read."""

IDIOM = 8
"""How many characters before its negation an idiom of relief may start ("do not come back")."""

HEAD = 20
"""How many characters after the condition that a sentence opens with its colon may stand."""

ENOUGH = 400
"""How many mentions of one name are read in a draft."""

ANSWER = 6
"""Within how many words an answer says yes or no."""

OBJECT = 4
"""How many words after a verb its object is sought."""

BACKWARD = 5
"""Within how many words after the medicine a pronoun may take up a condition named before it."""

ADVERBS = frozenset(
    {
        "also",
        "often",
        "still",
        "usually",
        "just",
        "really",
        "actually",
        "even",
        "will",
        "can",
        "always",
        "soon",
        "then",
        "simply",
    }
)
"""Small words between a medicine and its verb."""

TAKEN_UP = frozenset({"it", "them", "that", "those"})
"""Pronouns that take up a condition."""

NONE = frozenset({"no", "without", "zero", "few", "fewer", "minimal", "hardly"})
"""Words that do away with a harm: "no side effects"."""

UNSURE = frozenset({"hedge", "conditional", "aim", "question", "rejection", "attribution", "limit"})
"""Cues that leave open whether a compound does anything."""

FAR = 16
"""How many words after the medicine a condition is no longer its own."""

HAVING = frozenset({"have", "has", "had", "having", "with", "get", "are", "re", "is", "develop", "ve"})
"""Words between a person and an illness."""

SUBORDINATE = frozenset({"when", "while", "although", "though", "whereas", "until"})
"""Words that open a clause about something else."""

PUTTING = frozenset({"put", "puts", "putting", "start", "starts", "started", "keep", "keeps", "kept"})
"""Words of putting somebody on a medicine."""

PRONOUNS = frozenset({"it", "this", "these", "they", "both"})

LISTING = frozenset({"and", "or", "plus", "nor", "for", "against", "with", "in", "of", "from", "as", "to"})
"""Words that go on with a list of conditions, or tell more about one."""

QUOTES = frozenset('"“‘«„')

CAPTION = 8
"""A paragraph of up to this many words without an end mark acts as the heading of the next."""

QUESTION = 4
"""A reader's question has up to this many sentences."""

NAMED = 8
"""A heading or list item of up to this many words may be a medicine's own."""

OPENING = 3
"""How many words may stand before the medicine that a list item or cell begins with."""

FURTHER = 2
"""How many sentences after the medicine's own are read as going on about it."""

UNDER = 3
"""How many blocks under a medicine's heading are read as being about it."""

POSITIVE = (
    "relation.relief",
    "relation.use",
    "relation.purpose",
    "benefit.decrease",
    "benefit.increase",
    "benefit.change",
    "benefit.treat",
    "benefit.restore",
    "benefit.protect",
    "benefit.works",
    "benefit.effective",
    "benefit.noun",
    "benefit.outcome",
)
"""The concepts that make a treatment of a medicine beside a condition."""

CURING = (
    "relation.relief",
    "relation.purpose",
    "relation.praise",
    "benefit.decrease",
    "benefit.treat",
    "benefit.restore",
    "benefit.works",
    "benefit.effective",
)
"""What makes a treatment of a medicine even for those who only happen to have the condition."""

EVERYDAY = "everyday"
"""The concept of everyday words for conditions, and the form of a condition that is called by such words only."""

LEADING = (*CURING, "relation.use", "benefit.protect")
"""What leads from the approved condition to another one that is treated as well."""

TARGETS = ("target.good", "target.bad", "target.body", "target.fitness")
"""What a treatment may act on besides conditions."""

HELPING = tuple(concept for concept in POSITIVE if concept != "relation.purpose")
"""What a negation denies."""

NEAREST = ("before", "caption", "lead")
"""The introductions that are close enough to lend their condition to a medicine that the sentence does not offer."""

FRAGMENTS = (BlockKind.ITEM, BlockKind.CELL, BlockKind.HEADING, BlockKind.TITLE, BlockKind.CAPTION, BlockKind.TERM)
LISTED = (BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM)


@dataclass(frozen=True, slots=True)
class Link:
    """A medicine offered for a condition.

    ``sentence`` is the one that names the medicine. ``shape`` says how the two are linked: ``sentence``, ``before``
    (the condition stands in the sentence before), ``lead``, ``row``, ``heading``, ``title``, or
    ``below`` (under the medicine's own heading or list item) or ``after`` (in the sentences that follow); for these two
    the sentence is the one that names the condition. The condition is a condition's mention, for an investigational
    compound also another target's.
    ``studied`` marks what is only told of a study.
    """

    drug: Mention
    condition: Mention
    sentence: Sentence
    shape: str
    studied: bool = False


def find_links(annotations: Annotations, knowledge: KnowledgeBase) -> Iterator[Link]:
    """The therapeutic relations of a draft, in order of the text; supplements are left out.

    Of one name the first ``ENOUGH`` mentions are read: no draft says anything new about a medicine after that.
    """
    reader = RelationReader(annotations, knowledge)
    read: Counter[str] = Counter()
    for drug in annotations.by_concept.get("drug", ()):
        if knowledge.status(drug.entry) == "supplement" or read[drug.entry] >= ENOUGH:
            continue
        read[drug.entry] += 1
        yield from reader.links(drug)

    yield from reader.titled()


def too_long(sentence: Sentence) -> bool:
    """Whether a sentence is none: a run of words without an end, which nobody would read as one statement."""
    return sentence.word_end - sentence.word > LONGEST


class Structure:
    """Which blocks of a draft belong together: the cells of a row, the headers of a table, what a block introduces."""

    def __init__(self, annotations: Annotations) -> None:
        self._blocks = annotations.document.blocks
        self._rows: dict[tuple[int, int], list[int]] = {}
        self._headers: dict[int, list[int]] = {}
        self._led: dict[int, list[int]] = {}
        for index, block in enumerate(self._blocks):
            if block.lead >= 0:
                self._led.setdefault(block.lead, []).append(index)
            if block.kind is BlockKind.CELL:
                self._rows.setdefault((block.group, block.row), []).append(index)
                if block.header:
                    self._headers.setdefault(block.group, []).append(index)

    def row(self, cell: int) -> Sequence[int]:
        """The cells of a cell's row, itself included; nothing for another block."""
        block = self._blocks[cell]
        return self._rows.get((block.group, block.row), ()) if block.kind is BlockKind.CELL else ()

    def headers(self, cell: int) -> Sequence[int]:
        """The header cells of a cell's table; nothing for another block."""
        block = self._blocks[cell]
        return self._headers.get(block.group, ()) if block.kind is BlockKind.CELL else ()

    def led(self, block: int) -> Sequence[int]:
        """The blocks that a block introduces."""
        return self._led.get(block, ())


class RelationReader:
    """Reads the relations of one draft; remembers what its headings and lead-ins are about."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase) -> None:
        self.annotations = annotations
        self.knowledge = knowledge
        self._barred: dict[int, bool] = {}
        self._offers: dict[int, bool] = {}
        self._uses: dict[str, frozenset[str]] = {}
        self._everyday: dict[tuple[int, int], list[Mention]] = {}
        self.structure = Structure(annotations)
        self._references = [
            (mark.start, mark.end)
            for mark in annotations.document.marks
            if mark.kind == "link" and annotations.text.count(" ", mark.start, mark.end) >= REFERENCE
        ]
        self._doses = [q.start for q in annotations.quantities if q.kind == "dose"]

    def links(self, drug: Mention) -> list[Link]:
        """All conditions that one mention of a medicine is offered for."""
        annotations = self.annotations
        sentence = annotations.sentence_at(drug.start)
        if too_long(sentence) or self.barred(sentence.block):
            return []
        if self.compared(drug, sentence) or self.in_reference(drug) or self.refuted(sentence):
            return []
        if annotations.has(sentence.start, sentence.end, "relation.past") or self.edits(sentence):
            return []
        conditions = self.conditions(sentence.start, sentence.end, drug)
        found = [
            Link(drug, condition, sentence, "sentence", self.studied(sentence, max(drug.word_end, condition.word_end)))
            for condition in conditions
            if self.linked(drug, condition, sentence)
        ]
        if found:
            return found + self.after(drug, sentence)
        if not all(self.bystander(condition, sentence) for condition in conditions):
            return found
        offered = self.answers(drug, sentence) or self.offered(drug, sentence)
        if offered or (self.uses(drug) and self.mentioned(drug, sentence)):
            shape, topics = self.topic(drug, sentence, nearest=not offered)
            if not offered:
                topics = [topic for topic in topics if self.known(drug, topic)]
            studied = self.studied(sentence, drug.word_end) or any(
                shape == "before" and self.studied(annotations.sentence_at(topic.start), topic.word_end)
                for topic in topics[:1]
            )
            found = [Link(drug, condition, sentence, shape, studied) for condition in topics]
        return found or self.below(drug, sentence) or self.after(drug, sentence)

    def conditions(self, start: int, end: int, drug: Mention) -> list[Mention]:
        """The conditions named in a text span, apart from words inside the medicine's own name.

        For an investigational compound, approved for nothing at all, whatever else a treatment acts on will do.
        """
        annotations = self.annotations
        found = annotations.within(start, end, "condition")
        if self.knowledge.status(drug.entry) == "investigational":
            targets = annotations.within(start, end, *TARGETS)
            found += [t for t in targets if all(t.end <= m.start or t.start >= m.end for m in found)]
            found.sort(key=lambda m: m.start)
        everyday = self.everyday(start, end, drug)
        if everyday:
            found += [m for m in everyday if all(m.end <= o.start or m.start >= o.end for o in found)]
            found.sort(key=lambda m: m.start)
        return [m for m in found if (m.start >= drug.end or m.end <= drug.start) and not self.in_reference(m)]

    def uses(self, drug: Mention) -> frozenset[str]:
        """The conditions that a medicine is known to be given for without an approval.

        For a brand these include what only other brands of the medicine are approved for.
        """
        known = self._uses.get(drug.entry)
        if known is None:
            knowledge = self.knowledge
            generic = knowledge.generic_of(drug.entry) or drug.entry
            known = knowledge.often_off_label(generic)
            if drug.entry != generic:
                known |= {c for c in knowledge.approved_conditions(generic) if not knowledge.covers(drug.entry, c)}
            self._uses[drug.entry] = known
        return known

    def known(self, drug: Mention, condition: Mention) -> bool:
        """Whether the medicine is known to be given for the condition, so that little has to be said to mean that."""
        return condition.entry in self.uses(drug)

    def served(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether a sentence names what the medicine is approved for; what else it names may be what came of it."""
        return any(
            self.knowledge.covers(drug.entry, condition.entry)
            for condition in self.annotations.within(sentence.start, sentence.end, "condition")
        )

    def outcome(self, drug: Mention, condition: Mention) -> bool:
        """Whether a condition follows the approved one, and no word of use leads to it: "X for epilepsy brought Y"."""
        annotations = self.annotations
        return any(
            self.knowledge.covers(drug.entry, other.entry)
            and not self.listed(other, condition)
            and not annotations.has(other.end, condition.start, *LEADING)
            for other in annotations.within(drug.end, condition.start, "condition")
            if other.end <= condition.start
        )

    def everyday(self, start: int, end: int, drug: Mention) -> list[Mention]:
        """The conditions that a text span names in everyday words ("sleepless", "the scale is stuck").

        Such words mean many things; they count only for what the medicine is known to be given for. The mentions are
        conditions of the form ``EVERYDAY``.
        """
        uses = self.uses(drug)
        if not uses:
            return []
        found = self._everyday.get((start, end))
        if found is None:
            named = self.annotations.within(start, end, EVERYDAY)
            found = self._everyday[start, end] = [
                m._replace(concept="condition", entry=m.concept.partition(".")[2], form=EVERYDAY) for m in named
            ]
        return [m for m in found if m.entry in uses]

    def studied(self, sentence: Sentence, word: int) -> bool:
        """Whether a sentence tells, up to a little after ``word``, of a study rather than of care."""
        return any(
            m.word < word + STUDY_REACH
            for m in self.annotations.within(sentence.start, sentence.end, "relation.studied")
        )

    def compared(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether the medicine only serves as a measure for another ("better than X"), or is being left off."""
        found = self.annotations.within(sentence.start, drug.start, "relation.comparator", "relation.stop")
        after = self.annotations.within(drug.end, sentence.end, "relation.allergy")
        return any(drug.word - word.word_end <= 1 for word in found) or any(w.word == drug.word_end for w in after)

    def refuted(self, sentence: Sentence) -> bool:
        """Whether a sentence asks and is answered with no, or quotes and is turned down by the next."""
        annotations = self.annotations
        asks = annotations.context.is_question(sentence)
        reports = annotations.has(sentence.start, sentence.end, "relation.asked")
        block = annotations.block(sentence.block)
        quotes = reports or block.quoted or annotations.text[sentence.start] in QUOTES
        if not (asks or quotes):
            return False
        answers = annotations.sentences[sentence.index + 1 : sentence.index + (2 if asks else 3)]
        if any(self.opens_with(answer, "relation.refuted") for answer in answers):
            return True
        return asks and not any(self.opens_with(answer, "relation.confirmed") for answer in answers)

    def opens_with(self, sentence: Sentence, concept: str) -> bool:
        """Whether a concept stands among the first words of a sentence."""
        annotations = self.annotations
        last = min(sentence.word + ANSWER, sentence.word_end) - 1
        return last >= sentence.word and annotations.has(sentence.start, annotations.word_starts[last] + 1, concept)

    def edits(self, sentence: Sentence) -> bool:
        """Whether a list item tells what was changed in the draft: "added Xolair", "2.1: fixed the dose of A"."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        return block.kind is BlockKind.ITEM and any(
            mention.word - annotations.sentence_at(block.start).word <= OPENING
            for mention in annotations.within(block.start, block.end, "relation.edited")
        )

    def in_reference(self, mention: Mention) -> bool:
        """Whether a mention stands in the title of a linked source: a link of many words."""
        i = bisect_right(self._references, (mention.start, len(self.annotations.text))) - 1
        return i >= 0 and mention.start < self._references[i][1]

    # One sentence

    def linked(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether a sentence that names both offers the one for the other."""
        if self.ruled_out(drug, condition, sentence):
            return False
        if self.purpose(drug, condition):
            return True
        if self.outcome(drug, condition) or self.bystander(condition, sentence):
            return False
        if condition.word - drug.word_end > FAR or self.elsewhere(drug, condition, sentence):
            return False
        if self.state(condition, sentence) and not self.annotations.has(
            *self.region(drug, condition, sentence), *CURING
        ):
            return self.taken_up(drug, condition, sentence)
        return self.joined(drug, condition, sentence)

    def ruled_out(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether a sentence that names both speaks of harm, denies, is unsure, or means another purpose or use."""
        return (
            self.adverse(drug, condition, sentence)
            or self.denied(drug, condition, sentence)
            or self.own_purpose(drug, condition)
            or (condition.concept != "condition" and self.unsure(condition))
            or (condition.form == EVERYDAY and self.served(drug, sentence))
        )

    def joined(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether words, places or what is known of the medicine make its purpose of a condition beside it."""
        if self.positive(*self.region(drug, condition, sentence), drug, condition) or self.put_on(drug, sentence):
            return True
        if condition.concept != "condition":
            return False
        if self.reached_with(drug, condition):
            return True
        if self.acts_on(drug, condition, sentence) or self.taken_up(drug, condition, sentence):
            return True
        if condition.word < drug.word and self.announced(condition, drug):
            return True
        if self.known(drug, condition) and not self.served(drug, sentence):
            return True
        kind = self.annotations.block(sentence.block).kind
        return kind in FRAGMENTS and sentence.word_end - sentence.word <= SHORT

    def state(self, condition: Mention, sentence: Sentence) -> bool:
        """Whether a condition only says who is spoken of: "if you have ...", "people with ..."."""
        annotations = self.annotations
        before = annotations.words[max(sentence.word, condition.word - OPENING) : condition.word]
        cues = annotations.context.reaching(condition.start, condition.end)
        if not any(c.concept == "conditional" for c in cues):
            return False
        return not HAVING.isdisjoint(before) or not annotations.has(sentence.start, sentence.end, *CURING)

    def elsewhere(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether a condition of the medicine's own stands before a clause of time or contrast that names this one."""
        annotations = self.annotations
        if condition.word < drug.word:
            return False
        between = annotations.words[drug.word_end : condition.word]
        if SUBORDINATE.isdisjoint(between):
            return False
        turn = drug.word_end + next(i for i, word in enumerate(between) if word in SUBORDINATE)
        return annotations.has(sentence.start, annotations.word_starts[turn], "condition")

    def reached_with(self, drug: Mention, condition: Mention) -> bool:
        """Whether an aim that is a verb of its own is reached with the medicine: "they lose weight with X"."""
        annotations = self.annotations
        before = annotations.words[max(condition.word_end, drug.word - 2) : drug.word]
        return (
            condition.word_end <= drug.word <= condition.word_end + OBJECT
            and annotations.has(condition.start, condition.start + 1, "benefit")
            and not {"with", "on", "using", "via"}.isdisjoint(before)
        )

    def put_on(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether somebody with the condition is put on the medicine: "we start women with hot flashes on X"."""
        words = self.annotations.words
        return words[drug.word - 1 : drug.word] == ["on"] and not PUTTING.isdisjoint(words[sentence.word : drug.word])

    def acts_on(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether the medicine opens its clause, does something, and the condition is what it does it to.

        Any verb will do that is not among the idle ones ("needs", "affects"): writers have too many for a list.
        """
        annotations, words = self.annotations, self.annotations.words
        left, _ = annotations.context.clause(sentence, drug.start, drug.end)
        if drug.word - bisect_left(annotations.word_starts, left) > OPENING:
            return False
        verb = drug.word_end
        while verb < condition.word and (words[verb] in ADVERBS or words[verb].endswith("ly")):
            verb += 1
        if not 0 < condition.word - verb <= OBJECT or "," in annotations.text[drug.end : condition.start]:
            return False
        word = words[verb]
        plain = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
        start = annotations.word_starts[verb]
        between = annotations.within(start, condition.start, "relation.idle", "relation.bystander", "relation.with")
        return plain and not between and not annotations.has(start, condition.start, "benefit.harm", "relation.allergy")

    def taken_up(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether a clause names the condition and the next one says what the medicine does to it.

        "If your knees ache, X shuts it down."
        """
        annotations, words = self.annotations, self.annotations.words
        if not condition.word_end <= drug.word or words[sentence.word] not in ("if", "when", "for", "with", "once"):
            return False
        if "," not in annotations.text[condition.end : drug.start]:
            return False
        after = words[drug.word_end + 1 : min(drug.word_end + BACKWARD, sentence.word_end)]
        return not TAKEN_UP.isdisjoint(after) and not annotations.has(
            drug.end, sentence.end, "benefit.harm", "relation.idle"
        )

    def announced(self, condition: Mention, drug: Mention) -> bool:
        """Whether a condition opens a list of treatments: "Migraine prevention, our order: X, Y", "Cramps: X"."""
        annotations = self.annotations
        sentence = annotations.sentence_at(condition.start)
        colon = annotations.text.find(":", condition.end, drug.start)
        if condition.word - sentence.word <= OPENING and 0 <= colon <= condition.end + HEAD:
            return True
        return any(
            0 <= word.word - condition.word_end <= PURPOSE_REACH
            for word in annotations.within(condition.end, drug.start, "relation.offer")
        ) or any(
            0 <= condition.word - word.word_end <= PURPOSE_REACH
            for word in annotations.within(sentence.start, condition.start, "relation.offer")
        )

    def positive(self, start: int, end: int, *besides: Mention) -> bool:
        """Whether a text span holds a word of treating, outside the mentions given."""
        annotations = self.annotations
        split = all(annotations.has(start, end, part) for part in ("benefit.split.head", "benefit.split.tail"))
        return split or any(
            all(word.end <= m.start or word.start >= m.end for m in besides)
            for word in annotations.within(start, end, *POSITIVE)
        )

    def region(self, drug: Mention, condition: Mention, sentence: Sentence) -> tuple[int, int]:
        """The text span in which a word may join the two: from the clause of the first to that of the second."""
        context = self.annotations.context
        first, second = (drug, condition) if drug.start < condition.start else (condition, drug)
        return (
            context.clause(sentence, first.start, first.end)[0],
            context.clause(sentence, second.start, second.end)[1],
        )

    def purpose(self, drug: Mention, condition: Mention) -> bool:
        """Whether a preposition of purpose leads from the medicine to the condition."""
        if condition.word < drug.word_end:
            return False
        words = self.annotations.words
        if condition.word - drug.word_end > FAR:
            return False
        low = max(drug.word_end, condition.word - PURPOSE_REACH)
        found = [i for i in range(low, condition.word) if words[i] in PURPOSE]
        return bool(found) and not self.interrupted(found[-1], condition)

    def interrupted(self, word: int, condition: Mention) -> bool:
        """Whether a purpose ends at another condition before this one: "for Y it brought Z", unlike "for Y and Z"."""
        others = self.annotations.within(self.annotations.word_starts[word], condition.start, "condition")
        return bool(others) and not self.listed(others[-1], condition)

    def listed(self, first: Mention, second: Mention) -> bool:
        """Whether a condition goes on with a list that another begins, or tells more about it."""
        annotations = self.annotations
        between = annotations.words[first.word_end : second.word]
        comma = "," in annotations.text[first.end : second.start]
        return comma or not between or not LISTING.isdisjoint(between)

    def own_purpose(self, drug: Mention, condition: Mention) -> bool:
        """Whether the medicine has a purpose of its own nearby, and the condition is another's.

        "The metformin for your sugar" in a sentence on migraine; "A for X, B for Y"; "A for X; for Y she swims".
        """
        annotations = self.annotations
        words = annotations.words
        if condition.word < drug.word:
            stopped = annotations.has(condition.end, drug.start, "relation.stop")
            return stopped or words[drug.word_end : drug.word_end + 1] == ["for"]
        semicolon = annotations.text.find(";", drug.end, condition.start)
        if semicolon >= 0:
            last = bisect_left(annotations.word_starts, semicolon)
            if not PURPOSE.isdisjoint(words[drug.word_end : last]) or annotations.has(drug.end, semicolon, "condition"):
                return True
        others = [
            m
            for m in annotations.within(drug.end, condition.start, "drug")
            if m.start >= drug.end and not self.compared(m, annotations.sentence_at(m.start))
        ]
        if not others:
            return False
        # "A, B (for Y)": what stands in brackets is about the name before them.
        bracketed = annotations.text[others[-1].end : condition.start].lstrip(")] ").startswith("(")
        return bracketed or bool(annotations.within(drug.end, others[0].start, "condition"))

    def adverse(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether the condition is what the medicine does to one, or what forbids it."""
        annotations = self.annotations
        low, high = min(drug.word_end, condition.word_end), max(drug.word, condition.word)
        for word in annotations.within(
            sentence.start, sentence.end, "relation.adverse", "relation.risk", "relation.gave"
        ):
            if word.concept == "relation.gave" and self.hands_out(word):
                continue
            if word.concept == "relation.risk" and annotations.has(
                max(sentence.start, word.start - RISK_REACH), word.start, "benefit.decrease", "benefit.protect"
            ):
                continue
            if any(before in NONE for before in annotations.words[max(sentence.word, word.word - 2) : word.word]):
                continue
            if 0 <= drug.word - word.word_end <= 2 and drug is not condition:
                return True
            between = low <= word.word and word.word_end <= high
            before = 0 <= condition.word - word.word_end <= ADVERSE_REACH
            after = 0 <= word.word - condition.word_end <= ADVERSE_REACH
            lists = word.end <= condition.start and not self.positive(word.end, condition.start, drug, condition)
            if between or before or after or lists:
                return True
        return False

    def hands_out(self, word: Mention) -> bool:
        """Whether what is given is a medicine: "the doctor gave her X"."""
        return any(
            drug.word - word.word_end <= OPENING for drug in self.annotations.within(word.end, word.end + HEAD, "drug")
        )

    def denied(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether the sentence says that the medicine does not help, or turns the claim down."""
        annotations = self.annotations
        if annotations.has(sentence.start, sentence.end, "rejection"):
            return True
        reaching = annotations.context.reaching(condition.start, condition.end)
        if any(c.concept == "negation.after" for c in reaching):
            return True
        following = annotations.within(condition.end, sentence.end, "relation.persists")
        if any(m.word - condition.word_end <= 1 for m in following):
            return True
        if drug is condition and not self.described(condition):
            # Where the medicine is not named, what negates the condition can only deny the link.
            denials = [
                c
                for c in reaching
                if c.start >= sentence.start
                and (c.concept == "negation" or (c.concept == "limit" and " not " in annotations.text[c.start : c.end]))
            ]
            if any(not annotations.has(c.start - IDIOM, c.end, "relation.relief") for c in denials):
                return True
        for cue in annotations.within(sentence.start, sentence.end, "negation", "relation.none"):
            if cue.concept == "negation.after" or annotations.has(cue.start - IDIOM, cue.end, "relation.relief"):
                continue
            if drug is condition and self.described(condition) and cue.word > condition.word:
                continue
            if any(m.start <= cue.start and cue.end <= m.end for m in (drug, condition)):
                continue
            last = max(drug, condition)
            if cue.word >= last.word_end and annotations.has(drug.end, condition.start, "benefit"):
                # "X resets your tolerance so you never need a break": what is denied is something else.
                continue
            before = any(0 <= m.word - cue.word_end <= NEGATION_REACH for m in (drug, condition))
            between = drug.word_end <= cue.word and cue.word_end <= condition.word
            helps = any(
                0 <= word.word - cue.word_end <= NEGATION_REACH
                for word in annotations.within(cue.end, sentence.end, *HELPING)
            ) and not (condition.word < cue.word < drug.word)
            if before or between or helps:
                return True
        return False

    def described(self, condition: Mention) -> bool:
        """Whether a condition is described by what it does: "a cough that will not quit"."""
        return self.annotations.words[condition.word_end : condition.word_end + 1] in (["that"], ["which"])

    def bystander(self, condition: Mention, sentence: Sentence) -> bool:
        """Whether the condition only accompanies the patient."""
        annotations = self.annotations
        found = annotations.within(sentence.start, condition.start, "relation.bystander")
        return any(condition.word - word.word_end <= ADVERSE_REACH for word in found)

    # What follows the medicine

    def below(self, drug: Mention, sentence: Sentence) -> list[Link]:
        """The conditions that what stands under a medicine's own heading or list item offers it for."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        if (
            block.kind not in (BlockKind.HEADING, BlockKind.ITEM, BlockKind.TERM)
            or sentence.word_end - sentence.word > NAMED
        ):
            return []
        found: list[Link] = []
        praised = annotations.has(sentence.start, sentence.end, "relation.praise")
        for index in self._under(sentence.block):
            for other in annotations.block_sentences(index):
                if self.strangers(drug, other):
                    return found
                listed = praised and annotations.block(index).kind in LISTED
                found += [
                    Link(drug, condition, other, "below", self.studied(other, condition.word_end))
                    for condition in self.conditions(other.start, other.end, drug)
                    if self.carries(drug, condition, other) or (listed and self.told(condition, other))
                ]
        return found

    def strangers(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether a sentence turns to another medicine, not just for a comparison."""
        generic = self.knowledge.generic_of(drug.entry)
        return any(
            self.knowledge.generic_of(m.entry) != generic and not self.compared(m, sentence)
            for m in self.annotations.within(sentence.start, sentence.end, "drug")
        )

    def after(self, drug: Mention, sentence: Sentence) -> list[Link]:
        """The conditions that the next sentences offer the medicine for: "X is taken at night. It calms ...".

        They go on about it: a pronoun, a dose form ("a capsule ...") or a verb without a subject comes first.
        """
        annotations = self.annotations
        if annotations.context.is_question(sentence) or self.tells_harm(sentence):
            return []
        here = annotations.within(sentence.start, sentence.end, "drug")
        if len({self.knowledge.generic_of(m.entry) for m in here}) > 1:
            return []
        found: list[Link] = []
        for other in annotations.sentences[sentence.index + 1 : sentence.index + 1 + FURTHER]:
            if not self.same_talk(sentence, other) or self.strangers(drug, other):
                break
            goes_on = self.goes_on(other)
            if not goes_on and not self.uses(drug):
                break
            found += [
                Link(drug, condition, other, "after", self.studied(other, condition.word_end))
                for condition in self.conditions(other.start, other.end, drug)
                if (goes_on and self.carries(drug, condition, other))
                or (self.known(drug, condition) and self.told(condition, other) and not self.served(drug, sentence))
            ]
            if not goes_on:
                break
        return found

    def tells_harm(self, sentence: Sentence) -> bool:
        """Whether a sentence speaks of leaving a medicine off, or of an illness that it brings.

        "Causes a release of serotonin" tells how it works.
        """
        annotations = self.annotations
        if annotations.has(sentence.start, sentence.end, "relation.stop"):
            return True
        harms = annotations.within(sentence.start, sentence.end, "relation.adverse", "benefit.harm")
        if any(m.entry != "cause" for m in harms):
            return True
        return bool(harms) and annotations.has(sentence.start, sentence.end, "condition", "target.bad", "relation.risk")

    def same_talk(self, sentence: Sentence, other: Sentence) -> bool:
        """Whether another sentence stands in the same block, or opens the next paragraph with a pronoun."""
        if other.block == sentence.block:
            return True
        blocks = (self.annotations.block(sentence.block), self.annotations.block(other.block))
        return (
            other.block == sentence.block + 1
            and all(block.kind is BlockKind.PARAGRAPH for block in blocks)
            and other.word < other.word_end
            and self.annotations.words[other.word] in PRONOUNS
        )

    def told(self, condition: Mention, sentence: Sentence) -> bool:
        """Whether a sentence that goes on about a medicine, tells of relief or opens with a condition is about its use.

        It must say of the condition neither that it is a harm or is not helped, nor only whose it is.
        """
        annotations = self.annotations
        opens = condition.word - sentence.word <= OPENING
        if not (opens or self.goes_on(sentence) or annotations.has(sentence.start, sentence.end, "relation.relief")):
            return False
        return not (
            self.adverse(condition, condition, sentence)
            or self.denied(condition, condition, sentence)
            or annotations.context.is_question(sentence)
            or self.bystander(condition, sentence)
            or annotations.words[condition.word - 1] in HAVING
        )

    def goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence has the medicine of the sentence before for its subject."""
        annotations = self.annotations
        if sentence.word >= sentence.word_end:
            return False
        first = annotations.words[sentence.word]
        if first in PRONOUNS:
            return True
        if first == "for":  # "For insomnia, it is prescribed"
            words = annotations.words[sentence.word : sentence.word + BACKWARD]
            return not PRONOUNS.isdisjoint(words) and annotations.text.find(",", sentence.start, sentence.end) > 0
        start = annotations.word_starts[sentence.word]
        if bisect_left(self._doses, start) < bisect_left(self._doses, start + 1):
            return True
        if first in ("a", "one", "the", "two", "half"):
            last = annotations.word_starts[min(sentence.word + OPENING, sentence.word_end - 1)] + 1
            return annotations.has(start, last, "relation.form")
        opening = annotations.within(start, start + 1, "benefit", "relation.use")
        listed = annotations.block(sentence.block).kind in LISTED
        return any(m.form == "s" or (listed and first.endswith("s")) for m in opening) and (
            listed or annotations.text[sentence.start].isupper()
        )

    def titled(self) -> Iterator[Link]:
        """What lists under a heading of benefits say of the medicine that the draft's title names.

        "# Healing with X", "## What it heals", "- depression".
        """
        annotations = self.annotations
        title = annotations.title
        if title < 0:
            return
        here = annotations.block(title)
        named = [
            m
            for m in annotations.within(here.start, here.end, "drug")
            if self.knowledge.status(m.entry) != "supplement"
        ]
        if len({self.knowledge.generic_of(m.entry) for m in named}) != 1:
            return
        drug = named[0]
        for block in annotations.document.blocks[title + 1 :]:
            if block.kind not in LISTED or block.start >= block.end:
                continue
            first = annotations.sentence_at(block.start)
            index = first.block
            if self.strangers(drug, first) or self.barred(index):
                continue
            lead = annotations.context.lead(index)
            place = lead if lead >= 0 and self.words_of(lead) <= LEAD else next(iter(annotations.headings(index)), -1)
            if place < 0 or place == title or not (self.praises(place) or self.goes_on(first)):
                continue
            if annotations.has(annotations.block(place).start, annotations.block(place).end, "drug"):
                continue
            for condition in self.conditions(first.start, first.end, drug):
                if condition.concept == "condition" and not (
                    self.adverse(condition, condition, first)
                    or self.denied(condition, condition, first)
                    or self.bystander(condition, first)
                ):
                    yield Link(drug, condition, first, "below", self.studied(first, condition.word_end))

    def praises(self, block: int) -> bool:
        """Whether a heading or lead-in without another medicine announces what a medicine is good for."""
        annotations = self.annotations
        here = annotations.block(block)
        if annotations.has(here.start, here.end, "drug") or annotations.has(here.start, here.end, "relation.no-offer"):
            return False
        return annotations.has(
            here.start, here.end, "relation.praise", "benefit.decrease", "benefit.treat", "benefit.restore"
        )

    def unsure(self, target: Mention) -> bool:
        """Whether what is said of a target is hedged or told of others: "is supposed to lengthen telomeres"."""
        annotations = self.annotations
        sentence = annotations.sentence_at(target.start)
        if annotations.has(sentence.start, sentence.end, "relation.hearsay"):
            return True
        cues = annotations.context.reaching(target.start, target.end)
        return not UNSURE.isdisjoint(cue.concept for cue in cues)

    def carries(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether a sentence without the medicine's name says that it is for a condition."""
        annotations = self.annotations
        if self.adverse(condition, condition, sentence) or self.denied(condition, condition, sentence):
            return False
        if annotations.context.is_question(sentence) or self.bystander(condition, sentence):
            return False
        if self.state(condition, sentence) and not annotations.has(sentence.start, sentence.end, *CURING):
            return False
        if condition.concept != "condition" and self.unsure(condition):
            return False
        words = annotations.words[max(sentence.word, condition.word - PURPOSE_REACH) : condition.word]
        return not PURPOSE.isdisjoint(words) or self.positive(sentence.start, sentence.end, condition)

    def _under(self, index: int) -> Iterator[int]:
        """The items that an item leads, or the first blocks under a heading."""
        annotations = self.annotations
        block = annotations.block(index)
        if block.kind is BlockKind.HEADING:
            here = annotations.document.sections[block.section]
            yield from range(index + 1, min(here.last, index + 1 + UNDER))
            return
        yield from self.structure.led(index)[:CHILDREN]

    # What introduces the medicine

    def offered(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether a sentence with no condition offers the medicine at all."""
        annotations = self.annotations
        if annotations.context.is_question(sentence) or self.denied(drug, drug, sentence):
            return False
        if annotations.has(sentence.start, sentence.end, "relation.adverse"):
            return False
        if annotations.block(sentence.block).kind in LISTED and self.opens(drug):
            return True
        left, right = annotations.context.clause(sentence, drug.start, drug.end)
        # "Ketamine troche": the form is part of the name, and offers it as well.
        forms = () if drug.word_end - drug.word > 1 else (drug,)
        return self.positive(left, right, *forms) or bisect_left(self._doses, left) < bisect_left(self._doses, right)

    def mentioned(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether a sentence neither questions nor denies the medicine, nor speaks of harm: enough for a known use."""
        annotations = self.annotations
        return not (
            annotations.context.is_question(sentence)
            or self.denied(drug, drug, sentence)
            or annotations.has(sentence.start, sentence.end, "relation.adverse", "relation.stop")
        )

    def answers(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether a few words with the medicine answer a question of a few words: "Nightmares? Prazosin."."""
        annotations = self.annotations
        before = annotations.sentences[sentence.index - 1] if sentence.index else sentence
        return (
            before.block == sentence.block
            and annotations.text[before.end - 1] == "?"
            and before.word_end - before.word <= OPENING
            and sentence.word_end - sentence.word <= SHORT
            and drug.word - sentence.word <= OPENING
            and not annotations.context.is_question(sentence)
            and not self.denied(drug, drug, sentence)
        )

    def opens(self, drug: Mention) -> bool:
        """Whether a list item or cell begins with the medicine."""
        annotations = self.annotations
        first = annotations.sentence_at(annotations.block(annotations.sentence_at(drug.start).block).start)
        return drug.word - first.word <= OPENING

    def topic(self, drug: Mention, sentence: Sentence, *, nearest: bool = False) -> tuple[str, list[Mention]]:
        """The conditions that the nearest introduction names, and which kind of introduction that is.

        With ``nearest`` only the introductions of the kinds ``NEAREST`` are read.
        """
        for shape, start, end in self.places(drug, sentence):
            if nearest and shape not in NEAREST:
                if shape in ("heading", "title"):
                    break
                continue
            named = [m for m in self.conditions(start, end, drug) if m.concept == "condition"]
            found = [m for m in named if self.lends(drug, m, shape)]
            if found:
                return shape, found
        return "", []

    def lends(self, drug: Mention, condition: Mention, shape: str) -> bool:
        """Whether an introduction makes its condition the purpose of what follows."""
        annotations = self.annotations
        sentence = annotations.sentence_at(condition.start)
        if self.adverse(condition, condition, sentence) or self.denied(condition, condition, sentence):
            return False
        if condition.form == EVERYDAY and shape in ("heading", "title"):
            # What a whole draft is called says little in everyday words; the medicine's own section says more.
            nearest = annotations.headings(annotations.sentence_at(drug.start).block)[:1]
            if nearest != [sentence.block]:
                return False
        if shape == "before":
            return not annotations.has(sentence.end, annotations.sentence_at(drug.start).start, "drug")
        if shape in ("row", "title", "caption"):
            return True
        kind = self.knowledge.kind(condition.entry)
        if kind == "category":
            return False
        if self.known(drug, condition) and self.asks(sentence.block) and self.begins(drug):
            return True
        return self.offers(sentence.block) or self.opens(drug)

    def begins(self, drug: Mention) -> bool:
        """Whether a medicine is named in the first sentences under its heading, where a question is answered."""
        annotations = self.annotations
        sentence = annotations.sentence_at(drug.start)
        first = annotations.block_sentences(sentence.block)[0]
        heading = annotations.headings(sentence.block)[:1]
        return heading == [sentence.block - 1] and sentence.index - first.index <= FURTHER

    def places(self, drug: Mention, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
        """(shape, start, end) of what introduces a sentence, nearest first."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        for back in (1, 2):
            index = sentence.index - back
            if index < 0 or annotations.sentences[index].block != sentence.block:
                break
            before = annotations.sentences[index]
            if not (annotations.text[before.start] in QUOTES and self.refuted(before)):
                yield "before", before.start, before.end
        if block.kind is BlockKind.CELL:
            yield from self._row(sentence.block)
        if block.kind is BlockKind.PARAGRAPH and sentence.block > 0:
            previous = annotations.block(sentence.block - 1)
            if previous.kind is BlockKind.PARAGRAPH and (
                self.captions(sentence.block - 1) or self.asks(sentence.block - 1)
            ):
                yield "caption", previous.start, previous.end
        seen = {sentence.block}
        lead = annotations.context.lead(sentence.block)
        while lead >= 0 and lead not in seen:
            seen.add(lead)
            last = annotations.block_sentences(lead)[-1:]
            if last and (last[0].word_end - last[0].word <= LEAD or annotations.text[last[0].end - 1] == ":"):
                yield "lead", last[0].start, last[0].end
            lead = annotations.context.lead(lead)
        headings = annotations.headings(sentence.block)
        offering = any(self.offers(heading) for heading in headings)
        for heading in headings:
            if heading not in seen and (heading != annotations.title or heading == headings[0]):
                seen.add(heading)
                here = annotations.block(heading)
                yield "heading", here.start, here.end
        title = annotations.title
        if title >= 0 and title not in seen and (offering or self.offers(title)):
            here = annotations.block(title)
            yield "title", here.start, here.end

    def captions(self, index: int) -> bool:
        """Whether a paragraph is a heading in all but markup: a few words and no end mark."""
        annotations = self.annotations
        sentences = annotations.block_sentences(index)
        return (
            len(sentences) == 1
            and sentences[0].word_end - sentences[0].word <= CAPTION
            and annotations.text[sentences[0].end - 1] not in ".!;,"
        )

    def asks(self, index: int) -> bool:
        """Whether a block of a few sentences ends in a question that what follows answers."""
        sentences = self.annotations.block_sentences(index)
        return 0 < len(sentences) <= QUESTION and self.annotations.text[sentences[-1].end - 1] == "?"

    def _row(self, index: int) -> Iterator[tuple[str, int, int]]:
        """The cells of a cell's row that say what for, then the header of its own column."""
        annotations = self.annotations
        here = annotations.block(index)
        if self.position(index) > OPENING:
            return
        headers = {annotations.block(i).column: annotations.block(i) for i in self.structure.headers(index)}
        for other in self.structure.row(index):
            cell = annotations.block(other)
            if other != index:
                header = headers.get(cell.column)
                if header is None or cell.column == 0 or self.heads_purpose(header):
                    yield "row", cell.start, cell.end
        header = headers.get(here.column)
        if header is not None and header is not here and (self.heads_purpose(header) or self.heads_condition(header)):
            yield "row", header.start, header.end

    def position(self, index: int) -> int:
        """How many words of a block stand before its first medicine."""
        annotations = self.annotations
        here = annotations.block(index)
        first = annotations.within(here.start, here.end, "drug")
        return first[0].word - annotations.sentence_at(here.start).word if first else 0

    def heads_purpose(self, header: Block) -> bool:
        """Whether the header of a column says that its cells tell what a medicine is for."""
        annotations = self.annotations
        first = annotations.sentence_at(header.start)
        return "for" in annotations.words[first.word : first.word_end] or annotations.has(
            header.start, header.end, "relation.column", "relation.offer"
        )

    def heads_condition(self, header: Block) -> bool:
        """Whether the header of a column is a condition and nothing else; its cells are then what is done about it."""
        named = self.annotations.within(header.start, header.end, "condition")
        return len(named) == 1 and (named[0].start, named[0].end) == (header.start, header.end)

    def offers(self, block: int) -> bool:
        """Whether a heading, lead-in or title announces treatments."""
        known = self._offers.get(block)
        if known is None:
            annotations = self.annotations
            here = annotations.block(block)
            known = self._offers[block] = annotations.has(here.start, here.end, "relation.offer") or any(
                "for" in annotations.words[s.word : s.word_end] for s in annotations.block_sentences(block)
            )
        return known

    def barred(self, block: int) -> bool:
        """Whether a block stands under a heading or lead-in of what is no offer (side effects, history, references)."""
        known = self._barred.get(block)
        if known is None:
            known = self._barred[block] = self._find_barred(block)
        return known

    def words_of(self, block: int) -> int:
        """How many words a block has."""
        return sum(s.word_end - s.word for s in self.annotations.block_sentences(block))

    def repeats_title(self, heading: int) -> bool:
        """Whether a heading is the draft's own: the only one of its rank in a draft with a title apart."""
        annotations = self.annotations
        title = annotations.title
        return title >= 0 and annotations.block(title).kind is BlockKind.TITLE and annotations.block(heading).level == 1

    def _find_barred(self, block: int) -> bool:
        annotations = self.annotations
        title = annotations.title
        places = [h for h in annotations.headings(block) if h != title and not self.repeats_title(h)]
        lead = annotations.context.lead(block)
        if lead >= 0 and self.words_of(lead) <= LEAD:
            places.insert(0, lead)
        for place in places[:2]:
            here = annotations.block(place)
            offers = annotations.within(here.start, here.end, "relation.offer")
            if annotations.has(here.start, here.end, "relation.no-offer") and all(
                word.concept == "relation.offer.medicine" for word in offers
            ):
                return True
            if place == lead and offers:
                return False  # "Treatment:" under the name of a side effect is about what helps
        return False
