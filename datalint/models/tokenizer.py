"""Tokenizers: exact counts, which tokens a span of text has, and the pieces of a text.

A tokenizer counts what ``tokenizer(text, add_special_tokens=False)`` of transformers gives, as trainers do with the
text that a chat template made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, Protocol

from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.models.tokenizer_limits import MOST_BYTES
from datalint.privacy.display import printable
from datalint.support.named_tuple import NamedTuple

#: Seconds that the library may take for a call, and characters for which it may take a second more. It counts a million
#: characters a second, and expressions that backtrack only some thousands.
MOST_SECONDS: Final = 30.0
CHARACTERS_A_SECOND: Final = 20_000
#: Spans of a text in characters, in order, without overlap.
Spans = Sequence[tuple[int, int]]


class Measured(NamedTuple):
    """The tokens of a text: how many, how many of them in its spans, and where the spans begin and end.

    ``first`` is the index of the first token in a span and ``end`` that after the last; both are 0 without any.
    ``inside`` has the tokens of each region that was asked for; one that reaches into two counts for the first.
    """

    tokens: int
    trained: int = 0
    first: int = 0
    end: int = 0
    inside: tuple[int, ...] = ()


class Piece(NamedTuple):
    """A token of a text: its number, and the characters that it stands for."""

    id: int
    start: int
    end: int


class Tokenizer(Protocol):
    """A tokenizer of one model."""

    def measure(
        self, texts: Sequence[str], spans: Sequence[Spans], regions: Sequence[Spans] | None = None
    ) -> list[Measured]:
        """Count the tokens of each text, those that overlap its spans, and those in each of its regions."""

    def pieces(self, text: str) -> list[Piece]:
        """Return the tokens of a text."""

    @property
    def special(self) -> frozenset[str]:
        """The texts that become one token of the model's control vocabulary."""


class LibraryTokenizer:
    """A tokenizer of the library ``tokenizers``; ``name`` is what messages call it, fit to print."""

    def __init__(self, library: Any, name: str) -> None:
        self._library = library
        self._name = name
        # A file may say that texts are padded or cut; trainers say so themselves.
        library.no_padding()
        library.no_truncation()
        added = library.get_added_tokens_decoder().values()
        self._special = frozenset(token.content for token in added if token.special)

    @classmethod
    def read(cls, path: str) -> LibraryTokenizer:
        """Return the tokenizer of a ``tokenizer.json``.

        Raises:
            DatalintError: when the library is not installed, or cannot read the file.
        """
        library, shown = the_library(), printable(path)
        try:
            data = read_regular(path, MOST_BYTES)
        except OSError as error:
            raise DatalintError(unreadable(shown, error)) from error
        try:
            return cls(library.Tokenizer.from_buffer(data), shown)
        except Exception as error:  # the library raises Exception itself
            raise DatalintError(
                f"{shown} is not a tokenizer that `tokenizers` can read: {printable(str(error))}"
            ) from error

    @property
    def special(self) -> frozenset[str]:
        """The added tokens that are special."""
        return self._special

    def measure(
        self, texts: Sequence[str], spans: Sequence[Spans], regions: Sequence[Spans] | None = None
    ) -> list[Measured]:
        """Count the tokens of each text, those that overlap its spans, and those in each of its regions."""
        return measured_texts(self._encoded(list(map(encodable, texts))), self._ranges, texts, spans, regions)

    def pieces(self, text: str) -> list[Piece]:
        """Return the tokens of a text."""
        [found] = self._encoded([encodable(text)])
        return [Piece(number, *span) for number, span in zip(found.ids, found.offsets, strict=True)]

    def _encoded(self, texts: list[str]) -> Any:
        """Return what the library makes of texts.

        Raises:
            DatalintError: when it fails or takes too long, as with an expression that backtracks.
        """
        try:
            # This call lets other threads of Python run; the one for a single text does not.
            return within(
                lambda: self._library.encode_batch(texts, add_special_tokens=False),
                MOST_SECONDS + sum(map(len, texts)) / CHARACTERS_A_SECOND,
            )
        except TimeoutError as error:
            raise DatalintError(
                f"{self._name} takes more than {error} for some rows: an expression of it backtracks"
            ) from error
        except BaseException as error:
            # What panics in Rust is no Exception in Python.
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                raise DatalintError(f"{self._name} fails on a row: {printable(str(error))}") from error
            raise

    @staticmethod
    def _ranges(encoding: Any, text: str, spans: Spans) -> Iterator[tuple[int, int]]:
        """Yield the first token that overlaps each span, and the one after the last."""
        count = len(encoding)
        for start, stop in spans:
            if stop <= start or stop <= 0:
                yield 0, 0
                continue
            begin = encoding.char_to_token(start)
            last = count if stop >= len(text) else encoding.char_to_token(stop)
            if begin is None or last is None:
                begin, last = _overlapping(encoding.offsets, start, stop)
            elif last < count and encoding.token_to_chars(last)[0] < stop:
                last += 1  # it reaches over the end of the span
            yield begin, last


