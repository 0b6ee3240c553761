"""``caveat init``: a configuration that holds, and nothing written over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.cli.conftest import CARELESS

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat


def test_it_finds_drafts_and_proposes_excludes(caveat: Caveat) -> None:
    caveat.put("docs/a.md", CARELESS)
    caveat.put("docs/b.html", CARELESS)
    caveat.put("site/build/c.html", CARELESS)
    caveat.put("vendor/d.md", CARELESS)
    caveat.put("dist/app.js", "")
    caveat.put("CHANGELOG.md", "")
    code, out, err = caveat("init")
    assert (code, err) == (0, "")
    assert out == "wrote caveat.toml\n2 drafts to lint (1 .md, 1 .html)\n"
    text = (caveat.folder / "caveat.toml").read_text("utf-8")
    assert '  "/site/build/", # made by a program\n  "/vendor/", # other people\'s text\n' in text
    assert '"/dist/"' not in text  # it holds no draft
    assert [f["path"] for f in caveat("--format", "json").json["findings"]] == ["docs/a.md", "docs/b.html"]
    report = caveat("config", "show", "docs/a.md", "--format", "json").json
    assert report["config"] == "caveat.toml"


def test_commented_lines_hold_too(caveat: Caveat) -> None:
    """Taking the comment sign from every setting gives a configuration that loads."""
    caveat("init")
    path = caveat.folder / "caveat.toml"
    lines = path.read_text("utf-8").splitlines()
    settings = [line[2:] if line.startswith(("# [", '# "', "# ignore =", "# files =")) else line for line in lines]
    assert settings != lines
    path.write_text("\n".join(settings), "utf-8")
    caveat.put("a.md", "Rest is good.\n")
    assert caveat("a.md") == (0, "", "")


@pytest.mark.parametrize("name", ["caveat.toml", ".caveat.toml", "pyproject.toml"])
def test_nothing_is_written_over(caveat: Caveat, name: str) -> None:
    text = '[tool.caveat]\nignore = ["dose"]\n' if name == "pyproject.toml" else 'ignore = ["dose"]\n'
    caveat.put(name, text)
    code, _, err = caveat("init")
    assert (code, err) == (2, f"caveat: {name} is there already, and was left as it is\n")
    assert (caveat.folder / name).read_text("utf-8") == text
    assert [path.name for path in caveat.folder.iterdir()] == [name]


def test_pyproject_of_somebody_else_is_no_hindrance(caveat: Caveat) -> None:
    caveat.put("pyproject.toml", "[project]\n")
    assert caveat("init").code == 0


def test_hook_and_workflow(caveat: Caveat) -> None:
    assert caveat("init", "--pre-commit", "--workflow").code == 0
    hooks = yaml.safe_load((caveat.folder / ".pre-commit-config.yaml").read_text("utf-8"))
    hook = hooks["repos"][0]["hooks"][0]
    assert hook["entry"] == "caveat check --force-exclude"
    assert re.search(hook["files"], "docs/a.mdx")
    assert not re.search(hook["files"], "docs/a.md.py")
    workflow = yaml.safe_load((caveat.folder / ".github/workflows/caveat.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    (caveat.folder / "caveat.toml").unlink()
    code, out, err = caveat("init", "--pre-commit", "--workflow")
    assert code == 2
    assert "wrote caveat.toml" in out
    assert ".pre-commit-config.yaml is there already, and was left as it is, so add this to it by hand:" in err
    assert ".github/workflows/caveat.yml is there already" in err


def test_folder_that_is_missing(caveat: Caveat) -> None:
    assert caveat("init", "gone") == (2, "", "caveat: gone: no such folder\n")
