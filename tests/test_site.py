"""The site's pages: what is made from the code is up to date, and every link leads somewhere.

`UPDATE_GOLDEN=1 pytest tests/test_site.py` brings the tables up to date, as `python docs/build.py` does.
"""

from __future__ import annotations

import importlib.util
import os
import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from linter.cli import main
from linter.reporters import FORMATS
from tests.drafts import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

DOCS = ROOT / "docs"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = load()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "docs"
    BUILD.lay_out(folder)
    return folder


def test_tables_are_up_to_date() -> None:
    for path, text in BUILD.generated().items():
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text, f"run: python docs/build.py ({path.name})"


def test_every_rule_has_a_page_at_its_address(site: Path) -> None:
    for rule in BUILD.rules():
        assert rule.url.endswith(f"/rules/{rule.id}/")
        page = (site / "rules" / f"{rule.id}.md").read_text("utf-8")
        assert page.startswith(f"# {rule.id}\n")
        for example in rule.flag:
            assert example.strip("\n") in page
        for source in rule.sources:
            assert f"(<{source.url}>), {source.looked}" in page


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower()) for title in titles}


def links(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    children = [child for token in tokens for child in token.children or ()]
    return [str(child.attrs["href"]) for child in children if child.type == "link_open"]


def test_every_link_leads_somewhere(site: Path) -> None:
    for page in site.rglob("*.md"):
        for link in links(page.read_text("utf-8")):
            if re.match(r"https?://", link):
                continue
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.is_file(), f"{page.name}: {link}"
            assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{page.name}: {link}"


def test_formats_are_all_described() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == set(FORMATS)


def test_every_page_is_in_the_navigation() -> None:
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").partition("nav:")[2]
    assert not [page.name for page in DOCS.glob("*.md") if f" {page.name}\n" not in nav]


def test_start_page_shows_real_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "ldn.md").write_text(
        "# Low-dose naltrexone\n\nNaltrexone clears the fog of dissociation.\n", "utf-8"
    )
    assert main(["--isolated", "--format", "text", "--select", "efficacy", "--quiet", "drafts"]) == 1
    assert capsys.readouterr().out in (DOCS / "index.md").read_text("utf-8")
