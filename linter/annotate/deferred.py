"""Regular expressions that are compiled when they are first used.

Compiling the long ones takes a third of the time of a run over one short draft, and such a draft asks for few of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Deferred:
    """A pattern with the methods of a compiled one that are used here."""

    __slots__ = ("_flags", "_source", "finditer", "match", "search")

    finditer: Callable[..., Iterator[re.Match[str]]]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - one of the methods
        """Compile the pattern and take over its methods: this is called while they are unset, thus once."""
        if name not in ("finditer", "match", "search"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.finditer, self.match, self.search = compiled.finditer, compiled.match, compiled.search
        return getattr(compiled, name)
