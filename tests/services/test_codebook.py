"""Growing and pruning the codebook."""

import pytest

from kamcoder.domain.codebook import Code
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.session import Session
from tests.builders import code_quote


def tree(session: Session) -> list[str]:
    book = session.codebook.all()
    return [book.path(code.id) for _, code in book.walk()]


def find(session: Session, path: str) -> str:
    return session.codebook.all().find(path).id


def test_new_codes_get_distinct_colours_and_the_last_place(study: Session) -> None:
    for name in ("one", "two", "three", "four", "five", "six"):
        study.codebook.add(name)
    top = study.codebook.all().children(None)
    assert [code.name for code in top][-2:] == ["five", "six"]
    assert len({code.colour for code in top}) == len(top)


@pytest.mark.parametrize("name", ["", "   ", "\n", "a › b"])
def test_impossible_names_are_refused(study: Session, name: str) -> None:
    with pytest.raises(InvalidInput):
        study.codebook.add(name)


def test_siblings_have_different_names_whatever_the_case(study: Session) -> None:
    with pytest.raises(InvalidInput, match="code_name_taken"):
        study.codebook.add("ANTECEDENTS")
    study.codebook.add("antecedents", parent_id=find(study, "Direct involvement"))
    with pytest.raises(InvalidInput, match="code_name_taken"):
        study.codebook.edit(find(study, "social"), name="Strategic")


def test_colours_and_shortcuts_are_checked(study: Session) -> None:
    code = find(study, "social")
    study.codebook.edit(code, shortcut="s", colour="#aabbcc")
    assert study.codebook.all().get(code).shortcut == "S"
    assert study.codebook.all().get(code).colour == "#AABBCC"
    for fields in ({"colour": "red"}, {"shortcut": "ab"}, {"shortcut": "?"}):
        with pytest.raises(InvalidInput):
            study.codebook.edit(code, **fields)
    with pytest.raises(InvalidInput, match="shortcut_taken"):
        study.codebook.edit(find(study, "strategic"), shortcut="S")


def test_a_code_cannot_stand_below_itself(study: Session) -> None:
    top, child = find(study, "Direct involvement"), find(study, "social")
    for parent in (top, child):
        with pytest.raises(InvalidInput, match="code_cycle"):
            study.codebook.move(top, parent)


def test_moving_orders_siblings(study: Session) -> None:
    study.codebook.move(find(study, "Antecedents"), None, position=0)
    study.codebook.move(find(study, "strategic"), find(study, "Antecedents"))
    assert tree(study) == [
        "Antecedents",
        "Antecedents › strategic",
        "Direct involvement",
        "Direct involvement › social",
    ]


def test_deleting_tells_what_goes_and_asks_first(study: Session) -> None:
    code = find(study, "Direct involvement")
    study.memos.write(MemoTarget.CODE, code, "too broad?")
    study.summaries.write(study.cases.find("A").id, code, "The CEO meets them once a year.")
    impact = study.codebook.impact(code)
    assert (impact.codes, impact.codings, impact.documents, impact.coders) == (3, 2, 2, 1)
    assert (impact.memos, impact.summaries) == (1, 1)
    with pytest.raises(InvalidInput, match="code_has_codings"):
        study.codebook.delete(code)
    assert study.codebook.delete(code, with_codings=True) == impact
    assert tree(study) == ["Antecedents"]
    assert len(study.passages.select()) == 1
    study.undo()
    assert len(study.passages.select()) == 3
    assert len(study.summaries.all()) == 1


def test_merging_joins_codings_memos_children_and_summaries(study: Session) -> None:
    direct, antecedents = find(study, "Direct involvement"), find(study, "Antecedents")
    study.codebook.add("social", parent_id=antecedents, questions=("Q8",))
    twin = code_quote(study, "B-KAM", "Antecedents › social", "He drinks coffee with the big ones.")
    study.memos.write(MemoTarget.CODING, twin.id, "a habit")
    only = code_quote(study, "B-KAM", "Antecedents › social", "No, only when a relation is at risk.")
    case = study.cases.find("B").id
    study.summaries.write(case, direct, "Coffee.")
    study.summaries.write(case, antecedents, "Risk.")
    study.codebook.merge(antecedents, direct)
    assert tree(study) == ["Direct involvement", "Direct involvement › strategic", "Direct involvement › social"]
    social = find(study, "social")
    quotes = sorted(item.coding.quote for item in study.passages.select() if item.coding.code_id == social)
    assert quotes == ["He drinks coffee with the big ones.", "No, only when a relation is at risk."]
    kept = next(item for item in study.passages.select() if item.coding.quote.startswith("He drinks"))
    assert kept.memo == "a habit"
    assert only.id in {item.coding.id for item in study.passages.select()}
    assert study.summaries.all()[(case, direct)].text == "Coffee.\n\nRisk."
    assert study.codebook.all().get(social).questions == ("Q8",)


def test_a_code_cannot_be_merged_into_its_own_child(study: Session) -> None:
    with pytest.raises(InvalidInput, match="code_merge_self"):
        study.codebook.merge(find(study, "Direct involvement"), find(study, "social"))


def test_splitting_off_moves_the_chosen_codings(study: Session) -> None:
    first = code_quote(study, "A-KAM", "social", "Hardly ever.")
    child = study.codebook.split_off(find(study, "social"), [first.id], "absence")
    by_code = {item.coding.id: item.coding.code_id for item in study.passages.select()}
    assert by_code[first.id] == child.id
    assert sum(code_id == child.id for code_id in by_code.values()) == 1


