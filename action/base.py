"""The revision that a pull request is compared with, also in the shallow clone that a checkout is by default."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

sys.path.append(str(Path(__file__).resolve().parent.parent))

from datalint.checkout.git import Git
from datalint.checkout.repositories import nearest_repository
from datalint.core.errors import DatalintError

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


def of_pull_request() -> bool:
    """Return whether the workflow runs for a pull request."""
    return bool(event().get("pull_request"))


def from_fork() -> bool:
    """Return whether the workflow runs for a pull request from another repository."""
    pull = event().get("pull_request") or {}
    head, base = ((pull.get(side) or {}).get("repo") or {} for side in ("head", "base"))
    return bool(pull) and head.get("full_name") != base.get("full_name")


def find_base(wanted: str) -> Base:
    """Return the commit that ``wanted`` (a revision, auto or none) means, fetched where the clone lacks it."""
    if wanted == "none":
        return Base(None, asked=False)
    automatic = wanted in ("", "auto")
    if automatic and not of_pull_request():
        return Base(None, asked=False)
    if not automatic and (wanted.startswith("-") or not _REF.fullmatch(wanted)):
        return Base(None, asked=True, reason=f"{wanted[:80]!r} is not a revision")
    top = nearest_repository(Path.cwd())
    if top is None:
        return Base(None, asked=True, reason="this is no git repository; check it out with actions/checkout")
    try:
        clone = _Clone(Git.at(top))
        return clone.resolved(clone.base_of_pull_request() if automatic else wanted)
    except DatalintError as error:
        return Base(None, asked=True, reason=str(error))


@dataclass(frozen=True, slots=True)
class _Clone:
    """The repository that was checked out."""

    git: Git

    def base_of_pull_request(self) -> str:
        """Return what the pull request was merged with: the base branch may have moved since.

        Only the merge that GitHub made says so. The head of the pull request may be a merge as well, of commits that
        its author chose.
        """
        merge = os.environ.get("GITHUB_SHA", "")
        if _PULL.fullmatch(os.environ.get("GITHUB_REF", "")) and _looks_like_commit(merge):
            # The commit names its parents even where a shallow clone does not have them.
            head = self.ask("cat-file", "commit", merge).partition("\n\n")[0]
            parents = re.findall(r"^parent ([0-9a-f]{40,64})$", head, re.MULTILINE)
            if len(parents) > 1:
                return str(parents[0])
        base = str(((event().get("pull_request") or {}).get("base") or {}).get("sha") or "")
        return base if _looks_like_commit(base) else ""

    def resolved(self, ref: str) -> Base:
        """Return the commit of a revision, fetched from the origin if it is not in the clone."""
        if not ref:
            return Base(None, asked=True, reason="the event of the workflow names no base")
        commit = self.commit(ref) or self.commit(f"refs/remotes/origin/{ref}")
        if commit:
            return Base(commit, asked=True)
        shallow = self.ask("rev-parse", "--is-shallow-repository") == "true"
        self.fetch(ref, shallow=shallow)
        fetched = self.commit(ref) or (self.commit("FETCH_HEAD") if not _looks_like_commit(ref) else "")
        if fetched:
            return Base(fetched, asked=True)
        missing = "not in this shallow clone; give actions/checkout fetch-depth: 0"
        return Base(
            None,
            asked=True,
            reason=f"{ref} is {missing if shallow else 'neither in this clone nor at its origin; check base-ref'}",
        )

    def fetch(self, ref: str, *, shallow: bool) -> None:
        """Fetch a revision from the origin; a failure shows in that it is still missing."""
        options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--upload-pack=git-upload-pack"]
        depth = ["--depth=1"] if shallow else []
        self.ask("fetch", *options, *depth, "origin", ref, network=True)

    def commit(self, ref: str) -> str:
        """Return the full name of a commit, empty if the clone does not have it."""
        return self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")

    def ask(self, *arguments: str, network: bool = False) -> str:
        """Return what git prints, and nothing if it fails: every caller has another way to go on."""
        try:
            code, printed, _ = self.git.run(*arguments, network=network, patience=_PATIENCE)
        except subprocess.TimeoutExpired:
            return ""
        return "" if code else printed.decode("utf-8", "replace").strip()


def _looks_like_commit(ref: str) -> bool:
    return re.fullmatch("[0-9a-f]{40,64}", ref) is not None
