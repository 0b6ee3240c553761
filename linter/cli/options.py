"""Options that several commands share, and how they meet the environment and the configuration.

What the command line says counts before the environment, that before the configuration file, and that before the
defaults.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linter.config import Finder, Origin, Settings
from linter.errors import DataFileError, Problem

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from linter.engine.rulebook import RuleBook
    from linter.filters.levels import Levels

    Arguments = argparse._ArgumentGroup | argparse.ArgumentParser

VARIABLES = {
    "CAVEAT_SELECT": "select",
    "CAVEAT_IGNORE": "ignore",
    "CAVEAT_EXCLUDE": "exclude",
    "CAVEAT_FORCE_EXCLUDE": "force-exclude",
    "CAVEAT_MIN_CONFIDENCE": "min-confidence",
    "CAVEAT_FAIL_LEVEL": "fail-level",
    "CAVEAT_REQUIRE_REASON": "require-reason",
    "CAVEAT_BASELINE": "baseline",
    "CAVEAT_FORMAT": "format",
    "CAVEAT_JOBS": "jobs",
    "CAVEAT_CACHE": "cache",
}
"""Environment variables and the keys that they stand for."""
CONFIG_VARIABLE = "CAVEAT_CONFIG"
_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_ADDED = ("exclude",)


def add_selection_options(group: Arguments) -> None:
    """``--select`` and ``--ignore``."""
    for flag, text in (("--select", "report only these"), ("--ignore", "leave these out")):
        group.add_argument(flag, action="append", default=[], metavar="RULES",
                           help=f"{text}: rule ids, families or globs, parted by commas; may be repeated")  # fmt: skip


def add_config_options(group: Arguments) -> None:
    """``--config`` and ``--isolated``."""
    group.add_argument("--config", metavar="FILE", help="use this configuration file, for every draft")
    group.add_argument("--isolated", action="store_true", help="use no configuration file")


def add_exclude_options(group: Arguments) -> None:
    """``--exclude`` and ``--force-exclude``."""
    group.add_argument("--exclude", action="append", default=[], metavar="GLOBS",
                       help="also leave out these files and folders, as in .gitignore; may be repeated")  # fmt: skip
    exclusion = group.add_mutually_exclusive_group()
    exclusion.add_argument("--force-exclude", action="store_true", default=None,
                           help="leave out excluded files even when they are named, as a hook names them")  # fmt: skip
    exclusion.add_argument("--no-force-exclude", action="store_false", dest="force_exclude",
                           help="lint every file that is named (the default)")  # fmt: skip


class Configuration:
    """The settings of a run: the command line and the environment, laid over each draft's configuration file."""

    def __init__(self, finder: Finder, overrides: Mapping[str, tuple[Any, str]] | None = None) -> None:
        self.finder = finder
        self.overrides = dict(overrides or {})
        self.levels_of: dict[int, tuple[Settings, Levels]] = {}
        self.effective: dict[int, tuple[Settings, Settings]] = {}
        self.here = self._over(finder.for_directory("."))

    def for_path(self, path: str) -> Settings:
        """The settings for a draft."""
        return self._over(self.finder.for_path(path).for_file(path))

    def excluded(self, path: str) -> bool:
        """Whether the configuration keeps a file or folder (with a closing slash) from being walked."""
        settings = self.finder.for_path(path.rstrip("/"))
        return settings.excludes(path) or self._excluded_here(path)

    def force_excluded(self, path: str) -> bool:
        """Whether a file that was named is to be left out all the same."""
        settings = self._over(self.finder.for_path(path))
        if not settings.force_exclude:
            return False
        return settings.excludes_above(path) or self._excluded_here(path, above=True)

    def _excluded_here(self, path: str, *, above: bool = False) -> bool:
        """Whether ``--exclude`` names a path; its globs count from the current folder."""
        globs = self.overrides.get("exclude")
        if not globs:
            return False
        settings = Settings(exclude=globs[0])
        return settings.excludes_above(path) if above else settings.excludes(path)

    def book(self, settings: Settings) -> RuleBook:
        """The rules for a draft with these settings."""
        from linter.lint import book_for

        return book_for(settings.rules, settings.knowledge, settings.options)

    def levels(self, settings: Settings, known: Mapping[str, str] | None = None) -> Levels:
        """What these settings make of findings. ``known`` are the rules, if they are known without loading them.

        Raises:
            DataFileError: when a name in the configuration or on the command line stands for no rule.

        """
        entry = self.levels_of.get(id(settings))
        if entry is None:
            from linter.filters.levels import Levels

            if known is None or any(name.option for name in settings.names):
                from linter.lint import known_rules

                known = known_rules(self.book(replace(settings, options=())))
            self._check(settings, known)
            # The settings are kept with it: an id stands for an object only as long as it lives.
            entry = self.levels_of[id(settings)] = (settings, Levels(settings, known))
        return entry[1]

    def _check(self, settings: Settings, known: Mapping[str, str]) -> None:
        from linter.config.names import name_problems
        from linter.filters.select import unknown_selector

        problems = [
            Problem(f"{source} {name}", 0, 0, message)
            for key in ("select", "ignore")
            for value, source in [self.overrides.get(key, ((), ""))]
            for name in value
            if (message := unknown_selector(name, known))
        ]
        problems += name_problems(settings.names, known, lambda: self.book(replace(settings, options=())))
        if problems:
            raise DataFileError(problems)

    def _over(self, settings: Settings) -> Settings:
        """Settings with the command line and the environment laid over them."""
        entry = self.effective.get(id(settings))
        if entry is None:
            entry = self.effective[id(settings)] = (settings, self._laid_over(settings))
        return entry[1]

    def _laid_over(self, settings: Settings) -> Settings:
        values: dict[str, Any] = {}
        origins = dict(settings.origins)
        for key, (value, source) in self.overrides.items():
            if key in _ADDED:
                continue
            values[key.replace("-", "_")] = value
            origins[key] = Origin(source)
        if "select" in values:  # what is chosen here and now sets the configuration's choice aside
            values.setdefault("ignore", ())
            if "ignore" not in self.overrides:
                origins.pop("ignore", None)
        elif "ignore" in values:
            values["ignore"] = (*settings.ignore, *values["ignore"])
        return replace(settings, **values, origins=tuple(origins.items())) if values else settings


