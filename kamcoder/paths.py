"""Where the shipped data are, in an installed wheel or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _data(name: str) -> Path:
    # A wheel carries the folders inside the package; a checkout (or editable install) has them beside it.
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """Return the folder of themes, templates, guides, messages and help pages."""
    return _data("resources")


def sample_interviews() -> Path:
    """Return the folder of the invented sample study."""
    return _data("sample_interviews")
