"""What the window remembers between two starts: about itself, and about each project by its path."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 8


class Preferences:
    """Typed access to the settings of the person at this machine."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def text(self, key: str, default: str = "") -> str:
        """Return a setting as text."""
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int, *, low: int, high: int) -> int:
        """Return a setting as a whole number within bounds; the default where it is none."""
        try:
            found = int(self.text(key, str(default)))
        except ValueError:
            return default
        return min(max(found, low), high)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a setting as yes or no."""
        return self.text(key, "yes" if default else "no") == "yes"

    def data(self, key: str) -> QByteArray | None:
        """Return a setting as bytes (geometry, state of a splitter)."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None

    def keep(self, key: str, value: str | int | bool | QByteArray) -> None:
        """Remember a setting."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        self._settings.setValue(key, str(value) if isinstance(value, int) else value)

    def recent(self) -> list[Path]:
        """Return the projects opened last, the latest first; those that are gone are left out."""
        listed = self._settings.value("recent", [])
        paths = [listed] if isinstance(listed, str) else listed
        if not isinstance(paths, list):
            return []
        return [path for path in map(Path, paths) if path.is_file()]

    def add_recent(self, path: Path) -> None:
        """Put a project at the head of those opened last."""
        known = [str(path), *(str(other) for other in self.recent() if other != path)]
        self._settings.setValue("recent", known[:_MOST_RECENT])

    def of_project(self, path: Path) -> "ProjectPlace":
        """Return what is remembered about one project."""
        import hashlib

        digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
        return ProjectPlace(self, f"projects/{digest}")

    def sync(self) -> None:
        """Write everything to disk."""
        self._settings.sync()


class ProjectPlace:
    """Where work on one project stood: who codes, which document is open, and where in it."""

    def __init__(self, preferences: Preferences, group: str) -> None:
        self._preferences = preferences
        self._group = group

    def __getitem__(self, key: str) -> str:
        return self._preferences.text(f"{self._group}/{key}")

    def __setitem__(self, key: str, value: str) -> None:
        self._preferences.keep(f"{self._group}/{key}", value)

    def number(self, key: str) -> int:
        """Return a position."""
        return self._preferences.number(f"{self._group}/{key}", 0, low=0, high=2**31 - 1)
