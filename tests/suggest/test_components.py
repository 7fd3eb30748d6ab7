"""The pipeline as spaCy sees it."""

import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kamcoder.domain.actor import Wording
from kamcoder.domain.suggesting import ActorRole, CastMember, LexiconEntry, LexiconKind, Tier
from kamcoder.paths import resources
from kamcoder.suggest import components, fusing
from kamcoder.suggest.actors import no_actors, shipped_wordings
from kamcoder.suggest.engine import Engine
from kamcoder.suggest.language import reader
from kamcoder.suggest.pipeline import extend, prepare
from kamcoder.suggest.vocabulary import vocabulary
from tests.suggest.studies import coded_study, talk

RELATION = LexiconEntry("direct", "TM -> meet|visit -> customer", LexiconKind.RELATION)


def found(nlp: Language, text: str, group: str = "evidence") -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_) for span in doc.spans[group]]


def test_the_components_are_registered_under_their_names() -> None:
    nlp = spacy.blank("en")
    for name in ("kam_turns", "kam_cast", "kam_rules", "kam_learner", "kam_fuse"):
        nlp.add_pipe(name)
    assert nlp.pipe_names == ["kam_turns", "kam_cast", "kam_rules", "kam_learner", "kam_fuse"]
    assert "suggestions" in nlp("Nothing is known yet.").spans


@pytest.mark.parametrize("tier", list(Tier))
def test_a_whole_document_gets_turns_actors_evidence_and_suggestions(tier: Tier) -> None:
    study = coded_study((0, 1))
    engine = Engine(tier=tier)
    model = engine.train(study)
    nlp = fusing.whole_pipeline(extend(reader("en", tier=tier)), study, model)
    document, _ = talk(2)
    doc = nlp.make_doc(document.text)
    doc.user_data[components.DOCUMENT] = document
    doc = nlp(doc)
    assert doc.text == document.text
    assert len(doc.spans["turns"]) == len(document.turns)
    assert [span.text for span in doc.spans["questions"]] == [
        turn.span.of(document.text) for turn in document.turns if turn.kind.value == "question"
    ]
    assert "owner" in {span.text.split()[-1] for span in doc.spans["actors"] if span.label_ == "TM"}
    expected = engine.suggest(study, model, "d2").proposals
    shown = {(span.text, span.label_) for span in doc.spans["suggestions"]}
    assert {(item.span.of(document.text), item.code_id) for item in expected} == shown


@pytest.mark.parametrize("tier", list(Tier))
def test_a_relation_tells_who_meets_whom(tier: Tier) -> None:
    nlp = extend(reader("en", tier=tier))
    prepare(nlp, (CastMember("Hendrik", ActorRole.TOP_MANAGER),), (RELATION,))
    assert found(nlp, "Hendrik often visits our largest customer.") == [
        ("Hendrik often visits our largest customer", "direct")
    ]
    assert found(nlp, "The weather met our expectations.") == []


def test_a_name_of_one_document_means_nothing_in_another() -> None:
    nlp = extend(reader("en", tier=Tier.BLANK))
    prepare(nlp, (CastMember("Bart", ActorRole.CUSTOMER, "d1"),), ())
    for number, expected in ((1, ["customer"]), (2, [])):
        document = talk(number)[0]
        doc = nlp.make_doc("Bart came.")
        doc.user_data[components.DOCUMENT] = type(document)(document.id, "", "Bart came.")
        doc = nlp(doc)
        assert [span.label_ for span in doc.spans["actors"]] == expected


@pytest.mark.parametrize(
    ("pattern", "kind", "text", "hit"),
    [
        (
            "sign * contract",
            LexiconKind.PHRASE,
            "She signed the very long contracts.",
            "signed the very long contracts",
        ),
        ("per cent", LexiconKind.PHRASE, "Ninety Per Cent!", "Per Cent"),
        ("meet", LexiconKind.EXACT, "They met; we meet.", "meet"),
        ("20\\d\\d", LexiconKind.REGEX, "Since 2008 it is so.", "2008"),
    ],
)
def test_every_kind_of_pattern_matches(pattern: str, kind: LexiconKind, text: str, hit: str) -> None:
    nlp = extend(reader("en", tier=Tier.BLANK))
    prepare(nlp, (), (LexiconEntry("c", pattern, kind),))
    assert found(nlp, text) == [(hit, "c")]


def test_cast_lexicon_and_model_survive_the_disk(tmp_path: Path) -> None:
    study = coded_study((0, 1))
    engine = Engine(tier=Tier.BLANK)
    nlp = fusing.whole_pipeline(extend(reader("en", tier=Tier.BLANK)), study, engine.train(study))
    prepare(nlp, (CastMember("Zoë", ActorRole.TOP_MANAGER),), (LexiconEntry("social", "golf"),))
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    text = "Zoë plays golf with the buyer."
    for group in ("actors", "evidence"):
        assert found(again, text, group) == found(nlp, text, group)
        assert found(again, text, group)
    assert again.get_pipe("kam_learner").model.version == nlp.get_pipe("kam_learner").model.version


def test_titles_are_those_of_the_actors_with_what_the_project_changed() -> None:
    nlp = extend(reader("en", tier=Tier.BLANK))
    text = "The CFO and the grand vizier met our key account managers over a board game; SD stays home."
    prepare(nlp, (), ())
    assert found(nlp, text, "actors") == [("CFO", "TM"), ("key account managers", "KAM"), ("SD", "TM")]
    changed = (
        Wording("chief-financial-officer", "CFO", exact=True, enabled=False),
        Wording("ceo", "grand vizier", exact=False),
        Wording("ceo", "SD", exact=True, document_id="elsewhere"),
        Wording("a-role-of-nobody-here", "home", exact=False),
    )
    prepare(nlp, (), (), changed)
    assert found(nlp, text, "actors") == [("grand vizier", "TM"), ("key account managers", "KAM"), ("SD", "TM")]
    again = spacy.blank("en")
    again.add_pipe("kam_cast").from_bytes(nlp.get_pipe("kam_cast").to_bytes())
    assert found(again, text, "actors") == found(nlp, text, "actors")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_word_for_people_stands_in_two_lists(language: str) -> None:
    titles = {wording.text.casefold() for wording in (*shipped_wordings(), *no_actors())}
    assert titles.isdisjoint(phrase.casefold() for _, phrases in vocabulary(language).actors for phrase in phrases)
    sides = tomllib.loads((resources() / "actors" / "involvement.toml").read_text("utf-8"))
    assert {role for roles in sides.values() for role in roles} <= {wording.role_id for wording in shipped_wordings()}
