"""What is learned from codings: better suggestions, the same ones every time, and never a dip below the rules."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.suggesting import (
    Band,
    Decision,
    HiddenReason,
    LexiconEntry,
    LexiconKind,
    Source,
    Study,
    StudyCoding,
    StudyDocument,
    StudyTurn,
    Tier,
)
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.services.codebook_files import read_template
from kamcoder.suggest.engine import Engine
from kamcoder.suggest.model import Model
from tests.suggest.studies import coded_study, talk

WEIGHTS = {"social": 1.0, "share": 2.0, "team": 3.0, "why": 1.5}


def best(engine: Engine, study: Study, document_id: str) -> dict[str, str]:
    """Return the likeliest code of each sentence."""
    text = next(document.text for document in study.documents if document.id == document_id)
    found = engine.suggest(study, engine.train(study), document_id)
    return {unit.span.of(text): unit.scores[0][0] for unit in found.units if unit.scores}


def test_without_codings_there_is_no_percentage(blank_engine: Engine) -> None:
    study = coded_study(())
    found = blank_engine.suggest(study, blank_engine.train(study), "d0")
    assert found.proposals
    assert {(item.confidence, item.band) for item in found.proposals} == {(None, Band.FROM_RULES)}


def test_codings_teach_words_that_no_definition_has(blank_engine: Engine) -> None:
    study = coded_study((0, 1, 2))
    extra, _ = talk(2)
    text = "They drink coffee."
    new = replace(extra, id="new", text=text, turns=())
    asked = replace(study, documents=(*study.documents, new), threshold=0.05)
    model = blank_engine.train(asked)
    assert model.calibrated
    assert model.learned is not None
    found = blank_engine.suggest(asked, model, "new")
    assert found.units[0].scores[0][0] == "social"
    reasons = next(item.reasons for item in found.proposals if item.code_id == "social")
    assert "coffe" in " ".join(term.term for term in reasons.terms)
    assert reasons.nearest
    assert {near.coding_id for near in reasons.nearest} <= {coding.id for coding in study.codings}


def test_the_same_codings_give_the_same_bytes_and_the_same_suggestions() -> None:
    study = coded_study()
    first, second = Engine(), Engine()
    one, two = first.train(study), second.train(study)
    assert one.to_bytes() == two.to_bytes()
    assert first.suggest(study, one, "d0") == second.suggest(study, two, "d0")


def kam_study() -> Study:
    """Return coded interviews with the codebook of the key account study and with ids in no order."""
    codes = read_template("kam").codes
    places = {code.id: str((7 * number) % 31) for number, code in enumerate(codes)}
    named = tuple(
        replace(code, id=places[code.id], parent_id=places[code.parent_id] if code.parent_id else None)
        for code in codes
    )
    instead = {code: named[number].id for number, code in enumerate(("social", "share", "team", "why"))}
    study = coded_study((0, 1, 2))
    codings = tuple(replace(coding, code_id=instead[coding.code_id]) for coding in study.codings)
    return replace(study, codes=named, codings=codings)


def digest(study: Study) -> str:
    """Return a digest of the model and of all that is said of an interview."""
    engine = Engine(tier=Tier.BLANK)
    model = engine.train(study)
    said = engine.suggest(study, model, "d2")
    return hashlib.sha256(model.to_bytes() + repr((said.proposals, said.units)).encode()).hexdigest()


@pytest.mark.parametrize("number", ["1", "2"])
def test_threads_and_the_order_of_sets_change_nothing(number: str) -> None:
    code = "from tests.suggest.test_learning import digest, kam_study\nprint(digest(kam_study()))"
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": number, "PYTHONHASHSEED": number}
    shown = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == digest(kam_study())


def test_the_ids_of_codes_change_nothing(blank_engine: Engine) -> None:
    def said(study: Study) -> list[dict[int, float]]:
        places = {code.id: place for place, code in enumerate(study.codes)}
        found = blank_engine.suggest(study, blank_engine.train(study), "d2")
        return [{places[code_id]: score for code_id, score in unit.scores} for unit in found.units]

    one = kam_study()
    turned = {code.id: f"{31 - int(code.id):02}" for code in one.codes}
    other = replace(
        one,
        codes=tuple(
            replace(code, id=turned[code.id], parent_id=turned.get(code.parent_id or "")) for code in one.codes
        ),
        codings=tuple(replace(coding, code_id=turned[coding.code_id]) for coding in one.codings),
    )
    assert said(one) == said(other)


def test_a_phrase_of_two_codes_weighs_for_each_what_it_should(blank_engine: Engine) -> None:
    study = coded_study(())
    odd = replace(talk(0)[0], id="odd", text="We do the hokey-cokey.", turns=())
    entries = [LexiconEntry(code, "hokey-cokey", LexiconKind.EXACT, weight) for code, weight in WEIGHTS.items()]
    for lexicon in (entries, entries[::-1]):
        asked = replace(study, documents=(odd,), lexicon=tuple(lexicon), threshold=0.01)
        found = blank_engine.suggest(asked, blank_engine.train(asked), "odd")
        shown = {item.code_id: item.reasons.matches[0].weight for item in found.proposals if item.reasons.matches}
        assert shown
        assert {code: weight * 2 for code, weight in shown.items()} == {code: WEIGHTS[code] for code in shown}
        assert found.proposals[0].code_id == "team"


def test_a_model_survives_its_bytes(blank_engine: Engine) -> None:
    study = coded_study((0, 1))
    model = blank_engine.train(study)
    kept = Model.from_bytes(model.to_bytes())
    assert kept.version == model.version
    assert blank_engine.suggest(study, kept, "d2") == blank_engine.suggest(study, model, "d2")


def test_what_is_coded_is_hidden_and_speaks_to_its_neighbour(blank_engine: Engine) -> None:
    study = coded_study((0, 1, 2))
    found = blank_engine.suggest(study, blank_engine.train(study), "d2")
    coded = [item for item in found.hidden if item.reason is HiddenReason.ALREADY_CODED]
    assert {item.coding_id for item in coded} <= {coding.id for coding in study.codings}
    assert len(coded) == 7
    assert not any(
        item.span.overlaps(coding.span) and item.code_id == coding.code_id
        for item in found.proposals
        for coding in study.codings
        if coding.document_id == "d2"
    )


def test_what_was_read_and_left_without_a_code_is_hardly_suggested(blank_engine: Engine) -> None:
    study = coded_study((0, 1, 2))
    left = next(coding for coding in study.codings if coding.document_id == "d1" and coding.code_id == "why")
    gap = replace(study, codings=tuple(coding for coding in study.codings if coding.id != left.id))
    later = tuple(coding for coding in gap.codings if coding.document_id != "d1" or coding.span < left.span)
    read, unread = (
        next(unit for unit in blank_engine.suggest(some, blank_engine.train(gap), "d1").units if unit.span == left.span)
        for some in (gap, replace(gap, codings=later))
    )
    assert dict(read.scores).get("why", 0.0) < dict(unread.scores)["why"]


@pytest.mark.parametrize(
    ("state", "reason"),
    [(SuggestionState.REJECTED, HiddenReason.REJECTED), (SuggestionState.POSTPONED, HiddenReason.POSTPONED)],
)
def test_what_was_turned_down_stays_down_and_says_when(
    blank_engine: Engine, state: SuggestionState, reason: HiddenReason
) -> None:
    study = coded_study(())
    shown = blank_engine.suggest(study, blank_engine.train(study), "d0").proposals[0]
    decided = replace(study, decisions=(Decision("d0", shown.span, shown.code_id, state, "2026-11-02T10:00:00Z"),))
    found = blank_engine.suggest(decided, blank_engine.train(decided), "d0")
    assert not any(item.span.overlaps(shown.span) and item.code_id == shown.code_id for item in found.proposals)
    hidden = [item for item in found.hidden if item.reason is reason]
    assert {(item.code_id, item.at) for item in hidden} == {(shown.code_id, "2026-11-02T10:00:00Z")}


def test_a_muted_code_is_not_shown(blank_engine: Engine) -> None:
    study = replace(coded_study(()), muted=frozenset({"team"}))
    found = blank_engine.suggest(study, blank_engine.train(study), "d0")
    assert "team" not in {item.code_id for item in found.proposals}
    assert ("team", HiddenReason.MUTED) in {(item.code_id, item.reason) for item in found.hidden}


def test_a_rejection_teaches(blank_engine: Engine) -> None:
    study = coded_study((0, 1, 2))
    text = "A team meets weekly."
    twin = [replace(talk(0)[0], id=name, text=text, turns=()) for name in ("one", "two")]
    asked = replace(study, documents=(*study.documents, *twin))
    before = dict(blank_engine.suggest(asked, blank_engine.train(asked), "two").units[0].scores)["team"]
    span = blank_engine.suggest(asked, blank_engine.train(asked), "one").units[0].span
    taught = replace(asked, decisions=(Decision("one", span, "team", SuggestionState.REJECTED, ""),))
    after = dict(blank_engine.suggest(taught, blank_engine.train(taught), "two").units[0].scores)["team"]
    assert after < before


def test_a_lexicon_entry_of_the_project_counts_and_is_shown_as_reason(blank_engine: Engine) -> None:
    study = coded_study(())
    text = "We do the hokey-cokey with them."
    odd = replace(talk(0)[0], id="odd", text=text, turns=())
    asked = replace(study, documents=(odd,), lexicon=(LexiconEntry("social", "hokey-cokey", LexiconKind.EXACT, 3.0),))
    found = blank_engine.suggest(asked, blank_engine.train(asked), "odd")
    assert found.proposals[0].code_id == "social"
    match = found.proposals[0].reasons.matches[0]
    assert (match.span.of(text), match.pattern) == ("hokey-cokey", "hokey-cokey")


def test_the_question_asked_is_learned_and_told(blank_engine: Engine) -> None:
    whole = coded_study((0, 1, 2))
    text = whole.documents[2].text
    kept = tuple(coding for coding in whole.codings if "A dinner a year." not in coding.span.of(
        next(document.text for document in whole.documents if document.id == coding.document_id)))  # fmt: skip
    study = replace(whole, codings=kept, threshold=0.05)
    found = blank_engine.suggest(study, blank_engine.train(study), "d2")
    dinner = next(item for item in found.proposals if "A dinner a year." in item.span.of(text))
    assert dinner.code_id == "social"
    assert dinner.reasons.question == "Q1"
    shares = {part.source: part.share for part in dinner.reasons.parts}
    assert shares[Source.QUESTION] > 0
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)


def answered(name: str, sentences: list[str], code: str) -> tuple[StudyDocument, list[StudyCoding]]:
    """Return an interview that only asks Q9, with a code on every sentence of the answer ("": none)."""
    asked = "What about that?"
    text, codings = asked + "\n", []
    start = len(text)
    for sentence in sentences:
        if code:
            codings.append(
                StudyCoding(f"{name}-{len(text)}", name, TextSpan(len(text), len(text) + len(sentence)), code)
            )
        text += sentence + " "
    question = StudyTurn(TextSpan(0, len(asked)), TurnKind.QUESTION, SpeakerRole.INTERVIEWER, "Q9")
    answer = StudyTurn(TextSpan(start, len(text) - 1), TurnKind.ANSWER, SpeakerRole.INTERVIEWEE, "Q9", "R")
    return StudyDocument(name, name, text[:-1], (question, answer), "en"), codings


def test_what_one_interview_says_over_and_over_counts_less_than_what_several_say(blank_engine: Engine) -> None:
    whole, said = coded_study((0, 1, 2)), [f"Zulu{number} yankee{number} 😀." for number in range(12)]
    new, _ = answered("new", ["Xray whisky."], "")

    def score(*interviews: list[str]) -> float:
        made = [answered(f"e{number}", sentences, "team") for number, sentences in enumerate(interviews)]
        study = replace(
            whole,
            documents=(*whole.documents, *(document for document, _ in made), new),
            codings=(*whole.codings, *(coding for _, codings in made for coding in codings)),
        )
        found = blank_engine.suggest(study, blank_engine.train(study), "new")
        return dict(found.units[0].scores)["team"]

    several = score(said[:3], said[3:6], said[6:9], said[9:])
    assert score(said) < several
    assert score(said[:3]) < several


def test_a_question_for_reasons_leads_to_codes_about_reasons(blank_engine: Engine) -> None:
    study = coded_study(())
    text = study.documents[1].text
    why = next(turn for turn in study.documents[1].turns if "Because" in turn.span.of(text))
    bare = text[: why.span.start] + "They buy a lot of it."
    turns = tuple(turn for turn in study.documents[1].turns if turn.span.end <= why.span.start)
    from kamcoder.domain.document import TextSpan

    answer = replace(why, span=TextSpan(why.span.start, len(bare)))
    asked = replace(study, documents=(replace(study.documents[1], text=bare, turns=(*turns, answer)),))
    assert best(blank_engine, asked, "d1")["They buy a lot of it."] == "why"


def test_passages_alike_are_found_where_the_code_is_missing(blank_engine: Engine) -> None:
    study = coded_study((0,))
    golf = next(coding for coding in study.codings if "golf" in coding.span.of(study.documents[0].text))
    found = blank_engine.similar(study, blank_engine.train(study), golf.id)
    texts = {document.id: document.text for document in study.documents}
    assert found[0].span.of(texts[found[0].document_id]) == "Our CEO went to a golf clinic."
    assert "golf" in found[0].terms
    assert found[0].document_id != "d0"


def test_a_coding_unlike_its_code_is_told(blank_engine: Engine) -> None:
    study = coded_study((0, 1, 2))
    odd = next(coding for coding in study.codings if coding.code_id == "team" and coding.document_id == "d1")
    wrong = replace(odd, code_id="share")
    mixed = replace(study, codings=tuple(wrong if coding.id == odd.id else coding for coding in study.codings))
    found = blank_engine.consistency(mixed, blank_engine.train(mixed))
    assert (found[0].coding_id, found[0].code_id, found[0].other_code_id) == (odd.id, "share", "team")


def test_figures_come_from_documents_not_seen(blank_engine: Engine) -> None:
    study = coded_study((0, 1, 2))
    quality = blank_engine.evaluate(study)
    assert quality.documents == 3
    assert quality.few
    assert quality.top1 > 0.8
    assert {code.code_id for code in quality.codes} == {code.id for code in study.codes}
    assert sum(item.suggested for item in quality.reliability) == quality.units
    assert all(point.macro_f1 >= point.rules_f1 - 0.03 for point in quality.curve)


def test_one_coded_document_gives_no_figures(blank_engine: Engine) -> None:
    quality = blank_engine.evaluate(coded_study((0,)))
    assert (quality.units, quality.curve, quality.few) == (0, (), True)
