"""Which configuration holds for a file: that of the nearest folder above it. Nothing is merged over folders."""

# ruff: noqa: PTH100, PTH113, PTH118, PTH120
# looked up for every draft: paths as text cost a tenth of what Path objects do.
from __future__ import annotations

import os

from linter.config.model import PYPROJECT, Settings
from linter.config.read import read_settings

NAMES = ("caveat.toml", ".caveat.toml", PYPROJECT)
"""The files that are looked for in a folder; the first of them counts."""


class Finder:
    """Finds the settings that hold for a file. Each folder is looked at once."""

    def __init__(self, config: str | None = None, *, isolated: bool = False) -> None:
        self.fixed: Settings | None = None
        if isolated:
            self.fixed = Settings()
        elif config is not None:
            self.fixed = read_settings(config)
        self.folders: dict[str, Settings] = {}

    def for_path(self, path: str) -> Settings:
        """The settings for a file.

        Raises:
            DataFileError: when its configuration has mistakes.

        """
        return self.fixed or self.for_directory(os.path.dirname(path))

    def for_directory(self, folder: str) -> Settings:
        """The settings for the files of a folder."""
        if self.fixed is not None:
            return self.fixed
        return self._nearest(os.path.abspath(folder))

    def _nearest(self, folder: str) -> Settings:
        settings = self.folders.get(folder)
        if settings is None:
            settings = _settings_in(folder)
            if settings is None:
                parent = os.path.dirname(folder)
                settings = Settings() if parent == folder else self._nearest(parent)
            self.folders[folder] = settings
        return settings


def _settings_in(folder: str) -> Settings | None:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            settings = read_settings(path, optional=name == PYPROJECT)
            if settings is not None:
                return settings
    return None
