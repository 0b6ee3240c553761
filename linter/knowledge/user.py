"""Reads a user's own knowledge file: entries that add to the shipped ones, and approvals that override theirs.

    drugs:
      - name: examplinib
        status: rx
        brands: [Exa]
        approved-for: [asthma]
        source: https://example.org/label
    conditions:
      - name: desk shoulder
        parents: [pain]
    overrides:
      - drug: naltrexone
        add: [obesity]
        remove: [opioid use disorder]
        source: https://example.org/decision
        checked: 2026-11-01

Drugs and conditions may be named by id or by any name that the base knows. All mistakes of a file are collected, each
with its line and column.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from linter.annotate.words import fold_term
from linter.errors import DataFileError, Problem
from linter.knowledge.check import nearest
from linter.knowledge.load import is_date, read_text
from linter.knowledge.model import (
    GUARDS,
    KINDS,
    REGIONS,
    STATUSES,
    UNAPPROVED_STATUSES,
    Approval,
    Condition,
    Drug,
    Product,
    Where,
)
from linter.knowledge.terms import listed_terms
from linter.yamlfile import YamlFile, allowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from linter.knowledge.model import KnowledgeData

Step = tuple[str | int, ...]

SECTIONS = ("drugs", "products", "conditions", "overrides")
_TERMS = ("aliases", "guard", "not-when")
KEYS: dict[str, tuple[str, ...]] = {
    "drugs": (
        "name", "id", "status", "class", "brands", "non-us-brands", *_TERMS,
        "approved-for", "eu-approved-for", "source", "checked", "note",
    ),
    "products": ("name", "id", "generic", "aliases", "form", "approved-for", "source", "checked", "note"),
    "conditions": (
        "name", "id", "synonyms", "abbreviations", "guard", "not-when", "icd10cm", "parents", "inherits-from",
        "kind", "note",
    ),
    "overrides": ("drug", "add", "remove", "region", "source", "checked", "note"),
}  # fmt: skip


def slug(name: str) -> str:
    """The id of a name: ASCII letters and digits in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _squeeze(text: str) -> str:
    """The text on one line, single spaces between its words."""
    return " ".join(text.split())


def read_user_file(path: Path, data: KnowledgeData, problems: list[Problem]) -> None:
    """Add a user's file to ``data`` and its mistakes to ``problems``."""
    before = len(problems)
    text = read_text(path, problems)
    if len(problems) > before:
        return
    try:
        file = YamlFile(str(path), text)
    except DataFileError as error:
        problems += error.problems
        return
    except ValueError as error:
        # A scalar that YAML takes for a date and that no calendar holds.
        problems.append(Problem(str(path), 1, 1, f"holds a value that cannot be read: {error}"))
        return
    _Reader(file, data).read()
    problems += file.problems


