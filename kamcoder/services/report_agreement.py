"""How far coders agree and how disagreements were settled, worded for a methods section."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamcoder import __version__
from kamcoder.analysis.agreement.kinds import Figure, Interval
from kamcoder.domain.changes import ChangeOrigin, Operation
from kamcoder.domain.coding import CoderKind, Origin
from kamcoder.domain.settling import Choice, Settlement, Standing
from kamcoder.formats.report.model import Block, Figures, Text
from kamcoder.services.agreement_report import explanation
from kamcoder.services.agreement_report import grid as agreement_grid
from kamcoder.services.agreement_shapes import Agreement, CompareScope
from kamcoder.services.messages import words
from kamcoder.services.report_options import ReportOptions, ReportPart, ReportSection

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_RESAMPLES = 1000


def agreement_sections(session: "Session", options: ReportOptions) -> list[ReportSection]:
    """Return the section on agreement, on the headings of a report; none without appendix or two people's codings."""
    if ReportPart.METHODS in options.without:
        return []
    people = [work for work in session.comparing.coders() if work.coder.kind is CoderKind.PERSON and work.codings]
    if len(people) < 2:
        return []
    book = session.codebook.all()
    codes = options.code_ids if options.code_ids is not None else tuple(code.id for code in book.children(None))
    cases = frozenset(options.case_ids) if options.case_ids is not None else None
    scope = CompareScope(code_ids=codes, case_ids=cases, resamples=_RESAMPLES)
    return [agreement_section(session, session.comparing.compare(scope))]


def agreement_section(session: "Session", agreement: Agreement) -> ReportSection:
    """Return a comparison as a section of the methods appendix: how, how far, and what became of disagreements."""
    book = session.codebook.all()
    blocks: list[Block] = [Text(_coding(session, agreement)), Text(_result(agreement))]
    if any(span.origin == Origin.SUGGESTION for span in session.comparing.comparison(agreement.scope).material.spans):
        without = session.comparing.without_suggestions(agreement.scope)
        blocks.append(Text(words("methods_suggestions", alpha=_figure(without.pooled.alpha))))
    blocks.append(Text(_settled(session, agreement)))
    blocks.append(Figures(agreement_grid(agreement, book, brief=True), heat=False))
    blocks.append(Text(explanation(agreement, book), quiet=True))
    return ReportSection(words("report_agreement"), tuple(blocks))


def _coding(session: "Session", agreement: Agreement) -> str:
    """Return who coded what, how the documents were chosen, and whether the coders could see each other."""
    said = [
        words(
            "methods_coding",
            coders=_listed([coder.name for coder in agreement.coders]),
            documents=len(agreement.documents),
            all=len(session.documents.all()),
            codes=len(agreement.codes),
        )
    ]
    said += _samples(session)
    names = {coder.name for coder in agreement.coders}
    wanted = {document.id for document in agreement.documents}
    assigned = {key for key in session.assigning.states() if key[1] in wanted}
    if wanted and assigned >= {(coder.id, document) for coder in agreement.coders for document in wanted} and names:
        said.append(words("methods_blind"))
    return " ".join(said)


def _samples(session: "Session") -> list[str]:
    """Return how samples to be coded by several were drawn."""
    said = []
    for entry in session.log():
        if entry.operation is Operation.ASSIGN and entry.origin is ChangeOrigin.DO and "share" in entry.details:
            details = entry.details
            drawn, share = details["documents"], f"{100 * details['share']:g}"
            said.append(words("methods_sample", share=share, drawn=drawn, of=details["of"], seed=details["seed"]))
    return list(dict.fromkeys(said))


def _result(agreement: Agreement) -> str:
    pooled, mean = agreement.pooled, agreement.mean
    many = "many" if len(agreement.coders) > 2 else "two"
    said = words(
        f"methods_result_{many}",
        unit=words(f"agreement_units_{agreement.scope.unit}"),
        alpha=" ".join([_figure(pooled.alpha), _interval(agreement, pooled.alpha_interval)]).strip(),
        kappa=_figure(pooled.kappa),
        percent="–" if pooled.percent.value is None else f"{100 * pooled.percent.value:.1f}",
        f1=_figure(pooled.f1),
    )
    means = words(
        "methods_means", alpha=_figure(mean.alpha), kappa=_figure(mean.kappa), codes=mean.codes - mean.left_out
    )
    defined = sorted(found.alpha.value for found in agreement.codes if found.alpha.value is not None)
    ranged = words("methods_range", low=f"{defined[0]:.2f}", high=f"{defined[-1]:.2f}") if len(defined) > 1 else ""
    program = words("methods_program", version=__version__)
    return " ".join(part for part in (said, means, ranged, program) if part)


def _interval(agreement: Agreement, found: Interval | None) -> str:
    if found is None or found.low is None or found.high is None or agreement.cluster is None:
        return ""
    return words(
        f"methods_interval_{agreement.cluster}",
        low=f"{found.low:.2f}",
        high=f"{found.high:.2f}",
        resamples=f"{agreement.scope.resamples:,}",
    )


def _settled(session: "Session", agreement: Agreement) -> str:
    """Return how disagreements were settled, by whom, and how many are open."""
    scope = agreement.scope
    disagreements = session.settling.disagreements(scope)
    progress = session.settling.progress(scope)
    decisions = {item.settlement.id: item.settlement for item in disagreements if item.settlement is not None}
    if not decisions and not progress.agreed_taken:
        return words("methods_open", disagreements=progress.disagreements)
    names = {coder.id: coder.name for coder in session.coders.all()}
    deciders = sorted({names[decision.coder_id] for decision in decisions.values()})
    said = []
    if decisions:
        said.append(
            words(
                "methods_settled",
                disagreements=progress.disagreements,
                decided=progress.decided,
                deciders=_listed(deciders),
                choices=_choices(list(decisions.values())),
            )
        )
    if progress.agreed_taken:
        said.append(words("methods_agreed", taken=progress.agreed_taken, agreed=progress.agreed))
    said.append(words("methods_left", open=progress.open) if progress.open else words("methods_all_settled"))
    outdated = sum(item.outdated is not None for item in disagreements)
    if outdated:
        said.append(words("methods_outdated", outdated=outdated))
    return " ".join(said)


def _choices(decisions: Sequence[Settlement]) -> str:
    counts = Counter(decision.choice for decision in decisions)
    kinds = Counter(decision.standing for decision in decisions)
    parts = [words(f"methods_choice_{choice}", number=counts[choice]) for choice in Choice if counts[choice]]
    about = [words(f"methods_standing_{standing}", number=kinds[standing]) for standing in Standing if kinds[standing]]
    return f"{', '.join(parts)}; {', '.join(about)}"


def _figure(found: Figure) -> str:
    return words("agreement_none") if found.value is None else f"{found.value:.2f}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
