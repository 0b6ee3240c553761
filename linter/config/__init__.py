"""Configuration: the nearest ``caveat.toml``, ``.caveat.toml`` or ``[tool.caveat]`` of a ``pyproject.toml``."""

from __future__ import annotations

from linter.config.find import NAMES, Finder
from linter.config.keys import keys as _keys
from linter.config.model import Origin, Settings, shown
from linter.config.read import read_settings

__all__ = ["NAMES", "Finder", "Origin", "Settings", "_keys", "read_settings", "shown"]
