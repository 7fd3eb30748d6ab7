"""How many codings each code has with those below it, kept up to date change by change."""

from collections.abc import Mapping

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.codebook import Codebook


class Counts:
    """Codings by code: of one coder, “mine”, and of all."""

    def __init__(self) -> None:
        self._codebook = Codebook(())
        self._coder_id: str | None = None
        self._single: dict[tuple[str, str], int] = {}
        self._mine: dict[str, int] = {}
        self._all: dict[str, int] = {}

    def load(self, codebook: Codebook, counts: Mapping[tuple[str, str], int]) -> None:
        """Take over the codings of each (code id, coder id)."""
        self._codebook = codebook
        self._single = dict(counts)
        self._add_up()

    def count_for(self, coder_id: str | None) -> None:
        """Count the codings of this coder as “mine”."""
        self._coder_id = coder_id
        self._add_up()

    def of(self, code_id: str) -> tuple[int, int]:
        """Return the codings of a code and those below it: mine, and all."""
        return self._mine.get(code_id, 0), self._all.get(code_id, 0)

    @property
    def digits(self) -> tuple[int, int]:
        """Return how many digits the greatest counts have: mine, and all."""
        return len(str(max(self._mine.values(), default=0))), len(str(max(self._all.values(), default=0)))

    def follow(self, change: ChangeSet) -> set[str]:
        """Count what a change did to codings; return the codes whose own codings changed."""
        touched: set[str] = set()
        for row in change.of("codings"):
            for side, step in ((row.before, -1), (row.after, 1)):
                if side is not None:
                    key = (str(side["code_id"]), str(side["coder_id"]))
                    self._single[key] = self._single.get(key, 0) + step
                    self._count(*key, step)
                    touched.add(key[0])
        return touched

    def _add_up(self) -> None:
        self._mine, self._all = {}, {}
        for (code_id, coder_id), count in self._single.items():
            self._count(code_id, coder_id, count)

    def _count(self, code_id: str, coder_id: str, step: int) -> None:
        if code_id not in self._codebook:
            return
        for member in (code_id, *(code.id for code in self._codebook.ancestors(code_id))):
            self._all[member] = self._all.get(member, 0) + step
            if coder_id == self._coder_id:
                self._mine[member] = self._mine.get(member, 0) + step
