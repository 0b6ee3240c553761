"""The standard streams: their encoding, their width, their colour, and readers that go away."""

from __future__ import annotations

import os
import sys


def prepare_streams() -> None:
    """Make standard output able to take any text: UTF-8 when it goes to a program, never an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # a test's or an embedder's own stream
            continue
        # A terminal, or somebody who set PYTHONIOENCODING, knows which encoding it wants.
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def require_utf8() -> None:
    """Make standard output UTF-8 whatever the surroundings say: for formats that demand it."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def abandon_stdout() -> None:
    """Send what is still to be written nowhere, so that nothing complains at exit."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        return


def complain(message: str) -> None:
    """Tell what went wrong, each line of it, on standard error."""
    from linter.reporters.layout import visible

    for line in message.split("\n"):
        sys.stderr.write(f"caveat: {visible(line)}\n")


def wants_colour(choice: str) -> bool:
    """Whether output is coloured: as told (always, never), or as the surroundings say (auto)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The columns to fill: the terminal's or COLUMNS, else 80; no more than reads well, no fewer than can be used."""
    import shutil

    return min(max(shutil.get_terminal_size().columns, 40), 120)
