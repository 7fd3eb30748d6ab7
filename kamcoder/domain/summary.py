"""The researcher's own words for one case and code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """Written summary of one case × code cell; `links` are the ids of the codings it rests on, in order."""

    id: str
    case_id: str
    code_id: str
    coder_id: str
    text: str
    draft: bool
    created_at: str
    modified_at: str
    links: tuple[str, ...] = ()
