"""Show which settings hold for a file, and where each value comes from."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from linter.cli import EXIT_CLEAN
from linter.cli.options import add_config_options, configuration
from linter.cli.output import require_utf8

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from linter.cli.options import Configuration
    from linter.config import Settings

DEFAULT = "default"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat config``."""
    parser.add_argument("action", choices=("show", "schema"),
                        help="show: what holds for a file; schema: the JSON Schema of the configuration")  # fmt: skip
    parser.add_argument("path", nargs="?", default=".", metavar="PATH",
                        help="a draft or a folder; default: this folder")  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the settings of one file."""
    if options.action == "schema":
        from linter.config.keys import schema

        require_utf8()
        sys.stdout.write(json.dumps(schema(), indent=2) + "\n")
        return EXIT_CLEAN
    configured = configuration(options)
    path = options.path
    if os.path.isdir(path):  # noqa: PTH112
        path = os.path.join(path, "draft.md")  # noqa: PTH118
    report = _report(options.path, path, configured)
    if options.format == "json":
        require_utf8()
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _text(report))
    return EXIT_CLEAN


def _report(named: str, path: str, configured: Configuration) -> dict[str, Any]:
    from linter.config import _keys, shown

    settings = configured.for_path(path)
    values = _values(settings)
    rows = []
    for key, kind in _keys().items():
        if key == "extends":
            continue
        origin = settings.origin(key)
        # A default stands in the table as it is written in TOML, so that it can be copied into a file.
        value = json.dumps(values[key], ensure_ascii=False) if origin else kind.default
        rows.append({"key": key, "value": value, "from": str(origin) if origin else DEFAULT})
    levels = configured.levels(settings)
    return {
        "version": 1,
        "path": named,
        "config": shown(settings.path) if settings.path else "",
        "extends": [shown(file) for file in settings.chain],
        "excluded": named not in (".", "") and (configured.excluded(named) or settings.excludes_above(named)),
        "settings": rows,
        "rules": [{"rule": rule, "severity": levels.level(rule)} for rule in levels.known],
    }


def _values(settings: Settings) -> Mapping[str, Any]:
    """What the settings say, as it would be written."""
    from linter.config import shown

    return {
        "select": settings.select,
        "ignore": settings.ignore,
        "severity": dict(settings.severity),
        "options": {rule: json.loads(text) for rule, text in settings.options},
        "min-confidence": settings.min_confidence,
        "fail-level": settings.fail_level,
        "require-reason": settings.require_reason,
        "exclude": settings.exclude,
        "force-exclude": settings.force_exclude,
        "per-file": [", ".join(table.files) for table in settings.per_file],
        "rules": [shown(file) for file in settings.rules],
        "knowledge": [shown(file) for file in settings.knowledge],
        "baseline": shown(settings.baseline) if settings.baseline else "",
        "format": settings.format,
        "jobs": settings.jobs,
        "cache": settings.cache,
        "cache-dir": shown(settings.cache_dir) if settings.cache_dir else "",
    }


def _text(report: Mapping[str, Any]) -> Iterator[str]:
    rows = report["settings"]
    yield f"configuration of {report['path']}: {report['config'] or 'none found, the defaults hold'}"
    for file in report["extends"]:
        yield f"  extends {file}"
    if report["excluded"]:
        force = next(row["value"] for row in rows if row["key"] == "force-exclude") == "true"
        yield f"  excluded: {'never linted' if force else 'linted only when it is named'}"
    yield ""
    keys = max(len(row["key"]) for row in rows)
    values = min(max(len(row["value"]) for row in rows), 48)
    for row in rows:
        yield f"{row['key']:{keys}}  {row['value']:{values}}  {row['from']}"
    yield ""
    names = max(len(row["rule"]) for row in report["rules"])
    for row in report["rules"]:
        yield f"{row['rule']:{names}}  {row['severity']}"
