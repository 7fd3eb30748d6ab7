"""Comparing coders in a project: who took part, what is in scope, and the passages behind the numbers."""

import csv
import io
from pathlib import Path

import pytest

from kamcoder.analysis.agreement.kinds import DisagreementKind, Figure, Undefined, Unit
from kamcoder.domain.coding import Origin, WorkState
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.services import agreement_report as report
from kamcoder.services.agreement_shapes import Agreement, Cluster, CompareScope, Remark
from kamcoder.services.session import Session
from tests.builders import code_quote

MEETS = "I meet the largest customers once a year."


@pytest.fixture
def double(study: Session) -> Session:
    """The small study, with Ben beside Ann in A-CEO (emoji before the passages) and B-KAM."""
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-CEO", "strategic", "meet the largest customers once a year.")
    code_quote(study, "B-KAM", "strategic", "He drinks coffee with the big ones.")
    return study


def scope_of(session: Session, *names: str, **more: object) -> CompareScope:
    book = session.codebook.all()
    return CompareScope(code_ids=tuple(book.find(name).id for name in names) or None, **more)  # type: ignore[arg-type]


def compare(session: Session, *names: str, **more: object) -> Agreement:
    return session.comparing.compare(scope_of(session, *names, **more))


def coder_id(session: Session, name: str) -> str:
    return session.coders.find(name).id


def test_figures_of_one_code_come_from_the_spoken_text(double: Session) -> None:
    found = compare(double, "strategic")
    assert [document.name for document in found.documents] == ["A-CEO", "B-KAM"]
    assert [document.name for document in found.left_out] == ["A-KAM"]
    spoken = sum(
        len(turn.span)
        for name in ("A-CEO", "B-KAM")
        for turn in double.documents.turns(double.documents.find(name).id)
        if turn.kind.value == "answer"
    )
    (pair,) = found.codes[0].pairs
    both, ann, ben = len(MEETS) - 2, 2, len("He drinks coffee with the big ones.")
    assert (pair.both, pair.only_first, pair.only_second) == (both, ann, ben)
    assert pair.neither == spoken - both - ann - ben
    assert found.size == spoken
    assert pair.f1 == Figure(2 * both / (2 * both + ann + ben))
    assert found.codes[0].percent.value == pytest.approx((spoken - ann - ben) / spoken)
    assert [use.passages for use in found.codes[0].uses] == [1, 2]
    assert found.codes[0].uses[0].share == (both + ann) / spoken


def test_a_document_counts_where_two_worked_though_one_found_nothing(double: Session) -> None:
    document = double.documents.find("A-KAM")
    code_quote(double, "A-KAM", "strategic", "Hardly ever.")
    assert "A-KAM" in [found.name for found in compare(double).left_out]
    double.coders.activate(double.coders.find("Ann"))
    double.documents.set_work_state(document.id, WorkState.ASSIGNED)
    assert "A-KAM" in [found.name for found in compare(double).left_out]
    double.documents.set_work_state(document.id, WorkState.FINISHED)
    found = compare(double, "strategic")
    assert "A-KAM" in [document.name for document in found.documents]
    assert found.codes[0].pairs[0].documents == 3
    assert found.codes[0].pairs[0].only_second == len("Hardly ever.") + len("He drinks coffee with the big ones.")


def test_a_parent_takes_in_its_children_or_not(double: Session) -> None:
    passages = scope_of(double, "Direct involvement")
    (found,) = compare(double, "Direct involvement").codes
    # Social by one and strategic by the other is the same heading.
    assert found.passages[DisagreementKind.AGREED] == 2
    assert found.kappa.value is not None
    assert found.kappa.value > 0.95
    alone = compare(double, "Direct involvement", children=False).codes[0]
    assert alone.remark is Remark.NOT_USED
    assert alone.kappa == Figure(None, Undefined.NOT_USED)
    assert alone.percent == Figure(1.0)
    assert (
        len(double.comparing.passages(passages, first_id=coder_id(double, "Ann"), second_id=coder_id(double, "Ben")))
        == 2
    )


