"""Convert rules of gitleaks to formats of secrets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.privacy.go_regex import parse_go_regex
from datalint.privacy.kinds import kind
from datalint.privacy.regex_tree import (
    TOKEN,
    CaptureGroup,
    Chars,
    Edge,
    Node,
    Repeat,
    Sequence,
    UnsupportedError,
    literal_run,
    literals,
    write_pattern,
)
from datalint.privacy.secret_format import SecretFormat
from datalint.support.named_tuple import NamedTuple

#: Rules of gitleaks that are not used, and the reason.
LEFT_OUT: Final = {
    "aws-amazon-bedrock-api-key-short-lived": "the beginning of a key, without the key",
    "flutterwave-public-key": "public",
    "freemius-secret-key": "a line of PHP",
    "jwt-base64": "a token inside Base64",
    "kubernetes-secret-yaml": "a document",
    "sidekiq-sensitive-url": "a password in a URL",
}
#: Rules for a value near a word whose value also has a distinctive prefix, so that the word is not needed.
STANDING_ALONE: Final = frozenset(
    (
        *("defined-networking-api-token", "new-relic-browser-api-token", "new-relic-insert-key"),
        *("new-relic-user-api-key", "plaid-api-token", "typeform-api-token", "yandex-api-key"),
    )
)
#: Rules whose secrets begin like other text. They are searched only where a value is assigned, which is fast to find.
ASSIGNED: Final = frozenset(
    (
        *("alibaba-access-key-id", "artifactory-api-key", "artifactory-reference-token", "easypost-api-token"),
        *("aws-amazon-bedrock-api-key-long-lived", "clickhouse-cloud-api-secret-key", "easypost-test-api-token"),
        *("doppler-api-token", "dynatrace-api-token"),
        *("facebook-page-access-token", "flutterwave-encryption-key", "harness-api-key", "openshift-user-token"),
        *("new-relic-browser-api-token", "square-access-token", "yandex-api-key"),
    )
)
#: The maximum number of characters before the word in gitleaks' patterns for values near a word.
_BEFORE_WORD: Final = 50
#: The minimum rarity of a marker; see :func:`_rarity`.
_RARE_ENOUGH: Final = 4

#: The characters in :data:`datalint.privacy.secret_format.SIGNS`.
_JOINTS: Final = frozenset("_-")
_ASSIGNING: Final = frozenset(":=(")
_BETWEEN: Final = tuple(Repeat(Chars(frozenset(chars)), 0, 1) for chars in (">", " ", "\\", "\"'`"))
_WIDE: Final = TOKEN | frozenset("+/=.~")


def described_formats(rule: dict[str, Any]) -> list[SecretFormat]:
    """Return the formats that a rule describes, one for all of its alternatives with the same sign.

    Raises:
        UnsupportedError: if the rule cannot be used: it has no literal, no pattern, or a pattern not only for secrets.
    """
    name = rule["id"]
    if name in LEFT_OUT:
        raise UnsupportedError(LEFT_OUT[name])
    if "regex" not in rule:
        raise UnsupportedError("about names of files")
    by_sign: dict[str, list[_Core]] = {}
    for sequence, ends in _cores(parse_go_regex(rule["regex"]), name):
        markers = tuple(rule.get("markers", ())) or literals(sequence)
        if "markers" in rule or (markers and min(map(_rarity, markers)) >= _RARE_ENOUGH):
            core = _Core(sequence, markers, _last(sequence) if ends else None)
            if (name in ASSIGNED or rule.get("assigned")) and _sign(core.sequence) != "tail":
                core = core._replace(sequence=_assigned(core.sequence))
            by_sign.setdefault(_sign(core.sequence), []).append(core)
    if not by_sign:
        raise UnsupportedError("no literal of its own")
    return [_format(rule, sign, cores) for sign, cores in by_sign.items()]


def _without(markers: tuple[str, ...], pattern: str) -> str:
    """Return a pattern without the marker at its beginning, so that secret scanners do not report the module."""
    return next((pattern.removeprefix(marker) for marker in markers if pattern.startswith(marker)), pattern)


def scoped(pattern: str) -> str:
    """Return a pattern that can be an alternative of another one: ``(?i)`` applies only to the rest of it."""
    before, flag, after = pattern.partition("(?i)")
    return f"(?:{before}(?i:{after}))" if flag else f"(?:{pattern})"


class _Core(NamedTuple):
    """A secret without its surroundings; ``end`` are characters that may not follow it, in addition to TOKEN."""

    sequence: Sequence
    markers: tuple[str, ...]
    end: frozenset[str] | None


def _format(rule: dict[str, Any], sign: str, cores: list[_Core]) -> SecretFormat:
    ends = [core.end for core in cores]
    markers = tuple(dict.fromkeys(marker for core in cores for marker in core.markers))
    return SecretFormat(
        id=rule["id"],
        kind=rule.get("kind") or kind(rule["id"]),
        pattern=write_pattern(CaptureGroup(tuple(core.sequence for core in cores))),
        markers=markers,
        sign=sign,  # type: ignore[arg-type]
        entropy=float(rule.get("entropy", 0)),
        # A dot may also end a sentence.
        end="" if None in ends else write_pattern(Chars(TOKEN.union(*filter(None, ends)) - {"."})),
        allowed="|".join(
            scoped(_without(markers, pattern))
            for each in rule.get("allowlists", ())
            if each.get("regexTarget", "secret") == "secret"
            for pattern in each.get("regexes", ())
        ),
        source=rule.get("source", ""),
    )


def _sign(sequence: Sequence) -> str:
    """Return the sign that a match of a sequence must have.

    Some rules allow a shorter tail than the sign. No issuer's keys have such a tail, so the longest match decides.
    """
    for at, node in enumerate(sequence):
        rest = sequence[at + 1 :]
        narrow, wide = (literal_run(rest, chars, longest=True) for chars in (TOKEN, _WIDE))
        if isinstance(node, Chars) and node.chars <= _JOINTS and (narrow >= 20 or wide >= 24):
            return "tail"
    for at, node in enumerate(sequence):
        if isinstance(node, Chars) and node.chars <= _ASSIGNING:
            rest = sequence[at + 1 :]
            for between in _BETWEEN:
                if rest and rest[0] == between:
                    rest = rest[1:]
            if literal_run(rest, _WIDE) >= 16:
                return "value"
    return ""


def _assigned(sequence: Sequence) -> Sequence:
    """Return a sequence that matches only where the secret is assigned to something."""
    return Chars(_ASSIGNING), *_BETWEEN, CaptureGroup((sequence,), "value")


def _cores(group: CaptureGroup, name: str) -> Iterator[tuple[Sequence, bool]]:
    """Yield the alternatives of a secret without their edges, and whether an edge must follow."""
    for branch in group.branches:
        nodes = list(branch)
        ends = False
        while nodes and _is_edge(nodes[-1]):
            nodes.pop()
            ends = True
        while nodes and _is_edge(nodes[0]):
            del nodes[0]
        if nodes and isinstance(nodes[0], Repeat) and nodes[0].most == _BEFORE_WORD:
            # The word, an assignment sign, and finally the value.
            nodes = nodes[-1:] if name in STANDING_ALONE else []
        while nodes and isinstance(nodes[0], Repeat) and not nodes[0].least:
            del nodes[0]
        if len(nodes) == 1 and isinstance(nodes[0], CaptureGroup):
            yield from ((core, inner or ends) for core, inner in _cores(nodes[0], name))
        elif nodes and isinstance(nodes[0], CaptureGroup):
            # Alternative beginnings of the same rest stay together, unless they are recognised in different ways.
            whole = tuple(nodes)
            apart = [(*first, *nodes[1:]) for first in nodes[0].branches]
            together = literals(whole) and len({_sign(each) for each in apart}) == 1
            yield from ((each, ends) for each in ([whole] if together else apart))
        elif nodes:
            yield tuple(nodes), ends


def _is_edge(node: Node) -> bool:
    """Return whether a node is an anchor, or a group that may be one, and thus not part of the secret."""
    if isinstance(node, CaptureGroup):
        return any(len(branch) == 1 and isinstance(branch[0], Edge) for branch in node.branches)
    return isinstance(node, Edge)


def _last(sequence: Sequence) -> frozenset[str]:
    """Return the characters with which a secret may continue, if its last part is a repeated class."""
    node = sequence[-1]
    if isinstance(node, Repeat):
        node = node.node
    return node.chars if isinstance(node, Chars) and len(node.chars) > 1 else frozenset()


def _rarity(text: str) -> int:
    """Return the length of a marker, plus one if a sign at its end separates it from words."""
    return len(text) + (not text[-1:].isalnum())
