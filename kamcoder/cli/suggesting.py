"""suggest: codes for what is not coded yet, made from the codebook and one coder's own codings."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from kamcoder.cli.common import counted, json_option, opened, print_json, project_argument
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import CoderKind
from kamcoder.domain.document import Document, paragraph_number
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.suggesting import Proposal
from kamcoder.services.session import Session
from kamcoder.services.suggestion_desk import SuggestionDesk

_coder_option = click.option("--coder", help="Whose suggestions; needed if more than one codes.")
_documents_option = click.option("--document", "documents", multiple=True, help="Only this document.")
_codes_option = click.option("--code", "codes", multiple=True, help="Only this code with those below it.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal with what names it on the command line."""

    id: str
    proposal: Proposal
    document: Document
    paragraph: int
    quote: str
    code: str
    model_version: str

    @property
    def sure(self) -> float:
        """Return what a threshold is held against."""
        return self.proposal.score if self.proposal.confidence is None else self.proposal.confidence


class _ListFirst(click.Group):
    """Takes `suggest FILE` for `suggest list FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the verb before a file."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListFirst)
def suggest() -> None:
    """Suggest codes: 'suggest PROJECT' lists them, 'suggest accept' and 'suggest reject' decide."""


@suggest.command("list")
@project_argument
@_coder_option
@_documents_option
@_codes_option
@click.option("--least", type=click.FloatRange(0, 1), help="Only those at least so sure.")
@json_option
def list_them(
    project: Path,
    coder: str | None,
    documents: tuple[str, ...],
    codes: tuple[str, ...],
    least: float | None,
    as_json: bool,
) -> None:
    """List what is suggested, in the order of the text, with the reasons. Nothing in the project changes."""
    with opened(project, read_only=True) as session:
        _activate(session, coder)
        found = [offer for offer in _offers(session, documents, codes) if least is None or offer.sure >= least]
        if as_json:
            book = session.codebook.all()
            print_json([_record(book, offer) for offer in found])
            return
        for offer in found:
            print_offer(offer)
            if why := _why(offer):
                click.echo(f"    because of {why}")
        click.echo(counted(len(found), "suggestion"))


@suggest.command()
@project_argument
@click.argument("ids", nargs=-1, metavar="[ID]…")
@_coder_option
@_documents_option
@click.option("--code", "codes", multiple=True, help="With --above: this code with those below it.")
@click.option("--above", type=click.FloatRange(0, 1), help="Instead of ids: all of --code at least so sure.")
@click.option("--dry-run", is_flag=True, help="Say what would be accepted and change nothing.")
def accept(
    project: Path,
    ids: tuple[str, ...],
    coder: str | None,
    documents: tuple[str, ...],
    codes: tuple[str, ...],
    above: float | None,
    dry_run: bool,
) -> None:
    """Make codings of suggestions, as one step: of those named by their ids, or of all of a code above a threshold."""
    if bool(ids) == (above is not None) or (above is not None and not codes):
        raise click.UsageError("Give ids (see 'kamcoder suggest PROJECT'), or --code and --above.")
    with opened(project, read_only=dry_run) as session:
        _activate(session, coder)
        chosen = (
            _named(session, ids, documents)
            if ids
            else [offer for offer in _offers(session, documents, codes) if above is not None and offer.sure >= above]
        )
        if dry_run:
            for offer in chosen:
                print_offer(offer)
            click.echo(f"{counted(len(chosen), 'suggestion')} would be accepted.")
            return
        if chosen:
            session.suggestions.accept_many([offer.proposal for offer in chosen], model_version=chosen[0].model_version)
        click.echo(f"Accepted {counted(len(chosen), 'suggestion')}.")


@suggest.command()
@project_argument
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@_coder_option
@_documents_option
def reject(project: Path, ids: tuple[str, ...], coder: str | None, documents: tuple[str, ...]) -> None:
    """Turn suggestions down, as one step; what is learned takes note of it."""
    with opened(project) as session:
        _activate(session, coder)
        chosen = _named(session, ids, documents)
        outcome = session.suggestions.reject(
            [offer.proposal for offer in chosen], model_version=chosen[0].model_version
        )
        click.echo(f"Rejected {counted(len(chosen), 'suggestion')}.")
        if outcome.muted_code_id:
            path = session.codebook.all().path(outcome.muted_code_id)
            said = f"{outcome.taken} of the last {outcome.looked_at}"
            click.echo(f"{path} is suggested no more: {said} were taken.")


def offers_of(session: Session, desk: SuggestionDesk, documents: Sequence[Document]) -> Iterator[Offer]:
    """Yield what a desk suggests for documents."""
    book = session.codebook.all()
    for document in documents:
        suggested = desk.suggest(document.id)
        text = session.documents.text(document.id) if suggested.proposals else ""
        for proposal in suggested.proposals:
            yield Offer(
                id=_id(proposal),
                proposal=proposal,
                document=document,
                paragraph=paragraph_number(text, proposal.span.start),
                quote=proposal.span.of(text),
                code=book.path(proposal.code_id),
                model_version=suggested.model_version,
            )


def print_offer(offer: Offer) -> None:
    """Print what is suggested where, and how sure, with the passage below it."""
    click.echo(f"{offer.id}  {offer.document.name} ¶{offer.paragraph}  [{offer.code}]  {_how_sure(offer)}")
    click.echo(f"    {' '.join(offer.quote.split())}")


def print_left_out(session: Session, *, coder: str, document: str, most: int = 5) -> None:
    """Print what would be suggested for a document if its codings by one coder had not been made yet."""
    left, who = session.documents.find(document), session.coders.find(coder)
    study = session.suggestions.study(coder_id=who.id)
    own = [coding for coding in study.codings if coding.document_id == left.id]
    study = replace(
        study,
        codings=tuple(coding for coding in study.codings if coding.document_id != left.id),
        documents=tuple(replace(item, reviewed=item.reviewed and item.id != left.id) for item in study.documents),
    )
    desk = SuggestionDesk()
    desk.take(study, study)
    offers = list(offers_of(session, desk, [left]))
    likeliest = sorted(offers, key=lambda offer: (-offer.sure, offer.proposal.span.start, offer.code))[:most]
    there = [(coding.span, coding.code_id) for coding in own]
    right = sum(
        any(offer.proposal.span.overlaps(span) and offer.proposal.code_id == code for span, code in there)
        for offer in offers
    )
    click.echo(f"Suggested for {left.name}, learned from {coder}’s {counted(len(study.codings), 'coding')} elsewhere:")
    for offer in likeliest:
        print_offer(offer)
    said = f"{counted(len(offers), 'suggestion')} in all; {right} of them name a code that {coder} put there."
    click.echo(f"{said} Nothing counts until it is accepted.")


def _activate(session: Session, name: str | None) -> None:
    people = [coder for coder in session.coders.all() if coder.kind is CoderKind.PERSON]
    if name is not None:
        session.coders.activate(session.coders.find(name))
    elif len(people) == 1:
        session.coders.activate(people[0])
    else:
        raise InvalidInput("suggestion_coder", coders=", ".join(coder.name for coder in people) or "–")


def _offers(session: Session, documents: Sequence[str], codes: Sequence[str]) -> list[Offer]:
    book = session.codebook.all()
    wanted = frozenset().union(*(book.subtree(book.find(name).id) for name in codes)) if codes else None
    chosen = [session.documents.find(name) for name in documents] or session.documents.all()
    desk, study = SuggestionDesk(), session.suggestions.study()
    desk.take(study, session.suggestions.learned_from(study))
    return [offer for offer in offers_of(session, desk, chosen) if wanted is None or offer.proposal.code_id in wanted]


def _named(session: Session, ids: Sequence[str], documents: Sequence[str]) -> list[Offer]:
    by_id = {offer.id: offer for offer in _offers(session, documents, ())}
    for wanted in ids:
        if wanted not in by_id:
            raise NotFound("suggestion_unknown", suggestion=wanted)
    return [by_id[wanted] for wanted in dict.fromkeys(ids)]


def _id(proposal: Proposal) -> str:
    """Return a name that stays the same as long as place and code are suggested."""
    place = f"{proposal.document_id}:{proposal.span.start}:{proposal.span.end}:{proposal.code_id}"
    return hashlib.sha256(place.encode()).hexdigest()[:10]


def _how_sure(offer: Offer) -> str:
    confidence = offer.proposal.confidence
    return "from rules" if confidence is None else f"{confidence:.0%}"


def _why(offer: Offer) -> str:
    reasons = offer.proposal.reasons
    said = [f"“{match.pattern}”" for match in reasons.matches[:3]]
    said += [f"{term.term} (+{term.weight:.1f})" for term in reasons.terms[:3] if term.weight > 0]
    if reasons.question:
        said.append(f"question {reasons.question}")
    return ", ".join(dict.fromkeys(said))


def _record(book: Codebook, offer: Offer) -> dict[str, Any]:
    proposal, reasons, before = offer.proposal, offer.proposal.reasons, offer.proposal.reasons.previous_code_id
    return {
        "id": offer.id,
        "document": offer.document.name,
        "paragraph": offer.paragraph,
        "start": proposal.span.start,
        "end": proposal.span.end,
        "quote": offer.quote,
        "code": offer.code,
        "score": round(proposal.score, 6),
        "confidence": None if proposal.confidence is None else round(proposal.confidence, 6),
        "band": proposal.band.value,
        "rank": proposal.rank,
        "model": offer.model_version,
        "reasons": {
            "matches": [
                {"start": match.span.start, "end": match.span.end, "pattern": match.pattern, "weight": match.weight}
                for match in reasons.matches
            ],
            "terms": [{"term": term.term, "weight": round(term.weight, 4)} for term in reasons.terms],
            "nearest": [
                {"coding": item.coding_id, "similarity": round(item.similarity, 4)} for item in reasons.nearest
            ],
            "shares": {part.source.value: round(part.share, 4) for part in reasons.parts},
            "question": reasons.question,
            "follow_up": reasons.follow_up,
            "previous_code": book.path(before) if before is not None and before in book else None,
        },
    }
