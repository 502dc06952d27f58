"""Files as they were at a revision, read from git as bytes: nothing is checked out, and nothing of a repository runs.

``git cat-file blob`` applies no filter, text conversion or hook.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from datalint.core.errors import DatalintError
from datalint.core.sanitize import excerpt, printable
from datalint.sources.content import Content, of_file, spooled, stream_blocks
from datalint.sources.sniff import POINTER_BYTES

_OPTIONS: Final = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
#: Git asks for no password, takes no lock, and speaks English where its words are shown.
_ENVIRONMENT: Final = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_FILES: Final = ("100644", "100755")
_WHOLE: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT: Final = 12
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")


class Blob(NamedTuple):
    """A file at a revision: its path from the repository's top on, and the object that holds its bytes."""

    path: str
    oid: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A revision of a git repository. ``top`` is the repository's folder, ``ref`` the revision as it was given."""

    top: Path
    ref: str
    commit: str

    @property
    def label(self) -> str:
        """The revision as reports name it: of a whole commit id no more than people compare."""
        return self.ref[:_SHORT] if _WHOLE.fullmatch(self.ref) else self.ref

    @classmethod
    def at(cls, ref: str, folder: Path) -> Repository:
        """Open revision ``ref`` of the repository that ``folder`` lies in.

        Where ``ref`` is unknown, ``origin/REF`` is taken, which is all that a fresh clone has of other branches.

        Raises:
            DatalintError: without git or a repository, and for a revision that is not there, with what to do.
        """
        shown = printable(excerpt(ref, 100))
        if not ref or ref.startswith("-") or any(sign in ref for sign in "\0\n:"):
            raise DatalintError(f"{shown!r} is not a git revision; give a branch, a tag or a commit")
        done = _git(folder, "rev-parse", "--show-toplevel")
        if done.returncode:
            raise DatalintError(_not_a_repository(folder, done.stderr))
        top = Path(os.fsdecode(done.stdout.removesuffix(b"\n")))
        for name in (ref, f"refs/remotes/origin/{ref}"):
            found = _git(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if found.returncode == 0:
                return cls(top, ref, found.stdout.decode().strip())
        raise DatalintError(_missing(top, shown))

    def blobs(self, folder: str = "") -> list[Blob]:
        """Return the files below a folder, or the one file, of that path from the top on; none where nothing is.

        Links and submodules are left out.
        """
        done = _git(self.top, "ls-tree", "-r", "-z", "--full-tree", self.commit, *(("--", folder) if folder else ()))
        if done.returncode:
            raise DatalintError(f"git cannot list {printable(self.ref)}: {_first_line(done.stderr)}")
        found = []
        for entry in done.stdout.split(b"\0"):
            about, _, path = entry.partition(b"\t")
            mode, _, oid = about.decode("ascii").partition(" ")
            if mode in _FILES:
                found.append(Blob(os.fsdecode(path), oid.rpartition(" ")[2]))
        return found

    def relative(self, path: str | Path) -> str:
        """Return a path of the working tree from the top on, links resolved; the top itself is the empty string.

        Raises:
            DatalintError: when it lies outside of the repository.
        """
        try:
            found = Path(os.path.realpath(path)).relative_to(os.path.realpath(self.top)).as_posix()
        except ValueError:
            raise DatalintError(
                f"{printable(str(path))} is outside of the git repository {printable(str(self.top))}; "
                "compare two files instead"
            ) from None
        return "" if found == "." else found

    def holds(self, path: str) -> bool:
        """Return whether a source's name is that of a file or folder in the repository's working tree."""
        if path.startswith("<") or "://" in path:
            return False
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.top))

    def content(self, blob: Blob) -> Content:
        """Return the bytes of a file at the revision; of a Git LFS pointer those that it stands for.

        Raises:
            DatalintError: when git can't read it, or the bytes of a pointer are not in this clone.
        """
        with _reading(self.top, "cat-file", "blob", blob.oid) as stream:
            content = spooled(stream_blocks(stream, f"{printable(self.ref)}:{printable(blob.path)}"))
        head = content.read(0, POINTER_BYTES)
        return self._large(blob, head) if head.startswith(_POINTER) and content.size <= POINTER_BYTES else content

    def _large(self, blob: Blob, pointer: bytes) -> Content:
        lines = dict(line.partition(b" ")[::2] for line in pointer.splitlines())
        oid = lines.get(b"oid", b"").removeprefix(b"sha256:").decode("ascii", "replace")
        done = _git(self.top, "rev-parse", "--git-common-dir")
        store = self.top / os.fsdecode(done.stdout.removesuffix(b"\n")) / "lfs" / "objects"
        if len(oid) == 64 and set(oid) <= set("0123456789abcdef"):
            stored = store / oid[:2] / oid[2:4] / oid
            if stored.is_file():
                return of_file(str(stored))
        raise DatalintError(
            f"{printable(self.ref)}:{printable(blob.path)} is a Git LFS pointer, and its data is not in this clone; "
            f"run `git lfs fetch origin {printable(self.ref)}` (`git lfs pull` or `lfs: true` on actions/checkout "
            "fetch the checked out revision alone)"
        )


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(_command(folder, arguments), capture_output=True, env=_environment(), check=False)
    except OSError as error:
        raise DatalintError(_no_git(folder, error)) from None


@contextmanager
def _reading(folder: Path, *arguments: str) -> Iterator[BinaryIO]:
    """Yield what git prints, as it comes."""
    try:
        process = subprocess.Popen(
            _command(folder, arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
        )
    except OSError as error:
        raise DatalintError(_no_git(folder, error)) from None
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            yield cast(BinaryIO, process.stdout)
        except BaseException:
            process.kill()
            raise
        said = process.stderr.read()
    if process.returncode:
        raise DatalintError(f"git cannot read an object of the revision: {_first_line(said)}")


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", *_OPTIONS, "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    return os.environ | _ENVIRONMENT


def _no_git(folder: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "git is not installed; --base-ref needs it, or compare two files instead"
    return f"git cannot run in {printable(str(folder))}: {error.strerror}"


def _not_a_repository(folder: Path, said: bytes) -> str:
    words = _first_line(said)
    if "dubious ownership" in words:
        return (
            f"git does not trust {printable(str(folder))}, which belongs to another user; "
            "run `git config --global --add safe.directory` with its path"
        )
    if "not a git repository" in words:
        return f"{printable(str(folder))} is not in a git repository; --base-ref needs one; or compare two files"
    return f"git cannot read {printable(str(folder))}: {words}"


def _missing(top: Path, shown: str) -> str:
    shallow = _git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    name = shown.removeprefix("origin/")
    # A clone of one branch keeps no other branch that is fetched, unless it is told where to.
    wanted = name if _COMMIT.fullmatch(name) else f"{name}:refs/remotes/origin/{name}"
    if shallow:
        return (
            f"the revision {shown} is not in this shallow clone; run `git fetch --depth=1 origin {wanted}`, "
            "or give actions/checkout `fetch-depth: 0`"
        )
    return f"the revision {shown} is not in this clone; check its name, or run `git fetch origin {wanted}`"


def _first_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"]
    return excerpt(lines[0].removeprefix("fatal: "), 200)
