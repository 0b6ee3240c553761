"""Small lexicons and drafts for tests that should not depend on the shipped vocabulary."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from linter.annotate import annotate
from linter.engine.rulebook import load_book
from linter.lexicon.load import LexiconBuilder
from linter.readers import read
from linter.source import decode
from linter.yamlfile import YamlFile

if TYPE_CHECKING:
    from linter.annotate import Annotations
    from linter.document import Document
    from linter.engine.rulebook import RuleBook
    from linter.lexicon.model import Lexicon

TOY = (
    """
    layer: entity
    concepts:
      drug: {nouns: [aspirin, ibuprofen, fish oil]}
      condition: {nouns: [migraine, back pain, tumor, hemorrhoid]}
      condition.mood: {phrases: [depression]}
    """,
    """
    layer: claim
    concepts:
      benefit.treat: {verbs: [cure, heal, take the edge off]}
      benefit.noun: {phrases: [relief from]}
      brand: {exact: [MS, Best-Of]}
      "null": {phrases: [cured meat]}
      shared: {phrases: [shared]}
    """,
    """
    layer: cue
    concepts:
      hedge: {direction: forward, scope: clause, phrases: [may, might]}
      hedge.after: {direction: backward, scope: clause, cap: 4, phrases: [perhaps, in mice]}
      negation: {direction: forward, scope: clause, cap: 5, phrases: ["no", not, "does not cure"]}
      limit: {direction: both, scope: neighbours, phrases: [small studies, unproven]}
      warning: {direction: forward, scope: neighbours, phrases: [take this with salt]}
      remark: {direction: both, scope: block, phrases: [says the maker]}
      notice: {direction: both, scope: section, phrases: [an advertisement]}
      banner: {direction: forward, scope: document, phrases: [sponsored]}
      attribution: {direction: forward, scope: sentence, phrases: [according to]}
      shared: {phrases: [shared with]}
      terminator: {direction: both, phrases: [but, although]}
      "null": {phrases: [not only, not just]}
    """,
)


def lexicon_of(*files: str) -> Lexicon:
    """The lexicon of lexicon files given as text."""
    builder = LexiconBuilder()
    builder.irregular = {"take": {"ed": "took", "en": "taken"}}
    for text in files:
        builder.read(YamlFile("toy.yaml", text))
    return builder.build()


@lru_cache(maxsize=1)
def toy_lexicon() -> Lexicon:
    """The lexicon of ``TOY``."""
    return lexicon_of(*TOY)


@lru_cache(maxsize=1)
def book() -> RuleBook:
    """The shipped rules."""
    return load_book()


def document(draft: str, name: str = "draft.md") -> Document:
    """A draft, read."""
    return read(decode(draft.encode("utf-8", "surrogatepass"), name), None)


def annotated(draft: str, lexicon: Lexicon | None = None, name: str = "draft.md") -> Annotations:
    """A draft annotated with a lexicon, that of ``TOY`` when left out."""
    return annotate(document(draft, name), lexicon or toy_lexicon())
