"""Write YAML as JSON in which each value begins on its own line of the YAML, so that findings name the right lines.

Events of the parser are converted one by one, without recursion: nesting takes no stack, and what aliases repeat is
counted. Scalars mean what they mean to ``yaml.safe_load``. A key that is there twice stays in the JSON, whose reader
reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import orjson
import yaml

from datalint.support.classes import mutable

#: Bytes of a file, and characters of the JSON that is written of it, with what aliases repeat.
MOST: Final = 64 << 20
_MOST_WRITTEN: Final = 2 * MOST
#: Characters of a number; what is longer is a text.
_LONGEST_NUMBER: Final = 400
#: Levels of lists and objects, as many as JSON may have here.
_DEEPEST: Final = 500
_STANDARD: Final = "tag:yaml.org,2002:"
_PLAIN: Final = frozenset(f"{_STANDARD}{kind}" for kind in ("str", "int", "float", "bool", "null", "map", "seq"))
#: The notation of Rasa for several texts in one: lines that begin with a dash, below the name of an intent.
_LISTED: Final = "examples"
_NAMED: Final = "intent"
_DASH: Final = re.compile(r"\s{0,99}-(?:\s|$)")
#: The first key of an element of Rasa's list that is no example, and the list.
_NLU: Final = "nlu"
_NO_EXAMPLES: Final = frozenset(("synonym", "lookup", "regex"))


class NotRowsError(ValueError):
    """YAML that is not read, with the reason and its line, from 1 on."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why, self.line = why, line


@mutable
class Json:
    """The JSON of a file, whether it has several documents, and how many elements of Rasa's list are no examples."""

    blocks: list[str]
    documents: int = 0
    left_out: int = 0


@mutable
class _Level:
    """A list or object that is open: its anchor, where it begins in the output, and what of it is written."""

    is_object: bool
    anchor: str | None
    begins: int
    line: int
    count: int = 0
    key: str | None = None
    has_name: bool = False
    no_example: bool = False


