"""Choosing the reader, reading from disk, and the sentences of what is refused."""

import os
from pathlib import Path

import pytest

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats import registry
from tests.formats.making import archive, docx_of, notices, odt_of, pdf_of_lines, texts

DOCX = docx_of("<w:p><w:r><w:t>I: Why?</w:t></w:r></w:p>")
FILES = {
    "docx": DOCX,
    "odt": odt_of("<text:p>I: Why?</text:p>"),
    "rtf": rb"{\rtf1 I: Why?}",
    "pdf": pdf_of_lines([[(72, 700, "I: Why?")]]),
    "html": b"<!DOCTYPE html>\n<html><body><p>I: Why?</p></body></html>",
    "vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nI: Why?\n",
    "srt": b"1\r\n00:00:01,000 --> 00:00:02,000\r\nI: Why?\r\n",
    "md": b"I: Why?\n",
    "txt": b"I: Why?\n",
}
CONTAINERS = [key for key in FILES if key not in {"md", "txt"}]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(path: Path, **options: int) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        registry.read_file(path, **options)
    assert refused.value.values["name"] == path.name
    return refused.value


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("key", FILES)
def test_each_format_is_read_by_its_name(tmp_path: Path, key: str) -> None:
    extracted = registry.read_file(written(tmp_path, f"A-CEO 😀.{key.upper()}", FILES[key]))
    assert (extracted.format, texts(extracted)) == (key, ["I: Why?"])
    assert "format_differs" not in notices(extracted)


@pytest.mark.parametrize("key", CONTAINERS)
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".doc", ".pdf", ""])
def test_content_beats_a_wrong_name_with_a_notice(tmp_path: Path, key: str, suffix: str) -> None:
    extracted = registry.read_file(written(tmp_path, f"interview{suffix}", FILES[key]))
    assert (extracted.format, texts(extracted)) == (key, ["I: Why?"])
    differs = suffix not in {f".{key}", ""}
    assert notices(extracted).get("format_differs") == ({"format": key, "suffix": suffix} if differs else None)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.unknown", "a"])
def test_plain_text_under_another_name_is_read_as_text(tmp_path: Path, name: str) -> None:
    extracted = registry.read_file(written(tmp_path, name, "I: Why ’?".encode()))
    assert (extracted.format, texts(extracted)) == ("txt", ["I: Why ’?"])


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.txt", b"", "import_empty"),
        ("a.docx", b" \r\n\t\x00", "import_empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "import_empty"),
        ("a.doc", OLE, "import_old_word"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "import_encrypted"),
        ("a.docx", b"\x93text\x94 of \xe9 unknown", "import_not_as_named"),
        ("a.pdf", b"I: Why?", "import_not_as_named"),
        ("a.rtf", b"{\\rtg1 I: Why?}", "import_not_as_named"),
        ("a.docx", bytes(range(256)), "import_not_as_named"),
        ("a.mp3", b"ID3\x04" + bytes(range(256)), "import_unknown_kind"),
        ("a.txt", b"ID3\x04" + bytes(range(256)), "import_binary"),
        ("a.docx", DOCX[: len(DOCX) // 2], "import_damaged"),
        ("a.zip", archive({"a.txt": "I: Why?"}), "import_archive"),
        ("a.xlsx", archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "import_not_text"),
        ("a.srt", b"only text", "import_no_cues"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_by_name(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    assert refusal(written(tmp_path, name, data)).key == key


def test_paths_that_are_no_readable_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.txt").key == "import_missing"
    assert refusal(tmp_path / "no\0name.txt").key == "import_missing"
    assert refusal(tmp_path).key == "import_not_a_file"
    (tmp_path / "ring.txt").symlink_to(tmp_path / "ring.txt")
    assert refusal(tmp_path / "ring.txt").key == "import_unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusal(tmp_path / "pipe.txt").key == "import_not_a_file"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.txt", b"I: Why?")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refusal(path).key == "import_no_permission"


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.docx"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    refused = refusal(path)
    assert (refused.key, refused.values["size"], refused.values["most"]) == ("import_too_large", 200, 64)


def test_the_bounds_are_for_the_caller_to_set_and_narrower_for_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "a.txt", b"I: Why?")
    assert refusal(path, max_bytes=6).key == "import_too_large"
    assert texts(registry.read_file(path, max_bytes=7)) == ["I: Why?"]
    monkeypatch.setattr(registry, "MOST_TEXT_BYTES", 6)
    assert refusal(path).key == "import_too_large"


def test_every_key_and_ending_is_of_one_reader() -> None:
    keys = [importer.key for importer in registry.IMPORTERS]
    suffixes = [suffix for importer in registry.IMPORTERS for suffix in importer.suffixes]
    assert len(keys) == len(set(keys))
    assert len(suffixes) == len(set(suffixes))
    assert set(suffixes) == set(registry.supported_suffixes())