def test_a_codebook_is_taken_in_below_what_is_there(study: Session) -> None:
    top = Code(new_id(), "direct INVOLVEMENT")
    new = Code(new_id(), "tactical", parent_id=top.id)
    known = Code(new_id(), "Social", parent_id=top.id)
    with pytest.raises(InvalidInput, match="codebook_not_empty"):
        study.codebook.take_in([top, new, known], source="x.csv")
    assert study.codebook.take_in([top, new, known], source="x.csv", add=True) == 1
    assert "Direct involvement › tactical" in tree(study)
    assert study.codebook.take_in([top, new, known], source="x.csv", add=True) == 0


def test_codes_are_found_by_what_a_person_types(study: Session) -> None:
    book = study.codebook.all()
    assert book.find("direct › STRATEGIC").name == "strategic"
    assert book.find("direct/social").name == "social"
    assert book.find("antec").name == "Antecedents"
    study.codebook.add("strategic", parent_id=book.find("Antecedents").id)
    with pytest.raises(InvalidInput, match="code_ambiguous"):
        study.codebook.all().find("strategic")
    for text in ("", "nothing", "social › strategic"):
        with pytest.raises(NotFound):
            study.codebook.all().find(text)


def test_a_name_with_a_slash_is_found_whole(study: Session) -> None:
    code = study.codebook.add("needs/wants")
    assert study.codebook.all().find("needs/wants") == code


def test_a_path_is_added_with_its_ancestors_once(study: Session) -> None:
    code = study.codebook.ensure_path("Market › growth > not a step")
    assert study.codebook.all().path(code.id) == "Market › growth > not a step"
    assert study.codebook.ensure_path("market › growth > not a step") == code


def test_several_codes_move_side_by_side_and_take_what_is_below_them_along(study: Session) -> None:
    direct, antecedents = find(study, "Direct involvement"), find(study, "Antecedents")
    deep = study.codebook.add("deep", parent_id=find(study, "strategic")).id
    study.codebook.move_many([deep, find(study, "strategic"), find(study, "social")], antecedents, position=0)
    assert tree(study) == [
        "Direct involvement",
        "Antecedents",
        "Antecedents › strategic",
        "Antecedents › strategic › deep",
        "Antecedents › social",
    ]
    study.codebook.move_many([antecedents], None, position=0)
    assert tree(study)[0] == "Antecedents"
    study.undo()
    study.undo()
    assert [code.name for code in study.codebook.all().children(direct)] == ["strategic", "social"]


def test_codes_of_one_name_do_not_meet_by_moving(study: Session) -> None:
    antecedents = find(study, "Antecedents")
    twin = study.codebook.add("Social", parent_id=antecedents).id
    with pytest.raises(InvalidInput, match="code_name_taken"):
        study.codebook.move_many([find(study, "Direct involvement › social"), twin], None)
    with pytest.raises(InvalidInput, match="code_cycle"):
        study.codebook.move_many([twin, antecedents], twin)


def test_several_codes_are_deleted_in_one_act(study: Session) -> None:
    before = tree(study)
    chosen = (find(study, "social"), find(study, "Direct involvement"), find(study, "Antecedents"))
    impact = study.codebook.impact(*chosen)
    assert (impact.codes, impact.codings) == (4, 3)
    with pytest.raises(InvalidInput, match="code_has_codings"):
        study.codebook.delete(*chosen)
    assert study.codebook.delete(*chosen, with_codings=True) == impact
    assert tree(study) == []
    study.undo()
    assert tree(study) == before


def test_several_codes_are_merged_into_one(study: Session) -> None:
    target = study.codebook.add("All").id
    study.codebook.merge_many([find(study, "Antecedents"), find(study, "social"), find(study, "strategic")], target)
    assert len(study.codebook.codings(target)) == 3
    assert tree(study) == ["Direct involvement", "All"]
    with pytest.raises(InvalidInput, match="code_merge_self"):
        study.codebook.merge_many([target, find(study, "Direct involvement")], target)


def test_an_edit_may_put_a_code_below_another(study: Session) -> None:
    direct, antecedents = find(study, "Direct involvement"), find(study, "Antecedents")
    study.codebook.edit(antecedents, parent_id=direct, name="before", definition="What came first.")
    assert tree(study)[-1] == "Direct involvement › before"
    with pytest.raises(InvalidInput, match="code_cycle"):
        study.codebook.edit(direct, parent_id=antecedents)
    with pytest.raises(InvalidInput, match="code_name_taken"):
        study.codebook.edit(antecedents, name="SOCIAL")
    study.codebook.add("before")
    with pytest.raises(InvalidInput, match="code_name_taken"):
        study.codebook.edit(antecedents, parent_id=None)


def test_colours_to_choose_from_are_base_hues_or_shades_of_the_parent(study: Session) -> None:
    direct = find(study, "Direct involvement")
    assert study.codebook.all().get(direct).colour in study.codebook.colours()
    shades = study.codebook.colours(direct)
    assert study.codebook.all().get(find(study, "social")).colour in shades
    assert study.codebook.next_colour(direct) == study.codebook.add("third", parent_id=direct).colour
    assert len(set(shades)) == len(shades) > 6


def test_the_codings_of_a_code_are_its_own(study: Session) -> None:
    direct = find(study, "Direct involvement")
    assert study.codebook.codings(direct) == []
    later = code_quote(study, "B-KAM", "social", "No, only when a relation is at risk.")
    assert [coding.id for coding in study.codebook.codings(find(study, "social"))][-1] == later.id
