"""Undo and redo: the steps of one session as change sets, taken back by writing the inverse rows."""

from kamcoder.domain.changes import ChangeSet

_MOST_STEPS = 1000


class History:
    """What was done in this session, in order, and how much of it is in force."""

    def __init__(self) -> None:
        self._steps: list[ChangeSet] = []
        self._done = 0

    def push(self, step: ChangeSet) -> None:
        """Add a step that was just done; what had been undone can no longer be redone."""
        del self._steps[self._done :]
        self._steps.append(step)
        del self._steps[:-_MOST_STEPS]
        self._done = len(self._steps)

    @property
    def to_undo(self) -> ChangeSet | None:
        """The step that undo would take back."""
        return self._steps[self._done - 1] if self._done else None

    @property
    def to_redo(self) -> ChangeSet | None:
        """The step that redo would do again."""
        return self._steps[self._done] if self._done < len(self._steps) else None

    def undone(self) -> None:
        """Note that the last step was taken back."""
        self._done -= 1

    def redone(self) -> None:
        """Note that the next step was done again."""
        self._done += 1

    def clear(self) -> None:
        """Forget all steps."""
        self._steps.clear()
        self._done = 0
