"""Three coders, 60 documents of 60,000 characters, 40 codes: all figures in 100 ms, 1,000 resamples in 500 ms.

Codings have log-normal lengths, codes are used unequally, and three of four passages are shared with shaken ends. The
number of codings shows that the time is linear in them; the memory is that of one comparison beside its input.
"""

import random
import tracemalloc

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.analysis.agreement import coefficients
from kamcoder.analysis.agreement.kinds import Unit
from kamcoder.analysis.agreement.tallies import tally
from kamcoder.analysis.axes import CodedSpan
from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.coding import Coder, CoderKind
from kamcoder.domain.document import Document
from kamcoder.services.agreement_material import Material, prepare
from kamcoder.services.agreement_results import results
from kamcoder.services.agreement_shapes import Agreement, Cluster, CompareScope

DOCUMENTS, LENGTH, CODES, CODERS = 60, 60_000, 40, 3
SIZES = pytest.mark.parametrize("codings", [27_000, 72_000, 270_000])
# Ten headings with three codes each: every coding stands in two rows and in the pool.
TREE = Codebook(
    tuple(
        Code(f"code-{number}", f"Code {number}", None if number < 10 else f"code-{number % 10}", number)
        for number in range(CODES)
    )
)
FLAT = Codebook(tuple(Code(f"code-{number}", f"Code {number}", None, number) for number in range(CODES)))
PEOPLE = [Coder(f"coder-{number}", f"Coder {number}", CoderKind.PERSON, "") for number in range(CODERS)]
PAPERS = [Document(f"document-{number}", f"D{number}", "txt", None, "", LENGTH, "", "") for number in range(DOCUMENTS)]


def codings_of(count: int) -> list[CodedSpan]:
    """Return codings of all coders."""
    chance = random.Random(5)
    spans: list[tuple[int, int, int, int, int]] = []
    weights = [1 / (rank + 1) for rank in range(CODES)]
    while len(spans) < count:
        document, length = chance.randrange(DOCUMENTS), min(700, max(15, int(chance.lognormvariate(4.8, 0.7))))
        code, start = chance.choices(range(CODES), weights)[0], chance.randrange(LENGTH - 800)
        shared = chance.random() < 0.75
        for coder in range(CODERS) if shared else [chance.randrange(CODERS)]:
            low = max(0, start + chance.randint(-25, 25))
            spans.append((document, code, coder, low, max(low + 10, start + length + chance.randint(-25, 25))))
    return [
        CodedSpan(str(number), f"document-{document}", f"code-{code}", f"coder-{coder}", low, high, "manual")
        for number, (document, code, coder, low, high) in enumerate(spans[:count])
    ]


def made_ready(spans: list[CodedSpan], book: Codebook, scope: CompareScope) -> Material:
    """Put the codings on the line; every document has 120 turns of 500 characters and sentences of 100."""
    turns = [(start, start + 499) for start in range(0, LENGTH, 500)]
    sentences = [(start, start + 99) for start in range(0, LENGTH, 100)]
    return prepare(
        scope,
        documents=PAPERS,
        coder_ids=[coder.id for coder in PEOPLE],
        present=[[True] * CODERS] * DOCUMENTS,
        spans=spans,
        turns=[turns] * DOCUMENTS,
        texts={},
        sentence_spans=[sentences] * DOCUMENTS,
        book=book,
        code_ids=[code.id for code in book.codes],
        cluster=Cluster.DOCUMENT,
    )


def compared(spans: list[CodedSpan], book: Codebook, scope: CompareScope) -> Agreement:
    """Go all the way from rows to results."""
    return results(made_ready(spans, book, scope), coders=PEOPLE, left_out=[], book=book)


@SIZES
@pytest.mark.parametrize("book", [FLAT, TREE], ids=["flat", "tree"])
def test_all_figures_from_rows(benchmark: BenchmarkFixture, codings: int, book: Codebook) -> None:
    spans = codings_of(codings)
    found = benchmark(lambda: compared(spans, book, CompareScope()))
    assert len(found.codes) == CODES
    assert found.pooled.alpha.value is not None


@SIZES
def test_kappas_of_every_document_code_and_pair(benchmark: BenchmarkFixture, codings: int) -> None:
    material = made_ready(codings_of(codings), FLAT, CompareScope())

    def every_figure() -> int:
        marks, clusters = material.counted()
        tallies = tally(marks, clusters, columns=CODES)
        return coefficients.kappa(tallies.tables).size + coefficients.alpha(tallies.crowd).size

    assert benchmark(every_figure) == (CODERS + 1) * DOCUMENTS * CODES


def test_intervals(benchmark: BenchmarkFixture) -> None:
    spans = codings_of(27_000)
    found = benchmark(lambda: compared(spans, TREE, CompareScope(resamples=1000)))
    assert found.pooled.alpha_interval is not None
    assert found.pooled.alpha_interval.low is not None


@pytest.mark.parametrize("unit", [Unit.SENTENCE, Unit.TURN, Unit.DOCUMENT])
def test_longer_units(benchmark: BenchmarkFixture, unit: Unit) -> None:
    spans = codings_of(27_000)
    found = benchmark(lambda: compared(spans, TREE, CompareScope(unit=unit)))
    assert found.size > 0


@SIZES
def test_memory(benchmark: BenchmarkFixture, codings: int) -> None:
    spans = codings_of(codings)
    scope = CompareScope(resamples=1000)
    compared(spans[:10], TREE, scope)
    tracemalloc.start()
    benchmark.pedantic(lambda: compared(spans, TREE, scope), rounds=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    benchmark.extra_info["peak MB"] = round(peak / 1e6, 1)
    assert peak > 0
