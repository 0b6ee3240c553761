"""How far a long run has come, on a terminal's standard error."""

from __future__ import annotations

import sys
import time

PATIENCE = 0.7
"""Seconds before anything is shown; a run that ends sooner shows nothing."""
INTERVAL = 0.1


class Progress:
    """A line that counts drafts and is wiped before anything else is printed."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.next = time.monotonic() + PATIENCE
        self.shown = False

    def step(self) -> None:
        """One more draft is being read."""
        self.done += 1
        now = time.monotonic()
        if now >= self.next:
            sys.stderr.write(f"\r{self.done} of {self.total} drafts")
            sys.stderr.flush()
            self.next = now + INTERVAL
            self.shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
            self.shown = False
