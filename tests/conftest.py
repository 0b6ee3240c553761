"""Keeps the tests out of the user's cache."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give this run a cache folder of its own, before anything loads the rules."""
    folder = tempfile.TemporaryDirectory(prefix="caveat-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["CAVEAT_CACHE_DIR"] = folder.name
