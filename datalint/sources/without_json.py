"""Files that are named as JSON and have none: programs, web pages and texts."""

from __future__ import annotations

import re
from typing import Final

import orjson

from datalint.sources.content import Content
from datalint.sources.limits import MOST_ROW
from datalint.sources.lines_kind import are_texts
from datalint.sources.table_signs import HEAD
from datalint.support.lazy_pattern import lazy_pattern

#: Lines that are not blank, at least, and the share of them that may be JSON, as values in a program may be; one may.
_LEAST: Final = 5
_JSON: Final = 0.05
#: How lines begin that are in programs only, and how many of them there are at least.
_PYTHON: Final = lazy_pattern(
    rb"^(?:import [\w.]{1,99}(?: as \w{1,99})?|from [\w.]{1,99} import [\w*( ].{0,199}"
    rb"|(?:async )?def \w{1,99}\(.{0,199}|class \w{1,99}[(:].{0,199}|if __name__ == .{1,20}:)[ \t\r]*$",
    re.MULTILINE,
)
_JAVASCRIPT: Final = lazy_pattern(
    rb"^(?:(?:export )?(?:const|let|var) [\w{$].{0,199}=.{0,199}|(?:export )?(?:async )?function \w{0,99} ?\(.{0,199}"
    rb"|import .{1,199} from ['\"].{1,199}|module\.exports.{0,199}|export default .{0,199})$",
    re.MULTILINE,
)
_SIGNS: Final = 2
_PAGE: Final = lazy_pattern(rb"(?i)<(?:!doctype\s{1,9}html|html)[\s>]")
#: Names of values in a line, which may be YAML, or JSON without its brackets.
_NAMED: Final = lazy_pattern(rb"^\s{0,99}(?:- )?[\"']?\w{1,40}[\"']?\s?:\s", re.MULTILINE)


def why_no_json(content: Content, position: int) -> str:
    """Return what a file is whose lines are not JSON, and what to do; empty for JSON, and where that is not clear.

    The text begins at ``position``.
    """
    head = content.read(position, position + HEAD)
    what = ""
    if _PAGE.match(head) is not None:
        what = "a web page in HTML, which a server may have sent instead: download the file again, or leave it out"
    elif len(_PYTHON.findall(head)) >= _SIGNS:
        what = "a program in Python: leave it out, or name it .py"
    elif len(_JAVASCRIPT.findall(head)) >= _SIGNS:
        what = "a program in JavaScript: leave it out, or name it .js"
    elif are_texts(content, position) and _NAMED.search(head) is None:
        what = "plain text: name it .txt if each line is a text, or write each as a JSON object"
    return f"no line is JSON: the file looks like {what}" if what and _has_none(content, position) else ""


def _has_none(content: Content, position: int) -> bool:
    """Return whether no line but a few within others is JSON; a line that begins as a row does may be a broken one."""
    lines = values = 0
    for line in content.lines_from(position):
        if line.startswith((b"{", b"[", b"\xef\xbb\xbf")) or len(line) > MOST_ROW:
            return False
        lines += bool(bare := line.strip())
        values += bare.startswith((b"{", b"[{", b'["')) and _is_value(bare)
    return lines >= _LEAST and values <= max(1, _JSON * lines)


def _is_value(line: bytes) -> bool:
    try:
        orjson.loads(line.rstrip(b",;"))
    except orjson.JSONDecodeError:
        return False
    return True
