"""caveat: a fact-check linter for health writing.

>>> from linter import lint_text, lint_file, Finding
>>> for finding in lint_text(draft, filename="draft.md"):
...     print(finding.line, finding.rule, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linter.api import lint_file, lint_text
    from linter.findings import Finding

__version__ = "0.1.0"
__all__ = ["Finding", "lint_file", "lint_text"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the public names are loaded when first used, for a quick start
    if name in ("lint_file", "lint_text"):
        from linter import api

        return getattr(api, name)
    if name == "Finding":
        from linter.findings import Finding

        return Finding
    raise AttributeError(name)
