"""The judging sets of `tests/data/judging` as studies: texts that nothing was tuned on, with what they are about."""

from pathlib import Path

from kamcoder.domain.codebook import Code
from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.suggesting import Study, StudyCoding, StudyDocument, StudyTurn
from kamcoder.domain.transcript import GuideQuestion

FOLDER = Path(__file__).parents[1] / "data" / "judging"
HEADINGS = {
    "EMB": "KAM embeddedness",
    "DIR": "Direct TM involvement",
    "IND": "Indirect TM involvement",
    "ANT": "Involvement antecedents",
}


class _Written:
    """One document of a set while it is read."""

    def __init__(self, name: str, places: dict[str, str]) -> None:
        self.name, self._places = name, places
        self.text, self.turns, self.codings = "", list[StudyTurn](), list[StudyCoding]()
        self._start, self._question, self._spoken = 0, None, False

    def heading(self, words: str) -> None:
        """Begin a paragraph; the heading itself would give the answer away and is left out."""
        self._end()

    def ask(self, words: str) -> None:
        """Begin an answer to `Qn question` or to a follow-up."""
        self._end()
        self._spoken = True
        number, _, rest = words.partition(" ")
        if number[1:].isdigit():
            self._question, words = number, rest
        span = TextSpan(len(self.text), len(self.text) + len(words))
        self.turns.append(StudyTurn(span, TurnKind.QUESTION, SpeakerRole.INTERVIEWER, self._question))
        self.text += words + "\n"
        self._start = len(self.text)

    def say(self, codes: str, sentence: str) -> None:
        """Add a sentence with its codes."""
        if len(self.text) > self._start:
            self.text += " "
        span = TextSpan(len(self.text), len(self.text) + len(sentence))
        self.text += sentence
        for code in codes.split("+"):
            if code.strip() != "none":
                heading, _, rest = code.strip().partition("/")
                path = " › ".join(part for part in (HEADINGS[heading], rest) if part)
                self.codings.append(
                    StudyCoding(f"{self.name}-{len(self.codings)}", self.name, span, self._places[path])
                )

    def done(self, language: str) -> StudyDocument:
        """Return the document."""
        self._end()
        return StudyDocument(self.name, self.name, self.text.rstrip("\n"), tuple(self.turns), language)

    def _end(self) -> None:
        if len(self.text) > self._start:
            if self._spoken:
                span = TextSpan(self._start, len(self.text))
                self.turns.append(StudyTurn(span, TurnKind.ANSWER, SpeakerRole.INTERVIEWEE, self._question, "R"))
            self.text += "\n"
        self._start = len(self.text)


def judging_study(
    name: str, codes: tuple[Code, ...], *, guide: tuple[GuideQuestion, ...] = (), language: str = "en"
) -> Study:
    """Return a set as a coded study over a codebook that has the study's codes."""
    names = {code.id: code for code in codes}
    places = {f"{names[code.parent_id].name} › {code.name}" if code.parent_id else code.name: code.id for code in codes}
    written: list[_Written] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        kind, rest = line[:1], line[2:]
        if kind == "=":
            written.append(_Written(rest, places))
        elif kind == "-":
            written[-1].heading(rest)
        elif kind == "?":
            written[-1].ask(rest)
        elif line and kind != "#":
            found, _, sentence = line.partition(" | ")
            written[-1].say(found, sentence)
    documents = tuple(item.done(language) for item in written)
    return Study(codes, documents, tuple(coding for item in written for coding in item.codings), guide=guide)
