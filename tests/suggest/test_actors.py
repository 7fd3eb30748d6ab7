"""The actors that texts name: every form that is known, nothing that only looks like one, and the right places."""

import json
import subprocess
import sys

import pytest

from kamcoder import paths
from kamcoder.domain.actor import Wording, exact_by_default, of_customer, role_of
from kamcoder.suggest.actors import ActorFinder, customer_roles, first_persons, shipped_wordings


@pytest.fixture(scope="module")
def finder() -> ActorFinder:
    return ActorFinder(shipped_wordings())


def named(finder: ActorFinder, text: str) -> list[tuple[str, str]]:
    return [(mention.actor, text[mention.start : mention.end]) for mention in finder.find(text)]


FORMS = {
    "ceo": ["CEO", "ceo", "CEOs", "chief executive", "Chief Executive Officer", "chief executives"],
    "board": ["board", "the Board", "board of directors", "Executive Board", "board members", "boardroom"],
    "general-director": ["managing director", "General Director", "managing directors", "MD", "country manager"],
    "c-suite": ["C-suite", "C suite", "C‑level", "top management", "senior managers", "management team"],
    "owner": ["owner", "owners", "owning family", "the family", "founder"],
    "chief-commercial-officer": ["CCO", "chief commercial officer"],
    "chief-financial-officer": ["CFO", "chief financial officers"],
    "chief-operating-officer": ["COO", "COOs", "chief operating officer"],
    "chief-marketing-officer": ["CMO", "chief marketing officer"],
    "chief-technology-officer": ["CTO", "chief technology officer"],
    "chief-information-officer": ["CIO", "chief information officer"],
    "sales-director": ["SD", "SDs", "sales director", "Sales Directors", "sales-director", "director of sales"],
    "commercial-director": ["CD", "commercial director", "Commercial Directors"],
    "marketing-director": ["marketing director", "director of marketing"],
    "operational-director": ["operational director", "operations director"],
    "financial-director": ["financial director", "finance director", "FD"],
    "director": ["director", "directors"],
    "national-account-manager": ["NAM", "NAMs", "national account manager", "national-account managers"],
    "head-of-retail": ["HoR", "head of retail", "Heads of Retail"],
    "key-account-manager": [
        "KAM",
        "KAMs",
        "key account manager",
        "key-account managers",
        "key accounter",
        "KA manager",
    ],
    "account-manager": ["account manager", "account managers"],
    "sales-manager": ["sales manager", "head of sales"],
    "regional-manager": ["regional manager", "district managers", "area manager"],
    "procurement": ["buyer", "procurement", "purchasing director", "CPO", "category managers"],
}
DUTCH = {
    "ceo": ["bestuursvoorzitter"],
    "board": ["raad van bestuur", "RvB", "directie", "directieleden"],
    "general-director": ["algemeen directeur", "gedelegeerd bestuurder", "zaakvoerder"],
    "sales-director": [
        "verkoopdirecteur",
        "verkoopsdirecteur",
        "salesdirecteur",
        "sales directeur",
        "directeur verkoop",
    ],
    "commercial-director": ["commercieel directeur", "commerciële directeur", "commercie\u0308le directeur"],
    "marketing-director": ["marketingdirecteur"],
    "operational-director": ["operationeel directeur"],
    "financial-director": ["financieel directeur", "financiële directeur"],
    "director": ["directeur", "directeuren", "technisch directeur"],
    "key-account-manager": ["key accountmanager", "keyaccountmanagers", "key-accountmanager"],
    "account-manager": ["accountmanager", "accountmanagers"],
    "national-account-manager": ["nationaal accountmanager"],
    "regional-manager": ["rayonmanager", "regiomanagers"],
    "sales-manager": ["verkoopleider", "hoofd verkoop"],
    "procurement": ["inkoper", "aankoper", "hoofd inkoop"],
}


@pytest.mark.parametrize(
    ("role", "form"),
    [(role, form) for forms in (FORMS, DUTCH) for role, found in forms.items() for form in found],
)
def test_every_form_is_found(finder: ActorFinder, role: str, form: str) -> None:
    text = f"Then, on Monday, {form}’s turn."
    found = named(finder, text)
    assert [actor for actor, _ in found] == [role]
    assert found[0][1] in form


@pytest.mark.parametrize(
    "text",
    [
        "We played board games on board of the ferry.",
        "Getting them onboard, on board, or aboard; a skateboard, a cardboard box, the dashboard.",
        "The SD card of the camera, an sd, a seed, a cd and a CD player.",
        "The coo of a pigeon; a hor and a nam; kam in het Nederlands.",
        "Our KAM programme and the KAM structure.",
        "The product owner owned it; a family-owned firm, a direct line, a directory.",
        "The family business, a family company.",
        "Across the board, a notice board and the advisory board.",
        "",
        "😀",
    ],
)
def test_what_only_looks_like_an_actor_is_none(finder: ActorFinder, text: str) -> None:
    assert named(finder, text) == []


