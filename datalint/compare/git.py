"""Files at a git revision, read from git's objects without a checkout.

``git cat-file blob`` runs no filter, text conversion or hook. :mod:`datalint.checkout.git` starts git.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from datalint.checkout.git import Git, first_line
from datalint.checkout.repositories import find_repository, refuse_embedded
from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt, printable
from datalint.sources.content import Content, of_file, spooled, stream_blocks
from datalint.sources.sniff import POINTER_BYTES
from datalint.support.named_tuple import NamedTuple

_POINTER: Final = b"version https://git-lfs.github.com/spec/"
#: The git modes of files, and of a symbolic link.
FILES: Final = ("100644", "100755")
LINK: Final = "120000"
_WHOLE: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT: Final = 12
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")


class Blob(NamedTuple):
    """A file at a revision: its path relative to the repository's top, and the id of the git object with its bytes."""

    path: str
    oid: str


class TreeEntry(NamedTuple):
    """A file, link or submodule at a revision; ``mode`` is one of :data:`FILES`, :data:`LINK` or 160000 (submodule)."""

    mode: str
    path: str
    oid: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A revision of a git repository; ``ref`` is the revision as the user wrote it."""

    git: Git
    ref: str
    commit: str

    @property
    def top(self) -> Path:
        """The folder of the working tree, with links resolved."""
        return self.git.top

    @property
    def label(self) -> str:
        """The revision as reports show it, with full commit ids shortened."""
        return self.ref[:_SHORT] if _WHOLE.fullmatch(self.ref) else self.ref

    @classmethod
    def at(cls, ref: str, folder: Path) -> Repository:
        """Open revision ``ref`` of the repository that :func:`datalint.checkout.repositories.find_repository` finds.

        If ``ref`` is unknown, ``origin/REF`` is used: a fresh clone has only one local branch.

        Raises:
            DatalintError: without git or a repository, for a folder in a repository nested in that one, and for an
                unknown revision, with the remedy.
        """
        shown = printable(excerpt(ref, 100))
        if not ref or ref.startswith("-") or any(sign in ref for sign in "\0\n:"):
            raise DatalintError(f"{shown!r} is not a git revision; give a branch, a tag or a commit")
        top = find_repository(folder)
        if top is None:
            where = printable(str(folder))
            raise DatalintError(f"{where} is not in a git repository; --base-ref needs one; or compare two files")
        refuse_embedded(top, folder)
        git = Git.at(top)
        for name in (ref, f"refs/remotes/origin/{ref}"):
            code, found, _ = git.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if code == 0:
                return cls(git, ref, found.decode().strip())
        raise DatalintError(_missing(git, shown))

    def blobs(self, folder: str = "") -> list[Blob]:
        """Return the files in a folder, or the one file, at a path relative to the top.

        Links and submodules are left out.
        """
        return [Blob(path, oid) for mode, path, oid in self.entries(folder) if mode in FILES]

    def entries(self, folder: str = "") -> list[TreeEntry]:
        """Return the files, links and submodules in a folder, or the one at that path.

        Raises:
            DatalintError: if git cannot list them.
        """
        below = ("--", folder) if folder else ()
        code, listed, said = self.git.run("ls-tree", "-r", "-z", "--full-tree", self.commit, *below)
        if code:
            raise DatalintError(f"git cannot list {printable(self.ref)}: {first_line(said)}")
        found = []
        for entry in listed.split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            mode, _, oid = about.decode("ascii").split(" ")
            found.append(TreeEntry(mode, os.fsdecode(path), oid))
        return found

    def relative(self, path: str | Path) -> str:
        """Return a path relative to the top of the working tree, with links resolved; empty for the top itself.

        Raises:
            DatalintError: if the path is outside of the repository, or in a repository nested in it.
        """
        refuse_embedded(self.top, path)
        try:
            found = Path(os.path.realpath(path)).relative_to(os.path.realpath(self.top)).as_posix()
        except ValueError:
            raise DatalintError(
                f"{printable(str(path))} is outside of the git repository {printable(str(self.top))}; "
                "compare two files instead"
            ) from None
        return "" if found == "." else found

    def holds(self, path: str) -> bool:
        """Return whether a source is a file or folder in the working tree."""
        if path.startswith("<") or "://" in path:
            return False
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.top))

    def content(self, blob: Blob) -> Content:
        """Return the bytes of a file at the revision; for a Git LFS pointer, those of its target.

        Raises:
            DatalintError: if git cannot read it, or this clone lacks the data of a pointer.
        """
        with self.git.reading("cat-file", "blob", blob.oid) as stream:
            content = spooled(stream_blocks(stream, f"{printable(self.ref)}:{printable(blob.path)}"))
        head = content.read(0, POINTER_BYTES)
        return self._large(blob, head) if head.startswith(_POINTER) and content.size <= POINTER_BYTES else content

    def _large(self, blob: Blob, pointer: bytes) -> Content:
        lines = dict(line.partition(b" ")[::2] for line in pointer.splitlines())
        oid = lines.get(b"oid", b"").removeprefix(b"sha256:").decode("ascii", "replace")
        _, common, _ = self.git.run("rev-parse", "--git-common-dir")
        store = self.top / os.fsdecode(common.removesuffix(b"\n")) / "lfs" / "objects"
        if len(oid) == 64 and set(oid) <= set("0123456789abcdef"):
            stored = store / oid[:2] / oid[2:4] / oid
            if stored.is_file():
                return of_file(str(stored))
        raise DatalintError(
            f"{printable(self.ref)}:{printable(blob.path)} is a Git LFS pointer, and its data is not in this clone; "
            f"run `git lfs fetch origin {printable(self.ref)}` (`git lfs pull` or `lfs: true` on actions/checkout "
            "fetch only the checked out revision)"
        )


def _missing(git: Git, shown: str) -> str:
    shallow = git.run("rev-parse", "--is-shallow-repository")[1].strip() == b"true"
    name = shown.removeprefix("origin/")
    # A single-branch clone stores another fetched branch only if the refspec names a destination.
    wanted = name if _COMMIT.fullmatch(name) else f"{name}:refs/remotes/origin/{name}"
    if shallow:
        return (
            f"the revision {shown} is not in this shallow clone; run `git fetch --depth=1 origin {wanted}`, "
            "or give actions/checkout `fetch-depth: 0`"
        )
    return f"the revision {shown} is not in this clone; check its name, or run `git fetch origin {wanted}`"
