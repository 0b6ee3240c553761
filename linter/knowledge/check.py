"""The validator of the knowledge base: every mistake that a reviewer would want to hear of, with its place."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from linter.knowledge.load import read_all
from linter.knowledge.model import UNAPPROVED_STATUSES, problem
from linter.knowledge.terms import Term, listed_terms, null_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from linter.errors import Problem
    from linter.knowledge.model import Approval, Condition, Drug, KnowledgeData, Product

SHORT = 4
"""An alias of this many small letters or fewer needs a guard: too many of them are words or parts of chat."""

_ICD = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?\Z")


def check_paths(paths: Sequence[Path], is_icd: Callable[[str], bool] | None = None) -> list[Problem]:
    """Read and validate folders of tables and users' files; all problems, in the order of the files."""
    data, problems = read_all(paths)
    problems += validate(data, is_icd)
    return sorted(problems, key=lambda p: (p.path, p.line, p.column))


def icd_lookup() -> Callable[[str], bool] | None:
    """A function that knows the real ICD-10-CM codes, when the package that lists them is installed."""
    try:
        import simple_icd_10_cm  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        return None
    lookup: Callable[[str], bool] = simple_icd_10_cm.is_valid_item
    return lookup


def validate(data: KnowledgeData, is_icd: Callable[[str], bool] | None = None) -> list[Problem]:
    """All problems of data that could be read. ``is_icd`` tells a real code; without it, only the form is checked."""
    found: list[Problem] = []
    found += _check_ids(data)
    found += _check_conditions(data, is_icd)
    found += _check_cycles(data.conditions)
    found += _check_references(data)
    found += _check_approvals(data)
    found += _check_terms(data)
    found += _check_guards(data)
    found += _check_doses(data)
    found += _check_off_label(data)
    found += _check_sources(data)
    return list(dict.fromkeys(found))