def test_nested_codes_are_pooled_once(double: Session) -> None:
    found = compare(double)
    (pair,) = found.pooled.pairs
    assert pair.both == len(MEETS) - 2
    assert pair.both + pair.only_first + pair.only_second + pair.neither == len(found.codes) * found.size
    assert found.mean.codes == 4
    assert found.mean.left_out == 0


def test_every_number_gives_back_its_passages(double: Session) -> None:
    scope = scope_of(double, "strategic", "social", "Antecedents")
    ann, ben = coder_id(double, "Ann"), coder_id(double, "Ben")
    found = double.comparing.compare(scope)
    text = {document.id: double.documents.text(document.id) for document in double.documents.all()}
    seen = []
    for row in (*found.codes, found.pooled):
        for kind in DisagreementKind:
            listed = double.comparing.passages(
                scope, first_id=ann, second_id=ben, code_id=row.code and row.code.id, kind=kind
            )
            assert len(listed) == row.passages[kind]
            if row.code is None:
                seen += [(kind, item.span.of(text[item.document_id])) for item in listed]
    assert seen == [
        (DisagreementKind.AGREED, MEETS),
        (DisagreementKind.OTHER_CODE, "He drinks coffee with the big ones."),
        (DisagreementKind.OTHER_CODE, "He drinks coffee with the big ones."),
        (DisagreementKind.ONLY_FIRST, "Because the sales director is closer to them."),
    ]
    (turned,) = double.comparing.passages(scope, first_id=ben, second_id=ann, kind=DisagreementKind.ONLY_SECOND)
    assert [item.coding.id for item in double.passages.select() if item.code_path == "Antecedents"] == [
        *turned.second_ids
    ]


def test_figures_follow_every_change(double: Session) -> None:
    scope = scope_of(double, "strategic")
    before = double.comparing.compare(scope)
    coding = code_quote(double, "B-KAM", "strategic", "No, only when a relation is at risk.")
    after = double.comparing.compare(scope)
    assert after.codes[0].pairs[0].only_second == before.codes[0].pairs[0].only_second + len(coding.quote)
    double.undo()
    assert double.comparing.compare(scope) == before
    document = double.documents.find("B-KAM")
    for speaker in double.documents.speakers(document.id):
        if speaker.role is SpeakerRole.INTERVIEWEE:
            double.documents.set_speaker(speaker.id, role=SpeakerRole.INTERVIEWER)
    assert double.comparing.compare(scope).size < before.size
    double.undo()
    assert double.comparing.compare(scope) == before


def test_interviewers_words_count_only_if_wanted(double: Session) -> None:
    code_quote(double, "A-CEO", "strategic", "Why only once?")
    assert compare(double, "strategic").codes[0].uses[1].passages == 2
    heard = compare(double, "strategic", interviewers=True)
    assert heard.codes[0].uses[1].passages == 3
    assert heard.size > compare(double, "strategic").size


@pytest.mark.parametrize(
    ("unit", "size", "both", "only"),
    [(Unit.SENTENCE, 7, 1, 1), (Unit.TURN, 4, 1, 1), (Unit.DOCUMENT, 2, 1, 1)],
)
def test_longer_units(double: Session, unit: Unit, size: int, both: int, only: int) -> None:
    found = compare(double, "strategic", unit=unit)
    (pair,) = found.codes[0].pairs
    assert (found.size, pair.both, pair.only_first, pair.only_second) == (size, both, 0, only)
    assert pair.neither == size - both - only


def test_scope_by_document_case_coder_and_origin(double: Session) -> None:
    case = double.cases.find("A").id
    assert [found.name for found in compare(double, case_ids=frozenset({case})).documents] == ["A-CEO"]
    only = frozenset({double.documents.find("B-KAM").id})
    assert [found.name for found in compare(double, document_ids=only).documents] == ["B-KAM"]
    document = double.documents.find("B-KAM")
    start = double.documents.text(document.id).index("No, only")
    strategic = double.codebook.all().find("strategic").id
    double.codings.apply(document.id, TextSpan(start, start + 8), strategic, origin=Origin.SUGGESTION)
    scope = scope_of(double, "strategic")
    without = double.comparing.without_suggestions(scope)
    assert without.codes[0].uses[1].passages == double.comparing.compare(scope).codes[0].uses[1].passages - 1
    assert "suggestions" in report.suggestions_sentence(double.comparing.compare(scope), without)
    double.coders.activate(double.coders.ensure("Cem"))
    code_quote(double, "A-CEO", "strategic", MEETS)
    three = compare(double, "strategic")
    assert len(three.codes[0].pairs) == 3
    ann, cem = coder_id(double, "Ann"), coder_id(double, "Cem")
    two = compare(double, "strategic", coder_ids=(ann, cem))
    assert two.codes[0].pairs[0].kappa == Figure(1.0)
    assert [found.name for found in two.documents] == ["A-CEO"]
    # Cem has not worked on B-KAM, so only the other pair is compared there.
    assert [pair.documents for pair in three.codes[0].pairs] == [2, 1, 1]


