"""The revision that a pull request is compared with, also in the shallow clone that a checkout is by default."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_PULL: Final = re.compile(r"refs/pull/[0-9]+/merge")
_REF: Final = re.compile(r"[A-Za-z0-9_.@^~/+#=-]{1,255}")
_PATIENCE: Final = 300


@dataclass(frozen=True, slots=True)
class Base:
    """A commit that git has, or none and the reason; ``asked`` is false where no comparison was wanted."""

    commit: str | None
    asked: bool
    reason: str = ""


def event() -> dict[str, Any]:
    """Return what set the workflow off; empty where that can't be read."""
    try:
        found = json.loads(Path(os.environ.get("GITHUB_EVENT_PATH", "")).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def from_fork() -> bool:
    """Tell whether the workflow runs for a pull request from another repository."""
    pull = event().get("pull_request") or {}
    head, base = ((pull.get(side) or {}).get("repo") or {} for side in ("head", "base"))
    return bool(pull) and head.get("full_name") != base.get("full_name")


def find_base(wanted: str) -> Base:
    """Return the commit that ``wanted`` (a revision, auto or none) means, fetched where the clone lacks it."""
    if wanted == "none":
        return Base(None, asked=False)
    if wanted in ("", "auto"):
        ref = _of_pull_request()
        return _resolved(ref) if ref else Base(None, asked=False)
    if wanted.startswith("-") or not _REF.fullmatch(wanted):
        return Base(None, asked=True, reason=f"{wanted[:80]!r} is not a revision")
    return _resolved(wanted)


def _of_pull_request() -> str:
    """Return the base of the pull request: what it was merged with, as the base branch may have moved since."""
    pull = event().get("pull_request")
    if not pull:
        return ""
    if _PULL.fullmatch(os.environ.get("GITHUB_REF", "")):
        # The commit names its parents even where a shallow clone does not hold them.
        head = _git("cat-file", "commit", "HEAD").partition("\n\n")[0]
        parents = re.findall(r"^parent ([0-9a-f]{40,64})$", head, re.MULTILINE)
        if len(parents) > 1:
            return str(parents[0])
    return str((pull.get("base") or {}).get("sha") or "")


def _resolved(ref: str) -> Base:
    commit = _commit(ref) or _commit(f"refs/remotes/origin/{ref}")
    if commit:
        return Base(commit, asked=True)
    if _git("rev-parse", "--is-inside-work-tree") != "true":
        return Base(None, asked=True, reason="this is no git repository; check it out with actions/checkout")
    shallow = _git("rev-parse", "--is-shallow-repository") == "true"
    depth = ["--depth=1"] if shallow else []
    _git("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", *depth, "origin", ref)
    fetched = _commit(ref) or (_commit("FETCH_HEAD") if not _looks_like_commit(ref) else "")
    if fetched:
        return Base(fetched, asked=True)
    missing = "not in this shallow clone; give actions/checkout fetch-depth: 0"
    return Base(
        None,
        asked=True,
        reason=f"{ref} is {missing if shallow else 'neither in this clone nor at its origin; check base-ref'}",
    )


def _looks_like_commit(ref: str) -> bool:
    return re.fullmatch("[0-9a-f]{40,64}", ref) is not None


def _commit(ref: str) -> str:
    return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def _git(*arguments: str) -> str:
    """Return what git prints, and nothing where it fails: every caller has another way to go on."""
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", *arguments],
            capture_output=True, check=False, env=environment, timeout=_PATIENCE,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()
