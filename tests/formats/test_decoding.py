"""Bytes to text and text to one shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats.decoding import decode, normalise

CURLY = "I: Don’t you think so?\nR: Yes – “quite”."
WESTERN = {
    "english": CURLY,
    "one apostrophe": "It’s fine.",
    "accents": "We met in a café, she’s naïve about the €5 deal…",
    "dutch": "Respondent: Ja, één keer per jaar praten we met de coördinator, ’s avonds. Reëel gezien beïnvloedt dat.",
    "french": "Répondant : J’étais à l’hôtel, très fatigué, çà et là… l’œuvre a coûté 5 €. Noël, naïf, déjà vu.",
    "german": "Antwort: Natürlich, die Größe hängt von den Kunden ab. „Übrigens“, sagte er, „das heißt Ärger“.",
    "spanish": "P: ¿Cómo está usted? ¡Qué bien!\nR: El señor Núñez, según la dirección, vendrá mañana.",
    "portuguese": "R: A reunião não correu bem, então a direção das operações começou amanhã.",
    "swedish": "Svar: Vi är nöjda, åtminstone på sjön. Öst och väst är också bra för kunderna.",
    "danish": "Svar: Æblet er rødt og kæmpe stort, det på bordet også.",
    "finnish": "Vastaus: Hän käy usein tärkeän asiakkaan pöydässä, sitä se ehkä välillä on.",
}
OTHERS = {
    "cp1250": "Otázka: Kdo řídí klíčového zákazníka? Já a také můj šéf, který se často setkává s ředitelem.",
    "cp1253": "Ερώτηση: Ποιος διαχειρίζεται τον πελάτη; Εγώ και ο διευθυντής μου, που συναντά συχνά τον ιδιοκτήτη.",
    "cp1251": "Вопрос: Кто управляет клиентом? Я и мой начальник, который часто встречается с директором.",
    "koi8_r": "Вопрос: Кто управляет клиентом? Я и мой начальник, который часто встречается с директором.",
    "cp1254": "Soru: Müşteriyi kim yönetiyor? Ben ve patronum, sık sık müdürle görüşüyoruz, çok şey değişti.",
    "cp1257": "Klausimas: Kas valdo klientą? Aš ir mano viršininkas, kuris dažnai susitinka. Kitą savaitę, ačiū.",
    "shift_jis": "質問：誰が管理していますか。\n答え：私です。時々社長と会います。\n" * 3,
}


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("text", WESTERN.values(), ids=WESTERN.keys())
def test_western_text_without_a_declaration_is_read_rightly_however_short(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), name="a.txt")
    assert decoded.text == text
    assert [notice.key for notice in decoded.notices] == ["encoding_guessed"]


def test_windows_1252_is_named_as_such() -> None:
    assert decode(CURLY.encode("cp1252"), name="a.txt").encoding == "cp1252"


@pytest.mark.parametrize(("encoding", "text"), OTHERS.items(), ids=OTHERS.keys())
def test_other_alphabets_are_read_rightly(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8"])
@pytest.mark.parametrize("text", [CURLY, OTHERS["cp1253"]], ids=["english", "greek"])
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="a.txt").text.removeprefix("\ufeff") == text


def test_a_declared_charset_is_believed_only_if_the_bytes_fit() -> None:
    assert decode("прапор".encode("cp1251"), name="a", declared="windows-1251").text == "прапор"
    assert decode("naïve ’".encode(), name="a", declared="ascii").text == "naïve ’"
    assert decode(b"It\x92s", name="a", declared="ISO-8859-1").text == "It’s"


@pytest.mark.parametrize("declared", ["utf-16", "no-such", "zlib", "punycode", "unicode_escape", "a\0b", "", "é"])
def test_a_charset_that_is_none_is_passed_over(declared: str) -> None:
    assert decode("plain ’ text".encode(), name="a", declared=declared).text == "plain ’ text"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + bytes(60), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"]
)
def test_binary_data_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        decode(data, name="photo.txt")
    assert (refused.value.key, refused.value.values["name"]) == ("import_binary", "photo.txt")


def test_a_few_nulls_in_a_text_do_not_make_it_binary() -> None:
    assert decode(b"I: one\x00\nR: two\x00\n" + b"more text\n" * 20, name="a.txt").text.startswith("I: one")


def test_half_a_character_after_a_mark_is_shown_and_told() -> None:
    decoded = decode("\ufeffhello".encode("utf-16-le") + b"\x41", name="a.txt")
    assert decoded.text == "hello\ufffd"
    assert decoded.notices[0].key == "characters_unreadable"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_one_line_feed(end: str) -> None:
    assert normalise(f"one{end}two").text == "one\ntwo"


def test_what_is_left_out_is_counted() -> None:
    cleaned = normalise("\ufeffa\x00b\x1f\ufdd0\uffff so\xadft \ud83d x")
    assert cleaned.text == "ab soft \ufffd x"
    assert (cleaned.controls, cleaned.soft_hyphens, cleaned.surrogates) == (4, 1, 1)


def test_what_carries_meaning_stays() -> None:
    text = "a\tb\xa0c e\u0301 \u00e9 👩‍👩‍👧 \u200b\ufeffx \ufb01"
    assert normalise(text).text == text


def test_a_pair_of_surrogates_becomes_its_character() -> None:
    assert normalise("\ud83d\ude00") == normalise("😀")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    again = normalise(once.text)
    assert again.text == once.text
    assert (again.controls, again.soft_hyphens, again.surrogates) == (0, 0, 0)
    once.text.encode("utf-8")
    assert not any(line != line.rstrip(" \t") for line in once.text.split("\n"))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    refused: ImportRefused | None = None
    try:
        decode(data, name="a.txt").text.encode("utf-8")
    except ImportRefused as error:
        refused = error
    assert refused is None or refused.key == "import_binary"