class _Reader:
    """One pass over a user's file. Conditions come first, since drugs name them."""

    def __init__(self, file: YamlFile, data: KnowledgeData) -> None:
        self.file = file
        self.data = data
        self.drug_names: dict[str, str] = {}
        self.condition_names: dict[str, str] = {}
        for term in listed_terms(data):
            table = self.condition_names if term.concept == "condition" else self.drug_names
            table.setdefault(term.key, term.entry)
        for entry in (*data.drugs, *data.products):
            self.drug_names.setdefault(fold_term(entry), entry)
        for entry in data.conditions:
            self.condition_names.setdefault(fold_term(entry), entry)

    def read(self) -> None:
        content = self.file.data
        if content is None:
            return
        if not isinstance(content, dict):
            self.file.report((), f"the file must hold sections; allowed: {', '.join(SECTIONS)}")
            return
        for section in content:
            if section not in SECTIONS:
                self.file.report((section,), f"unknown section '{section}'; {allowed(section, SECTIONS)}", key=True)
        rows = {section: self.rows(section) for section in SECTIONS}
        # A condition may name one that stands further down, so all ids are known before any parent is looked up.
        for step, row in rows["conditions"]:
            self.announce(step, row, self.condition_names)
        for step, row in rows["conditions"]:
            self.condition(step, row)
        for step, row in rows["drugs"]:
            self.drug(step, row)
        for step, row in rows["products"]:
            self.product(step, row)
        for step, row in rows["overrides"]:
            self.override(step, row)

    def rows(self, section: str) -> list[tuple[Step, dict[str, Any]]]:
        """The entries of a section that are mappings with known keys, and where each stands."""
        content = self.file.data.get(section)
        if content is None:
            return []
        if not isinstance(content, list):
            self.file.report((section,), f"'{section}' must be a list of entries")
            return []
        found = []
        for i, row in enumerate(content):
            step: Step = (section, i)
            if not isinstance(row, dict):
                self.file.report(step, f"an entry of '{section}' must hold keys; allowed: {', '.join(KEYS[section])}")
                continue
            for key in row:
                if key not in KEYS[section]:
                    message = f"unknown key '{key}'; {allowed(key, KEYS[section])}"
                    self.file.report((*step, key), message, key=True)
            needed = "drug" if section == "overrides" else "name"
            if not isinstance(row.get(needed), str) or not fold_term(row[needed]):
                where = (*step, needed) if needed in row else step
                self.file.report(where, f"an entry of '{section}' needs a '{needed}'")
                continue
            found.append((step, row))
        return found

    # Cells

    def text(self, step: Step, row: dict[str, Any], key: str, default: str = "") -> str:
        """A value that must be text."""
        value = row.get(key)
        if value is None:
            return default
        if isinstance(value, (dict, list, bool)):
            self.file.report((*step, key), f"'{key}' must be text")
            return default
        return _squeeze(str(value))

    def many(self, step: Step, row: dict[str, Any], key: str) -> list[tuple[Step, str]]:
        """The values of a key that holds a list of texts (one text alone will do), with the place of each."""
        value = row.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            text = _squeeze(value)
            return [((*step, key), text)] if text else []
        if not isinstance(value, list):
            self.file.report((*step, key), f"'{key}' must be a list")
            return []
        found: list[tuple[Step, str]] = []
        for i, item in enumerate(value):
            place = (*step, key, i)
            text = _squeeze(item) if isinstance(item, str) else ""
            if not text:
                self.file.report(place, f"'{key}' must be a list of texts; found {item!r}")
            elif any(text == other for _, other in found):
                self.file.report(place, f"'{key}' names '{text}' twice")
            else:
                found.append((place, text))
        return found

    def texts(self, step: Step, row: dict[str, Any], key: str) -> tuple[str, ...]:
        """``many`` without the places."""
        return tuple(text for _, text in self.many(step, row, key))

    def choice(self, step: Step, row: dict[str, Any], key: str, choices: Sequence[str], default: str) -> str:
        """A value that must be one of a few words."""
        value = self.text(step, row, key, default)
        if value not in choices:
            self.file.report((*step, key), f"'{key}' is '{value}'; {allowed(value, choices)}")
            return default
        return value

    def checked(self, step: Step, row: dict[str, Any]) -> str:
        """The day of the key ``checked``."""
        value = row.get("checked")
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        text = self.text(step, row, "checked")
        if text and not is_date(text):
            self.file.report((*step, "checked"), f"'{text}' is no date; write it as 2026-01-31")
            return ""
        return text

    def guard(self, step: Step, row: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The mapping of terms to what each asks for."""
        value = row.get("guard")
        if value is None:
            return ()
        if not isinstance(value, dict):
            self.file.report((*step, "guard"), f"'guard' must map a term to one or more of: {', '.join(GUARDS)}")
            return ()
        items = []
        for term in value:
            needs = self.many((*step, "guard"), value, term)
            for place, need in needs:
                if need not in GUARDS:
                    self.file.report(place, f"unknown guard '{need}'; {allowed(need, GUARDS)}")
            items.append((str(term), tuple(need for _, need in needs if need in GUARDS)))
        return tuple(items)

    def condition_ids(self, step: Step, row: dict[str, Any], key: str) -> list[tuple[Step, str]]:
        """The ids of the conditions that a key names; an unknown one is a problem."""
        found = []
        for place, name in self.many(step, row, key):
            known = self.condition_names.get(fold_term(name))
            if known is None:
                near = nearest(fold_term(name), self.condition_names)
                self.file.report(place, f"'{key}' names no known condition: '{name}'{near}")
            else:
                found.append((place, known))
        return found

    def drug_id(self, step: Step, row: dict[str, Any], key: str) -> str | None:
        """The id of the drug or product that a key names; an unknown one is a problem."""
        name = self.text(step, row, key)
        known = self.drug_names.get(fold_term(name))
        if known is None:
            near = nearest(fold_term(name), self.drug_names)
            where = (*step, key) if key in row else step
            self.file.report(where, f"'{key}' names no known drug or product: '{name}'{near}")
        return known

    def where(self, step: Step) -> Where:
        """Where a value stands in the file."""
        line, column = self.file.positions.get(step, (1, 1))
        return Where(self.file.path, line, column)

    def announce(self, step: Step, row: dict[str, Any], names: dict[str, str]) -> str | None:
        """The id of a new entry, made known under its names; ``None`` when the base has it already."""
        entry = self.text(step, row, "id") or slug(row["name"])
        if not entry or slug(entry) != entry:
            self.file.report((*step, "id"), f"'{entry}' is no id; allowed: lower-case letters, digits and hyphens")
            return None
        data = self.data
        if entry in data.drugs or entry in data.products or entry in data.conditions:
            message = f"'{row['name']}' is in the knowledge base already; change it under 'overrides'"
            self.file.report((*step, "name"), message)
            return None
        for name in (entry, row["name"]):
            names.setdefault(fold_term(name), entry)
        return entry

    # Sections

    def condition(self, step: Step, row: dict[str, Any]) -> None:
        entry = self.text(step, row, "id") or slug(row["name"])
        if entry in self.data.conditions or self.condition_names.get(fold_term(entry)) != entry:
            return
        self.data.conditions[entry] = Condition(
            id=entry,
            name=_squeeze(row["name"]),
            synonyms=self.texts(step, row, "synonyms"),
            abbreviations=self.texts(step, row, "abbreviations"),
            guard=self.guard(step, row),
            not_when=self.texts(step, row, "not-when"),
            icd10cm=self.texts(step, row, "icd10cm"),
            parents=tuple(parent for _, parent in self.condition_ids(step, row, "parents")),
            inherits_from=tuple(other for _, other in self.condition_ids(step, row, "inherits-from")),
            kind=self.choice(step, row, "kind", KINDS, "disorder"),
            note=self.text(step, row, "note"),
            where=self.where(step),
        )

    def drug(self, step: Step, row: dict[str, Any]) -> None:
        entry = self.announce(step, row, self.drug_names)
        status = self.choice(step, row, "status", STATUSES, "rx")
        us = self.condition_ids(step, row, "approved-for")
        eu = self.condition_ids(step, row, "eu-approved-for")
        source, checked = self.source(step, row, needed=bool(us or eu))
        if entry is None:
            return
        if (us or eu) and status in UNAPPROVED_STATUSES:
            place = (us or eu)[0][0]
            self.file.report(place, f"the status is '{status}'; such a drug has no approvals")
            us = eu = []
        self.data.drugs[entry] = Drug(
            id=entry,
            name=_squeeze(row["name"]),
            status=status,
            drug_class=self.text(step, row, "class"),
            brands=self.texts(step, row, "brands"),
            non_us_brands=self.texts(step, row, "non-us-brands"),
            aliases=self.texts(step, row, "aliases"),
            guard=self.guard(step, row),
            not_when=self.texts(step, row, "not-when"),
            source=source or "user",
            checked_on=checked,
            note=self.text(step, row, "note"),
            where=self.where(step),
        )
        for name in self.texts(step, row, "brands") + self.texts(step, row, "aliases"):
            self.drug_names.setdefault(fold_term(name), entry)
        self.approve(entry, us, "us", source, checked)
        self.approve(entry, eu, "eu", source, checked)

    def product(self, step: Step, row: dict[str, Any]) -> None:
        entry = self.announce(step, row, self.drug_names)
        generic = self.drug_id(step, row, "generic")
        us = self.condition_ids(step, row, "approved-for")
        source, checked = self.source(step, row, needed=bool(us))
        if entry is None or generic is None:
            return
        if generic not in self.data.drugs:
            self.file.report((*step, "generic"), f"'{row['generic']}' is a product; 'generic' must name a drug")
            return
        self.data.products[entry] = Product(
            id=entry,
            name=_squeeze(row["name"]),
            generic=generic,
            aliases=self.texts(step, row, "aliases"),
            form=self.text(step, row, "form"),
            source=source or "user",
            checked_on=checked,
            note=self.text(step, row, "note"),
            where=self.where(step),
        )
        self.approve(entry, us, "us", source, checked)
        # What one product is approved for, its generic is approved for: the generic stands for all its products.
        self.approve(generic, us, "us", source, checked)

    def override(self, step: Step, row: dict[str, Any]) -> None:
        entry = self.drug_id(step, row, "drug")
        add = self.condition_ids(step, row, "add")
        remove = self.condition_ids(step, row, "remove")
        region = self.choice(step, row, "region", REGIONS, "us")
        source, checked = self.source(step, row, needed=bool(add))
        if not row.get("add") and not row.get("remove"):
            self.file.report(step, "an override needs 'add' or 'remove'")
        if entry is None:
            return
        for place, condition in remove:
            listed = [a.condition for a in self.data.approvals if a.entry == entry and a.region == region]
            if condition not in listed:
                text = f"it is approved for: {', '.join(listed)}" if listed else "it has no approvals"
                self.file.report(place, f"'remove' names an approval that {entry} does not have: '{condition}'; {text}")
        gone = {condition for _, condition in remove}
        # To take a use from a generic takes it from its products too: no product may have more than the union.
        entries = {entry, *(p.id for p in self.data.products.values() if p.generic == entry)}
        self.data.approvals[:] = [
            a for a in self.data.approvals if not (a.entry in entries and a.region == region and a.condition in gone)
        ]
        self.approve(entry, add, region, source, checked, self.text(step, row, "note"))
        product = self.data.products.get(entry)
        if product is not None:
            self.approve(product.generic, add, region, source, checked)

    def source(self, step: Step, row: dict[str, Any], *, needed: bool) -> tuple[str, str]:
        """The source and the day it was checked; an approval without a source is a problem."""
        source = self.text(step, row, "source")
        if needed and not source:
            self.file.report((*step, "source") if "source" in row else step, "an approval needs a 'source'")
        return source, self.checked(step, row)

    def approve(
        self, entry: str, conditions: list[tuple[Step, str]], region: str, source: str, checked: str, note: str = ""
    ) -> None:
        """Add approvals; one that stands already gets the new source."""
        for place, condition in conditions:
            new = Approval(entry, condition, region, source or "user", checked, note, self.where(place))
            for i, old in enumerate(self.data.approvals):
                if (old.entry, old.condition, old.region) == (entry, condition, region):
                    self.data.approvals[i] = new
                    break
            else:
                self.data.approvals.append(new)
