"""The validator: silent on the shipped tables, and one complaint for each kind of mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.knowledge.check import check_paths, icd_lookup
from linter.knowledge.load import COLUMNS, default_directory, load_knowledge
from linter.knowledge.model import KnowledgeFileError

if TYPE_CHECKING:
    from pathlib import Path

GOOD: dict[str, list[dict[str, str]]] = {
    "drugs.tsv": [
        {"id": "examplinib", "name": "examplinib", "status": "rx", "brands": "Exa", "source": "unverified"},
        {"id": "herbalis", "name": "herbalis", "status": "supplement", "source": "unverified"},
    ],
    "products.tsv": [
        {"id": "exa-forte", "name": "Exa Forte", "generic": "examplinib", "form": "tablet", "source": "unverified"}
    ],
    "conditions.tsv": [
        {"id": "joint-trouble", "name": "joint trouble", "icd10cm": "M25.50", "kind": "plain"},
        {"id": "knee-trouble", "name": "knee trouble", "parent": "joint-trouble", "kind": "disorder"},
        {"id": "all-troubles", "name": "all troubles", "kind": "category"},
    ],
    "approvals.tsv": [
        {"entry": "examplinib", "condition": "knee-trouble", "region": "us", "source": "unverified"},
        {"entry": "exa-forte", "condition": "knee-trouble", "region": "us", "source": "unverified"},
    ],
    "dose_limits.tsv": [
        {
            "drug": "examplinib", "form": "tablet", "population": "adults", "usual_low": "5", "usual_high": "10",
            "unit": "mg", "per": "day", "labelled_max": "20", "conditions": "knee-trouble", "source": "unverified",
        }
    ],
    "often_off_label.tsv": [{"drug": "herbalis", "condition": "knee-trouble"}],
    "sources.tsv": [{"prefix": "unverified", "meaning": "general knowledge"}],
}  # fmt: skip


def write(folder: Path, changes: dict[str, list[dict[str, str]]]) -> Path:
    """The good tables with some rows changed: a row with a known key replaces it, any other is added."""
    for name, rows in GOOD.items():
        merged = [dict(row) for row in rows]
        for change in changes.get(name, []):
            at = change.get("#", "")
            row = {key: value for key, value in change.items() if key != "#"}
            if at:
                merged[int(at)].update(row)
            else:
                merged.append(row)
        lines = ["\t".join(COLUMNS[name])]
        lines += ["\t".join(row.get(column, "") for column in COLUMNS[name]) for row in merged]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "common_words.txt").write_text("# words\nmuse\n", encoding="utf-8")
    return folder


def test_the_shipped_tables_have_no_mistakes() -> None:
    is_icd = icd_lookup()
    assert is_icd is not None, "simple-icd-10-cm is needed to check the codes"
    assert [str(problem) for problem in check_paths([default_directory()], is_icd)] == []


def test_the_shipped_base_is_large_enough() -> None:
    data = load_knowledge()
    assert len(data.drugs) > 700
    assert len(data.conditions) > 580
    assert len(data.off_label) >= 150


def test_every_approval_has_a_source() -> None:
    assert all(approval.source for approval in load_knowledge().approvals)


def test_the_good_tables_are_good(tmp_path: Path) -> None:
    assert check_paths([write(tmp_path, {})], icd_lookup()) == []


CASES: list[tuple[str, str, list[dict[str, str]], str, int]] = [
    # what is tested, the file, the change, what the complaint says, its line
    ("parent", "conditions.tsv", [{"#": "1", "parent": "joint-troubel"}], "did you mean 'joint-trouble'", 3),
    ("own parent", "conditions.tsv", [{"#": "1", "parent": "knee-trouble"}], "names the condition itself", 3),
    ("heir", "conditions.tsv", [{"#": "1", "inherits_from": "nothing"}], "'inherits_from' names no known", 3),
    ("cycle", "conditions.tsv", [{"#": "0", "parent": "knee-trouble"}], "the parents go in a circle", 2),
    ("kind", "conditions.tsv", [{"#": "0", "kind": "thing"}], "'kind' is 'thing'", 2),
    ("icd form", "conditions.tsv", [{"#": "0", "icd10cm": "25.50"}], "is no ICD-10-CM code", 2),
    ("icd real", "conditions.tsv", [{"#": "0", "icd10cm": "M25.59"}], "", 0),
    ("icd unreal", "conditions.tsv", [{"#": "0", "icd10cm": "M99.999"}], "is no ICD-10-CM code", 2),
    ("taken name", "conditions.tsv", [{"#": "1", "synonyms": "Exa"}], "names 'examplinib' already", 3),
    ("taken but for a hyphen", "conditions.tsv", [{"#": "1", "synonyms": "joint-Trouble"}], "already", 3),
    ("ordinary word", "drugs.tsv", [{"#": "0", "brands": "Muse"}], "ordinary English word", 2),
    ("short alias", "drugs.tsv", [{"#": "0", "aliases": "exa|xam"}], "short and in small letters", 2),
    ("guard of none", "drugs.tsv", [{"#": "0", "guard": "Muze=case"}], "does not list", 2),
    ("guard twice", "drugs.tsv", [{"#": "0", "guard": "Exa=case|Exa=needs-drug"}], "names 'Exa' twice", 2),
    ("guard value", "drugs.tsv", [{"#": "0", "guard": "Exa=sometimes"}], "is no guard", 2),
    ("null of its own", "drugs.tsv", [{"#": "0", "not_when": "exa"}], "a term of the row itself", 2),
    ("status", "drugs.tsv", [{"#": "0", "status": "prescription"}], "'status' is 'prescription'", 2),
    ("no source of a drug", "drugs.tsv", [{"#": "0", "source": ""}], "'source' is empty", 2),
    ("strange source", "drugs.tsv", [{"#": "0", "source": "hearsay:12"}], "unknown kind of source 'hearsay'", 2),
    ("date", "drugs.tsv", [{"#": "0", "checked_on": "23.11.2026"}], "is no date", 2),
    ("impossible date", "drugs.tsv", [{"#": "0", "checked_on": "2026-02-31"}], "is no date", 2),
    ("id", "drugs.tsv", [{"#": "0", "id": "Exa 1"}], "is no id", 2),
    ("empty value", "drugs.tsv", [{"#": "0", "brands": "Exa||Exam"}], "an empty value", 2),
    ("value twice", "drugs.tsv", [{"#": "0", "brands": "Exa|Exa"}], "names 'Exa' twice", 2),
    ("id twice", "drugs.tsv", [{"id": "herbalis", "name": "x", "status": "rx", "source": "unverified"}], "already", 4),
    ("generic", "products.tsv", [{"#": "0", "generic": "examplinip"}], "did you mean 'examplinib'", 2),
    ("product id", "products.tsv", [{"#": "0", "id": "herbalis"}], "a drug's already", 2),
    ("entry", "approvals.tsv", [{"#": "0", "entry": "exa-fort"}], "did you mean 'exa-forte'", 2),
    ("condition", "approvals.tsv", [{"#": "0", "condition": "knee"}], "no condition has the id 'knee'", 2),
    ("category", "approvals.tsv", [{"#": "0", "condition": "all-troubles"}], "only groups conditions", 2),
    ("region", "approvals.tsv", [{"#": "0", "region": "uk"}], "'region' is 'uk'", 2),
    ("no source", "approvals.tsv", [{"#": "0", "source": ""}], "has no source", 2),
    ("twice", "approvals.tsv", [dict(GOOD["approvals.tsv"][0])], "the same approval stands", 4),
    ("supplement", "approvals.tsv", [{"#": "0", "entry": "herbalis"}], "such a drug has no US approvals", 2),
    (
        "more than the union",
        "approvals.tsv",
        [{"entry": "exa-forte", "condition": "joint-trouble", "region": "us", "source": "unverified"}],
        "an approval that its generic lacks",
        4,
    ),
    ("dose drug", "dose_limits.tsv", [{"#": "0", "drug": "nothing"}], "no drug has the id 'nothing'", 2),
    ("dose condition", "dose_limits.tsv", [{"#": "0", "conditions": "knee"}], "no condition has the id 'knee'", 2),
    ("range", "dose_limits.tsv", [{"#": "0", "usual_low": "12"}], "runs backwards", 2),
    ("maximum", "dose_limits.tsv", [{"#": "0", "labelled_max": "8"}], "above the labelled maximum", 2),
    ("number", "dose_limits.tsv", [{"#": "0", "usual_low": "five"}], "is no number", 2),
    ("period", "dose_limits.tsv", [{"#": "0", "per": "fortnight"}], "'per' is 'fortnight'", 2),
    ("approved after all", "often_off_label.tsv", [{"#": "0", "drug": "examplinib"}], "not an off-label use", 2),
    ("off-label twice", "often_off_label.tsv", [dict(GOOD["often_off_label.tsv"][0])], "stands twice", 3),
    ("off-label drug", "often_off_label.tsv", [{"#": "0", "drug": "herbali"}], "did you mean 'herbalis'", 2),
]


@pytest.mark.parametrize(("file", "change", "said", "line"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_complaint(tmp_path: Path, file: str, change: list[dict[str, str]], said: str, line: int) -> None:
    problems = check_paths([write(tmp_path, {file: change})], icd_lookup())
    if not line:
        assert problems == []
        return
    hits = [p for p in problems if said in p.message]
    assert hits, [str(p) for p in problems]
    assert hits[0].path == str(tmp_path / file)
    assert hits[0].line == line


def test_a_complaint_of_a_cell_names_its_column(tmp_path: Path) -> None:
    (found,) = check_paths([write(tmp_path, {"approvals.tsv": [{"#": "0", "region": "uk"}]})])
    assert (found.line, found.column) == (2, len("examplinib\tknee-trouble\t") + 1)


def test_a_table_that_is_cut_short(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "drugs.tsv").write_text("id\tname\n", encoding="utf-8")
    (tmp_path / "approvals.tsv").unlink()
    text = (tmp_path / "products.tsv").read_text(encoding="utf-8")
    (tmp_path / "products.tsv").write_text(text + "one\ttwo\n", encoding="utf-8")
    said = "\n".join(str(problem) for problem in check_paths([tmp_path]))
    assert "drugs.tsv:1:1: the columns must be: id, name" in said
    assert "approvals.tsv:1:1: this table is missing" in said
    assert "products.tsv:3:1: 2 cells; there are 8 columns" in said


def test_a_table_that_is_no_text(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "drugs.tsv").write_bytes(b"id\xff\xfe")
    assert any("not UTF-8" in problem.message for problem in check_paths([tmp_path]))


def test_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    write(tmp_path, {})
    for path in tmp_path.glob("*.tsv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_paths([tmp_path], icd_lookup()) == []


def test_loading_tells_all_mistakes_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"drugs.tsv": [{"#": "0", "status": "odd"}, {"#": "1", "status": "odder"}]})
    with pytest.raises(KnowledgeFileError) as caught:
        load_knowledge([tmp_path])
    assert len(caught.value.problems) == 2
