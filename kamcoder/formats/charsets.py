"""Guess the single-byte encoding of a text that declares none.

A general detector compares statistics, and on a short transcript with nothing but curly quotes and a few accents those
of Windows-1252 and its neighbours are the same. Here each candidate is read, and the reading with the fewest letters
foreign to any one language, and the fewest signs in places where nobody writes them, wins; Windows-1252 wins a tie.
Only Latin alphabets are told apart here: charset-normalizer is asked about what no candidate explains (Greek, Cyrillic,
Hebrew, Arabic, East Asian encodings), and does that well.
"""

import re

# The candidates in order of preference, each with the accented letters of the languages written in it.
_WESTERN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßé",  # German
    "áäéëèêíïóöúüç",  # Dutch
    "áéíóúüñ",  # Spanish
    "áâãàçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "àçèéíïòóúü",  # Catalan
    "åäöéü",  # Swedish, Finnish
    "æøåéèêóòôü",  # Danish, Norwegian
    "áæðéíóöúýþ",  # Icelandic
)
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")
_CANDIDATES = (
    ("cp1252", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1254", ("âçğıiîöşüû",)),
    ("cp1257", _BALTIC),
    ("cp850", _WESTERN),
)
_LAST_RESORT = "cp1252"
_GOOD_ENOUGH = 0.2  # share of foreign letters and misplaced signs up to which a reading is believed

_MISPLACED = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‑–—·](?=[^\W\d_])"  # a sign inside a word, but for apostrophes, hyphens, dashes
    r"|(?<=[^\W\d_])[‘“„‚‡†ˆ˜](?=[\s.,;:!?]|$)"  # an opening quote at the end of a word
    r"|(?<=[a-zß-öø-ÿ])[^\W\d_a-zß-öø-ÿ\u0101-\u024f\u0370-\u04ff]"  # a foreign capital after a small letter
    r"|(?<=[a-z])[\u0370-\u04ff]|[\u0370-\u04ff](?=[a-z])"  # two scripts in a word
    r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\u2500-\u25ff]",  # no text at all
)
_FOREIGN_TO_ASCII = re.compile(r"[^\x00-\x7f]")


def guess(sample: bytes) -> str:
    """Give the codec name of the likeliest encoding of `sample`, which holds bytes above 0x7F and is no UTF-8."""
    best, fewest = _LAST_RESORT, 2.0
    for encoding, languages in _CANDIDATES:
        strangeness = _strangeness(sample, encoding, languages)
        if strangeness < fewest:
            best, fewest = encoding, strangeness
    return best if fewest <= _GOOD_ENOUGH else _by_statistics(sample) or best


def _strangeness(sample: bytes, encoding: str, languages: tuple[str, ...]) -> float:
    """Give the share of non-ASCII characters that are foreign or misplaced when read so; 1.0 and more is nonsense."""
    text = sample.decode(encoding, errors="replace")
    special = _FOREIGN_TO_ASCII.findall(text)
    letters = [character.lower() for character in special if character.isalpha()]
    foreign = min(sum(letter not in language for letter in letters) for language in languages)
    return (foreign + 2 * len(_MISPLACED.findall(text))) / max(1, len(special))


def _by_statistics(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # slow to load and rarely needed

    match = from_bytes(sample).best()
    return match.encoding if match is not None else None
