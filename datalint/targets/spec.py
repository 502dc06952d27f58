"""A target: what a trainer or provider accepts, rejects, drops, truncates and ignores, as its TOML file says."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, TypeAlias

from datalint.config.values import SettingError, about, setting
from datalint.core.kind import Kind
from datalint.core.targets import RowOutcome
from datalint.support.classes import frozen

#: Forms of the arguments of a tool call: JSON text, an object, either, or none where calls are not read at all.
Arguments: TypeAlias = Literal["string", "object", "either", "none"]
#: Roles that stand for the beginning and the end of a conversation in the order of turns.
START, END = "start", "end"


@frozen
class Format:
    """``[[formats]]``: a layout of rows that the target reads.

    A row has the first format whose ``keys`` are all there, and none of ``without``. Other keys than ``keys`` and
    ``optional`` are what ``other-keys`` of the target says. ``conversation`` and ``messages`` are dotted paths.
    """

    name: str = setting("", "what the target calls it")
    shape: str = setting("", "the shape of datalint that has these rows")
    kind: Kind = setting("sft", "what such rows are for")
    keys: tuple[str, ...] = setting((), "keys that a row of this format has")
    optional: tuple[str, ...] = setting((), "other keys that the target reads")
    without: tuple[str, ...] = setting((), "keys that a row of this format does not have")
    conversation: str = setting("", "path of the list of turns whose order is checked")
    messages: tuple[str, ...] = setting((), "paths of all lists of turns")

    def __post_init__(self) -> None:
        if not self.name or not self.keys:
            raise SettingError("needs a name and keys")


@frozen
class Check:
    """``[[checks]]``: a condition on rows, and what the target does with a row that does not meet it.

    It has one of the conditions ``row``, ``message``, ``order``, ``words``, ``tags``, ``parts``, ``whole`` and
    ``results``.
    """

    says: str = setting("", "why, in words that continue `NAME rejects the row: `")
    outcome: RowOutcome = setting("rejects", "what the target does with such a row")
    formats: tuple[str, ...] = setting((), "formats that it is about; none are all")
    row: str = setting("", "JSON Schema of the row, as JSON text")
    message: str = setting("", "JSON Schema of every turn, as JSON text")
    turns: Literal["all", "last", "others"] = setting("all", "the turns that `message` is about")
    order: Mapping[str, tuple[str, ...]] = setting({}, "role, or start → roles that may come next, or end")
    words: tuple[str, ...] = setting((), "texts that no turn may contain")
    roles: tuple[str, ...] = setting((), "roles of the turns that `words` is about; none are all")
    tags: Mapping[str, str] = setting({}, "mark in texts → key of the list with an element for each mark")
    parts: Mapping[str, int] = setting({}, "type or key of parts of content → how many a row may have")
    whole: tuple[str, ...] = setting((), "keys of turns whose numbers are written without a decimal point")
    results: Literal["", "count"] = setting("", "count: as many results of tools as calls before them")
    rule: str = setting("", "rule that reports it, if that is not target-rejects-row or target-drops-row")

    def __post_init__(self) -> None:
        conditions = (self.row, self.message, self.order, self.words, self.tags, self.parts, self.whole)
        if sum(map(bool, (*conditions, self.results))) != 1:
            raise SettingError("needs one of row, message, order, words, tags, parts, whole, results")
        if not self.says:
            raise SettingError("needs `says`")


@frozen
class Ignore:
    """``[[ignores]]``: a key that the target does not read, although other targets do."""

    key: str = setting("", "the key")
    within: Literal["row", "message"] = setting("row", "the object that has it")
    unless: tuple[Any, ...] = setting((), "values that mean the same as no key")
    formats: tuple[str, ...] = setting((), "formats that it is about; none are all")
    says: str = setting("", "what that means, in words that continue `NAME ignores KEY: `")

    def __post_init__(self) -> None:
        if not self.key or not self.says:
            raise SettingError("needs `key` and `says`")


@frozen
class TargetLimits:
    """``[limits]``: numbers of rows, bytes and files. None means no limit."""

    min_rows: int | None = setting(None, "training rows at least", limits={"minimum": 1})
    max_rows: int | None = setting(None, "training rows at most", limits={"minimum": 1})
    min_all_rows: int | None = setting(None, "training and evaluation rows together at least", limits={"minimum": 1})
    advised_rows: int | None = setting(None, "training rows that the documentation advises", limits={"minimum": 1})
    max_bytes: int | None = setting(None, "bytes of a training file at most", limits={"minimum": 1})
    min_evaluation_rows: int | None = setting(None, "evaluation rows at least", limits={"minimum": 1})
    max_evaluation_rows: int | None = setting(None, "evaluation rows at most", limits={"minimum": 1})
    max_evaluation_bytes: int | None = setting(None, "bytes of an evaluation file at most", limits={"minimum": 1})
    max_evaluation_share: float | None = setting(
        None, "bytes of the evaluation file, as a share of the training file's", limits={"exclusiveMinimum": 0}
    )
    evaluation: Literal["optional", "refused"] = setting("optional", "whether an evaluation file may be given")
    extensions: tuple[str, ...] = setting((), "extensions of files; none are all")


@frozen
class Length:
    """``[length]``: what the target does with rows of too many tokens, which a model counts."""

    tokens: int | None = setting(None, "the maximum, or the default of the setting", limits={"minimum": 1})
    models: Mapping[str, int] = setting({}, "pattern of a model's name, such as *90b* → the maximum for it")
    option: str = setting("", "the setting of the trainer that changes it; without one it is fixed")
    outcome: RowOutcome = setting("truncates", "what the target does with longer rows")
    unanswered: RowOutcome = setting("truncates", "what it does if nothing that is learned is left")


@frozen
class Target:
    """A target, as its file describes it. It pickles, so that workers get the same.

    ``name`` is that of the file, and ``digest`` one of its content.
    """

    name: str = ""
    digest: str = ""
    title: str = setting("", "its name in full")
    kind: Literal["provider", "trainer"] = setting("trainer", "who reads the rows")
    date: datetime.date = setting(datetime.date.min, "the date of the newest source: as of then the facts are true")
    sources: tuple[str, ...] = setting((), "addresses of documentation and code that the facts are from")
    status: str = setting("", "what a user must know first, such as that it is closed")
    stops: bool = setting(False, "whether one rejected row ends the whole job")
    arguments: Arguments = setting("either", "the form of tool arguments that it reads")
    arguments_outcome: RowOutcome = setting("rejects", "what it does with the other form")
    arguments_says: str = setting("", "what it does with tool arguments, in a sentence")
    convert_to: str = setting("", "the shape that datalint convert writes for it")
    unknown: RowOutcome | Literal["accepts"] = setting(
        "rejects", "what it does with a row that has none of the formats; accepts: its configuration can map the keys"
    )
    mixed: Literal["accepts", "refuses"] = setting("accepts", "what it does with rows of several formats in one file")
    other_keys: RowOutcome | Literal["ignores"] = setting("ignores", "what it does with keys that no format has")
    role: str = setting("role", "the key of a turn's role")
    aliases: Mapping[str, str] = setting({}, "role that it reads as another → that one")
    silent: tuple[str, ...] = setting((), "what it does without a message, which no check can see")
    formats: tuple[Format, ...] = setting((), "the layouts of rows that it reads, in the order of precedence")
    checks: tuple[Check, ...] = setting((), "conditions on rows")
    ignores: tuple[Ignore, ...] = setting((), "keys that it does not read")
    limits: TargetLimits = field(default_factory=TargetLimits, metadata=about("numbers of rows and bytes"))
    length: Length = field(default_factory=Length, metadata=about("tokens of a row"))

    def __post_init__(self) -> None:
        missing = [key for key in ("title", "sources", "formats") if not getattr(self, key)]
        if not isinstance(self.date, datetime.date) or self.date == datetime.date.min:
            missing.append("date")
        if missing:
            raise SettingError("is missing; a target has a title, a date, sources and formats", (missing[0],))
        names = {each.name for each in self.formats}
        for table in ("checks", "ignores"):
            for index, each in enumerate(getattr(self, table)):
                if unknown := [name for name in each.formats if name not in names]:
                    raise SettingError(f'names "{unknown[0]}", which is not a format', (table, index, "formats"))
