"""What the parts of a claim are called in the lexicons, and how far apart they may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERVENTIONS = (
    "drug",
    "supplement",
    "intervention.substance",
    "intervention.supplement",
    "intervention.food",
    "intervention.therapy",
    "intervention.device",
    "intervention.practice",
    "intervention.generic",
)
BAD = ("condition", "target.bad")
GOOD = ("target.good",)
NAMED = ("condition", "target.bad", "target.good", "target.body")
EITHER = (*NAMED, "target.generic")

OBJECTS: Mapping[str, tuple[str, ...]] = {
    "benefit.decrease": (*BAD, "target.generic"),
    "benefit.increase": GOOD,
    "benefit.strengthen": (*GOOD, "target.body"),
    "benefit.change": EITHER,
    "benefit.treat": (*BAD, "target.body", "target.generic"),
    "benefit.restore": ("target.good", "target.body", "target.generic"),
    "benefit.protect": (*BAD, "target.body", "target.generic"),
    "benefit.noun": EITHER,
    "benefit.best": (*BAD, *GOOD, "target.body"),
    "benefit.praise": BAD,
}
"""What each kind of benefit word must act on."""

SAID_AFTER = ("benefit.decrease", "benefit.increase", "benefit.protect", "benefit.change")
"""Benefit words that as nouns and adjectives follow what they act on: "anxiety reduction", "flashes are milder"."""
LOWERING = ("benefit.decrease", "benefit.treat", "benefit.protect")
"""Benefit words that do good only to what nobody wants."""
SPLIT = "benefit.split.head"
HARMS = (*BAD, "grammar.harmful", "grammar.body-made", "grammar.body-process", "benefit.harm")
"""What does good to nobody: as the subject of a benefit word it makes no claim for a treatment."""
STAND_INS = ("grammar.that", "grammar.will", "grammar.sure-to", "grammar.person")
"""Small words that show that the subject of a verb was named before."""
COMPLETE = (
    "benefit.works",
    "benefit.effective",
    "benefit.safe",
    "benefit.outcome",
    "benefit.ceases",
    "benefit.compare",
    "benefit.safer",
    "benefit.power",
    "benefit.respond",
    "benefit.moves",
    "benefit.agent",
    "benefit.result",
)
"""Benefit words that need no object of their own."""

HEALTH = ("condition", "drug", "supplement", "target.bad", "intervention.supplement", "intervention.therapy")
HEALTH_MENTIONS, HEALTH_EVERY = 2, 2500
"""A draft about health has at least so many mentions of these, and one for every so many characters."""
AMBIGUOUS = "target.ambiguous"
DIRECT = ("benefit.decrease", "benefit.increase", "benefit.change", "benefit.restore", "benefit.strengthen")
"""Benefit words that make an everyday word a target: "improves memory"."""
LOOK_BACK = 3
"""How many sentences back an intervention may be named that a sentence goes on about."""
SUBJECT_REACH = 3
"""How many words may stand between a subject and its verb."""
TITLE_SPACES = 4
"""How many spaces make the text of a link another page's title."""
AILING_REACH = 3
"""How many words may stand between a benefit word and a body part that is called ill."""
SPLIT_REACH = 6
"""How many words may stand between the halves of a split idiom."""
MAIN_TOPIC = 2
"""How often a draft must name an intervention to be about it."""
REACH = 6
"""How many words may stand between a benefit word and its object."""

LISTED = (BlockKind.ITEM, BlockKind.CELL)
FRAGMENTS = (*LISTED, BlockKind.TERM, BlockKind.CAPTION, BlockKind.HEADING)

FINITE, FRAGMENT, PARTICIPLE, NOUN, PREDICATE, PROMISE, WEAK, IMPERATIVE, NO_CLAIM = (
    "finite", "fragment", "participle", "noun", "predicate", "promise", "weak", "imperative", "none",
)  # fmt: skip
"""How a benefit word is used; only some uses state something."""

NO_SUBJECT = ("grammar.preposition", "grammar.be", "grammar.have", "grammar.to")
"""Small words before which no subject can stand: a verb form behind them is a noun."""
