"""`kamcoder bench suggestions` on a small study."""

from pathlib import Path

import pytest

from kamcoder.cli import run
from kamcoder.domain.codebook import Code
from kamcoder.domain.document import TextSpan
from kamcoder.services.session import Session
from tests.cli.terminal import Run, loaded
from tests.suggest.studies import CODES, TALKS, talk


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """A project of three short interviews that Ann has coded."""
    path = tmp_path / "study.kamcoder"
    files = []
    for number, turns in enumerate(TALKS):
        file = tmp_path / f"D{number}.txt"
        lines = [f"I: {asked}\nR: {' '.join(sentence for sentence, _ in answers)}" for _, asked, *answers in turns]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        files.append(file)
    with Session.create(path, codes=[Code(c.id, c.name, definition=c.definition) for c in CODES]) as session:
        documents = session.imports.commit(session.imports.preview(files))
        session.coders.activate(session.coders.add("Ann"))
        for number, document in enumerate(documents):
            text = session.documents.text(document.id)
            original, codings = talk(number)
            for coding in codings:
                start = text.index(coding.span.of(original.text))
                session.codings.apply(document.id, TextSpan(start, start + len(coding.span)), coding.code_id)
    return path


def test_figures_stand_beside_those_of_simpler_ways(coded: Path, cli: Run) -> None:
    (found,) = loaded(cli("bench", "suggestions", coded, "--blank", "--level", "codes", "--json"))
    assert (found["file"], found["coder"], found["level"]) == ("study.kamcoder", "Ann", 0)
    assert found["quality"]["codings"] == 21
    ways = {line["name"]: line for line in (*found["lines"], *found["baselines"])}
    assert {"trained: all", "majority", "keyword lexicon", "TF-IDF + logistic regression", "spaCy textcat"} <= set(ways)
    assert ways["trained: all"]["macro_f1"] > ways["majority"]["macro_f1"]
    assert found["rehearsal"]["keys_by_hand"] == 4 * found["rehearsal"]["units"]


def test_the_figures_are_printed_for_people(coded: Path, cli: Run) -> None:
    shown = cli("bench", "suggestions", coded, "--blank", "--level", "codes")
    assert "21 codings in 3 documents" in shown
    assert "trained: words, rules, examples" in shown
    assert "actions saved" in shown
    assert "revenue share" in shown


def test_a_project_without_codings_prints_nothing_and_a_missing_one_is_said(
    tmp_path: Path, cli: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Session.create(tmp_path / "new.kamcoder").close()
    assert loaded(cli("bench", "suggestions", tmp_path / "new.kamcoder", "--json")) == []
    assert run(["bench", "suggestions", str(tmp_path / "none.kamcoder")]) == 1
    assert "none.kamcoder" in capsys.readouterr().err