def test_white_space_and_cut_words_are_no_disagreement(study: Session) -> None:
    document = study.documents.find("A-CEO")
    start = study.documents.text(document.id).index(MEETS)
    study.coders.activate(study.coders.ensure("Ben"))
    code = study.codebook.all().find("strategic").id
    coding = study.codings.apply(document.id, TextSpan(start, start + len(MEETS)), code)
    study.codings.resize(coding.id, TextSpan(start, start + len(MEETS) - 2))
    assert compare(study, "strategic").codes[0].pairs[0].only_first == 2
    assert compare(study, "strategic", snap=True).codes[0].pairs[0].only_first == 1


def test_one_coder_cannot_be_compared(study: Session) -> None:
    with pytest.raises(InvalidInput, match="compare_needs_two"):
        compare(study)
    with pytest.raises(InvalidInput, match="compare_needs_two"):
        compare(study, coder_ids=(coder_id(study, "Ann"),))


def test_coders_without_a_common_document_have_no_figures(study: Session) -> None:
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    found = compare(study)
    assert found.documents == ()
    assert found.size == 0
    assert {row.remark for row in found.codes} == {Remark.NO_COMMON_TEXT}
    assert found.pooled.alpha == Figure(None, Undefined.NO_COMMON_TEXT)
    assert found.pooled.percent == Figure(None, Undefined.NO_COMMON_TEXT)
    for unit in Unit:
        assert compare(study, unit=unit, resamples=10).size == 0
    assert report.record(found, study.codebook.all())["pooled"]["kappa"] == {"undefined": "no_common_text"}
    assert "two coders" in report.grid(found, study.codebook.all()).rows[0][-1]  # type: ignore[operator]


def test_intervals_of_few_documents_draw_turns(double: Session) -> None:
    found = compare(double, "strategic", resamples=50)
    assert found.cluster is Cluster.TURN
    assert found.codes[0].alpha_interval is not None
    assert found.codes[0].alpha_interval.reason is Undefined.FEW_CLUSTERS  # four turns
    plain = compare(double, "strategic")
    assert plain.cluster is None
    assert plain.codes[0].kappa == found.codes[0].kappa


def test_remarks_and_the_explanation_of_a_high_percent_with_a_low_kappa(double: Session) -> None:
    by_name = {row.code.name: row for row in compare(double).codes if row.code is not None}
    assert by_name["Antecedents"].remark is Remark.ONLY_ONE_CODER
    assert by_name["Antecedents"].kappa == Figure(0.0)
    assert by_name["Antecedents"].f1 == Figure(0.0)
    book = double.codebook.all()
    words = {row[0]: row[-1] for row in report.grid(compare(double), book).rows}
    assert words["Antecedents"] == "only Ann (1)"
    assert "High per cent" not in report.explanation(compare(double, "Antecedents", "strategic"), book)
    code_quote(double, "B-KAM", "social", "coffee")
    found = compare(double, "social", "strategic")
    assert found.codes[0].remark is Remark.HIGH_PERCENT_LOW_KAPPA
    assert "High per cent with low kappa at social:" in report.explanation(found, book)


