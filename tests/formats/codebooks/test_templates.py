"""The five templates that ship, and the reader's refusals."""

import re
import tomllib
from pathlib import Path

import pytest

from kamcoder import paths
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import ImportRefused
from kamcoder.formats.codebooks.codebook_file import CodebookFile
from kamcoder.formats.codebooks.template import list_templates, read_template

FOLDER = paths.resources() / "codebooks"
SHIPPED = sorted(path.name for path in FOLDER.glob("*.toml"))
KAM = {
    "KAM embeddedness": {
        "informant": "Q1",
        "key account criteria": "Q2",
        "revenue share": "Q3",
        "reporting line": "",
        "links to other units": "Q4 Q5",
        "key account teams": "",
    },
    "Direct TM involvement": {"strategic": "Q6", "tactical": "Q7", "social": "Q8"},
    "Indirect TM involvement": {"strategic": "Q9", "tactical": "Q10", "organisational alignment": "Q11"},
    "Involvement antecedents": dict.fromkeys(
        (
            "structure and task demarcation",
            "company culture",
            "industry dynamics",
            "top manager's person and relations",
            "KAM capability and maturity",
            "escalation and problems",
            "customer expectation and status",
            "customer size, power and potential",
            "convenience and geography",
            "time and resource constraints",
            "substitutability and switching cost",
            "bad trade periods",
            "tender and new business",
            "signalling weight",
        ),
        "",
    ),
}


def read(name: str) -> CodebookFile:
    return read_template((FOLDER / name).read_bytes(), name=name)


def test_five_templates_ship() -> None:
    assert SHIPPED == [
        "account-portfolio.toml",
        "customer-relationship-levels.toml",
        "kam-effectiveness.toml",
        "kam.toml",
        "two-levels-of-kam-issues.toml",
    ]


def test_kam_has_the_study_s_codes_and_questions() -> None:
    book = Codebook(read("kam.toml").codes)
    found = {
        top.name: {code.name: " ".join(code.questions) for code in book.children(top.id)} for top in book.children(None)
    }
    assert found == KAM
    assert list(found) == list(KAM)
    assert [list(children) for children in found.values()] == [list(children) for children in KAM.values()]
    assert len(book) == 30


@pytest.mark.parametrize("name", SHIPPED)
def test_every_code_is_described(name: str) -> None:
    template = read(name)
    assert template.key == Path(name).stem
    assert len(template.description) > 80
    for code in template.codes:
        assert len(code.definition) > 60, code.name
        assert all((code.include, code.exclude, code.example)), code.name
        assert code.definition.endswith("."), code.name
    texts = [text for code in template.codes for text in (code.definition, code.include, code.exclude, code.example)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", SHIPPED)
def test_exclude_rules_lead_to_codes_that_exist(name: str) -> None:
    book = Codebook(read(name).codes)
    known = {code.name for code in book.codes} | {book.path(code.id) for code in book.codes}
    for code in book.codes:
        for target in re.findall(r": ([^:.;]+?)[.;]?(?=$|\. [A-Z])", code.exclude):
            plain = re.sub(r",? (?:or both codes|used together with this code)$", "", target)
            plain = {"the two involvement headings": "Direct TM involvement"}.get(plain, plain)
            plain = plain.replace("Direct or Indirect", "Direct")
            assert plain in known, (code.name, target)


@pytest.mark.parametrize("name", SHIPPED)
def test_colours_are_given_and_differ_within_a_parent(name: str) -> None:
    assert "colour" in tomllib.loads((FOLDER / name).read_text("utf-8"))["codes"][0]
    codes = read(name).codes
    assert len({(code.parent_id, code.colour) for code in codes}) == len(codes)
    assert all(re.fullmatch("#[0-9A-F]{6}", code.colour) for code in codes)


@pytest.mark.parametrize("name", SHIPPED)
def test_shortcuts_are_free_single_keys(name: str) -> None:
    shortcuts = [code.shortcut for code in read(name).codes if code.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)
    assert all(re.fullmatch("[BDGHIJKLOPSTWYZ]", shortcut) for shortcut in shortcuts)


def test_kam_headings_have_shortcuts_and_a_guide() -> None:
    template = read("kam.toml")
    assert [code.shortcut for code in template.codes if code.parent_id is None] == ["K", "D", "I", "W"]
    assert template.guide == "kam"


def test_ids_are_fresh_and_positions_count_siblings() -> None:
    one, other = read("kam.toml"), read("kam.toml")
    assert not {code.id for code in one.codes} & {code.id for code in other.codes}
    book = Codebook(one.codes)
    for parent in (None, *(code.id for code in book.codes)):
        assert [code.position for code in book.children(parent)] == list(range(len(book.children(parent))))
    assert [code for _, code in book.walk()] == list(one.codes)


def test_list_puts_the_template_with_a_guide_first() -> None:
    found = list_templates(FOLDER)
    assert [info.key for info in found] == [
        "kam",
        "account-portfolio",
        "kam-effectiveness",
        "customer-relationship-levels",
        "two-levels-of-kam-issues",
    ]
    assert [info.codes for info in found] == [30, 17, 7, 11, 12]
    assert all(info.path.is_file() for info in found)


def test_list_of_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert list_templates(tmp_path) == ()


def test_missing_colours_are_filled() -> None:
    child = "[[codes.children]]\nname = "
    data = f"[[codes]]\nname = 'A'\n{child}'B'\n{child}'C'\n[[codes]]\nname = 'D'\n".encode()
    codes = read_template(data, name="small.toml").codes
    assert [code.name for code in codes] == ["A", "B", "C", "D"]
    assert len({code.colour for code in codes}) == 4


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "codebook_file_empty"),
        ("key = 'x'\n", "codebook_without_codes"),
        ("key = ", "template_unreadable"),
        ("colour = '#fff'\n[[codes]]\nname='A'", "template_key_unknown"),
        ("[[codes]]\nname='A'\ndefinitoin='x'", "template_key_unknown"),
        ("[[codes]]\ndefinition='x'", "template_value_wrong"),
        ("[[codes]]\nname='A'\ncolour='blueish'", "template_value_wrong"),
        ("[[codes]]\nname='A'\nquestions=[6]", "template_value_wrong"),
        ("[[codes]]\nname='A'\nquestions='Q6'", "template_value_wrong"),
        ("[[codes]]\nname='A › B'", "template_value_wrong"),
        ("[[codes]]\nname='A'\nshortcut='AB'", "template_value_wrong"),
        ("[[codes]]\nname='A'\nshortcut='K'\n[[codes]]\nname='B'\nshortcut='k'", "template_value_wrong"),
        ("[[codes]]\nname='A'\n[[codes]]\nname='a'", "template_code_twice"),
        ("codes = ['A']", "template_value_wrong"),
        ("[codes]\nname='A'", "template_value_wrong"),
    ],
)
def test_bad_templates_are_refused_by_name(text: str, key: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_template(text.encode(), name="mine.toml")
    assert caught.value.key == key
    assert caught.value.values["name"] == "mine.toml"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x80abc", b"PK\x03\x04\x00"])
def test_bytes_that_are_no_toml_are_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused, match="template_unreadable"):
        read_template(data, name="mine.toml")


def test_nesting_without_end_is_refused() -> None:
    inner = "{name='x'}"
    for _ in range(150):
        inner = "{name='x',children=[" + inner + "]}"
    with pytest.raises(ImportRefused):
        read_template(f"codes=[{inner}]".encode(), name="deep.toml")