def written_as_json(data: bytes) -> Json:
    """Return the JSON of a YAML file; several documents are one array of them.

    Raises:
        NotRowsError: for text that is no YAML, has tags of its own, merged keys or keys that are no scalars, or is
            larger than allowed with what aliases repeat.
    """
    if len(data) > MOST:
        raise NotRowsError(f"the file has more than {MOST >> 20} MiB: write its rows to JSON Lines", 1)
    writer = _Writer()
    try:
        for event in _events(data):
            writer.add(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "its characters are not allowed"
        raise NotRowsError(f"not YAML: {why}", 1 if mark is None else mark.line + 1) from error
    return writer.found()


def _events(data: bytes) -> Iterator[Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield from yaml.parse(data, Loader=loader)


class _Writer:
    """The state of a conversion: what is written, the line that this has reached, and what anchors stand for."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._line = self._size = self._documents = self._left_out = 0
        self._levels: list[_Level] = []
        self._anchors: dict[str, str] = {}
        self._scalars: Any = yaml.SafeLoader("")

    def found(self) -> Json:
        """Return the JSON, after all events."""
        out = ["[", *self._out, "]"] if self._documents > 1 else self._out
        return Json([*out, "\n"], self._documents, self._left_out)

    def add(self, event: Any) -> None:
        """Write an event."""
        line = event.start_mark.line
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event, line)
            self._begin(line)
            if len(self._levels) >= _DEEPEST:
                raise NotRowsError(f"more than {_DEEPEST} levels of lists and objects", line + 1)
            is_object = isinstance(event, yaml.MappingStartEvent)
            self._levels.append(_Level(is_object, event.anchor, len(self._out), self._line))
            self._write("{" if is_object else "[")
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._begin(line)
            repeated = self._anchors.get(event.anchor or "")
            if repeated is None:
                raise NotRowsError("an alias within what it stands for, or without an anchor", line + 1)
            self._write(repeated)
            self._end()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()
        elif isinstance(event, yaml.DocumentEndEvent):
            self._documents += 1

    def _write(self, text: str) -> None:
        self._size += len(text)
        if self._size > _MOST_WRITTEN:
            raise NotRowsError(f"more than {_MOST_WRITTEN >> 20} MiB with what its aliases repeat", self._line + 1)
        self._out.append(text)

    def _begin(self, line: int) -> None:
        """Write what is before a value that begins on a line."""
        level = self._levels[-1] if self._levels else None
        if level is None:
            self._out += [","] if self._documents else []
        elif level.is_object and level.key is None:
            raise NotRowsError("a key that is a list, an object or an alias", line + 1)
        elif not level.is_object:
            self._out += [","] if level.count else []
            level.count += 1
        self._down_to(line)

    def _down_to(self, line: int) -> None:
        if line > self._line:
            self._out.append("\n" * (line - self._line))
            self._line = line

    def _end(self) -> None:
        if self._levels:
            self._levels[-1].key = None

    def _close(self) -> None:
        level = self._levels.pop()
        self._write("}" if level.is_object else "]")
        if level.no_example:
            self._leave_out(level)
        if level.anchor:
            self._anchor(level.anchor, "".join(part.strip("\n") for part in self._out[level.begins :]))
        self._end()

    def _anchor(self, name: str, text: str) -> None:
        # What is kept counts too, since anchors may be nested.
        self._size += len(text)
        self._anchors[name] = text

    def _leave_out(self, level: _Level) -> None:
        """Drop an element of Rasa's list that is no example, with the comma before it and the line feeds after that."""
        del self._out[level.begins :]
        self._line = level.line
        around = self._levels[-1]
        around.count -= 1
        if around.count:
            after = len(self._out)
            while self._out[after := after - 1] != ",":
                pass
            del self._out[after]
        self._left_out += 1

    def _scalar(self, event: Any, line: int) -> None:
        level = self._levels[-1] if self._levels else None
        if level is not None and level.is_object and level.key is None:
            self._key(level, event, line)
            return
        self._check_tag(event, line)
        self._begin(line)
        text = self._listed(level, event) or _json(self._value(event))
        self._write(text)
        if event.anchor:
            self._anchor(event.anchor, text.replace("\n", ""))
        self._end()

    def _key(self, level: _Level, event: Any, line: int) -> None:
        self._check_tag(event, line)
        if event.value == "<<" and event.implicit[0]:
            raise NotRowsError("keys that are merged (<<): write them out", line + 1)
        if not level.count and event.value in _NO_EXAMPLES and [each.key for each in self._levels[:-1]] == [_NLU, None]:
            level.no_example = True
        level.has_name |= event.value == _NAMED
        self._out += [","] if level.count else []
        level.count += 1
        level.key = event.value
        self._down_to(line)
        self._write(f"{_json(event.value)}:")

    def _listed(self, level: _Level | None, event: Any) -> str:
        """Return the texts of an intent in Rasa's notation, each on its line; empty for any other value."""
        if level is None or level.key != _LISTED or not level.has_name or event.style != "|":
            return ""
        found: list[list[str]] = []
        places: list[int] = []
        for number, line in enumerate(event.value.split("\n")):
            if _DASH.match(line):
                found.append([line.strip()[1:].strip()])
                places.append(number)
            elif line.strip() and not found:
                return ""
            elif line.strip():
                found[-1].append(line.strip())
        texts, at = [], -1
        for place, lines in zip(places, found, strict=True):
            texts.append("\n" * (place - at) + _json(" ".join(lines)))
            at = place
        self._line += at + 1
        return f"[{','.join(texts)}]" if texts else ""

    def _value(self, event: Any) -> Any:
        """Return the value of a scalar."""
        plain, quoted = event.implicit
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._scalars.resolve(yaml.ScalarNode, event.value, (plain and tag is None, quoted))
        if tag not in _PLAIN or tag == f"{_STANDARD}str" or len(event.value) > _LONGEST_NUMBER:
            return event.value  # such as a date
        try:
            return self._scalars.construct_object(yaml.ScalarNode(tag, event.value), deep=True)
        except (ValueError, KeyError, yaml.YAMLError):
            return event.value

    def _check_tag(self, event: Any, line: int) -> None:
        if event.tag is not None and event.tag != "!" and event.tag not in _PLAIN:
            raise NotRowsError("tags of its own, such as those of a program, are not read", line + 1)


def _json(value: Any) -> str:
    """Return the JSON of a scalar, with ``NaN`` and large numbers as Python writes them."""
    if isinstance(value, str):
        try:
            return orjson.dumps(value).decode()
        except orjson.JSONEncodeError:  # half of a surrogate pair
            import json

            return json.dumps(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    import json

    return json.dumps(value)