def test_the_sheet_recomputes_to_the_shown_kappa(double: Session) -> None:
    book = double.codebook.all()
    found = compare(double)
    data = report.write_agreement(found, book, Path("agreement.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    pairs = [row for row in rows if row["both"]]
    assert len(pairs) == len(found.codes) + 1
    checked = 0
    for row in pairs:
        a, b, c, d = (float(row[name]) for name in ("both", "only first", "only second", "neither"))
        low = (a + b) * (b + d) + (a + c) * (c + d)
        if low:
            assert float(row["kappa"]) == pytest.approx(2 * (a * d - b * c) / low)
            checked += 1
        else:
            assert row["kappa"] == ""
        assert "The unit is the character" in row["how counted"]
        assert "Ann and Ben" in row["how counted"]
    assert checked > 3
    shown = {str(row[0]): row[4] for row in report.grid(found, book).rows}
    assert shown["strategic"] == found.codes[1].kappa.value


def test_segments_match_as_wholes(double: Session) -> None:
    found = double.comparing.segments(scope_of(double, "strategic", "Antecedents"))
    shown = {item.code_id: item for item in found}
    strategic = shown[double.codebook.all().find("strategic").id]
    assert (strategic.matched, strategic.only_first, strategic.only_second) == (1, 0, 1)
    assert strategic.f1 == Figure(2 / 3)
    assert (shown[None].matched, shown[None].only_first, shown[None].only_second) == (1, 1, 1)
    assert double.comparing.segments(scope_of(double, "strategic"), threshold=0.99)[0].matched == 0


@pytest.mark.parametrize("threshold", [0.3, 0.9, 1.0])
def test_whole_passages_are_listed_as_they_are_counted(double: Session, threshold: float) -> None:
    comparison = double.comparing.comparison(CompareScope())
    for item in comparison.segments(threshold=threshold):
        found = comparison.segment_passages(
            first_id=item.first_id, second_id=item.second_id, code_id=item.code_id, threshold=threshold
        )
        assert sum(passage.matched for passage in found) == item.matched
        for coder_id, count in ((item.first_id, item.only_first), (item.second_id, item.only_second)):
            alone = [
                coding
                for passage in found
                if not passage.matched
                for coding in passage.coding_ids
                if comparison.by_id[coding].coder_id == coder_id
            ]
            assert len(alone) == count
        assert all(len(passage.coding_ids) == 2 for passage in found if passage.matched)
        assert all((passage.overlap or 0) < threshold for passage in found if not passage.matched)


def test_codes_that_exclude_one_another(double: Session) -> None:
    book = double.codebook.all()
    ids = [book.find(name).id for name in ("strategic", "social")]
    found = double.comparing.exclusive(CompareScope(), ids)
    assert found.violations == ()
    assert found.documents == 2
    assert found.u_alpha.value is not None
    assert 0.4 < found.u_alpha.value < 0.9
    assert found.bar_u_alpha.value is not None
    assert found.bar_u_alpha.value > 0.95
    assert "uα" in report.exclusive_sentence(found, book)
    code_quote(double, "A-CEO", "social", "once a year.")
    broken = double.comparing.exclusive(CompareScope(), ids)
    assert len(broken.violations) == 1
    assert broken.u_alpha == Figure(None, Undefined.OVERLAPPING)
    assert "do not exclude" in report.exclusive_sentence(broken, book)
    for wrong in ([ids[0]], [ids[0], book.find("Direct involvement").id]):
        with pytest.raises(InvalidInput, match="exclusive_codes"):
            double.comparing.exclusive(CompareScope(), wrong)


def test_exclusive_codes_are_compared_where_all_worked(double: Session) -> None:
    double.coders.activate(double.coders.ensure("Cem"))
    code_quote(double, "A-CEO", "strategic", MEETS)
    ids = [double.codebook.all().find(name).id for name in ("strategic", "social")]
    found = double.comparing.exclusive(CompareScope(), ids)
    assert found.documents == 1
    assert len(found.kappas) == 3


def test_coders_with_what_they_have_done(double: Session) -> None:
    double.documents.set_work_state(double.documents.find("A-KAM").id, WorkState.FINISHED)
    double.coders.add("Cem")
    work = {entry.coder.name: (entry.codings, entry.documents, entry.finished) for entry in double.comparing.coders()}
    assert work == {"Ann": (3, 2, 0), "Ben": (2, 2, 1), "Cem": (0, 0, 0)}
