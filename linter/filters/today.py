"""The day that waivers are held against: the one thing that a report depends on besides the draft and the rules."""

from __future__ import annotations

import os
from datetime import date

VARIABLE = "CAVEAT_TODAY"
"""The environment variable that fixes the day, for a report that must come out the same next year."""


def today() -> date:
    """The day that ``VARIABLE`` says, else today."""
    fixed = os.environ.get(VARIABLE, "")
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        return date.today()