def test_places_are_code_points_whatever_stands_before(finder: ActorFinder) -> None:
    text = "👩‍👩‍👧 Zoe\u0308 😀 met the CEO\nand the sales\u00a0director."
    assert named(finder, text) == [("ceo", "CEO"), ("sales-director", "sales\u00a0director")]


def test_the_longest_words_win_and_none_overlap(finder: ActorFinder) -> None:
    text = "A national account manager is no key account manager, nor a regional sales director, SD or director."
    assert [actor for actor, _ in named(finder, text)] == [
        "national-account-manager",
        "key-account-manager",
        "sales-director",
        "sales-director",
        "director",
    ]


def test_wordings_do_not_reach_past_the_end_of_a_paragraph(finder: ActorFinder) -> None:
    assert named(finder, "first sales\ndirector") == [("director", "director")]


def test_roles_that_share_their_noun_are_told_apart(finder: ActorFinder) -> None:
    text = "the sales, marketing and financial directors, or a key or national account manager"
    assert [actor for actor, _ in named(finder, text)] == [
        "sales-director",
        "marketing-director",
        "financial-director",
        "national-account-manager",
    ]
    assert named(finder, "Sales/Commercial Director")[0] == ("sales-director", "Sales")


@pytest.mark.parametrize(
    "text",
    [
        "We met the customer’s CEO.",
        "We met the CEO of the customer.",
        "They sent their own chief executive.",
        "The other side comes with its own chief executive.",
        "Their commercial director and I, hand in hand.",
        "the sales director at our customer",
        "the CFO from the other side",
        "de CEO van de klant",
    ],
)
def test_the_customers_people_are_kept_apart_on_a_clear_sign(finder: ActorFinder, text: str) -> None:
    found = [actor for actor, _ in named(finder, text)]
    assert len(found) == 1
    assert role_of(found[0])[1]


def test_without_a_clear_sign_an_actor_is_ones_own(finder: ActorFinder) -> None:
    for text in ("Our customers see the CEO.", "His sales director came.", "The CEO visits the customer."):
        assert [role_of(actor)[1] for actor, _ in named(finder, text)] == [False]
    # A role that only a customer has stays what it is.
    assert named(finder, "the customer’s buyer") == [("procurement", "buyer")]
    assert "procurement" in customer_roles()


def test_own_wordings_are_found_and_disabled_ones_are_not() -> None:
    own = Wording("ceo", "Big Boss", exact=False)
    name = Wording("sales-director", "Bart", exact=True)
    finder = ActorFinder([own, name, Wording("ceo", "CEO", exact=False, enabled=False)])
    assert named(finder, "The big boss, the CEO, Bart and a bart.") == [("ceo", "big boss"), ("sales-director", "Bart")]


def test_names_and_abbreviations_are_exact_by_default() -> None:
    assert [text for text in ("SD", "HoR", "Bart", "boss", "Big Boss", "de baas") if exact_by_default(text)] == [
        "SD",
        "HoR",
        "Bart",
    ]


@pytest.mark.parametrize(
    ("text", "one", "several"),
    [
        ("I mean, I go there myself. Me too.", ["I", "myself", "Me"], []),
        ("We meet, and they call us; I'm fine.", ["I"], ["We", "us"]),
        ("I think, I guess and I would say that it is my car. As I said, how shall I say; I've forgotten.", [], []),
        ("I've never seen him, I have never yet heard it, I see why; I have seen to it, I’ve once heard.", [], []),
        ("Because I would know less about it, as I do.", ["I", "I"], []),
        ("Ik ga zelf, en wij ook; mij niet.", ["Ik", "mij"], ["wij"]),
        ("The IT of Me Inc. in the US, World War II", ["Me"], []),
    ],
)
def test_speakers_name_themselves(text: str, one: list[str], several: list[str]) -> None:
    found = first_persons(text)
    assert [text[item.start : item.end] for item in found if not item.several] == one
    assert [text[item.start : item.end] for item in found if item.several] == several


def test_customer_keys_go_there_and_back() -> None:
    assert role_of(of_customer("ceo")) == ("ceo", True)
    assert role_of("ceo") == ("ceo", False)


def test_the_shipped_lines_are_what_spacy_reads() -> None:
    for path in sorted((paths.resources() / "actors").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            assert set(entry) == {"label", "pattern", "id"}
            assert isinstance(entry["pattern"], str) or all(set(token) == {"TEXT"} for token in entry["pattern"])


def test_nothing_is_loaded_before_the_first_text() -> None:
    code = (
        "import sys; from kamcoder.suggest.actors import shipped_wordings; shipped_wordings();"
        "print('spacy' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
