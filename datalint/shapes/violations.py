"""Problems of rows, from the violations of the JSON Schema of their shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.privacy.display import excerpt
from datalint.privacy.json_paths import json_path
from datalint.records.record import Problem
from datalint.shapes.messages import PART_KEYS, PART_TYPES
from datalint.shapes.sink import ROLE_ALIASES
from datalint.support.names.message_keys import SHAREGPT_NAMES
from datalint.support.names.speakers import speaker_role
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

#: The end of the path of who speaks, as ShareGPT writes it.
_FROM: Final = ".from"
#: The rule that reports a violation of a keyword for which the schema names no rule.
_DEFAULT_RULES: Final = {"required": "missing-key", "type": "wrong-type"}
_NAMES: Final = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}
_WANTED: Final = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "boolean": "a boolean",
    "integer": "a whole number",
    "number": "a number",
}
#: What is said of a text in the place of a list or an object.
_HOLDS_JSON: Final = " that holds JSON"
#: Number of types from which on a key may have any value except null.
_ANYTHING: Final = 5
#: Roles that a message names; characters of a role, and how alike it must be, for it to be a slip of one of them.
_LISTED: Final = 6
_LONGEST_ROLE: Final = 40
_ALIKE: Final = 0.75
#: The sides of a preference, which belong to a row.
_SIDES: Final = frozenset(("chosen", "rejected"))


def problems_of(error: ValidationError) -> Iterator[Problem]:
    """Yield the problems that a violation is: one for each key that is missing, and else one."""
    keyword = str(error.validator)
    named = error.schema.get("x-rule", {}) if isinstance(error.schema, dict) else {}
    rule = named.get(keyword) or named.get("*") or _DEFAULT_RULES.get(keyword, "wrong-type")
    parts = list(error.absolute_path)
    path = json_path(parts)
    value: Any = error.instance
    wanted: Any = error.validator_value
    if keyword == "required" and rule == "missing-key":
        for key in wanted:
            if key not in value:
                yield Problem("missing-key", f"no {key!r}; the {_kind(parts)} needs it", path=json_path((key,), path))
    elif keyword == "anyOf" and isinstance(error.schema, dict) and "x-keys" in error.schema:
        keys = [key for key in error.schema["x-keys"] if key in value] or error.schema["x-keys"][:1]
        *others, last = map(repr, keys)
        several = f"{', '.join(others)} and {last} are null; one is a string"
        said = several if others else f"{last} is null, not a string"
        yield Problem("wrong-type", said, path=json_path((keys[0],), path))
    elif rule == "unknown-role":
        yield from role_problems(value, wanted, path)
    elif rule == "bad-weight" and keyword == "not":
        message = f"a weight on the turn of role {value!r}; only assistant turns may bear one"
        # Trainers ignore it there, or take it for what it says.
        yield Problem(rule, message, path=json_path([*parts[:-1], "weight"]), severity="warning")
    else:
        yield Problem(rule, _message(rule, keyword, error), path=path)


def role_problems(role: object, known: list[str], path: str) -> Iterator[Problem]:
    """Yield the problem with a role that is none of those that are ``known``; none if it is no text."""
    if not isinstance(role, str):
        # The keyword `type` fails too, and says what is wrong.
        return
    plain = role.strip().lower()
    standard = plain if plain in known else ROLE_ALIASES.get(plain)
    written = repr(excerpt(role, 40))
    if standard in known:
        yield Problem("role-alias", f"role {written} where this shape says {standard!r}", path=path)
    else:
        listed = ", ".join(known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
        from difflib import get_close_matches

        near = get_close_matches(plain[:_LONGEST_ROLE], known, n=1, cutoff=_ALIKE)
        meant = near[0] if near else _spoken(plain, known, path)
        meant = f"; did you mean {meant!r}?" if meant else ""
        yield Problem("unknown-role", f"role {written} is none of {listed}{meant}", path=path)


def _spoken(name: str, known: list[str], path: str) -> str:
    """Return the known role of a speaker such as ``customer``, by the key that says who speaks; empty for none."""
    role = speaker_role(name)
    names = (role, SHAREGPT_NAMES.get(role, ""))
    return next((each for each in (names[::-1] if path.endswith(_FROM) else names) if each in known), "")


def type_name(value: object) -> str:
    """Return the JSON name of a value's type, with its article."""
    return "null" if value is None else _NAMES.get(type(value), type(value).__name__)


def _kind(parts: list[str | int]) -> str:
    if not parts:
        return "row"
    return "message" if isinstance(parts[-1], int) else "object"


