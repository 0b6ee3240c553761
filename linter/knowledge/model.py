"""What the knowledge base holds: drugs, products, conditions, approvals and dose limits, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linter.errors import DataFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

STATUSES = ("rx", "otc", "supplement", "investigational", "illicit")
"""What a drug may be. The last three hold no approvals."""

UNAPPROVED_STATUSES = frozenset({"supplement", "investigational", "illicit"})

KINDS = ("disorder", "plain", "symptom", "purpose", "category")
"""What a condition may be. A ``category`` only groups; ``symptom`` and ``purpose`` need a drug offered against them."""

REGIONS = ("us", "eu")

GUARDS = ("case", "needs-drug", "needs-dose", "needs-condition")
"""What a term may ask for before it counts (see ``terms.Term``)."""

PERIODS = ("day", "week", "2 weeks", "month", "night", "hour", "session", "dose", "flare")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a data file; line and column are 1-based."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Where("", 0, 0)


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug or supplement under its generic name.

    ``guard`` maps a term to what it asks for; ``not_when`` holds phrases that contain a term and mean something else.
    """

    id: str
    name: str
    status: str
    drug_class: str = ""
    brands: tuple[str, ...] = ()
    non_us_brands: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    guard: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_when: tuple[str, ...] = ()
    source: str = ""
    checked_on: str = ""
    note: str = ""
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Product:
    """A brand, or a generic with its form, whose approvals are its own ("Ozempic", "compounded semaglutide")."""

    id: str
    name: str
    generic: str
    aliases: tuple[str, ...] = ()
    form: str = ""
    source: str = ""
    checked_on: str = ""
    note: str = ""
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """A disorder, symptom or purpose that a drug may be offered for."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    guard: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_when: tuple[str, ...] = ()
    icd10cm: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    inherits_from: tuple[str, ...] = ()
    kind: str = "disorder"
    note: str = ""
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Approval:
    """One approved use: ``entry`` (a drug's or a product's id) for ``condition``, in ``region``."""

    entry: str
    condition: str
    region: str = "us"
    source: str = ""
    checked_on: str = ""
    note: str = ""
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DoseLimit:
    """The usual range and the labelled maximum of a drug, for one form, population and use.

    Amounts are in ``unit`` per ``per``; ``None`` where the label sets none or none could be confirmed.
    """

    drug: str
    form: str
    population: str
    usual_low: float | None
    usual_high: float | None
    unit: str
    per: str
    labelled_max: float | None
    conditions: tuple[str, ...] = ()
    source: str = ""
    checked_on: str = ""
    note: str = ""
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OffLabelUse:
    """A well-known use of a drug that no label names."""

    drug: str
    condition: str
    note: str = ""
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(slots=True)
class KnowledgeData:
    """Everything that was read, in file order. Keys are ids; the first row with an id is the one that is kept."""

    drugs: dict[str, Drug] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    approvals: list[Approval] = field(default_factory=list)
    doses: list[DoseLimit] = field(default_factory=list)
    off_label: list[OffLabelUse] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    common_words: frozenset[str] = frozenset()


def problem(where: Where, message: str) -> Problem:
    """A problem at a place."""
    return Problem(where.path, where.line, where.column, message)


class KnowledgeFileError(DataFileError):
    """Knowledge files that cannot be used. ``problems`` holds every mistake found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(sorted(problems, key=lambda p: (p.path, p.line, p.column)))
