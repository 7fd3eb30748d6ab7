"""A bar that shows how far long work is, and does not hold the window up with it."""

from PySide6.QtWidgets import QProgressBar


class ProgressBar(QProgressBar):
    """With each new value Qt's own paints at once whatever waits in its window: sixty times a list of files."""

    def setValue(self, value: int) -> None:
        """Show how far it is when the window is painted next."""
        self.setUpdatesEnabled(False)
        super().setValue(value)
        self.setUpdatesEnabled(True)
