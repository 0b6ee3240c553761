"""Bytes to text, and the way between offsets and lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.source import BinaryFileError, Source, decode, read_source

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(alphabet=st.sampled_from("ab \t\r\n\u0301é\u2028\x85😀\ufeff"), max_size=40)


def test_plain_utf8() -> None:
    source = decode(b"Take it.\nRest.\n", "a.md")
    assert source.text == "Take it.\nRest.\n"
    assert (source.path, source.encoding, source.fallback) == ("a.md", "utf-8", False)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("naïve".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "naïve".encode(), "utf-8-sig"),
        (b"\xff\xfe" + "naïve".encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + "naïve".encode("utf-16-be"), "utf-16"),
        ("naïve".encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    source = decode(data, "a.txt")
    assert source.text == "naïve"
    assert source.encoding == encoding
    assert source.fallback == (encoding == "windows-1252")


def test_only_the_first_byte_order_mark_is_dropped() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfa", "a").text == "\ufeffa"


def test_bytes_that_windows_1252_lacks_keep_their_column() -> None:
    assert decode(b"a\x81b\xe9", "a").text == "a\ufffdbé"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"PK\x03\x04abc",
        b"\x89PNG\r\n\x1a\n",
        b"text" + b"\0" * 9,
        bytes(range(1, 32)) * 4,
        b"\xff\xfe" + b"\0" * 40,
    ],
    ids=["pdf", "zip", "png", "nul", "controls", "utf-16"],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(BinaryFileError, match="a\\.bin: looks like a binary file"):
        decode(data, "a.bin")


def test_a_few_nuls_are_no_reason_to_refuse() -> None:
    assert decode(b"one\0two\n", "a").text == "one\0two\n"


def test_binary_error_is_a_value_error() -> None:
    assert issubclass(BinaryFileError, ValueError)


def test_read_source(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_bytes(b"One\r\nTwo")
    source = read_source(path)
    assert source.path == str(path)
    assert source.line_text(1) == "One"
    with pytest.raises(FileNotFoundError):
        read_source(tmp_path / "none.md")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb\rc", ["a", "b", "c"]),
        ("a\r\n\rb\n\n", ["a", "", "b", "", ""]),
        ("a\u2028b\x0bc\x85d", ["a\u2028b\x0bc\x85d"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    source = Source.from_text(text)
    assert [source.line_text(i + 1) for i in range(len(source.line_starts))] == lines
    assert source.line_text(0) == ""
    assert source.line_text(len(lines) + 1) == ""


@pytest.mark.parametrize(
    ("text", "part", "position"),
    [
        ("one two", "two", (1, 5)),
        ("one\ntwo", "two", (2, 1)),
        ("one\r\ntwo", "two", (2, 1)),
        ("one\rtwo", "two", (2, 1)),
        ("😀 two", "two", (1, 3)),
        ("e\u0301 two", "two", (1, 4)),
        ("\ttwo", "two", (1, 2)),
    ],
    ids=["first line", "LF", "CRLF", "CR", "astral", "combining", "tab"],
)
def test_position_counts_code_points(text: str, part: str, position: tuple[int, int]) -> None:
    source = Source.from_text(text)
    assert source.position(text.index(part)) == position
    assert source.offset(*position) == text.index(part)


def test_position_after_a_byte_order_mark() -> None:
    source = decode("\ufeffone".encode(), "a")
    assert source.position(0) == (1, 1)


@given(TEXT)
def test_position_and_offset_are_inverse(text: str) -> None:
    source = Source.from_text(text)
    for offset in range(len(source.text) + 1):
        line, column = source.position(offset)
        assert source.offset(line, column) == offset
        assert 1 <= column <= len(source.line_text(line)) + 2


@given(TEXT)
def test_lines_make_up_the_text(text: str) -> None:
    source = Source.from_text(text)
    starts = [*source.line_starts, len(source.text)]
    assert "".join(source.text[a:b] for a, b in pairwise(starts)) == source.text
    for i in range(len(source.line_starts)):
        line = source.line_text(i + 1)
        assert source.text[starts[i] : starts[i + 1]].rstrip("\r\n") == line.rstrip("\r\n")
        assert "\n" not in line
        assert "\r" not in line


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        source = decode(data, "a")
    except BinaryFileError:
        return
    assert source.encoding in ("utf-8", "utf-8-sig", "utf-16", "windows-1252")
