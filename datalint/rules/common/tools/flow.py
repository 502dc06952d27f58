"""Tool calls and their results in the order of a conversation's turns, and which of them belong together."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from datalint.api import NamedTuple, Record
from datalint.rules.common.tools.calls import ABSENT, Call, calls
from datalint.support.sentence_signs import QUESTION_MARKS

_RESULT_IDS: Final = ("tool_call_id", "tool_use_id", "toolUseId", "call_id")
#: Results that stand in a part, by the part's type or, in parts without one, by the key that holds them.
_RESULT_TYPES: Final = frozenset(("tool_result", "function_call_output", "tool_response"))
_RESULT_KEYS: Final = ("toolResult", "functionResponse")
#: Marks of a call that is written in a text: tags, JSON, code, ReAct. A text without any calls nothing.
_WRITTEN: Final = ("<", "{", "[", "`", "(", "Action", "action", "call", "行动", "调用")
#: Hermes' tags, in which calls and results are written into the texts of turns.
_CALL_TAGS: Final = ("<tool_call>", "</tool_call>")
_RESULT_TAG: Final = "<tool_response>"


class Result(NamedTuple):
    """What a tool returned: its JSON path, and the id and name of the call that it answers, None where it says none.

    ``is_written`` says that it is a tag within a user's text, which may be about the tag.
    """

    path: str
    id: str | None
    name: str | None
    is_written: bool = False


class ToolTurn(NamedTuple):
    """One message: its path, whose it is, its calls and results.

    ``may_call`` says that its text may hold a call, ``asks`` that it is a question, which is no result of a call.
    """

    path: str
    role: str
    calls: tuple[Call, ...]
    results: tuple[Result, ...]
    may_call: bool
    asks: bool


class Flow(NamedTuple):
    """What doesn't belong together in a row.

    ``orphans`` are results with the reason why no call is theirs, ``unanswered`` the calls of one assistant's turn or
    more that have no result before the next turn, with the number of all that were open. ``repeated`` are calls with
    the id of an earlier one, and whether that one was answered before.
    """

    orphans: list[tuple[Result, str]]
    unanswered: list[tuple[list[Call], int]]
    repeated: list[tuple[Call, bool]]


def flow(record: Record) -> Flow:
    """Return which results and calls of the row don't belong together."""
    return record.once(_flow)


def _flow(record: Record) -> Flow:
    found = Flow([], [], [])
    known: set[str] = set()
    called = False
    for turns in _conversations(record):
        _Matcher(turns, found, known, called).run()
        mine = [call for turn in turns for call in turn.calls]
        known.update(call.id for call in mine if call.id is not None)
        called = called or bool(mine) or any(turn.may_call for turn in turns)
    return found


def _conversations(record: Record) -> Iterator[list[ToolTurn]]:
    """Yield the turns of each list of messages that the row's shape reads."""
    roles = {path.rpartition(".")[0]: role for role, _, path, _ in record.turns}
    texts = {path.rpartition(".")[0]: text for _, text, path, _ in record.turns}
    made: dict[str, list[Call]] = {}
    for call in calls(record):
        made.setdefault(call.turn, []).append(call)
    read = ((path, message) for path, message in record.messages() if path in roles)
    for _, messages in groupby(read, key=lambda each: each[0].rpartition("[")[0]):
        yield [
            _turn(message, path, role=roles[path], text=texts[path], made=made.get(path, []))
            for path, message in messages
        ]


def _turn(message: dict[str, Any], path: str, *, role: str, text: str, made: list[Call]) -> ToolTurn:
    results = list(_results_in_parts(message, path))
    if role == "tool" and not results:
        results = [Result(path, _identity(message), _text(message.get("name")))]
    elif role == "user" and _RESULT_TAG in text:
        results = [Result(path, None, None, is_written=not text.lstrip().startswith(_RESULT_TAG))]
    may_call = role == "assistant" and not made and any(mark in text for mark in _WRITTEN)
    if may_call and all(tag in text for tag in _CALL_TAGS):
        made = [Call(path, None, ABSENT, ABSENT, None, path, path) for _ in range(text.count(_CALL_TAGS[0]))]
    asks = text.rstrip().endswith(QUESTION_MARKS)
    return ToolTurn(path, role, tuple(made), tuple(results), may_call, asks)


def _results_in_parts(message: dict[str, Any], path: str) -> Iterator[Result]:
    for key in ("content", "parts", "value"):
        parts = message.get(key)
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            if not isinstance(part, dict):
                continue
            kind = part.get("type")
            inner = next((part[key] for key in _RESULT_KEYS if isinstance(part.get(key), dict)), None)
            if inner is None and isinstance(kind, str) and kind in _RESULT_TYPES:
                inner = part
            if inner is not None:
                identity = _identity(inner) or (_text(inner.get("id")) if "functionResponse" in part else None)
                yield Result(f"{path}.{key}[{index}]", identity or None, _text(inner.get("name")))


