"""Actors of passages: found, spoken, put right; their wordings, their table, and undo of all that."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamcoder.analysis.measures import Measure
from kamcoder.domain.actor import OwnVoice, of_customer
from kamcoder.domain.coding import Coding
from kamcoder.domain.errors import InvalidInput, KamCoderError, NotFound
from kamcoder.domain.suggesting import ActorRole as CastRole
from kamcoder.formats.report.model import Figures, Paper
from kamcoder.formats.tables.grid import Grid
from kamcoder.paths import sample_interviews
from kamcoder.services.actor_tables import involvement
from kamcoder.services.actors import ActorSource
from kamcoder.services.demo import build_sample
from kamcoder.services.reporting import ReportOptions, ReportPart, case_report
from kamcoder.services.session import Session
from kamcoder.services.table_definition import TableAxis, TableDefinition
from kamcoder.storage.checks import check
from tests.builders import code_quote


def actors(session: Session, coding: Coding) -> list[str]:
    found = session.actors.named([(coding.id, coding.document_id, coding.span.start, coding.span.end)])
    return list(found.get(coding.id, ()))


@pytest.fixture
def closer(study: Session) -> Coding:
    """A passage of the CEO that names the sales director: “Because the sales director is closer to them.”"""
    return next(item.coding for item in study.passages.select() if item.coding.quote.startswith("Because"))


@pytest.fixture
def meeting(study: Session) -> Coding:
    """A passage in which only the CEO speaks of himself: “I meet the largest customers once a year.”"""
    return next(item.coding for item in study.passages.select() if item.coding.quote.startswith("I meet"))


# -- what is found ---------------------------------------------------------------------------------------------------


def test_an_actor_is_named_in_the_words_of_a_passage(study: Session, closer: Coding) -> None:
    (actor,) = study.actors.of_coding(closer.id)
    assert (actor.actor, actor.name, actor.source) == ("sales-director", "Sales Director", ActorSource.NAMED)
    text = study.documents.text(closer.document_id)
    assert [span.of(text) for span in actor.spans] == ["sales director"]
    assert actors(study, closer) == ["sales-director"]


def test_who_says_i_is_the_speaker_by_the_name_in_the_transcript(study: Session, meeting: Coding) -> None:
    (actor,) = study.actors.of_coding(meeting.id)
    assert (actor.actor, actor.source) == ("ceo", ActorSource.SPEAKER)


def test_the_role_of_the_participant_goes_before_the_name_in_the_transcript(study: Session, meeting: Coding) -> None:
    assert actors(study, meeting) == ["ceo"]
    speaker = next(item for item in study.documents.speakers(meeting.document_id) if item.name == "CEO")
    person = study.cases.add_participant("A-1", case_id=study.cases.find("A").id, role="Commercial Director (Benelux)")
    study.documents.set_speaker(speaker.id, role=speaker.role, participant_id=person.id)
    assert actors(study, meeting) == ["commercial-director"]
    study.undo()
    assert actors(study, meeting) == ["ceo"]


def test_the_speakers_i_can_be_turned_off_and_undone(study: Session, meeting: Coding) -> None:
    assert study.actors.roles.own_voice is OwnVoice.I_ALONE
    study.actors.roles.set_own_voice(OwnVoice.OFF)
    assert actors(study, meeting) == []
    study.undo()
    assert actors(study, meeting) == ["ceo"]


def test_we_counts_only_when_it_is_to(study: Session) -> None:
    ours = code_quote(study, "A-CEO", "social", "Trust matters: people know us.")
    assert actors(study, ours) == []
    study.actors.roles.set_own_voice(OwnVoice.I_AND_WE)
    assert actors(study, ours) == ["ceo"]


def test_the_interviewer_is_nobody(study: Session) -> None:
    asked = code_quote(study, "A-KAM", "social", "And what do you do?")
    both = code_quote(study, "A-KAM", "social", "Do you meet the board?")
    assert actors(study, asked) == []
    assert actors(study, both) == ["board"]


def test_only_what_is_wholly_in_the_passage_counts(study: Session) -> None:
    cut = code_quote(study, "A-CEO", "social", "Because the sales")
    assert actors(study, cut) == []


# -- corrections -----------------------------------------------------------------------------------------------------


def test_an_actor_is_added_and_taken_off_and_both_are_undone(study: Session, closer: Coding) -> None:
    study.actors.correct([closer.id], "ceo", present=True)
    study.actors.correct([closer.id], "sales-director", present=False)
    assert actors(study, closer) == ["ceo"]
    assert {item.actor: item.source for item in study.actors.of_coding(closer.id)} == {
        "ceo": ActorSource.ADDED,
        "sales-director": ActorSource.REMOVED,
    }
    study.undo()
    assert actors(study, closer) == ["ceo", "sales-director"]
    study.undo()
    assert actors(study, closer) == ["sales-director"]
    study.redo()
    assert actors(study, closer) == ["ceo", "sales-director"]


def test_a_correction_that_is_taken_back_leaves_no_row(study: Session, closer: Coding) -> None:
    study.actors.correct([closer.id], "sales-director", present=False)
    study.actors.correct([closer.id], "sales-director", present=True)
    study.actors.correct([closer.id], of_customer("ceo"), present=True)
    study.actors.correct([closer.id], of_customer("ceo"), present=False)
    assert study._editing.rows.actors.corrections() == []
    steps = len(study.log())
    study.actors.correct([closer.id], "sales-director", present=True)
    assert len(study.log()) == steps


def test_several_passages_are_corrected_in_one_act(study: Session, closer: Coding, meeting: Coding) -> None:
    study.actors.correct([closer.id, meeting.id], "board", present=True)
    assert actors(study, closer) == ["board", "sales-director"]
    assert actors(study, meeting) == ["ceo", "board"]
    study.undo()
    assert (actors(study, closer), actors(study, meeting)) == (["sales-director"], ["ceo"])


def test_corrections_go_with_their_coding_and_come_back_with_it(study: Session, closer: Coding) -> None:
    study.actors.correct([closer.id], "ceo", present=True)
    study.codings.remove([closer.id])
    assert study._editing.rows.actors.corrections() == []
    study.undo()
    assert actors(study, closer) == ["ceo", "sales-director"]


def test_corrections_go_over_to_the_coding_that_stays(study: Session, closer: Coding) -> None:
    twin = study.codings.apply(
        closer.document_id, closer.span, study.codebook.all().find("social").id, coder_id=closer.coder_id
    )
    study.actors.correct([twin.id], "ceo", present=True)
    study.passages.recode([twin.id], closer.code_id)
    assert actors(study, closer) == ["ceo", "sales-director"]


def test_corrections_need_a_coder_a_known_actor_and_a_coding(study: Session, closer: Coding) -> None:
    with pytest.raises(NotFound, match="actor_unknown"):
        study.actors.correct([closer.id], "emperor", present=True)
    with pytest.raises(NotFound, match="coding_unknown"):
        study.actors.correct(["nothing"], "ceo", present=True)
    with pytest.raises(NotFound, match="coding_unknown"):
        study.actors.of_coding("nothing")


# -- roles and wordings ----------------------------------------------------------------------------------------------


def test_a_wording_is_added_at_once_in_effect_and_undone(study: Session) -> None:
    big = next(item.coding for item in study.passages.select() if "coffee" in item.coding.quote)
    assert actors(study, big) == []
    wording = study.actors.roles.add_wording("procurement", "the big ones")
    assert actors(study, big) == ["procurement"]
    study.actors.roles.switch(wording, enabled=False)
    assert actors(study, big) == []
    study.undo()
    assert actors(study, big) == ["procurement"]
    study.actors.roles.remove_wording(study.actors.roles.wordings()[-1])
    assert actors(study, big) == []
    study.undo()
    study.undo()
    assert actors(study, big) == []


def test_a_shipped_wording_is_switched_off_for_this_project_and_on_again(study: Session, closer: Coding) -> None:
    def of_ship() -> object:
        return next(item for item in study.actors.roles.wordings() if item.text == "sales director")

    shipped = of_ship()
    study.actors.roles.switch(shipped, enabled=False)
    assert actors(study, closer) == ["director"]
    assert study.actors.roles.ships(of_ship())
    with pytest.raises(InvalidInput, match="wording_ships"):
        study.actors.roles.remove_wording(of_ship())
    study.actors.roles.switch(of_ship(), enabled=True)
    assert actors(study, closer) == ["sales-director"]
    assert study._editing.rows.actors.wordings() == []
    assert of_ship() == shipped


def test_a_name_holds_in_its_document_alone(study: Session) -> None:
    study.actors.roles.set_own_voice(OwnVoice.OFF)
    zoe = code_quote(study, "A-CEO", "social", "Zoe\u0308 runs sales")
    study.actors.roles.add_wording("commercial-director", "Zoë", document_id=zoe.document_id)
    assert actors(study, zoe) == ["commercial-director"]
    other = study.documents.find("B-KAM").id
    study.actors.roles.add_wording("ceo", "contracts", document_id=other)
    signs = code_quote(study, "B-KAM", "social", "The commercial director signs the contracts.")
    assert actors(study, signs) == ["ceo", "commercial-director"]
    study.documents.delete(other)
    assert [item.text for item in study.actors.roles.wordings() if item.document_id] == ["Zoë"]
    study.undo()
    assert actors(study, signs) == ["ceo", "commercial-director"]


def test_a_role_of_ones_own_comes_and_goes_with_all_that_names_it(study: Session, closer: Coding) -> None:
    role = study.actors.roles.add_role("Works council")
    study.actors.roles.add_wording(role.id, "closer to them")
    study.actors.correct([closer.id], of_customer(role.id), present=True)
    assert actors(study, closer) == ["sales-director", role.id, of_customer(role.id)]
    assert study.actors.roles.names()[of_customer(role.id)] == "Works council (customer)"
    study.actors.roles.remove_role(role.id)
    assert actors(study, closer) == ["sales-director"]
    study.undo()
    assert actors(study, closer) == ["sales-director", role.id, of_customer(role.id)]


@pytest.mark.parametrize(
    ("role", "text", "error"),
    [("ceo", "  ", "wording_empty"), ("ceo", "…", "wording_empty"), ("ceo", "CEO", "wording_taken")],
)
def test_wordings_that_say_nothing_or_are_there_are_refused(study: Session, role: str, text: str, error: str) -> None:
    with pytest.raises(InvalidInput, match=error):
        study.actors.roles.add_wording(role, text)


def test_roles_that_cannot_be_are_refused(study: Session) -> None:
    roles = study.actors.roles
    for name, error in (("", "actor_role_empty"), ("  board ", "actor_role_taken")):
        with pytest.raises(InvalidInput, match=error):
            roles.add_role(name)
    with pytest.raises(InvalidInput, match="actor_role_ships"):
        roles.remove_role("ceo")
    with pytest.raises(NotFound, match="actor_unknown"):
        roles.add_wording("emperor", "His Majesty")
    with pytest.raises(NotFound, match="document_unknown"):
        roles.add_wording("ceo", "Peter", document_id="nothing")
    assert roles.find("sales director") == "sales-director"
    assert roles.find("CEO (customer)") == of_customer("ceo")
    with pytest.raises(NotFound, match="actor_unknown"):
        roles.find("emperor")


def test_every_role_that_ships_has_a_name(session: Session) -> None:
    names = session.actors.roles.names()
    assert len(set(names.values())) == len(names)
    assert not [name for name in names.values() if "_" in name]


def test_names_of_the_cast_list_are_known_until_they_get_an_actor_of_their_own(study: Session) -> None:
    study.actors.roles.set_own_voice(OwnVoice.OFF)
    zoe = code_quote(study, "A-CEO", "social", "Zoe\u0308 runs sales")
    assert actors(study, zoe) == []
    study.lexicon.cast_as("Zoë", CastRole.TOP_MANAGER, document_id=zoe.document_id)
    study.lexicon.cast_as("sales", CastRole.CUSTOMER)
    assert actors(study, zoe) == ["c-suite"]
    (cast,) = [item for item in study.actors.roles.wordings() if item.text == "Zoë"]
    for act in (study.actors.roles.remove_wording, lambda item: study.actors.roles.switch(item, enabled=False)):
        with pytest.raises(InvalidInput, match="wording_of_cast"):
            act(cast)
    study.actors.roles.add_wording("sales-director", "Zoë", document_id=zoe.document_id)
    assert actors(study, zoe) == ["sales-director"]
    study.undo()
    study.undo()
    study.undo()
    assert actors(study, zoe) == []


def test_a_sheet_of_names_is_one_act(study: Session) -> None:
    study.actors.roles.set_own_voice(OwnVoice.OFF)
    zoe = code_quote(study, "A-CEO", "social", "Zoe\u0308 runs sales")
    sheet = "document,name,actor\nA-CEO,Zoë,Sales Director\n,Peter,CEO\nA-CEO,Zoë,Sales Director\n".encode()
    assert study.sheets.names(sheet, name="names.csv").added == 2
    assert actors(study, zoe) == ["sales-director"]
    assert study.sheets.names(sheet, name="names.csv").added == 0
    study.undo()
    assert actors(study, zoe) == []
    for bad, error in ((b"name,actor\nPeter,Emperor\n", "actor_unknown"), (b"name,actor\n,CEO\n", "wording_empty")):
        with pytest.raises(KamCoderError, match=error):
            study.sheets.names(bad, name="names.csv")
    assert [item.text for item in study.actors.roles.wordings() if item.id] == []


# -- reading beside the window ---------------------------------------------------------------------------------------


def test_reading_is_work_on_plain_values_that_is_taken_when_done(study: Session, closer: Coding) -> None:
    work = study.actors.unread()
    assert work is not None
    assert set(work.texts) == {study.documents.find(name).id for name in ("A-CEO", "B-KAM")}
    study.actors.take(work())
    assert study.actors.unread() is None
    assert actors(study, closer) == ["sales-director"]
    code_quote(study, "A-KAM", "social", "Problems go to the sales director first.")
    again = study.actors.unread()
    assert again is not None
    assert set(again.texts) == {study.documents.find("A-KAM").id}


def test_what_was_read_by_other_wordings_is_not_taken(study: Session, closer: Coding) -> None:
    work = study.actors.unread()
    assert work is not None
    readings = work()
    study.actors.roles.add_wording("ceo", "closer to them")
    study.actors.take(readings)
    assert actors(study, closer) == ["ceo", "sales-director"]


def test_a_project_without_codings_needs_no_reading(session: Session) -> None:
    assert session.actors.unread() is None


# -- tables ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def counted(study: Session) -> Session:
    """The small study of the firms A and B, with codings that can be counted by hand."""
    study.actors.roles.set_own_voice(OwnVoice.OFF)
    code_quote(study, "A-KAM", "strategic", "The board decides yearly which accounts are key.")
    code_quote(study, "A-KAM", "strategic", "Problems go to the sales director first.")
    code_quote(study, "A-KAM", "social", "Problems go to the sales director first.")
    code_quote(study, "B-KAM", "strategic", "The commercial director signs the contracts.")
    code_quote(study, "A-CEO", "strategic", "Because the sales director is closer to them.")
    return study


def test_the_table_of_actors_by_kind_names_cases_with_passages(counted: Session) -> None:
    made = counted.tables.make(involvement(counted.codebook.all()))
    assert [column.label for column in made.grid.columns] == ["actor", "strategic", "social", "passages"]
    assert made.grid.rows == (
        ("Board", "A (1)", None, 1),
        ("Sales Director", "A (2)", "A (1)", 2),
        ("Commercial Director", "B (1)", None, 1),
    )
    # Two passages name nobody: they are said to be left out.
    assert made.grid.totals == ("total", 4, 1, 4)
    assert "2 passages are left out" in made.grid.rule
    assert "whether the sentence says yes or no" in made.grid.rule
    quotes = [counted._editing.rows.codings.get(key).quote for key in made.coding_ids(1, 0)]
    assert sorted(quotes) == [
        "Because the sales director is closer to them.",
        "Problems go to the sales director first.",
    ]


def test_the_cells_of_a_table_name_the_actors(counted: Session) -> None:
    book = counted.codebook.all()
    definition = TableDefinition(code_ids=(book.find("Direct involvement").id,), measure=Measure.ACTORS)
    made = counted.tables.make(definition)
    assert made.grid.rows == (
        ("A", "Sales Director (2), Board (1)", 4),
        ("B", "Commercial Director (1)", 2),
    )
    social = book.find("social").id
    (coding,) = [item.coding for item in counted.passages.select() if item.coding.code_id == social][1:]
    counted.actors.correct([coding.id], "ceo", present=True)
    again = counted.tables.make(definition).grid
    assert again.rows[1][1] == "CEO (1), Commercial Director (1)"
    assert "In 1 passage the researchers corrected the actors." in again.rule


def test_actors_are_rows_for_any_measure(counted: Session) -> None:
    made = counted.tables.make(TableDefinition(rows=TableAxis.ACTORS, columns=TableAxis.CASES))
    assert made.grid.rows == (("Board", 1, 0, 1), ("Sales Director", 2, 0, 2), ("Commercial Director", 0, 1, 1))
    assert made.coding_ids(2, 1) != ()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session.open(build_sample(tmp_path_factory.mktemp("sample"))) as opened:
        yield opened


def test_the_sample_study_agrees_with_plain_expressions(sample: Session) -> None:
    named = {
        "ceo": r"\bCEOs?\b|\bchief executives?( officers?)?\b",
        "chief-financial-officer": r"\bCFOs?\b|\bchief financ(ial|e) officers?\b",
        "national-account-manager": r"\bNAMs?\b|\bnational[ -]accounts? managers?\b",
        "marketing-director": r"\bmarketing directors?\b",
        "key-account-manager": r"\bKAMs?\b|\b(key|strategic)[ -]accounts? managers?\b|\bkey account people\b",
    }
    people: dict[tuple[str, str], list[str]] = {}
    with (sample_interviews() / "names.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            people.setdefault((row["document"], sample.actors.roles.find(row["actor"])), []).append(row["name"])
    passages = sample.passages.select()
    sample.actors.roles.set_own_voice(OwnVoice.OFF)
    found = sample.actors.named(
        (item.coding.id, item.coding.document_id, item.coding.span.start, item.coding.span.end) for item in passages
    )
    sample.undo()
    for role, pattern in named.items():
        wanted = {
            item.coding.id
            for item in passages
            if re.search(pattern, item.coding.quote, re.I)
            or any(re.search(rf"\b{name}\b", item.coding.quote) for name in people.get((item.document, role), ()))
        }
        assert len(wanted) > 5 or role == "marketing-director"
        assert {key for key, actors in found.items() if {role, of_customer(role)} & set(actors)} == wanted


def test_the_sample_study_has_its_table(sample: Session) -> None:
    made = sample.tables.make(involvement(sample.codebook.all()))
    assert len(made.columns) == 6
    rows = {row[0]: row for row in made.grid.rows}
    assert {"CEO", "Board", "Sales Director", "Key Account Manager", "National Account Manager"} <= set(rows)
    assert "A (" in str(rows["Board"][4])


def test_a_project_with_actors_is_sound(study: Session, closer: Coding, tmp_path: Path) -> None:
    study.actors.roles.add_wording("ceo", "Zoë", document_id=closer.document_id)
    study.actors.correct([closer.id], "ceo", present=True)
    assert check(study._store).sound
    study.save_copy(tmp_path / "copy.kamcoder")
    with Session.open(tmp_path / "copy.kamcoder") as copy:
        assert actors(copy, closer) == ["ceo", "sales-director"]


def involved(paper: Paper) -> list[Grid]:
    grids = [block.grid for part in paper.parts for block in part.blocks if isinstance(block, Figures)]
    return [grid for grid in grids if grid.title == "Who is involved, in which way, in which cases"]


def test_the_case_report_tells_who_is_involved(sample: Session) -> None:
    (grid,) = involved(case_report(sample))
    rows = {row[0]: row for row in grid.rows}
    assert "A (" in str(rows["Sales Director"][1])
    one = sample.cases.find("B").id
    (few,) = involved(case_report(sample, ReportOptions(case_ids=(one,))))
    assert {re.sub(r"\d+", "1", str(cell)) for row in few.rows for cell in row[1:-1] if cell} == {"B (1)"}
    assert involved(case_report(sample, ReportOptions(without=frozenset({ReportPart.TABLES})))) == []


def test_a_report_in_which_nobody_is_involved_has_no_such_table(study: Session) -> None:
    assert len(involved(case_report(study))) == 1
    study.actors.roles.set_own_voice(OwnVoice.OFF)
    assert involved(case_report(study)) == []
