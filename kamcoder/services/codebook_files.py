"""Codebooks and interview guides as files: the templates that ship, and what is imported and exported."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kamcoder import __version__, paths
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import InvalidInput, NotFound, Notice
from kamcoder.domain.transcript import GuideQuestion
from kamcoder.formats.codebooks import qdc, table, template
from kamcoder.formats.codebooks.codebook_file import CodebookFile
from kamcoder.formats.codebooks.template import TemplateInfo
from kamcoder.services.codebook_paper import codebook_paper
from kamcoder.services.exporting import write_paper
from kamcoder.services.files import read_input, write_output

FORMATS = {
    ".csv": "CSV table",
    ".qdc": "REFI-QDA codebook",
    ".docx": "Word document",
    ".pdf": "PDF",
    ".html": "web page",
    ".md": "Markdown",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A written codebook: where, and what its format could not carry."""

    path: Path
    notices: tuple[Notice, ...]


def templates() -> tuple[TemplateInfo, ...]:
    """Return the codebook templates that ship."""
    return template.list_templates(paths.resources() / "codebooks")


def read_template(key: str) -> CodebookFile:
    """Return a template with fresh codes; raise NotFound, naming the ones there are."""
    known = [info.key for info in templates()]
    if key not in known:
        raise NotFound("template_unknown", template=key, known=", ".join(known))
    path = paths.resources() / "codebooks" / f"{key}.toml"
    return template.read_template(path.read_bytes(), name=path.name)


def read_guide(key: str) -> tuple[GuideQuestion, ...]:
    """Return an interview guide that ships, by key."""
    path = paths.resources() / "guides" / f"{key}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        GuideQuestion(str(entry["number"]), str(entry["about"]), tuple(entry.get("wordings", ())))
        for entry in content["questions"]
    )


def read_codebook(path: Path) -> CodebookFile:
    """Read a codebook from a CSV table or a REFI-QDA codebook; raise ImportRefused."""
    data = read_input(path)
    if path.suffix.lower() == ".qdc" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return qdc.read_qdc(data, name=path.name)
    return table.read_table(data, name=path.name)


def write_codebook(codebook: Codebook, path: Path, *, project: str = "", changed: str = "") -> Exported:
    """Write the codebook as the suffix of the path says; raise InvalidInput for another suffix.

    CSV and REFI-QDA can be read again, the others are for people: they name the `project` and the time of the last
    change.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_output(path, table.write_table(codebook, mark=True))
        return Exported(path, ())
    if suffix == ".qdc":
        write_output(path, qdc.write_qdc(codebook, origin=f"KamCoder {__version__}"))
        return Exported(path, qdc.losses(codebook))
    if suffix in FORMATS:
        write_output(path, write_paper(codebook_paper(codebook, project=project, changed=changed), path))
        return Exported(path, ())
    raise InvalidInput("format_unknown", file=path.name, known=", ".join(FORMATS))
