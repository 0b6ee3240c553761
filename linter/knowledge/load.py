"""Reads knowledge files: the shipped tables (tab-separated, one row a line), then files of the user's own (YAML).

A row that cannot be read is a located problem; all problems of all files are collected and raised together.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from linter.errors import Problem
from linter.knowledge.model import (
    GUARDS,
    KINDS,
    PERIODS,
    REGIONS,
    STATUSES,
    Approval,
    Condition,
    DoseLimit,
    Drug,
    KnowledgeData,
    KnowledgeFileError,
    OffLabelUse,
    Product,
    Where,
    problem,
)
from linter.resources import data_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

COLUMNS: dict[str, tuple[str, ...]] = {
    "drugs.tsv": (
        "id", "name", "status", "class", "brands", "non_us_brands", "aliases", "guard", "not_when",
        "source", "checked_on", "note",
    ),
    "products.tsv": ("id", "name", "aliases", "generic", "form", "source", "checked_on", "note"),
    "conditions.tsv": (
        "id", "name", "synonyms", "abbreviations", "guard", "not_when", "icd10cm", "parent", "inherits_from",
        "kind", "note",
    ),
    "approvals.tsv": ("entry", "condition", "region", "source", "checked_on", "note"),
    "dose_limits.tsv": (
        "drug", "form", "population", "usual_low", "usual_high", "unit", "per", "labelled_max", "conditions",
        "source", "checked_on", "note",
    ),
    "often_off_label.tsv": ("drug", "condition", "note"),
    "sources.tsv": ("prefix", "meaning"),
}  # fmt: skip
REQUIRED = frozenset({"drugs.tsv", "conditions.tsv", "approvals.tsv"})
WORDS_FILE = "common_words.txt"


def default_directory() -> Path:
    """The folder of the shipped tables."""
    return data_directory() / "knowledge"


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, written as 2026-01-31."""
    if len(text) != 10 or not text.replace("-", "").isdigit():
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Row:
    """One line of a table: its cells by column name, and where each stands."""

    __slots__ = ("_cells", "_problems", "where")

    def __init__(self, where: Where, cells: dict[str, tuple[int, str]], problems: list[Problem]) -> None:
        self.where = where
        self._cells = cells
        self._problems = problems

    def at(self, column: str) -> Where:
        """Where a cell begins."""
        return Where(self.where.path, self.where.line, self._cells[column][0])

    def text(self, column: str, *, needed: bool = False) -> str:
        """A cell as it stands; an empty one is a problem when ``needed``."""
        value = self._cells[column][1]
        if needed and not value:
            self.report(column, f"'{column}' is empty")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """A cell's values, parted by ``|``; an empty value or one that stands twice is a problem."""
        value = self._cells[column][1]
        if not value:
            return ()
        parts = tuple(part.strip() for part in value.split("|"))
        if "" in parts:
            self.report(column, f"'{column}' has an empty value between two '|'")
        if len(set(parts)) != len(parts):
            twice = next(part for part in parts if parts.count(part) > 1)
            self.report(column, f"'{column}' names '{twice}' twice")
        return tuple(dict.fromkeys(part for part in parts if part))

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """A cell that must hold one of a few words."""
        value = self._cells[column][1]
        if value not in allowed:
            self.report(column, f"'{column}' is '{value}'; allowed: {', '.join(allowed)}")
        return value

    def identifier(self, column: str) -> str:
        """A cell that must hold an id: lower-case letters, digits and single hyphens."""
        value = self._cells[column][1]
        if not ID.match(value):
            self.report(column, f"'{value}' is no id; allowed: lower-case letters and digits, joined by single hyphens")
        return value

    def date(self, column: str) -> str:
        """A cell that must be empty or hold a day."""
        value = self._cells[column][1]
        if value and not is_date(value):
            self.report(column, f"'{value}' is no date; write it as 2026-01-31, or leave it empty")
        return value

    def number(self, column: str) -> float | None:
        """A cell that must be empty or hold an amount."""
        value = self._cells[column][1]
        if not value:
            return None
        try:
            amount = float(value)
        except ValueError:
            self.report(column, f"'{value}' is no number")
            return None
        if not 0 <= amount < 1e9:
            self.report(column, f"'{value}' is no amount")
            return None
        return amount

    def guard(self, column: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The cell's ``term=value+value`` items."""
        items = []
        for item in self.many(column):
            term, equals, values = item.rpartition("=")
            needs = tuple(values.split("+"))
            bad = [need for need in needs if need not in GUARDS]
            if not equals or not term or bad:
                self.report(column, f"'{item}' is no guard; write term=value+value, values: {', '.join(GUARDS)}")
                continue
            items.append((term, needs))
        return tuple(items)

    def report(self, column: str, message: str) -> None:
        """Note a problem with a cell."""
        self._problems.append(problem(self.at(column), message))


def read_text(path: Path, problems: list[Problem]) -> str:
    """A file's text; what is no UTF-8 is a problem, and an empty text."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), 1, 1, f"not UTF-8 (byte {error.start})"))
    except OSError as error:
        problems.append(Problem(str(path), 1, 1, f"cannot be read: {error.strerror or error}"))
    return ""


def read_table(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> Iterator[Row]:
    """The rows of a table whose header must be ``columns``. A row with too few or too many cells is a problem."""
    lines = read_text(path, problems).split("\n")
    header = tuple(lines[0].rstrip("\r").split("\t"))
    if header != columns:
        if lines != [""]:
            problems.append(Problem(str(path), 1, 1, f"the columns must be: {', '.join(columns)}"))
        return
    for number, line in enumerate(lines[1:], start=2):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            problems.append(Problem(str(path), number, 1, f"{len(cells)} cells; there are {len(columns)} columns"))
            continue
        placed: dict[str, tuple[int, str]] = {}
        column = 1
        for name, cell in zip(columns, cells, strict=True):
            placed[name] = (column, cell.strip())
            column += len(cell) + 1
        yield Row(Where(str(path), number), placed, problems)


def _drug(row: Row) -> Drug:
    return Drug(
        id=row.identifier("id"),
        name=row.text("name", needed=True),
        status=row.one_of("status", STATUSES),
        drug_class=row.text("class"),
        brands=row.many("brands"),
        non_us_brands=row.many("non_us_brands"),
        aliases=row.many("aliases"),
        guard=row.guard("guard"),
        not_when=row.many("not_when"),
        source=row.text("source", needed=True),
        checked_on=row.date("checked_on"),
        note=row.text("note"),
        where=row.where,
    )


def _product(row: Row) -> Product:
    return Product(
        id=row.identifier("id"),
        name=row.text("name", needed=True),
        generic=row.identifier("generic"),
        aliases=row.many("aliases"),
        form=row.text("form"),
        source=row.text("source", needed=True),
        checked_on=row.date("checked_on"),
        note=row.text("note"),
        where=row.where,
    )


def _condition(row: Row) -> Condition:
    return Condition(
        id=row.identifier("id"),
        name=row.text("name", needed=True),
        synonyms=row.many("synonyms"),
        abbreviations=row.many("abbreviations"),
        guard=row.guard("guard"),
        not_when=row.many("not_when"),
        icd10cm=row.many("icd10cm"),
        parents=row.many("parent"),
        inherits_from=row.many("inherits_from"),
        kind=row.one_of("kind", KINDS),
        note=row.text("note"),
        where=row.where,
    )


def _approval(row: Row) -> Approval:
    return Approval(
        entry=row.identifier("entry"),
        condition=row.identifier("condition"),
        region=row.one_of("region", REGIONS),
        source=row.text("source"),
        checked_on=row.date("checked_on"),
        note=row.text("note"),
        where=row.where,
    )


def _dose(row: Row) -> DoseLimit:
    return DoseLimit(
        drug=row.identifier("drug"),
        form=row.text("form"),
        population=row.text("population"),
        usual_low=row.number("usual_low"),
        usual_high=row.number("usual_high"),
        unit=row.text("unit", needed=True),
        per=row.one_of("per", PERIODS),
        labelled_max=row.number("labelled_max"),
        conditions=row.many("conditions"),
        source=row.text("source", needed=True),
        checked_on=row.date("checked_on"),
        note=row.text("note"),
        where=row.where,
    )


def _off_label(row: Row) -> OffLabelUse:
    return OffLabelUse(row.identifier("drug"), row.identifier("condition"), row.text("note"), row.where)


def _keep(found: dict[str, object], key: str, value: object, where: Where, problems: list[Problem]) -> None:
    if key in found:
        first = found[key].where  # type: ignore[attr-defined]
        problems.append(problem(where, f"the id '{key}' stands already in line {first.line} of {first.path}"))
        return
    found[key] = value


def read_directory(folder: Path, data: KnowledgeData, problems: list[Problem]) -> None:
    """Add the tables of a folder to ``data``. A missing table is a problem only where the rest needs it."""
    tables: dict[str, Callable[[Row], object]] = {
        "drugs.tsv": _drug,
        "products.tsv": _product,
        "conditions.tsv": _condition,
        "approvals.tsv": _approval,
        "dose_limits.tsv": _dose,
        "often_off_label.tsv": _off_label,
    }
    keyed: dict[str, dict[str, object]] = {
        "drugs.tsv": data.drugs,  # type: ignore[dict-item]
        "products.tsv": data.products,  # type: ignore[dict-item]
        "conditions.tsv": data.conditions,  # type: ignore[dict-item]
    }
    listed: dict[str, list[object]] = {
        "approvals.tsv": data.approvals,  # type: ignore[dict-item]
        "dose_limits.tsv": data.doses,  # type: ignore[dict-item]
        "often_off_label.tsv": data.off_label,  # type: ignore[dict-item]
    }
    for name, make in tables.items():
        path = folder / name
        if not path.is_file():
            if name in REQUIRED:
                problems.append(Problem(str(path), 1, 1, "this table is missing"))
            continue
        for row in read_table(path, COLUMNS[name], problems):
            value = make(row)
            if name in keyed:
                _keep(keyed[name], value.id, value, row.where, problems)  # type: ignore[attr-defined]
            else:
                listed[name].append(value)
    if (folder / "sources.tsv").is_file():
        for row in read_table(folder / "sources.tsv", COLUMNS["sources.tsv"], problems):
            data.sources[row.text("prefix", needed=True)] = row.text("meaning", needed=True)
    if (folder / WORDS_FILE).is_file():
        words = read_text(folder / WORDS_FILE, problems).split("\n")
        data.common_words |= {word.strip() for word in words if word.strip() and not word.startswith("#")}


def read_all(paths: Sequence[Path]) -> tuple[KnowledgeData, list[Problem]]:
    """Read folders of tables and users' YAML files, in order; later files add to and override earlier ones."""
    from linter.knowledge.user import read_user_file

    data = KnowledgeData()
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            read_directory(path, data, problems)
        else:
            read_user_file(path, data, problems)
    return data, problems


def load_knowledge(paths: Sequence[Path] | None = None) -> KnowledgeData:
    """Read the given folders and files (default: the shipped tables).

    Users' files are validated here as the shipped tables are in the tests: what a file of theirs breaks is told with
    the mistakes of its own.

    Raises:
        KnowledgeFileError: with every mistake in the files.

    """
    paths = [default_directory()] if paths is None else paths
    data, problems = read_all(paths)
    users = {str(path) for path in paths if not path.is_dir()}
    if users:
        from linter.knowledge.check import validate

        problems += [found for found in validate(data) if found.path in users and found not in problems]
    if problems:
        raise KnowledgeFileError(problems)
    return data
