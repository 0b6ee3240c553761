"""A corpus of any size, made from the drafts in fixtures/ by a seeded shuffle: the same seed, the same bytes."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from tests.drafts import fixture_paths, read_draft

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261125
DRAFT_BYTES = 20_000


def blocks() -> list[str]:
    """The blocks of all Markdown and text fixtures."""
    found: list[str] = []
    for path in fixture_paths():
        if path.suffix in (".md", ".txt"):
            text = re.sub(r"\A---\n.*?\n---\n", "", read_draft(path).text, flags=re.DOTALL)
            found += [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
    return found


def _number(rng: random.Random, digits: int) -> str:
    return str(rng.randrange(10 ** (digits - 1), 10**digits))


def make_draft(rng: random.Random, pool: list[str], size: int) -> str:
    """A Markdown draft of about ``size`` bytes. Numbers are changed, so that no two paragraphs need be the same."""
    parts: list[str] = []
    length = 0
    while length < size:
        block = re.sub(r"\b\d{2,}\b", lambda match: _number(rng, len(match[0])), rng.choice(pool))
        parts.append(block)
        length += len(block.encode()) + 2
    return "\n\n".join(parts) + "\n"


def write_corpus(folder: Path, size: int, seed: int = SEED, draft: int = DRAFT_BYTES) -> list[Path]:
    """Write Markdown drafts of ``size`` bytes together."""
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a key
    pool = blocks()
    paths: list[Path] = []
    written = 0
    while written < size:
        path = folder / f"draft-{len(paths):04}.md"
        data = make_draft(rng, pool, min(draft, size - written)).encode()
        path.write_bytes(data)
        written += len(data)
        paths.append(path)
    return paths
