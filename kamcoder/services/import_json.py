"""The import preview as JSON, for a script that corrects it before anything is written."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.transcript import TurnOptions
from kamcoder.services.importing import ImportItem, ImportPreview, ImportService
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.messages import notice, sentence


def to_json(preview: ImportPreview) -> dict[str, Any]:
    """Return a preview as plain values.

    `name`, `case`, `participant`, `include`, `structured`, `not_speakers`, and of each speaker `name` and `role`, may
    be corrected; the rest informs.
    """
    return {
        "files": [_item(item) for item in preview.items],
        "failures": [{"file": str(failure.path), "reason": sentence(failure.error)} for failure in preview.failures],
    }


def from_json(service: ImportService, text: str, *, name: str, progress: Progress = silent) -> ImportPreview:
    """Return the preview a corrected JSON describes; the files are read again and must not have changed."""
    entries = _entries(text, name)
    preview = service.preview([Path(path) for path in entries], progress=progress)
    if preview.failures:
        raise preview.failures[0].error
    items: list[ImportItem] = []
    for item in preview.items:
        entry = entries[str(item.path)]
        if entry.get("sha256") not in (None, item.sha256):
            raise InvalidInput("preview_changed", file=item.path.name)
        try:
            items.append(_corrected(item, entry))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidInput("preview_format", file=name, reason=str(error)) from error
    return ImportPreview(tuple(items), ())


def _item(item: ImportItem) -> dict[str, Any]:
    return {
        "file": str(item.path),
        "sha256": item.sha256,
        "format": item.extracted.format,
        "encoding": item.extracted.encoding,
        "include": item.include,
        "name": item.name,
        "case": item.case,
        "participant": item.participant,
        "structured": item.options.structured,
        "not_speakers": sorted(item.options.not_speakers),
        "speakers": [
            {"labels": list(voice.labels), "name": voice.name, "role": voice.role.value, "turns": voice.turns}
            for voice in item.transcript.speakers
        ],
        "turns": len(item.transcript.turns),
        "questions": list(item.questions),
        "characters": len(item.transcript.text),
        "warnings": [notice(entry) for entry in item.notices],
    }


def _entries(text: str, name: str) -> dict[str, Mapping[str, Any]]:
    try:
        return {str(entry["file"]): entry for entry in json.loads(text)["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput("preview_format", file=name, reason=str(error)) from error


def _corrected(item: ImportItem, entry: Mapping[str, Any]) -> ImportItem:
    roles: dict[str, SpeakerRole] = {}
    renamed: dict[str, str] = {}
    for voice in entry.get("speakers", []):
        for label in voice["labels"]:
            roles[label] = SpeakerRole(voice["role"])
            renamed[label] = str(voice["name"])
    options = TurnOptions(
        roles=roles,
        renamed=renamed,
        not_speakers=frozenset(str(label) for label in entry.get("not_speakers", [])),
        structured=bool(entry.get("structured", True)),
    )
    reread = item if options == item.options else item.reread(options)
    return replace(
        reread,
        include=bool(entry.get("include", item.include)),
        name=str(entry.get("name") or item.name),
        case=_optional(entry.get("case")),
        participant=_optional(entry.get("participant")),
    )


def _optional(value: Any) -> str | None:
    return str(value) if value else None
