"""Where findings are, in the words of those who read reports: paths, columns in bytes, addresses of lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.reporters.escape import url_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.findings import Finding
    from linter.source import Source


def shown_path(path: str, root: str = "") -> str:
    """A path relative to the root of the repository, with ``/`` and no ``./`` before it.

    The root is ``GITHUB_WORKSPACE`` or GitLab's ``CI_PROJECT_DIR`` when the run is below it, else the current folder:
    a step may run in a folder of its own, and a path that starts elsewhere attaches to no file.
    """
    root = root or os.environ.get("GITHUB_WORKSPACE", "") or os.environ.get("CI_PROJECT_DIR", "")
    here = os.getcwd()  # noqa: PTH109 - text is all that is needed
    if root and not _below(here, root):
        root = ""
    relative = os.path.relpath(path, root or here) if os.path.isabs(path) or root else os.path.normpath(path)  # noqa: PTH117
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def _below(path: str, root: str) -> bool:
    path, root = os.path.realpath(path), os.path.realpath(root)
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def byte_column(source: Source, line: int, column: int) -> int:
    """A column counted in the bytes of the line's UTF-8, from 1."""
    return len(source.line_text(line)[: column - 1].encode("utf-8", "surrogatepass")) + 1


def line_link(finding: Finding, environment: Mapping[str, str] | None = None) -> str:
    """The address of a finding's lines at the commit that was linted, or nothing outside of GitHub."""
    env = os.environ if environment is None else environment
    server, repository = env.get("GITHUB_SERVER_URL", ""), env.get("GITHUB_REPOSITORY", "")
    commit = env.get("CAVEAT_COMMIT", "") or env.get("GITHUB_SHA", "")
    if not (server and repository and commit):
        return ""
    # plain=1: rendered Markdown has no lines to jump to
    lines = f"L{finding.line}" + (f"-L{finding.end_line}" if finding.end_line > finding.line else "")
    return f"{server}/{repository}/blob/{commit}/{url_path(shown_path(finding.path))}?plain=1#{lines}"
