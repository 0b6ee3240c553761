"""The knowledge base as the checks use it: what is approved for what, and how conditions relate.

It is built from a compiled form of plain JSON data. The core of that form (approvals, products, the condition tree)
answers the questions of a lint run; the details (names, sources, doses) are decoded only when asked for.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from linter.knowledge.model import Approval, Condition, DoseLimit, Drug, KnowledgeData, OffLabelUse, Product

FORMAT = 2
"""The version of the compiled form; a cache that holds another one must be made anew."""

Value = TypeVar("Value")


def compile_base(paths: Sequence[Path] | None = None) -> dict[str, Any]:
    """Read folders of tables and users' files (default: the shipped tables) into the compiled form.

    Raises:
        KnowledgeFileError: with every mistake in the files.

    """
    # Imports stand inside functions here: a lint run needs the core alone, and must not pay for the rest.
    from linter.knowledge.load import load_knowledge

    return compile_data(load_knowledge(paths))


def compile_data(data: KnowledgeData) -> dict[str, Any]:
    """The compiled form: a dict of ``format``, ``core`` (small, needed by every run) and ``details``.

    ``core`` holds tables as text, one row a line, cells parted by tabs: to read and split a few long strings takes a
    fraction of what thousands of short ones take. ``details`` holds JSON text by section.
    """
    approvals: dict[str, dict[str, list[str]]] = {"us": {}, "eu": {}}
    for approval in data.approvals:
        if approval.region in approvals:
            approvals[approval.region].setdefault(approval.entry, []).append(approval.condition)
    often: dict[str, list[str]] = {}
    for use in data.off_label:
        often.setdefault(use.drug, []).append(use.condition)
    core = {
        "drugs": _table((drug.id, drug.name, drug.status) for drug in data.drugs.values()),
        "products": _table((product.id, product.name, product.generic) for product in data.products.values()),
        "conditions": _table(
            (c.id, c.name, c.kind, " ".join(c.parents), " ".join(c.inherits_from)) for c in data.conditions.values()
        ),
        "us": _table((entry, " ".join(ids)) for entry, ids in approvals["us"].items()),
        "eu": _table((entry, " ".join(ids)) for entry, ids in approvals["eu"].items()),
        "often": _table((drug, " ".join(ids)) for drug, ids in often.items()),
    }
    sections: dict[str, Any] = {
        "drugs": {drug.id: _plain(drug) for drug in data.drugs.values()},
        "products": {product.id: _plain(product) for product in data.products.values()},
        "conditions": {condition.id: _plain(condition) for condition in data.conditions.values()},
        "approvals": _grouped(data.approvals),
        "doses": _grouped(data.doses),
        "off_label": _grouped(data.off_label),
        "sources": data.sources,
        "names": _names(data),
    }
    details = {
        name: json.dumps(section, ensure_ascii=False, separators=(",", ":")) for name, section in sections.items()
    }
    return {"format": FORMAT, "core": core, "details": details}


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _rows(table: str) -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    return {cells[0]: cells[1:] for cells in (line.split("\t") for line in table.split("\n"))} if table else {}


def _plain(value: Drug | Product | Condition | Approval | DoseLimit | OffLabelUse) -> list[Any]:
    """A value's fields as a list, without the last, which is the place that it was read from."""
    from dataclasses import astuple

    return list(astuple(value)[:-1])


def _grouped(values: Iterable[Approval | DoseLimit | OffLabelUse]) -> dict[str, list[list[Any]]]:
    """Values by their first field, the id of a drug or product."""
    groups: dict[str, list[list[Any]]] = {}
    for value in values:
        cells = _plain(value)
        groups.setdefault(cells[0], []).append(cells)
    return groups


def _names(data: KnowledgeData) -> dict[str, str]:
    """Entry ids by the folded form of every name that the tables list; a generic's own id counts too."""
    from linter.annotate.words import fold_term
    from linter.knowledge.terms import listed_terms

    names: dict[str, str] = {}
    for drug in data.drugs.values():
        names.setdefault(fold_term(drug.id), drug.id)
    for term in listed_terms(data):
        names.setdefault(term.key, term.entry)
    for product in data.products.values():
        names.setdefault(fold_term(product.id), product.id)
    for condition in data.conditions.values():
        names.setdefault(fold_term(condition.id), condition.id)
    return names


def _revive(kind: Callable[..., Value], cells: list[Any]) -> Value:
    return kind(*map(_frozen, cells))


def _frozen(cell: object) -> object:
    return tuple(_frozen(part) for part in cell) if isinstance(cell, list) else cell


