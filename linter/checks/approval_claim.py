"""The check ``approval-claim``: a regulator's approval claimed for a medicine that does not have it.

A claim is a word of approval ("FDA-approved", "licensed", "indicated", "got the nod") that is neither denied, past nor
to come, with a medicine and a condition: of its own sentence, else those it plainly goes on about. Claims on other
countries' regulators are left alone, unless the base knows better.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from linter.checks import Match
from linter.checks.off_label_use import certain, denied, reaches, setting, source_of
from linter.checks.relations import Structure, too_long
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule
    from linter.knowledge.base import KnowledgeBase

WORDS = ("approval.word", "approval.figure")
SENTENCE_BARS = ("approval.not-now", "rejection")
"""Concepts that make an approval word no claim when they stand in its sentence."""
UNSURE = frozenset({"hedge", "conditional", "aim", "question", "rejection", "attribution"})
LIST_OPENERS = frozenset({"they", "these", "those", "the", "among", "namely"})
CHAIN = 2
"""How many words may stand between the medicines of one list."""
BACK = 7
"""How many words after an approval word "for it" may stand."""
PAIR = 2
"""How many medicines "both" takes up."""
OPENS = 4
"""Within how many words after an approval word its purpose begins."""
ASIDE = 24
"""How many characters around a comma tell an aside."""
CLOSE = 5
"""How many words may stand between a bare approval word and a medicine that is approved for nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An approval word with the medicines and the conditions that it speaks of."""

    word: Mention
    sentence: Sentence
    drugs: Sequence[Mention]
    conditions: Sequence[Mention]
    named: bool
    """Whether a US regulator is named."""


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the claims of approval that the knowledge base contradicts, one for each medicine and condition."""
    if not annotations.by_concept.get("drug"):
        return
    reader = ClaimReader(annotations, book.knowledge)
    done: set[tuple[str, str]] = set()
    words = [m for concept in WORDS for m in annotations.by_concept.get(concept, ())]
    for word in sorted(words, key=lambda m: m.start):
        claim = reader.read(word)
        if claim is None:
            continue
        for drug, condition in reader.false_pairs(claim):
            generic = book.knowledge.generic_of(drug.entry) or drug.entry
            key = (generic, condition.entry if condition else "")
            if key not in done:
                done.add(key)
                yield _match(annotations, book.knowledge, claim, drug, condition)