def configuration(options: argparse.Namespace) -> Configuration:
    """What the command line, the environment and the configuration files say.

    Raises:
        DataFileError: when one of them has mistakes.

    """
    isolated = options.isolated
    config = options.config or (None if isolated else os.environ.get(CONFIG_VARIABLE) or None)
    overrides = _from_environment()
    said = _from_options(options)
    if "select" in said:
        overrides.pop("ignore", None)
    overrides.update(said)
    return Configuration(Finder(config, isolated=isolated), overrides)


def _from_options(options: argparse.Namespace) -> dict[str, tuple[Any, str]]:
    said: dict[str, tuple[Any, str]] = {}
    for key in ("select", "ignore", "exclude"):
        names = _parted(getattr(options, key, ()))
        if names:
            said[key] = (names, f"--{key}")
    for key in ("min-confidence", "fail-level", "format", "baseline"):
        value = getattr(options, key.replace("-", "_"), None)
        if value and not (key == "format" and not hasattr(options, "output")):
            said[key] = (value, f"--{key}")
    if getattr(options, "jobs", None):
        said["jobs"] = (options.jobs, "--jobs")
    for key, name in (("force-exclude", "force_exclude"), ("require-reason", "require_reason"), ("cache", "cache")):
        value = getattr(options, name, None)
        if value is not None:
            said[key] = (value, f"--{key}" if value else f"--no-{key}")
    return said


def _from_environment() -> dict[str, tuple[Any, str]]:
    from linter.config import _keys

    said: dict[str, tuple[Any, str]] = {}
    problems = []
    for variable, key in VARIABLES.items():
        text = os.environ.get(variable, "").strip()
        if not text:
            continue
        kind = _keys()[key]
        value: Any = text
        if kind.kind in ("selectors", "globs"):
            value = _parted([text])
        elif kind.kind == "flag":
            value = _FLAGS.get(text.lower())
            if value is None:
                problems.append(Problem(variable, 0, 0, f"is {text!r}; allowed: 1, true, 0, false"))
        elif kind.kind == "jobs" and not is_jobs(text):
            problems.append(Problem(variable, 0, 0, f"is {text!r}; allowed: auto, or a whole number from 1"))
        elif kind.kind == "choice" and text not in kind.choices:
            from linter.yamlfile import allowed

            problems.append(Problem(variable, 0, 0, f"is {text!r}; {allowed(text, kind.choices)}"))
        said[key] = (value, variable)
    if problems:
        raise DataFileError(problems)
    return said


def is_jobs(text: str) -> bool:
    """Whether a text says how many processes to use."""
    return text == "auto" or (text.isdecimal() and int(text) > 0)


def _parted(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for value in values for name in map(str.strip, value.split(",")) if name)