def _message(rule: str, keyword: str, error: ValidationError) -> str:
    value = error.instance
    if rule == "empty-messages":
        return "the list of messages is empty"
    if rule == "empty-preference-side":
        return "this side of the preference is empty"
    if rule == "message-not-object":
        return f"a message is {type_name(value)}, not an object"
    if rule == "null-content":
        return "content is null and there is no tool call"
    if rule == "bad-weight":
        return f"weight {_shown(value)} is not 0 or 1{_weight_hint(value)}"
    if rule == "bad-content-part":
        return _part_message(value)
    if keyword == "type":
        wanted: Any = error.validator_value
        if value is None and isinstance(wanted, list) and len(wanted) >= _ANYTHING:
            return f"{_named(list(error.absolute_path))} is null"
        *others, last = (str(_WANTED.get(each, each)) for each in (wanted if isinstance(wanted, list) else [wanted]))
        names = f"{', '.join(others)} or {last}" if others else last
        said = f"{_named(list(error.absolute_path))} is {type_name(value)}{_json_hint(value, wanted)}, not {names}"
        pair = isinstance(error.schema, dict) and error.schema.get("maxItems") == 2
        return said + _repair_hint(value, wanted, list(error.absolute_path), pair=pair)
    if keyword in ("minItems", "maxItems") and isinstance(value, list):
        exact = isinstance(error.schema, dict) and error.schema.get("minItems") == error.schema.get("maxItems")
        bound = f"{error.validator_value}{'' if exact else ' or more' if keyword == 'minItems' else ' or fewer'}"
        return f"{_named(list(error.absolute_path))} has {counted(len(value), 'element')}, not {bound}"
    if keyword == "minLength":
        return f"{_named(list(error.absolute_path))} is empty"
    return excerpt(error.message, 160)


def _repair_hint(value: object, wanted: object, path: list[str | int], *, pair: bool) -> str:
    """Return the hint for converting a value to the expected type: to messages, from objects to texts, or from JSON."""
    if isinstance(value, str) and _json_hint(value, wanted).endswith(_HOLDS_JSON):
        return f"; write what json.loads makes of it{_parsed_by(path)}"
    kinds = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(value, dict) and "array" in kinds and not value.keys().isdisjoint(("role", "from")):
        return '; write two messages as ["question", "answer"]' if pair else "; put the message in a list"
    if (
        isinstance(value, dict | list)
        and value
        and "string" in kinds
        and (isinstance(value, dict) or "array" not in kinds)
    ):
        if isinstance(value, dict) and value.keys() >= _SIDES:
            return '; write "chosen" and "rejected" as keys of the row'
        alone = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
        return "; write its only text without the list" if alone else "; write it as a text, such as JSON"
    return ""


def _parsed_by(path: list[str | int]) -> str:
    """Return the command that parses the texts under a key of the row; empty for other places."""
    key = path[0] if len(path) == 1 else None
    if not isinstance(key, str) or not (key.isascii() and key.isidentifier()):
        return ""
    return f" (in JSON Lines: jq -c '.{key} |= fromjson' FILE)"


def _json_hint(value: object, wanted: object) -> str:
    if isinstance(value, str) and wanted in ("array", "object") and value.lstrip()[:1] in tuple("[{"):
        python = value.lstrip().startswith(("{'", "[{'"))
        return " that holds a value of Python, which is not JSON" if python else _HOLDS_JSON
    return ""


def _named(parts: list[str | int]) -> str:
    last = parts[-1] if parts else "row"
    return f"element {last + 1}" if isinstance(last, int) else repr(excerpt(last, 40))


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return f"({type_name(value)})"
    if isinstance(value, bool):
        return "true" if value else "false"
    return excerpt(repr(value), 20)


def _weight_hint(value: object) -> str:
    if isinstance(value, bool):
        return f"; it is a boolean, write {int(value)}"
    if isinstance(value, str) and value.strip() in ("0", "1"):
        return f"; it is a string, write {value.strip()}"
    return ""


def _part_message(part: object) -> str:
    if isinstance(part, str):
        return 'a content part is a string, not an object such as {"type": "text", "text": "…"}'
    if not isinstance(part, dict):
        return f"a content part is {type_name(part)}, not an object"
    if "type" not in part:
        return f"a content part has no 'type', and none of {', '.join(PART_KEYS[:4])} …"
    kind = part["type"]
    if not isinstance(kind, str):
        return f"a content part's type is {type_name(kind)}, not a string"
    if kind not in PART_TYPES:
        return f"a content part of type {excerpt(kind, 40)!r}, which no trainer reads"
    missing = {"image_url": "image_url", "tool_use": "name"}.get(kind, "text")
    return f"a content part of type {kind!r} without its {missing!r}"