def _identity(holder: dict[str, Any]) -> str | None:
    return next((holder[key] for key in _RESULT_IDS if isinstance(holder.get(key), str) and holder[key]), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _is_written(call: Call) -> bool:
    return call.raw is ABSENT and call.id is None and call.place == call.turn


class _OpenCalls:
    """Calls without a result, in order. A row may have thousands, so that none is searched for among all."""

    def __init__(self) -> None:
        self._calls: dict[int, Call] = {}
        self._order: deque[int] = deque()
        self._ids: dict[str, dict[int, None]] = {}
        self._names: dict[str | None, deque[int]] = {}
        self._added = 0

    def __bool__(self) -> bool:
        return bool(self._calls)

    @property
    def calls(self) -> list[Call]:
        """Return all of them."""
        return list(self._calls.values())

    @property
    def has_ids(self) -> bool:
        """Return whether any of them has an id."""
        return bool(self._ids)

    @property
    def last(self) -> Call:
        """Return the one that was added last, of those that are left."""
        return next(reversed(self._calls.values()))

    def add(self, call: Call) -> None:
        """Add a call."""
        place = self._added = self._added + 1
        self._calls[place] = call
        self._order.append(place)
        self._names.setdefault(call.name, deque()).append(place)
        if call.id is not None:
            self._ids.setdefault(call.id, {})[place] = None

    def close_id(self, identity: str | None) -> bool:
        """Remove those with an id, and return whether there are any."""
        places = self._ids.pop(identity, {}) if identity is not None else {}
        for place in places:
            del self._calls[place]
        return bool(places)

    def close_first(self, name: str | None) -> None:
        """Remove the first one of a name, or the first one if none has that name."""
        place = self._left(self._names.get(name))
        self._close(self._left(self._order) if place is None else place)

    def close_oldest(self) -> None:
        """Remove the first one, and the others with its id."""
        place = self._left(self._order)
        if place is not None and not self.close_id(self._calls[place].id):
            self._close(place)

    def _left(self, places: deque[int] | None) -> int | None:
        """Return the first of some places whose call was not removed."""
        while places and places[0] not in self._calls:
            places.popleft()
        return places[0] if places else None

    def _close(self, place: int | None) -> None:
        if place is None:
            return
        call = self._calls.pop(place)
        if call.id is not None:
            del self._ids[call.id][place]
            if not self._ids[call.id]:
                del self._ids[call.id]


class _Matcher:
    """Matches the results of one list of messages with its calls.

    ``known`` are ids of calls in the lists before, which a list may continue, and ``called`` whether these had any.
    """

    def __init__(self, turns: list[ToolTurn], found: Flow, known: set[str], called: bool) -> None:
        self.turns = turns
        self.found = found
        self.known = known
        self.ids = {call.id for turn in turns for call in turn.calls if call.id is not None}
        #: Calls without a result yet, all of the same time, and the ids of these.
        self.open = _OpenCalls()
        self.batch: list[Call] = []
        self.batch_ids: set[str] = set()
        self.answered = False
        self.loose = called
        self.passed: set[str] = set()
        self.called = False

    def run(self) -> None:
        for turn in self.turns:
            if turn.calls and (self.answered or turn.role != "assistant"):
                self._close()
            if turn.calls:
                self.loose = turn.may_call
            for call in turn.calls:
                self._add(call)
            for result in turn.results:
                self._match(result)
            if not turn.calls and not turn.results and turn.role in ("assistant", "user"):
                # A call in a text is the assistant's turn, so another one after it is the order of roles' fault. Its
                # result may be any text of the user's.
                if not (turn.role == "user" and turn.asks) and self.open and _is_written(self.open.last):
                    self.open = _OpenCalls()
                self._close()
                self.loose = turn.may_call
        # A call at the end is what is to be learned; results of some calls alone are not the end.
        if self.answered:
            self._close()

    def _add(self, call: Call) -> None:
        if call.id is not None:
            if call.id in self.batch_ids:
                self.found.repeated.append((call, False))
            elif call.id in self.passed:
                self.found.repeated.append((call, True))
            self.batch_ids.add(call.id)
        self.open.add(call)
        self.batch.append(call)
        self.called = True

    def _close(self) -> None:
        # One text may hold the results of several calls where neither has an id.
        joined = self.answered and not self.open.has_ids
        if self.open and not joined:
            self.found.unanswered.append((self.open.calls, len(self.batch)))
        self.passed |= self.batch_ids
        self.open, self.batch, self.batch_ids, self.answered = _OpenCalls(), [], set(), False

    def _match(self, result: Result) -> None:
        answered = self.open.close_id(result.id)
        if not answered and self.open and (result.id is None or not self.open.has_ids):
            self.open.close_first(result.name)
            answered = True
        if answered:
            self.answered = True
            return
        reason = self._reason(result)
        if reason is not None:
            self.found.orphans.append((result, reason))
            # A result with a wrong id is that of an open call: one cause.
            if result.id not in self.ids:
                self.open.close_oldest()
            self.answered = True

    def _reason(self, result: Result) -> str | None:
        """Return why no open call is the result's, None where a call that can't be seen may be."""
        if result.id is not None and (result.id in self.ids or result.id in self.known):
            if result.id in self.batch_ids or result.id in self.passed:
                return "its call already has a result" if result.id in self.ids else None
            return None if result.id in self.known else "it comes before its call"
        if self.loose or result.is_written:
            return None
        if result.id is not None and (self.batch_ids if self.batch else self.ids):
            return "no call before it has its id" if self.batch else "no call has its id"
        if self.batch:
            return "there are fewer calls than results"
        return "the last turn before it calls no tool" if self.called else "nothing before it calls a tool"