class KnowledgeBase:
    """Answers what is approved for what. Ids that it does not know are approved for nothing."""

    def __init__(self, core: Mapping[str, str], details: Mapping[str, str] | Callable[[], Mapping[str, str]]) -> None:
        self._core = core
        self._details = details
        self._sections: dict[str, Any] = {}
        self._up: dict[str, frozenset[str]] = {}
        self._covered: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def _drugs(self) -> dict[str, list[str]]:
        return _rows(self._core["drugs"])

    @cached_property
    def _products(self) -> dict[str, list[str]]:
        return _rows(self._core["products"])

    @cached_property
    def _conditions(self) -> dict[str, list[str]]:
        return _rows(self._core["conditions"])

    @cached_property
    def _approved(self) -> dict[str, dict[str, list[str]]]:
        return {region: _rows(self._core[region]) for region in ("us", "eu")}

    @cached_property
    def _often(self) -> dict[str, frozenset[str]]:
        return {drug: frozenset(row[0].split()) for drug, row in _rows(self._core["often"]).items()}

    @cached_property
    def _heirs(self) -> list[tuple[str, list[str]]]:
        """The conditions that inherit approvals, and from which."""
        return [(condition, row[3].split()) for condition, row in self._conditions.items() if row[3]]

    @classmethod
    def from_compiled(
        cls, compiled: Mapping[str, Any], details: Callable[[], Mapping[str, str]] | None = None
    ) -> KnowledgeBase:
        """The base from what ``compile_base`` gave.

        ``details`` replaces the compiled form's own details, for a cache that keeps them in a file apart and reads it
        only when they are asked for.
        """
        if compiled.get("format") != FORMAT:
            raise ValueError(f"compiled knowledge of format {compiled.get('format')!r}; this version reads {FORMAT}")
        return cls(compiled["core"], compiled["details"] if details is None else details)

    @classmethod
    def from_data(cls, data: KnowledgeData) -> KnowledgeBase:
        """The base from data just read."""
        return cls.from_compiled(compile_data(data))

    # Coverage

    def covers(self, entry: str, condition: str, region: str = "us") -> bool:
        """Whether a drug's or product's approvals cover a mention of a condition.

        An approval for A covers M when M is A; or M is an ancestor of A and no mere category; or an id that M inherits
        from is itself on the list. Siblings and children of A are not covered.
        """
        return condition in self._cover(entry, region)

    def _cover(self, entry: str, region: str) -> frozenset[str]:
        key = (entry, region)
        known = self._covered.get(key)
        if known is None:
            listed = set(self.approved_conditions(entry, region))
            wide = {up for condition in listed for up in self.ancestors(condition)}
            wide |= {heir for heir, sources in self._heirs if not listed.isdisjoint(sources)}
            known = self._covered[key] = frozenset(listed | wide)
        return known

    def ancestors(self, condition: str) -> frozenset[str]:
        """All ids above a condition, through any parent; categories are left out, but what stands above one is not."""
        known = self._up.get(condition)
        if known is None:
            reached: set[str] = set()
            todo = [condition]
            while todo:
                row = self._conditions.get(todo.pop())
                new = [] if row is None else [parent for parent in row[2].split() if parent not in reached]
                reached.update(new)
                todo += new
            known = frozenset(
                up for up in reached if up != condition and (row := self._conditions.get(up)) and row[1] != "category"
            )
            self._up[condition] = known
        return known

    def related(self, one: str, other: str) -> bool:
        """Whether two conditions are the same, or one stands above the other. Categories relate nothing."""
        return one == other or one in self.ancestors(other) or other in self.ancestors(one)

    def approved_products(self, generic: str, condition: str) -> tuple[Product, ...]:
        """The products of a generic that are approved for a condition."""
        return tuple(p for p in self.products_of(generic) if self.covers(p.id, condition))

    def only_as(self, generic: str, condition: str) -> tuple[str, ...]:
        """Names of the products that alone have an approval of their generic ("approved as Wegovy only").

        Empty when the generic is not approved for the condition, when every product is, or when no product row says.
        """
        if not self.covers(generic, condition):
            return ()
        having = []
        lacking = False
        for entry, (name, owner) in self._products.items():
            if owner == generic:
                if self.covers(entry, condition):
                    having.append(name)
                elif self.approved_conditions(entry):
                    lacking = True
        return tuple(having) if lacking else ()

    # Entries

    def generic_of(self, entry: str) -> str | None:
        """The drug's id behind a drug's or product's id."""
        if entry in self._drugs:
            return entry
        row = self._products.get(entry)
        return None if row is None else row[1]

    def status(self, entry: str) -> str | None:
        """The status of the drug behind an id (rx, otc, supplement, investigational, illicit)."""
        generic = self.generic_of(entry)
        row = None if generic is None else self._drugs.get(generic)
        return None if row is None else row[1]

    def name(self, entry: str) -> str:
        """How to write a drug, product or condition; an unknown id as it stands."""
        for table in (self._drugs, self._products, self._conditions):
            row = table.get(entry)
            if row is not None:
                return str(row[0])
        return entry

    def kind(self, condition: str) -> str | None:
        """A condition's kind, or ``None`` for an unknown id."""
        row = self._conditions.get(condition)
        return None if row is None else row[1]

    def is_drug(self, entry: str) -> bool:
        """Whether an id is a drug's or a product's."""
        return entry in self._drugs or entry in self._products

    def is_condition(self, entry: str) -> bool:
        """Whether an id is a condition's."""
        return entry in self._conditions

    def approved_conditions(self, entry: str, region: str = "us") -> tuple[str, ...]:
        """The ids that a drug's or product's approvals name, as listed."""
        row = self._approved[region].get(entry)
        return () if row is None else tuple(row[0].split())

    def often_off_label(self, generic: str) -> frozenset[str]:
        """The conditions that a drug is known to be given for without an approval."""
        return self._often.get(generic, frozenset())

    def describe_approvals(self, entry: str, limit: int | None = None) -> str:
        """What an entry is approved for, in words: "opioid use disorder and alcohol use disorder"; empty for nothing.

        With a ``limit``, that many are named and the rest counted.
        """
        names = list(dict.fromkeys(self.name(condition) for condition in self.approved_conditions(entry)))
        if limit is not None and len(names) > limit + 1:
            names = [*names[:limit], f"{len(names) - limit} more"]
        return join_words(names)

    # Details

    def _section(self, name: str) -> dict[str, Any]:
        """One section of the details, decoded when first asked for."""
        known: dict[str, Any] | None = self._sections.get(name)
        if known is None:
            if callable(self._details):
                self._details = self._details()
            known = self._sections[name] = json.loads(self._details[name])
        return known

    def drug(self, entry: str) -> Drug | None:
        """A drug by its id."""
        from linter.knowledge.model import Drug

        cells = self._section("drugs").get(entry)
        return None if cells is None else _revive(Drug, cells)

    def product(self, entry: str) -> Product | None:
        """A product by its id."""
        from linter.knowledge.model import Product

        cells = self._section("products").get(entry)
        return None if cells is None else _revive(Product, cells)

    def condition(self, entry: str) -> Condition | None:
        """A condition by its id."""
        from linter.knowledge.model import Condition

        cells = self._section("conditions").get(entry)
        return None if cells is None else _revive(Condition, cells)

    def products_of(self, generic: str) -> tuple[Product, ...]:
        """The products of a drug that have a row of their own."""
        ids = (entry for entry, row in self._products.items() if row[1] == generic)
        return tuple(p for p in map(self.product, ids) if p is not None)

    def approvals(self, entry: str) -> tuple[Approval, ...]:
        """The approvals of a drug or a product, as listed, with their sources."""
        from linter.knowledge.model import Approval

        return tuple(_revive(Approval, cells) for cells in self._of("approvals", entry))

    def doses(self, drug: str) -> tuple[DoseLimit, ...]:
        """The dose rows of a drug."""
        from linter.knowledge.model import DoseLimit

        return tuple(_revive(DoseLimit, cells) for cells in self._of("doses", drug))

    def off_label_uses(self, drug: str) -> tuple[OffLabelUse, ...]:
        """The uses of a drug that writers often name and no label does."""
        from linter.knowledge.model import OffLabelUse

        return tuple(_revive(OffLabelUse, cells) for cells in self._of("off_label", drug))

    def _of(self, section: str, entry: str) -> list[list[Any]]:
        rows: list[list[Any]] = self._section(section).get(entry, [])
        return rows

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """What the short source names mean, by prefix."""
        return dict(self._section("sources"))

    def find(self, name: str) -> str | None:
        """The id that a name, brand, alias or abbreviation stands for, in any case; ``None`` when there is none."""
        from linter.annotate.words import fold_term

        names: dict[str, str] = self._section("names")
        folded = fold_term(name)
        return names.get(folded) or (names.get(folded[:-1]) if folded.endswith("s") else None)

    def find_drug(self, name: str) -> str | None:
        """As ``find``, for drugs and products only."""
        found = self.find(name)
        return found if found is not None and self.is_drug(found) else None

    def near(self, name: str, n: int = 5) -> tuple[str, ...]:
        """Drug and product names that look like ``name``, the most alike first, each entry once."""
        import difflib

        from linter.annotate.words import fold_term

        names = {key: entry for key, entry in self._section("names").items() if self.is_drug(entry)}
        close = difflib.get_close_matches(fold_term(name), names, n=3 * n, cutoff=0.7)
        return tuple(self.name(entry) for entry in dict.fromkeys(names[key] for key in close))[:n]

    def stats(self) -> dict[str, Any]:
        """How much the base holds."""
        statuses: dict[str, int] = {}
        for row in self._drugs.values():
            statuses[row[1]] = statuses.get(row[1], 0) + 1
        approvals = [row for entry in self._section("approvals") for row in self.approvals(entry)]
        return {
            "drugs": len(self._drugs),
            "drugs_by_status": statuses,
            "products": len(self._products),
            "conditions": len(self._conditions),
            "approvals": len(approvals),
            "approvals_us": sum(a.region == "us" for a in approvals),
            "approvals_eu": sum(a.region == "eu" for a in approvals),
            "approvals_checked": sum(bool(a.checked_on) for a in approvals),
            "approvals_unverified": sum(a.source == "unverified" for a in approvals),
            "dose_limits": sum(map(len, self._section("doses").values())),
            "off_label_uses": sum(map(len, self._section("off_label").values())),
            "names": len(self._section("names")),
        }


def join_words(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
