"""Projects in a line, made through the services as a user would."""

from pathlib import Path

from kamcoder.domain.coding import Coding
from kamcoder.domain.document import Document, TextSpan
from kamcoder.services.session import Session

#: Emoji beyond the basic plane and a combining diaeresis stand before the passages on purpose.
INTERVIEWS = {
    "A-CEO.txt": (
        "Interviewer: What is your role in the firm?\n"
        "CEO: I am the CEO 😀, and Zoe\u0308 runs sales 👩‍👩‍👧. I meet the largest customers once a year.\n"
        "Interviewer: Why only once?\n"
        "CEO: Because the sales director is closer to them. Trust matters: people know us.\n"
    ),
    "A-KAM.txt": (
        "Interviewer: And what do you do?\n"
        "KAM: I look after four key accounts. The board decides yearly which accounts are key.\n"
        "Interviewer: Do you meet the board?\n"
        "KAM: Hardly ever. Problems go to the sales director first.\n"
    ),
    "B-KAM.txt": (
        "Interviewer: Who goes to see the customer?\n"
        "KAM: The commercial director signs the contracts. He drinks coffee with the big ones.\n"
        "Interviewer: Is he there every day?\n"
        "KAM: No, only when a relation is at risk.\n"
    ),
}


def write_interviews(folder: Path) -> list[Path]:
    """Write the three interviews as text files and return their paths."""
    paths = []
    for name, text in INTERVIEWS.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def import_interviews(session: Session, folder: Path) -> list[Document]:
    """Import the three interviews."""
    return session.imports.commit(session.imports.preview(write_interviews(folder)))


def code_quote(session: Session, document: str, code: str, quote: str) -> Coding:
    """Put a code on a quote that occurs once in a document, as the active coder."""
    found = session.documents.find(document)
    start = session.documents.text(found.id).index(quote)
    return session.codings.apply(found.id, TextSpan(start, start + len(quote)), session.codebook.all().find(code).id)


def small_study(session: Session, folder: Path) -> Session:
    """Fill an empty project with interviews, codes, a coder and codings; return it."""
    import_interviews(session, folder)
    direct = session.codebook.add("Direct involvement", definition="Contact of top managers with the customer.")
    session.codebook.add("strategic", parent_id=direct.id)
    session.codebook.add("social", parent_id=direct.id)
    session.codebook.add("Antecedents")
    session.coders.activate(session.coders.add("Ann"))
    code_quote(session, "A-CEO", "strategic", "I meet the largest customers once a year.")
    code_quote(session, "A-CEO", "Antecedents", "Because the sales director is closer to them.")
    code_quote(session, "B-KAM", "social", "He drinks coffee with the big ones.")
    return session
