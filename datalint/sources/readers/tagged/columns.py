"""The columns of tagged text: which one has the tokens, and which ones their tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.tagged.commented_intents import with_intent
from datalint.sources.readers.tagged.not_tokens import NOT_TOKENS, above
from datalint.sources.readers.tagged.numbered_heads import Head
from datalint.sources.readers.tagged.tag_layers import compared, layered
from datalint.sources.readers.tagged.token_features import feature_of, joined
from datalint.sources.readers.tagged.token_numbers import PART
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import EXTRA, LAYERS

#: The containers of tagged text: without numbers of tokens, with them, and CoNLL-U.
CONLL: Final = "conll"
NUMBERED: Final = "conll-numbered"
UNIVERSAL: Final = "conll-u"
_BLANKS: Final = SPACE.decode()
_SPACES: Final = re.compile("[ \r]+")
#: Columns of CoNLL-U: the one with the class of a word, and the one that has no annotation of it.
UPOS: Final = 3
MISC: Final = 9
#: How a note names a row of tokens and their tags.
_SENTENCE: Final = "a sentence: lines with a token and its tag"
#: Characters of a token that a message shows.
_SHOWN: Final = 40
#: The share of lines with as many columns as most have.
NEARLY_ALL: Final = 0.95


class Columns(NamedTuple):
    """The columns of tokens and of tags; ``numbered`` says that the column before the tokens numbers them.

    ``width`` is the number of columns; 0 if lines have different numbers of them. ``headed``: lines without a tab are
    above the tokens. ``led``: the first line of a sentence names it. ``footed``: its last line is its intent;
    ``intended``: a comment is. ``head``: what its first line is if that has no token. ``whole``: a tag is the label of
    its sentence, which is a text; ``alike``: it is one of tokens nevertheless. ``layers``: the columns of other tags;
    ``others``: those that rows are compared by alone. ``untagged``: no column has tags. ``feature``: the one of several
    that is the tag, as ``name`` is of ``name=B-PER|SpaceAfter=No``.
    """

    token: int = 0
    tag: int = -1
    numbered: bool = False
    width: int = 2
    headed: bool = False
    led: bool = False
    footed: bool = False
    layers: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    whole: bool = False
    alike: bool = False
    untagged: bool = False
    feature: str = ""
    intended: bool = False
    head: Head = Head()

    @property
    def container(self) -> str:
        """The container of a file with these columns."""
        if not self.numbered:
            return CONLL
        return UNIVERSAL if self[:3] == _OF_UNIVERSAL[:3] else NUMBERED

    @property
    def description(self) -> str:
        """A description of a row with more than two columns; empty if the container implies it."""
        if self.untagged:
            return f"a sentence without tags: its tokens, from column {self.token + 1}, as a text"
        if self.headed:
            return f"{_SENTENCE}; the lines without a tab above them are left out"
        if self.led:
            return f"{_SENTENCE}; the line of one word above them is left out"
        if self.footed:
            return f"{_SENTENCE}, and its intent in the last line"
        if self.intended:
            return f"{self._replace(intended=False).description or 'a sentence'}; its intent is in a comment above"
        if self.head.word:
            return f"{self._replace(head=Head()).description or _SENTENCE}{self.head.description}"
        if self.whole:
            column = self.tag % self.width + 1
            return f"a sentence as a text, and the tag in column {column} of all its tokens as its label"
        if (0 < self.width <= 2 and self.tag and not self.alike) or self.container == UNIVERSAL:
            return ""
        tags = "the last one"
        if self.width:
            tags = f"column {self.tag % self.width + 1} of {self.width}"
        if self.feature:
            tags = f'"{self.feature}" in {tags}'
        named = f'; those of {len(self.layers)} more under "{LAYERS}"' if self.layers else ""
        if self.alike:
            named += "; all tokens of a sentence have the same tag, which may be its label"
        if self.others:
            place = self.others[-1] + 1
            named += f"; to learn another column, such as {place}, write it after the tokens, without the others"
        return f"a sentence: tokens from column {self.token + 1}, tags from {tags}{named}"

    @property
    def not_tokens(self) -> tuple[bytes, ...]:
        """Beginnings of lines that are no tokens."""
        return (*NOT_TOKENS, b"#") if self.numbered else NOT_TOKENS

    def sentence(self, lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a sentence whose first line has the number ``first``, and the problem with its text."""
        texts, problem = decoded_lines(lines, first)
        if texts is None:
            return None, problem
        last: dict[str, Any] = {}
        if self.headed:
            texts = texts[above(texts, "\t") :]
        if self.intended:
            texts, last["intent"] = with_intent(texts, self.not_tokens)
        if not (fields := [fields_of(text) for text in texts]):
            return None, problem
        if self.led and len(fields[0]) == 1 < len(fields):
            del fields[0]
        if self.head.opens(fields[0]):
            last |= self.head.label_in(fields.pop(0))
        if self.footed:
            last["intent"] = fields.pop()[0] if len(fields[-1]) == 1 else ""
        if self.numbered:
            fields = [each for each in fields if not PART.fullmatch(field_at(each, self.token - 1))] or fields
        tokens = [field_at(each, self.token) for each in fields]
        problem = problem or self._more_fields(texts, fields, first)
        if self.untagged:
            return {"text": joined(tokens, [field_at(each, MISC) for each in fields])}, problem
        tags: dict[str, Any] = {"tags": [self.tag_of(each) for each in fields]}
        if self.whole and len(set(tags["tags"])) == 1:
            return {"text": " ".join(tokens), "label": tags["tags"][0]}, problem
        if self.layers:
            tags[LAYERS] = [[field_at(each, place) for each in fields] for place in self.layers]
        if self.others:
            tags[EXTRA] = [[field_at(each, place) for each in fields] for place in self.others]
        return {"tokens": tokens, **tags, **last}, problem

    def _more_fields(self, texts: Sequence[str], fields: Sequence[Sequence[str]], first: int) -> Problem | None:
        """Return the problem with the first line with more fields than the token and its tag of most others."""
        if self != PAIRS or len(texts) != len(fields):
            return None
        more = [place for place, each in enumerate(fields) if len(each) > self.width and "\t" not in texts[place]]
        if not 0 < 2 * len(more) <= len(fields):
            return None
        place = more[0]
        message = (
            f"{len(fields[place])} fields between blanks, where other lines have {self.width}: the token is read as "
            f'"{excerpt(fields[place][0], _SHOWN)}"; if it has blanks, write it without, or a tab before the tag'
        )
        return Problem("invalid-row", message, first + place, severity="warning", fixable=False)

    def tag_of(self, fields: Sequence[str]) -> str:
        """Return the tag of a line; empty where there is none."""
        if self.feature:
            return feature_of(field_at(fields, self.tag), self.feature)
        return field_at(fields, self.tag) if self.tag == 0 or len(fields) > self.token + 1 else ""

    def with_layers(self, rows: Sequence[Sequence[str]]) -> Columns:
        """Return the columns of these lines, with those of the layers of tags."""
        tag, layers = layered(rows, self.tag, self.token + 1, width := width_of(rows))
        others = compared(rows, {tag % width, *layers}, self.token + 1, width) if width else ()
        return self._replace(tag=tag, width=width, layers=layers, others=others)


#: The first column and the last one, and the second one where tabs separate two columns: a line may end in more tabs.
PAIRS: Final = Columns()
_OF_UNIVERSAL: Final = Columns(1, UPOS, numbered=True)


def width_of(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of columns of nearly all lines; 0 if they have different numbers."""
    width, alike = Counter(map(len, rows)).most_common(1)[0]
    return width if alike >= NEARLY_ALL * len(rows) else 0


def field_at(fields: Sequence[str], place: int) -> str:
    """Return a field of a line; empty where the line has none there."""
    return fields[place] if place < len(fields) else ""


def fields_of(line: str) -> list[str]:
    """Return the fields of a line that is not blank; other white space than separates fields may be a token.

    So may a blank before the first tab, or before the blank before a tag, where a text is divided into characters.
    """
    line = line.strip("\r")
    if "\t" not in line:
        found = _SPACES.split(line.strip(_BLANKS))
        return [" ", *found] if len(found) == 1 and line.startswith("  ") else found
    fields = [field.strip(_BLANKS) for field in line.split("\t")]
    return [" ", *fields[1:]] if not fields[0] and line.startswith(" ") else fields
