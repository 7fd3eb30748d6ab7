"""The words of a table: its title, how it was counted, and what it leaves out."""

from collections.abc import Sequence

from kamcoder.analysis.crosstab import CrossTable
from kamcoder.analysis.measures import CountingRule, Measure
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.services.table_axes import AxisMaker
from kamcoder.services.table_definition import TableAxis, TableDefinition

#: Measures whose cells hold words, while the totals count passages.
IN_WORDS = (Measure.QUOTE, Measure.QUOTES, Measure.SUMMARY, Measure.ACTORS, Measure.CASES)


class TableWords:
    """Words for one table."""

    def __init__(self, editing: Editing, definition: TableDefinition, maker: AxisMaker) -> None:
        self._rows = editing.rows
        self._definition = definition
        self._maker = maker

    def title(self) -> str:
        """Return what the table is."""
        wanted = self._definition

        def named(axis: TableAxis, attribute_id: str | None, kind: str) -> str:
            grouped = axis is TableAxis.GROUPS
            return self._maker.attribute(attribute_id).name if grouped else words(f"{kind}_{axis}")

        return words(
            "title",
            rows=named(wanted.rows, wanted.row_attribute, "rows"),
            columns=named(wanted.columns, wanted.column_attribute, "columns"),
            measure=words(f"measure_{wanted.measure}"),
        )

    def rule(self, counted: CrossTable, *, above: int, more: Sequence[str]) -> str:
        """Return how a table was counted; `above` codings carry a code above its codes and none of them.

        `more` are further sentences of what is counted.
        """
        measure = self._definition.measure
        if measure is Measure.SUMMARY:
            return " ".join([words("rule_summary"), *self._limits()])
        coders = self._coders()
        counting = [words(f"rule_{measure}")] if measure in IN_WORDS else []
        listed = ", ".join(coders)
        counting += [words(f"rule_{rule}", coders=listed, outside=len(counted.outside)) for rule in counted.rules]
        counting += more
        if CountingRule.CODERS_APART not in counted.rules:
            counting.append(words("rule_one_coder", coders=listed) if coders else words("rule_no_coder"))
        counting += [words("rule_above", codings=above)] if above else []
        return " ".join([*counting, *self.filters()])

    def rule_together(self) -> str:
        """Return how it was counted what stands together."""
        apart = self._definition.turns_apart
        rule = "rule_overlap" if apart is None else "rule_same_turn" if apart == 0 else "rule_turns_apart"
        told = (words(rule, turns=apart), words("rule_together"), words("rule_together_total"))
        return " ".join([*told, *self.filters()])

    def filters(self) -> list[str]:
        """Return what is left out, in sentences."""
        wanted, found = self._definition, list[str]()
        if wanted.speaker_roles is not None:
            names = [
                words(f"role_{role or 'unknown'}") for role in sorted(wanted.speaker_roles, key=lambda r: r or "~")
            ]
            found.append(words("rule_only", what=words("words_of"), names=", ".join(names)))
        elif not wanted.interviewers:
            found.append(words("rule_interviewer"))
        if wanted.only_codes is not None:
            book = self._rows.codes.codebook()
            names = [book.path(code.id) for _, code in book.walk() if code.id in wanted.only_codes]
            found.append(words("rule_only", what=words("columns_codes"), names=", ".join(names)))
        return [*found, *self._limits()]

    def _limits(self) -> list[str]:
        wanted, found = self._definition, list[str]()
        if wanted.case_ids is not None:
            cases = [case.name for case in self._rows.cases.all() if case.id in wanted.case_ids]
            found.append(words("rule_only", what=words("columns_cases"), names=", ".join(cases)))
        values: dict[str, list[str]] = {}
        for attribute_id, value in sorted(wanted.values or ()):
            values.setdefault(self._maker.attribute(attribute_id).name, []).append(value)
        found += [words("rule_only", what=name, names=", ".join(texts)) for name, texts in values.items()]
        if wanted.origins is not None:
            names = [words(f"origin_{origin}") for origin in sorted(wanted.origins)]
            found.append(words("rule_only", what=words("origin"), names=", ".join(names)))
        return [*found, *([words("rule_empty")] if wanted.hide_empty else [])]

    def _coders(self) -> Sequence[str]:
        chosen = self._definition.coder_ids
        wanted = self._rows.codings.coders_at_work() if chosen is None else chosen
        return [coder.name for coder in self._rows.coders.all() if coder.id in wanted]