def measured_texts(
    encoded: Sequence[Any],
    ranges: Callable[[Any, str, Spans], Iterable[tuple[int, int]]],
    texts: Sequence[str],
    spans: Sequence[Spans],
    regions: Sequence[Spans] | None,
) -> list[Measured]:
    """Count the tokens of encoded texts, those in their spans, and those in each of their regions.

    ``ranges`` returns which tokens of an encoded text overlap each span of it.
    """
    both = zip(encoded, texts, spans, strict=True)
    counted = [measured(len(one), ranges(one, text, each)) for one, text, each in both]
    if regions is None:
        return counted
    more = zip(encoded, texts, regions, strict=True)
    inside = [apart(ranges(one, text, each)) for one, text, each in more]
    return [one._replace(inside=counts) for one, counts in zip(counted, inside, strict=True)]


def measured(count: int, ranges: Iterable[tuple[int, int]]) -> Measured:
    """Return the tokens of a text of which those in ``ranges`` carry loss; a token in two of them counts once."""
    trained, first, end = 0, -1, 0
    for begin, last in ranges:
        begin = max(begin, end)
        if last > begin:
            trained += last - begin
            first, end = begin if first < 0 else first, last
    return Measured(count, trained, max(first, 0), end)


def apart(ranges: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Return the tokens in each range that are in none before it."""
    found, end = [], 0
    for begin, last in ranges:
        found.append(max(last - max(begin, end), 0))
        end = max(end, last)
    return tuple(found)


def within(call: Callable[[], Any], seconds: float) -> Any:
    """Return what a call returns, or raise what it raises.

    Code that is not Python's cannot be stopped: after that time, the thread of the call goes on until the process ends,
    which does not wait for it.

    Raises:
        TimeoutError: with the seconds, when it takes longer.
    """
    ended: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            ended.put((call(), None))
        except BaseException as error:  # raised again by the caller
            ended.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        result, error = ended.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"{seconds:.0f} seconds") from None
    if error is not None:
        raise error
    return result


def the_library() -> Any:
    """Return the module ``tokenizers``.

    Raises:
        DatalintError: when it is not installed.
    """
    # Rows are spread over processes already; threads of each would only get into each other's way.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import tokenizers  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise DatalintError(
            'to count tokens, install the extra: pip install "datalint-sft[model]" (it has tokenizers)'
        ) from error
    return tokenizers


def _overlapping(offsets: Sequence[tuple[int, int]], start: int, stop: int) -> tuple[int, int]:
    """Return the first token that overlaps a span, and the one after the last."""
    found = [index for index, (begin, end) in enumerate(offsets) if end > start and begin < stop]
    return (found[0], found[-1] + 1) if found else (0, 0)


def encodable(text: str) -> str:
    """Return the text without what UTF-8 cannot hold, which no trainer reads either."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
