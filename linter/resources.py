"""Where the shipped rules, lexicons and knowledge stand: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_directory() -> Path:
    """The folder that holds the shipped rule files.

    Raises:
        FileNotFoundError: when the installation lacks it.

    """
    for candidate in (_PACKAGE / "data", _PACKAGE.parent / "rules"):
        if (candidate / "lexicons").is_dir():
            return candidate
    raise FileNotFoundError(f"no rules beside {_PACKAGE}: the installation of caveat is incomplete")
