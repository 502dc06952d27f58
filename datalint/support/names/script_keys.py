"""Names of the keys of rows that are the lines of a script: the scene, who speaks, and what is said."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.support.letters import letters_of
from datalint.support.named_tuple import NamedTuple

#: Keys, without separators, of who speaks a line, of the line, and of the parts of a script.
_SPEAKERS: Final = frozenset("character charactername rawcharactertext player speaker speakername actor name".split())
_LINES: Final = frozenset(
    "line lines dialogue dialog utterance spokenwords spokentext playerline quote sentence speech".split()
)
_SCENES: Final = frozenset(
    "scene sceneid sceneno scenenumber sceneidx sceneindex actscene chapter chapterid chapterno chapternumber".split()
)
_EPISODES: Final = frozenset(
    "episode episodeid episodeno episodenumber episodeidx act actid actnumber movie movieid film play".split()
)
_SEASONS: Final = frozenset("season seasonid seasonno seasonnumber".split())
#: Keys of a row that are names, and characters of one.
_MOST_KEYS: Final = 40
_LONGEST_KEY: Final = 40


class ScriptKeys(NamedTuple):
    """The keys of rows that may be lines of a script: the parts that a line is in, the line, and its speaker."""

    parts: tuple[str, ...]
    line: str
    speaker: str


def script_keys(keys: Collection[str]) -> ScriptKeys | None:
    """Return the keys by which rows may be lines of a script, if their values agree; None for other rows."""
    if len(keys) > _MOST_KEYS:
        return None
    plain = {letters_of(key): key for key in keys if len(key) <= _LONGEST_KEY}
    scenes = [key for name, key in plain.items() if name in _SCENES]
    seasons = [key for name, key in plain.items() if name in _SEASONS]
    episodes = [key for name, key in plain.items() if name in _EPISODES]
    lines = [key for name, key in plain.items() if name in _LINES]
    speakers = [key for name, key in plain.items() if name in _SPEAKERS]
    if not (scenes or episodes) or len(lines) != 1 or not speakers:
        return None
    # A name may be that of the episode.
    return ScriptKeys((*(seasons[:1] if episodes else ()), *episodes[:1], *scenes[:1]), lines[0], speakers[0])
