"""What ``caveat drug NAME`` and ``caveat knowledge stats`` print: the data first, then its plain-text form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from linter.knowledge.base import join_words

if TYPE_CHECKING:
    from linter.knowledge.base import KnowledgeBase
    from linter.knowledge.model import Approval, DoseLimit

_STATUS = {
    "rx": "prescription medicine",
    "otc": "over-the-counter medicine",
    "supplement": "supplement, not approved as a medicine",
    "investigational": "not approved",
    "illicit": "controlled substance, not approved",
}
_REGION = {"us": "US", "eu": "EU"}


def drug_report(base: KnowledgeBase, name: str) -> dict[str, Any]:
    """All that the base holds on a drug or product, as JSON data.

    For an unknown name ``found`` is false and ``near`` holds the names that look like it. A product's name gives the
    report of its generic, with ``asked`` naming the product.
    """
    entry = base.find_drug(name)
    generic = None if entry is None else base.generic_of(entry)
    drug = None if generic is None else base.drug(generic)
    if drug is None or entry is None:
        return {"found": False, "asked": name, "near": list(base.near(name))}
    products = base.products_of(drug.id)
    approvals = base.approvals(drug.id)
    us = [a for a in approvals if a.region == "us"]
    us_ids = {a.condition for a in us}
    return {
        "found": True,
        "asked": name,
        "entry": entry,
        "id": drug.id,
        "name": drug.name,
        "status": drug.status,
        "class": drug.drug_class,
        "brands": list(drug.brands),
        "non_us_brands": list(drug.non_us_brands),
        "aliases": list(drug.aliases),
        "approvals": [_approval(base, a) for a in us],
        "eu_only": [_approval(base, a) for a in approvals if a.region == "eu" and a.condition not in us_ids],
        "products": [
            {
                "id": product.id,
                "name": product.name,
                "aliases": list(product.aliases),
                "form": product.form,
                "approvals": [_approval(base, a) for a in base.approvals(product.id)],
                "source": product.source,
                "checked_on": product.checked_on,
                "note": product.note,
            }
            for product in products
        ],
        "often_off_label": [
            {
                "condition": use.condition,
                "name": base.name(use.condition),
                "covered": base.covers(drug.id, use.condition),
                "note": use.note,
            }
            for use in base.off_label_uses(drug.id)
        ],
        "doses": [_dose(base, dose) for dose in base.doses(drug.id)],
        "source": drug.source,
        "source_meaning": _meaning(base, drug.source),
        "checked_on": drug.checked_on,
        "note": drug.note,
    }


def _approval(base: KnowledgeBase, approval: Approval) -> dict[str, Any]:
    return {
        "condition": approval.condition,
        "name": base.name(approval.condition),
        "source": approval.source,
        "source_meaning": _meaning(base, approval.source),
        "checked_on": approval.checked_on,
        "note": approval.note,
    }


def _dose(base: KnowledgeBase, dose: DoseLimit) -> dict[str, Any]:
    return {
        "form": dose.form,
        "population": dose.population,
        "usual_low": dose.usual_low,
        "usual_high": dose.usual_high,
        "unit": dose.unit,
        "per": dose.per,
        "labelled_max": dose.labelled_max,
        "conditions": list(dose.conditions),
        "condition_names": [base.name(condition) for condition in dose.conditions],
        "source": dose.source,
        "checked_on": dose.checked_on,
        "note": dose.note,
    }


def _meaning(base: KnowledgeBase, source: str) -> str:
    """What the short names in a source cell mean, each once."""
    prefixes = (re.split(r"[:( ]", part.strip(), maxsplit=1)[0] for part in re.split(r"[;,]", source))
    meanings = (base.sources.get(prefix, "") for prefix in prefixes)
    return "; ".join(dict.fromkeys(filter(None, meanings)))


def format_drug(report: dict[str, Any]) -> list[str]:
    """A report as lines of plain text."""
    if not report["found"]:
        lines = [f"No drug called '{report['asked']}' in the knowledge base."]
        if report["near"]:
            lines.append(f"Did you mean {join_words(report['near']).replace(' and ', ' or ')}?")
        return lines
    lines = [f"{report['name']} ({_STATUS[report['status']]})"]
    for label, key in (("class", "class"), ("note", "note")):
        if report[key]:
            lines.append(f"  {label}: {report[key]}")
    for label, key in (("brands", "brands"), ("brands outside the US", "non_us_brands"), ("also", "aliases")):
        if report[key]:
            lines.append(f"  {label}: {', '.join(report[key])}")
    lines += _approval_lines("approved in the US for", report["approvals"])
    if not report["approvals"]:
        lines += ["", "No approved use in the US is known.", f"  source: {_cited(report)}"]
    lines += _approval_lines("approved in the EU, not in the US, for", report["eu_only"])
    lines += _product_lines(report["products"])
    if report["often_off_label"]:
        lines += ["", "Often mentioned, not approved:"]
        for use in report["often_off_label"]:
            lines.append(f"  {use['name']}" + (f" ({use['note']})" if use["note"] else ""))
    lines += _dose_lines(report["doses"])
    lines += ["", "No clinician has reviewed these entries; check them against the current label."]
    return lines


def _cited(row: dict[str, Any]) -> str:
    """A source with what it means and when it was checked."""
    text = str(row["source"])
    if row.get("source_meaning"):
        text += f" ({row['source_meaning']})"
    return text + (f", checked {row['checked_on']}" if row["checked_on"] else "")


def _approval_lines(heading: str, rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    lines = ["", f"{heading[0].upper()}{heading[1:]}:"]
    for row in rows:
        note = f"; {row['note']}" if row["note"] else ""
        checked = f", checked {row['checked_on']}" if row["checked_on"] else ""
        lines.append(f"  {row['name']}  [{row['source']}{checked}]{note}")
    meanings = dict.fromkeys(part for row in rows for part in row["source_meaning"].split("; ") if part)
    lines += [f"  source: {meaning}" for meaning in meanings]
    return lines


def _product_lines(products: list[dict[str, Any]]) -> list[str]:
    if not products:
        return []
    lines = ["", "Products with approvals of their own:"]
    for product in products:
        form = f" ({product['form']})" if product["form"] else ""
        uses = join_words([row["name"] for row in product["approvals"]]) or "no approved use"
        note = f"; {product['note']}" if product["note"] else ""
        checked = f", checked {product['checked_on']}" if product["checked_on"] else ""
        lines.append(f"  {product['name']}{form}: {uses}  [{product['source']}{checked}]{note}")
    return lines


def _dose_lines(doses: list[dict[str, Any]]) -> list[str]:
    if not doses:
        return []
    lines = ["", "Doses on the label:"]
    for dose in doses:
        amounts = [f"{value:g}" for value in (dose["usual_low"], dose["usual_high"]) if value is not None]
        usual = " to ".join(dict.fromkeys(amounts))
        text = f"usually {usual} {dose['unit']} a {dose['per']}" if usual else "no usual range"
        if dose["per"] == "2 weeks":
            text = text.replace("a 2 weeks", "every 2 weeks")
        if dose["labelled_max"] is not None:
            text += f", labelled maximum {dose['labelled_max']:g} {dose['unit']}"
        head = ", ".join(filter(None, (dose["form"], dose["population"], join_words(dose["condition_names"]))))
        checked = f", checked {dose['checked_on']}" if dose["checked_on"] else ""
        note = f"; {dose['note']}" if dose["note"] else ""
        lines.append(f"  {head}: {text}  [{dose['source']}{checked}]{note}")
    return lines


def format_stats(stats: dict[str, Any]) -> list[str]:
    """The counts of ``KnowledgeBase.stats`` as lines of plain text."""
    statuses = ", ".join(f"{count} {status}" for status, count in sorted(stats["drugs_by_status"].items()))
    return [
        f"{stats['drugs']} drugs ({statuses})",
        f"{stats['products']} products with approvals of their own",
        f"{stats['conditions']} conditions",
        f"{stats['approvals']} approvals ({stats['approvals_us']} US, {stats['approvals_eu']} EU)",
        f"{stats['approvals_checked']} of them checked on a known day, {stats['approvals_unverified']} unverified",
        f"{stats['dose_limits']} dose rows",
        f"{stats['off_label_uses']} well-known off-label uses",
        f"{stats['names']} names",
    ]
