"""Options that several commands share, and how they meet the configuration."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from linter.filters.encoding import ENCODING
from linter.config import Finder, Settings
from linter.errors import DataFileError, Problem
from linter.filters.select import Selection, unknown_selector

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from linter.engine.rulebook import RuleBook

    Arguments = argparse._ArgumentGroup | argparse.ArgumentParser


def add_selection_options(group: Arguments) -> None:
    """``--select`` and ``--ignore``."""
    for flag, text in (("--select", "report only these"), ("--ignore", "leave these out")):
        group.add_argument(flag, action="append", default=[], metavar="RULES",
                           help=f"{text}: rule ids, families or globs, parted by commas; may be repeated")  # fmt: skip


def add_config_options(group: Arguments) -> None:
    """``--config`` and ``--isolated``."""
    group.add_argument("--config", metavar="FILE", help="use this configuration file, for every draft")
    group.add_argument("--isolated", action="store_true", help="use no configuration file")


class Configuration:
    """The settings of a run: those of the nearest configuration file, of each draft."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.here = finder.for_directory(".")

    def for_path(self, path: str) -> Settings:
        """The settings for a draft."""
        return self.finder.for_path(path)

    def excluded(self, path: str) -> bool:
        """Whether the configuration keeps a file or folder (with a closing slash) from being walked."""
        return self.finder.for_path(path.rstrip("/")).excludes(path)

    def book(self, settings: Settings) -> RuleBook:
        """The rules for a draft with these settings."""
        return _book(settings.rules, settings.knowledge)


@lru_cache(maxsize=8)
def _book(rules: tuple[str, ...], knowledge: tuple[str, ...]) -> RuleBook:
    from pathlib import Path

    from linter.engine.rulebook import load_book

    own_rules, own_knowledge = [Path(path) for path in rules], [Path(path) for path in knowledge]
    missing = [path for path in (*own_rules, *own_knowledge) if not path.exists()]
    if missing:
        raise DataFileError([Problem(str(path), 0, 0, "no such file") for path in missing])
    return load_book(own_rules, own_knowledge)


def configuration(options: argparse.Namespace) -> Configuration:
    """What the configuration files and ``--config`` or ``--isolated`` say.

    Raises:
        DataFileError: when a configuration file has mistakes.

    """
    return Configuration(Finder(options.config, isolated=options.isolated))


def known_rules(book: RuleBook) -> list[str]:
    """The ids that may be selected, ignored and explained."""
    return [*(rule.id for rule in book.rules), ENCODING.id]


def selection(options: argparse.Namespace, settings: Settings, book: RuleBook) -> Callable[[str], bool]:
    """Which rules to report, by id. What the command line selects sets the configuration's choice aside.

    Raises:
        DataFileError: when a name stands for no rule.

    """
    return _selection(tuple(options.select), tuple(options.ignore), settings, tuple(known_rules(book)))


@lru_cache(maxsize=64)
def _selection(
    select: tuple[str, ...], ignore: tuple[str, ...], settings: Settings, known: tuple[str, ...]
) -> Callable[[str], bool]:
    chosen, left_out = _parted(select), _parted(ignore)
    problems = [
        Problem(f"{flag} {name}", 0, 0, message)
        for flag, names in (("--select", chosen), ("--ignore", left_out))
        for name in names
        if (message := unknown_selector(name, known))
    ]
    problems += [
        settings.problem(key, name, message)
        for key, names in (("select", settings.select), ("ignore", settings.ignore))
        for name in names
        if (message := unknown_selector(name, known))
    ]
    if problems:
        raise DataFileError(problems)
    return Selection(chosen or settings.select, left_out if chosen else (*settings.ignore, *left_out))


def _parted(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for value in values for name in map(str.strip, value.split(",")) if name)