def nearest(name: str, names: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest known one, or nothing."""
    close = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _check_ids(data: KnowledgeData) -> Iterator[Problem]:
    for product in data.products.values():
        if product.id in data.drugs:
            yield problem(product.where, f"the id '{product.id}' is a drug's already")
    for condition in data.conditions.values():
        if condition.id in data.drugs or condition.id in data.products:
            yield problem(condition.where, f"the id '{condition.id}' is a drug's or product's already")


def _check_conditions(data: KnowledgeData, is_icd: Callable[[str], bool] | None) -> Iterator[Problem]:
    known = data.conditions
    for condition in known.values():
        for column, ids in (("parent", condition.parents), ("inherits_from", condition.inherits_from)):
            for other in ids:
                if other not in known:
                    yield problem(
                        condition.where, f"'{column}' names no known condition: '{other}'{nearest(other, known)}"
                    )
                elif other == condition.id:
                    yield problem(condition.where, f"'{column}' names the condition itself")
        for code in condition.icd10cm:
            if not _ICD.match(code) or (is_icd is not None and not is_icd(code)):
                yield problem(condition.where, f"'{code}' is no ICD-10-CM code")


def _check_cycles(conditions: dict[str, Condition]) -> Iterator[Problem]:
    """One problem a cycle of parents, at the first of its rows."""
    done: set[str] = set()
    for start in conditions:
        path: list[str] = []
        todo: list[tuple[str, int]] = [(start, 0)]
        while todo:
            name, depth = todo.pop()
            del path[depth:]
            if name in path:
                loop = path[path.index(name) :]
                first = min(loop, key=list(conditions).index)
                turned = loop[loop.index(first) :] + loop[: loop.index(first)]
                yield problem(conditions[first].where, f"the parents go in a circle: {' > '.join([*turned, first])}")
                continue
            if name in done:
                continue
            path.append(name)
            # The condition itself as its parent is told apart, in ``_check_conditions``.
            todo += [(p, depth + 1) for p in conditions[name].parents if p in conditions and p != name]
        done.add(start)


def _check_references(data: KnowledgeData) -> Iterator[Problem]:
    for product in data.products.values():
        if product.generic not in data.drugs:
            near = nearest(product.generic, data.drugs)
            yield problem(product.where, f"'generic' names no known drug: '{product.generic}'{near}")
    entries = {**data.drugs, **data.products}
    for approval in data.approvals:
        if approval.entry not in entries:
            near = nearest(approval.entry, entries)
            yield problem(approval.where, f"no drug or product has the id '{approval.entry}'{near}")
        yield from _known_condition(data, approval.condition, approval)
    for dose in data.doses:
        if dose.drug not in data.drugs:
            yield problem(dose.where, f"no drug has the id '{dose.drug}'{nearest(dose.drug, data.drugs)}")
        for condition in dose.conditions:
            if condition not in data.conditions:
                near = nearest(condition, data.conditions)
                yield problem(dose.where, f"no condition has the id '{condition}'{near}")
    for use in data.off_label:
        if use.drug not in data.drugs:
            yield problem(use.where, f"no drug has the id '{use.drug}'{nearest(use.drug, data.drugs)}")
        if use.condition not in data.conditions:
            near = nearest(use.condition, data.conditions)
            yield problem(use.where, f"no condition has the id '{use.condition}'{near}")


def _known_condition(data: KnowledgeData, condition: str, approval: Approval) -> Iterator[Problem]:
    row = data.conditions.get(condition)
    if row is None:
        yield problem(approval.where, f"no condition has the id '{condition}'{nearest(condition, data.conditions)}")
    elif row.kind == "category":
        yield problem(approval.where, f"'{condition}' only groups conditions; nothing can be approved for it")


def _check_approvals(data: KnowledgeData) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Approval] = {}
    unions: dict[str, set[str]] = {}
    for approval in data.approvals:
        unions.setdefault(approval.entry, set()).add(approval.condition)
    for approval in data.approvals:
        key = (approval.entry, approval.condition, approval.region)
        first = seen.setdefault(key, approval)
        if first is not approval:
            yield problem(approval.where, f"the same approval stands in line {first.where.line} of {first.where.path}")
        if not approval.source:
            yield problem(approval.where, f"the approval of {approval.entry} for {approval.condition} has no source")
        product = data.products.get(approval.entry)
        drug = data.drugs.get(product.generic if product else approval.entry)
        if approval.region != "us" or drug is None:
            continue
        if drug.status in UNAPPROVED_STATUSES:
            yield problem(approval.where, f"'{drug.id}' is {drug.status}; such a drug has no US approvals")
        elif product and not _in_union(data, approval.condition, unions.get(drug.id, set())):
            yield problem(
                approval.where, f"'{product.name}' has an approval that its generic lacks: '{approval.condition}'"
            )


def _in_union(data: KnowledgeData, condition: str, union: set[str]) -> bool:
    """Whether a generic's approvals hold a product's: as it stands, or as the wider use that it inherits from."""
    row = data.conditions.get(condition)
    return condition in union or (row is not None and not union.isdisjoint(row.inherits_from))


def _owner(data: KnowledgeData, term: Term) -> str:
    product = data.products.get(term.entry)
    return product.generic if product else term.entry


def _is_table(row: Term | Drug | Product | Approval) -> bool:
    return row.where.path.endswith(".tsv")


def _check_terms(data: KnowledgeData) -> Iterator[Problem]:
    first: dict[str, list[Term]] = {}
    for term in listed_terms(data):
        key = term.key
        if not key:
            yield problem(term.where, f"'{term.text}' holds no word")
            continue
        for other in first.get(key, []):
            apart = term.case and other.case and term.text != other.text
            if _owner(data, other) != _owner(data, term) and not apart:
                # Told where it can be mended: in a user's own file rather than in a shipped table.
                late, early = (other, term) if _is_table(term) and not _is_table(other) else (term, other)
                place = f"line {early.where.line} of {early.where.path}"
                yield problem(late.where, f"'{late.text}' names '{early.entry}' already ({place})")
        first.setdefault(key, []).append(term)
        yield from _check_ordinary(data, term)
    for phrase in null_terms(data):
        if any(_owner(data, term) == phrase.entry for term in first.get(phrase.key, [])):
            yield problem(phrase.where, f"'not_when' holds a term of the row itself: '{phrase.text}'")


def _check_ordinary(data: KnowledgeData, term: Term) -> Iterator[Problem]:
    """A term that is an everyday word must ask for company; a capital first letter alone does not tell.

    A spelling that only the term has ("SAMe") tells.
    """
    inner = term.text[1:]
    distinct = term.case and inner != inner.lower() and term.text != term.text.upper()
    if term.guard or distinct:
        return
    if term.key in data.common_words:
        yield problem(
            term.where, f"'{term.text}' is an ordinary English word; give it a guard, such as {term.text}=needs-drug"
        )
    elif term.source == "alias" and len(term.text) <= SHORT and term.text.isalpha() and term.text.islower():
        yield problem(term.where, f"'{term.text}' is short and in small letters; give it a guard")


def _check_guards(data: KnowledgeData) -> Iterator[Problem]:
    products: dict[str, list[Product]] = {}
    for product in data.products.values():
        products.setdefault(product.generic, []).append(product)
    for drug in data.drugs.values():
        texts = {drug.name, *drug.brands, *drug.non_us_brands, *drug.aliases}
        for product in products.get(drug.id, []):
            texts |= {product.name, *product.aliases}
        yield from _guarded_terms(drug, texts)
    for condition in data.conditions.values():
        texts = {condition.name, *condition.synonyms, *condition.abbreviations}
        yield from _guarded_terms(condition, texts)


def _guarded_terms(row: Drug | Condition, texts: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for term, _ in row.guard:
        if term not in texts:
            near = nearest(term, texts)
            yield problem(row.where, f"'guard' is for a term that the row does not list: '{term}'{near}")
        if term in seen:
            yield problem(row.where, f"'guard' names '{term}' twice")
        seen.add(term)


def _check_doses(data: KnowledgeData) -> Iterator[Problem]:
    for dose in data.doses:
        if dose.usual_low is not None and dose.usual_high is not None and dose.usual_low > dose.usual_high:
            yield problem(dose.where, f"the usual range runs backwards: {dose.usual_low:g} to {dose.usual_high:g}")
        if dose.usual_high is not None and dose.labelled_max is not None and dose.usual_high > dose.labelled_max:
            yield problem(
                dose.where,
                f"the usual dose is above the labelled maximum: {dose.usual_high:g} over {dose.labelled_max:g}",
            )


def _check_off_label(data: KnowledgeData) -> Iterator[Problem]:
    from linter.knowledge.base import KnowledgeBase

    if not data.off_label:
        return
    base = KnowledgeBase.from_data(data)
    seen: set[tuple[str, str]] = set()
    for use in data.off_label:
        if (use.drug, use.condition) in seen:
            yield problem(use.where, f"{use.drug} for {use.condition} stands twice")
        seen.add((use.drug, use.condition))
        if base.covers(use.drug, use.condition):
            yield problem(use.where, f"{use.drug} is approved for {use.condition}; it is not an off-label use")


def _check_sources(data: KnowledgeData) -> Iterator[Problem]:
    """Every source in a table must begin with a known short name; users may write what they like in their own."""
    if not data.sources:
        return
    rows: tuple[Drug | Product | Approval, ...] = (
        *data.drugs.values(), *data.products.values(), *data.approvals,
    )  # fmt: skip
    for row in filter(_is_table, rows):
        for part in filter(None, (part.strip() for part in row.source.split(";"))):
            prefix = re.split(r"[:,( ]", part, maxsplit=1)[0]
            if prefix not in data.sources and part == row.source.split(";")[0].strip():
                yield problem(row.where, f"unknown kind of source '{prefix}'{nearest(prefix, data.sources)}")
