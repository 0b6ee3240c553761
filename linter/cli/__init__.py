"""The command line. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "lint drafts; the command when none is named",
    "explain": "show a rule's page",
    "rules": "list all rules, with their severity and state",
    "test": "run the examples of rules, shipped or your own",
    "fix": "show how suggestions would change drafts, and change them when told to",
    "drug": "show what the knowledge base holds on a drug, and from where",
    "knowledge": "check or count the knowledge base",
    "init": "write a configuration for this repository",
    "config": "show which settings hold for a file, and where each comes from",
    "waivers": "list all waivers of a repository, with reason, reviewer and date",
    "cache": "tell where the cache stands, or clear it",
}
"""Command name to what it does, for the help page. ``linter.cli.NAME`` holds ``add_arguments`` and ``run``."""

_COLLECTED = 20_000
"""After how many new objects the garbage collector looks for some to free."""

EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, EXIT_INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    # Nearly all objects of a run are freed without the garbage collector, which by default looks through the young ones
    # at every 700th: when the rules are loaded, and several times in every draft.
    gc.set_threshold(_COLLECTED)
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        code = EXIT_CLEAN
    except Exception:  # a mistake of ours must not look like findings, which is what Python's own exit code 1 says
        import traceback

        traceback.print_exc()
        code = EXIT_TROUBLE
    return _flushed(code)


def _run(arguments: list[str]) -> int:
    from linter.cli.output import complain, prepare_streams
    from linter.errors import CaveatError

    prepare_streams()
    if arguments and arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(_overview())
        return EXIT_CLEAN
    if arguments and arguments[0] in ("-V", "--version"):
        from linter import __version__

        sys.stdout.write(f"caveat {__version__}\n")
        return EXIT_CLEAN
    named = bool(arguments) and arguments[0] in COMMANDS
    name = arguments.pop(0) if named else "check"

    import argparse

    module = import_module(f"linter.cli.{name}")
    # Options are never abbreviated: a new option must not break a script that spelled half of an old one.
    parser = argparse.ArgumentParser(f"caveat {name}" if named else "caveat", description=module.__doc__,
                                     allow_abbrev=False)  # fmt: skip
    module.add_arguments(parser)
    try:
        options = parser.parse_args(arguments)
        code: int = module.run(options)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else EXIT_TROUBLE
    except CaveatError as error:
        complain(str(error))
        return EXIT_TROUBLE
    return code


def _flushed(code: int) -> int:
    """Write out what is left; a reader that went away (``| head``) changes nothing about the exit code."""
    from linter.cli.output import abandon_stdout

    try:
        sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()
    except OSError as error:  # a full disk: the report is not complete
        sys.stderr.write(f"caveat: cannot write the report: {error.strerror}\n")
        abandon_stdout()
        return EXIT_TROUBLE
    return code


def _overview() -> str:
    lines = [
        "usage: caveat [check] [PATHS...] [options]",
        "       caveat COMMAND ...",
        "",
        "A fact-check linter for health writing.",
        "",
        "commands:",
        *(f"  {name:11} {text}" for name, text in COMMANDS.items()),
        "",
        "caveat COMMAND --help shows the options of a command; caveat --version, the version.",
        "",
        "exit code: 0 nothing at or above the fail level; 1 findings; 2 something could not be done",
    ]
    return "\n".join(lines) + "\n"