class ClaimReader:
    """Reads claims of approval in one draft."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase) -> None:
        self.annotations = annotations
        self.knowledge = knowledge
        self.structure = Structure(annotations)

    def read(self, word: Mention) -> Claim | None:
        """The claim that an approval word makes, or nothing."""
        annotations = self.annotations
        sentence = annotations.sentence_at(word.start)
        if too_long(sentence):
            return None
        heads = map(annotations.block, self.structure.headers(sentence.block))
        named = self.names_us(word, sentence.start, sentence.end) or any(
            annotations.has(head.start, head.end, "approval.us") for head in heads
        )
        if word.concept == "approval.figure" and not named:
            return None
        if not self.asserted(word, sentence):
            return None
        if self.abroad(sentence) and not self.named_beside(word, sentence):
            return None
        drugs = self.drugs(word, sentence)
        if not drugs:
            return None
        return Claim(word, sentence, drugs, self.conditions(word, sentence, drugs), named)

    def asserted(self, word: Mention, sentence: Sentence) -> bool:
        """Whether the author says that the approval is there, now."""
        annotations = self.annotations
        if word.form in ("base", "s", "ing") or annotations.context.is_question(sentence):
            return False
        left, right = annotations.context.clause(sentence, word.start, word.end)
        if annotations.has(sentence.start, sentence.end, *SENTENCE_BARS):
            return False
        if annotations.has(left, right, "status.off-label", "approval.private") or denied(annotations, word, sentence):
            return False
        cues = {cue.concept for cue in annotations.context.reaching(word.start, word.end)}
        return cues.isdisjoint(UNSURE)

    def abroad(self, sentence: Sentence) -> bool:
        """Whether the claim is on another country: so said in its sentence, its table's header or its headings."""
        annotations = self.annotations
        indexes = [*self.structure.headers(sentence.block), *self.structure.row(sentence.block)]
        indexes += [*annotations.headings(sentence.block)[:1], annotations.context.lead(sentence.block)]
        places = [(sentence.start, sentence.end)]
        places += [(annotations.block(i).start, annotations.block(i).end) for i in indexes if i >= 0]
        return any(annotations.has(start, end, "approval.abroad") for start, end in places)

    def named_beside(self, word: Mention, sentence: Sentence) -> bool:
        """Whether a US regulator stands in the approval word's own clause."""
        left, right = self.annotations.context.clause(sentence, word.start, word.end)
        return self.names_us(word, left, right) and not self.annotations.has(left, right, "approval.abroad")

    def regulator_beside(self, word: Mention, sentence: Sentence) -> bool:
        """Whether the US regulator itself, not the country alone, stands in the approval word's own clause."""
        left, right = self.annotations.context.clause(sentence, word.start, word.end)
        named = "FDA" in word.entry or self.annotations.has(left, right, "approval.us.regulator")
        return named and self.named_beside(word, sentence)

    def names_us(self, word: Mention, start: int, end: int) -> bool:
        """Whether a US regulator is named in a text span, or by the approval word itself ("FDA-approved")."""
        return "FDA" in word.entry or self.annotations.has(start, end, "approval.us")

    def drugs(self, word: Mention, sentence: Sentence) -> list[Mention]:
        """The medicines that an approval word speaks of."""
        annotations = self.annotations
        here = annotations.within(sentence.start, sentence.end, "drug")
        left, right = annotations.context.clause(sentence, word.start, word.end)
        inside = [m for m in here if left <= m.start < right]
        following = self._listed_after(sentence)
        if here and (inside or not following):
            if ":" in annotations.text[word.end : sentence.end]:
                return here
            return self._subject(word, inside) if inside else here
        if following:
            return following
        return self._pair(sentence) or self._before(sentence)

    def _pair(self, sentence: Sentence) -> list[Mention]:
        """The two medicines that "both" takes up: those of the title or the nearest heading, when it names two."""
        annotations = self.annotations
        if "both" not in annotations.words[sentence.word : sentence.word_end]:
            return []
        for place in (*annotations.headings(sentence.block), annotations.title):
            if place >= 0:
                here = annotations.block(place)
                found = annotations.within(here.start, here.end, "drug")
                if len({self.knowledge.generic_of(m.entry) for m in found}) == PAIR:
                    return found
        return []

    def _subject(self, word: Mention, inside: Sequence[Mention]) -> list[Mention]:
        """Of the medicines of a clause, those before the approval word, else those after it."""
        before = [m for m in inside if m.end <= word.start]
        if before:
            return before
        run: list[Mention] = []
        for drug in (m for m in inside if m.start >= word.end):
            if run and self.annotations.words_between(run[-1], drug) > CHAIN:
                break
            run.append(drug)
        return run

    def _listed_after(self, sentence: Sentence) -> list[Mention]:
        """The medicines of the next sentence when it goes on with a list ("They are ...")."""
        annotations = self.annotations
        index = sentence.index + 1
        if index >= len(annotations.sentences):
            return []
        other = annotations.sentences[index]
        if other.block != sentence.block or annotations.words[other.word] not in LIST_OPENERS:
            return []
        found = annotations.within(other.start, other.end, "drug")
        return found if len(found) > 1 else []

    def _before(self, sentence: Sentence) -> list[Mention]:
        """The last medicine named before a sentence: in its block, its row, its lead-in or its nearest heading."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        for back in (1, 2):
            index = sentence.index - back
            if index >= 0 and annotations.sentences[index].block == sentence.block:
                other = annotations.sentences[index]
                found = annotations.within(other.start, other.end, "drug")
                if found:
                    return found[:1]
        places = [*self.structure.row(sentence.block)]
        places += [annotations.context.lead(sentence.block), *annotations.headings(sentence.block)[:1]]
        if sentence.block > 0 and block.kind is BlockKind.PARAGRAPH:
            previous = annotations.block(sentence.block - 1)
            if previous.kind is BlockKind.PARAGRAPH:
                places.append(sentence.block - 1)
        for place in places:
            if place < 0:
                continue
            here = annotations.block(place)
            found = annotations.within(here.start, here.end, "drug")
            if len({self.knowledge.generic_of(m.entry) for m in found}) == 1:
                return found[:1]
        return []

    def conditions(self, word: Mention, sentence: Sentence, drugs: Sequence[Mention]) -> list[Mention]:
        """The conditions that an approval is claimed for."""
        annotations = self.annotations
        everything = annotations.within(sentence.start, sentence.end, "condition")
        stop = self._stop(word, sentence)
        after = [m for m in everything if word.end <= m.start < stop]
        if after:
            return after
        semicolon = annotations.text.rfind(";", sentence.start, word.start)
        before = [m for m in everything if semicolon < m.start and m.end <= word.start]
        if before:
            return before if self.looks_back(word, before, sentence) else []
        if self.names_another(word, sentence) or not self.looks_back(word, [], sentence):
            return []
        places = [
            (other.start, other.end)
            for back in (1, 2)
            if (index := sentence.index - back) >= 0 and (other := annotations.sentences[index]).block == sentence.block
        ]
        heads = map(annotations.block, self.structure.headers(sentence.block))
        places += [(cell.start, cell.end) for cell in heads]
        for start, end in places:
            found = annotations.within(start, end, "condition")
            if found:
                return found
        return []

    def looks_back(self, word: Mention, before: Sequence[Mention], sentence: Sentence) -> bool:
        """Whether an approval word is about conditions named before it, rather than a mere epithet of a medicine."""
        annotations = self.annotations
        words = annotations.words
        after = words[word.word_end : min(word.word_end + BACK, sentence.word_end)]
        if annotations.block(sentence.block).kind is BlockKind.CELL:
            return True
        participle = annotations.text[word.start : word.end].lower().endswith("ed")
        if word.concept == "approval.figure" or not participle:
            return True
        if any(words[m.word - 1] == "for" for m in before if m.word > 0):
            return True
        return any(a in ("for", "to") and b in ("it", "that", "this", "them", "these") for a, b in pairwise(after))

    def names_another(self, word: Mention, sentence: Sentence) -> bool:
        """Whether the claim says what for, though in words that the base does not know: "approved for its own ..."."""
        words = self.annotations.words[word.word_end : min(word.word_end + OPENS, sentence.word_end)]
        return any(
            one in ("for", "to") and other not in ("it", "that", "this", "them", "these", "those", "both")
            for one, other in pairwise(words)
        )

    def _stop(self, word: Mention, sentence: Sentence) -> int:
        """Where the scope of an approval word ends: at a clause of its own, a denial, another status."""
        annotations = self.annotations
        stops = [b for b in annotations.context.breaks(sentence) if b > word.end and annotations.text[b] not in ":-–—"]
        # "X, approved for A, is given for B": what stands between the commas is all that the claim is about.
        aside = annotations.text[max(sentence.start, word.start - ASIDE) : word.start]
        comma = annotations.text.find(",", word.end, sentence.end)
        if (
            "," in aside
            and comma >= 0
            and annotations.has(comma, min(comma + ASIDE, sentence.end), "relation.use", "benefit")
        ):
            stops.append(comma)
        for concept in ("status.off-label", "status.experimental", "negation", *WORDS):
            stops += [m.start for m in annotations.within(word.end, sentence.end, concept)]
        return min([*stops, sentence.end])

    def false_pairs(self, claim: Claim) -> Iterator[tuple[Mention, Mention | None]]:
        """The medicines and conditions of a claim that the base contradicts."""
        knowledge = self.knowledge
        for drug in claim.drugs:
            status = knowledge.status(drug.entry)
            if status == "supplement":
                continue
            if not claim.conditions:
                if (
                    self.regulator_beside(claim.word, claim.sentence)
                    and self._approved_for_nothing(drug)
                    and self._beside(claim.word, drug)
                ):
                    yield drug, None
                continue
            wrong = [c for c in claim.conditions if not self._reached(claim, drug, c)]
            if len(wrong) == len(claim.conditions) or len(claim.drugs) == 1:
                for condition in wrong[:1]:
                    yield drug, condition

    def _reached(self, claim: Claim, drug: Mention, condition: Mention) -> bool:
        knowledge = self.knowledge
        if reaches(self.annotations, knowledge, drug, condition.entry, claim.sentence):
            return True
        sentence = self.annotations.sentence_at(condition.start)
        if setting(self.annotations, knowledge, drug, condition, sentence):
            return True
        if not claim.named and knowledge.covers(knowledge.generic_of(drug.entry) or "", condition.entry, "eu"):
            return True
        return knowledge.kind(condition.entry) == "category"

    def _approved_for_nothing(self, drug: Mention) -> bool:
        knowledge = self.knowledge
        generic = knowledge.generic_of(drug.entry)
        return generic is not None and not any(
            knowledge.approved_conditions(entry) for entry in (generic, *(p.id for p in knowledge.products_of(generic)))
        )

    def _beside(self, word: Mention, drug: Mention) -> bool:
        return self.annotations.words_between(word, drug) <= CLOSE or self.annotations.sentence_at(
            word.start
        ) == self.annotations.sentence_at(drug.start)


def _match(
    annotations: Annotations, knowledge: KnowledgeBase, claim: Claim, drug: Mention, condition: Mention | None
) -> Match:
    parts = [claim.word, *([condition] if condition and condition.start >= claim.sentence.start else [])]
    parts += [drug] if drug.start >= claim.sentence.start and drug.end <= claim.sentence.end else []
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    name = knowledge.name(drug.entry)
    about = knowledge.name(condition.entry) if condition else "any use"
    captures = {
        "drug": annotations.text[drug.start : drug.end],
        "claim": annotations.text[claim.word.start : claim.word.end],
    }
    generic = knowledge.generic_of(drug.entry) or drug.entry
    ids = {"drug": generic}
    if condition:
        captures["condition"] = annotations.text[condition.start : condition.end]
        ids["condition"] = condition.entry
    label = name if name == knowledge.name(generic) else f"{name} ({knowledge.name(generic)})"
    approvals = knowledge.describe_approvals(drug.entry, 4)
    sure = condition is not None and certain(knowledge, drug.entry, condition.entry)
    source = source_of(knowledge, drug.entry)
    capital = label[0].upper() + label[1:]
    if approvals:
        advice = f"Check the label and say what it covers. In the US {label} is approved for {approvals}{source}."
        suggestion = f"{capital} is approved for {approvals}, not for {about}; that use is off-label."
    else:
        advice = f"Check the status and say so: {label} is not approved for any use in the US{source}."
        suggestion = f"{capital} is not approved for any use in the US."
    return Match(
        start,
        end,
        captures,
        ids,
        severity="error" if sure else "warning",
        confidence="high" if sure else "medium",
        message=f"No US approval of {label} for {about} is known, and the draft claims one",
        advice=advice,
        suggestion=suggestion,
    )
