"""What the engine takes for the words of a code."""

from kamcoder.services.session import Session
from kamcoder.suggest.lexicon import lexicon_of


def known_to_engine(session: Session, code_id: str) -> list[tuple[str, float]]:
    """Return words and weights of a code as the engine has them in a project."""
    study = session.suggestions.study()
    return [(item.pattern, item.weight) for item in lexicon_of(study, "en") if item.code_id == code_id]
