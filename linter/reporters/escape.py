"""Making what a draft or a path says inert in each of the languages that reports are written in.

A draft is anybody's text. Whatever stands in it, a report only shows it: nothing in here drops a character without a
trace, and nothing that comes out can act.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from linter.reporters.layout import visible

ELLIPSIS = "\u2026"


def one_line(text: str) -> str:
    """Text on one line, its white space folded, controls spelled out."""
    return visible(" ".join(text.split()))


def cut(text: str, length: int) -> str:
    """Text of at most ``length`` characters; an ellipsis says that some are missing."""
    return text if len(text) <= length else text[: length - 1] + ELLIPSIS


# JSON and XML leave these as they are, and what shows a report would obey them (layout.visible says which and why).
_ACTS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
_LOG_COMMAND_JSON = re.compile(r"(##\w*)\[")


def json_text(data: Any, indent: int | None = None) -> str:  # noqa: ANN401 - JSON data is anything
    """Data as JSON that reads as well as it can, and whose strings hold no character that acts on what shows it."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    text = _ACTS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return _LOG_COMMAND_JSON.sub(r"\1\\u005b", text)


# GitHub workflow commands: the tables of the runner. The percent sign comes first, it escapes the others.


def command_data(text: str) -> str:
    """The message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """The value of a property of a workflow command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


# XML 1.0 has no way at all to write these down, not even as references.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;",
    # as references, or a parser turns them into spaces in attributes and line feeds in text
    "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})  # fmt: skip


def xml(text: str) -> str:
    """Text for an XML attribute or element; characters that XML cannot hold are spelled out by their number."""
    escaped = _ACTS.sub(lambda match: f"&#{ord(match.group())};", _NOT_XML.sub(_spelled, text).translate(_XML))
    return re.sub(r"(##\w*)\[", r"\1&#91;", escaped)  # a command to a build server that prints the report


def _spelled(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~^$@=])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MENTION = re.compile(r"\\([@#])(?=\w)")
_ADDRESS = re.compile(r"(www)\\\.", re.IGNORECASE)


def markdown(text: str) -> str:
    """Text on one line that Markdown and the HTML in it show as it is, in a table cell too."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text).translate(_HTML)).replace(":", "&#58;")
    # GitHub turns @names, #numbers and bare addresses into links wherever they stand, escaped or not. An empty comment
    # parts them and leaves what is seen and copied as it is.
    return _ADDRESS.sub(r"\1&#46;", _MENTION.sub(r"\1<!-- -->", escaped))


def url_path(path: str) -> str:
    """A path as part of an address: everything but slashes and plain characters as its UTF-8 bytes."""
    return quote(path.encode("utf-8", "surrogatepass"), safe="/")


def csv_cell(text: str) -> str:
    """A cell that a spreadsheet shows and never calculates.

    Spreadsheets take a cell for a formula by its first character; some skip white space or a quotation mark first.
    """
    text = visible(" ".join(text.splitlines()))
    return "'" + text if re.match(r"[\s\"']*[=+\-@\uff0b\uff0d\uff1d\uff20|%]", text) else text


def unicode_text(text: str) -> str:
    """Text that can be written as UTF-8: lone surrogates (a path that is no text has them) spelled out."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", lambda match: visible(match.group()), text)
    return text
