"""Looking over a project file without changing it."""

from pathlib import Path

from kamcoder.services.jobs import Progress, silent
from kamcoder.storage.checks import Check, CheckReport, Finding, check
from kamcoder.storage.database import ProjectStore

__all__ = ["Check", "CheckReport", "Finding", "check_file"]


def check_file(path: Path, *, progress: Progress = silent) -> CheckReport:
    """Open a project for reading and look over it; raise ProjectFileError if it cannot be opened at all."""
    with ProjectStore.open(path, read_only=True) as store:
        return check(store, progress=lambda done, total: progress(done, total, ""))
