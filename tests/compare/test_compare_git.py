"""Files at a revision: real repositories, and a clear word for each way in which one can lack what is asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from datalint.compare.base import sources_at
from datalint.compare.git import Repository
from datalint.core.errors import DatalintError

LINE = '{"prompt": "Hello", "completion": "Hello to you."}\n'


def read(repository: Repository, *inputs: str) -> dict[str, int]:
    """Return the rows of each file that the inputs meant at the revision."""
    out = {}
    for source in sources_at(repository, inputs):
        out[source.path] = sum(len(chunk.load().records) for chunk in source.chunks(0))
    return out


def error(call: object) -> str:
    with pytest.raises(DatalintError) as caught:
        call()  # type: ignore[operator]
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_bytes_of_a_revision(repo) -> None:
    repo.commit(train=LINE)
    repo.commit(train=LINE * 3)
    repo.write("data/train.jsonl", LINE * 7)
    assert read(Repository.at("HEAD~1", Path()), "data/train.jsonl") == {"HEAD~1:data/train.jsonl": 1}
    assert read(Repository.at("main", Path("data")), "data/train.jsonl") == {"main:data/train.jsonl": 3}


def test_nothing_is_checked_out(repo) -> None:
    first = repo.commit(train=LINE)
    repo.commit(train=LINE * 2)
    before = sorted((path, path.stat().st_mtime_ns) for path in repo.path.rglob("*"))
    read(Repository.at(first, Path()), "data")
    assert sorted((path, path.stat().st_mtime_ns) for path in repo.path.rglob("*")) == before
    assert repo.git("status", "--porcelain") == ""


def test_nothing_of_the_repository_runs(repo) -> None:
    script = repo.write("evil.sh", '#!/bin/sh\necho ran >> "$(git rev-parse --show-toplevel)/ran"\ncat\n')
    script.chmod(0o755)
    repo.write(".gitattributes", "*.jsonl filter=evil diff=evil\n")
    repo.commit(train=LINE)
    for key in ("filter.evil.smudge", "diff.evil.textconv", "diff.external", "core.fsmonitor", "core.pager"):
        repo.git("config", key, str(script))
    (repo.path / "ran").unlink(missing_ok=True)
    assert read(Repository.at("main", Path()), "data") == {"main:data/train.jsonl": 1}
    assert not (repo.path / "ran").exists()


@pytest.mark.parametrize(
    ("inputs", "files"),
    [
        (("data/train.jsonl",), ["data/train.jsonl"]),
        (("data",), ["data/deep/more.csv", "data/train.jsonl"]),
        ((".",), ["data/deep/more.csv", "data/train.jsonl", "odd[1].jsonl"]),
        (("data/*.jsonl",), ["data/train.jsonl"]),
        (("data/**/*.csv",), ["data/deep/more.csv"]),
        (("*.jsonl",), ["odd[1].jsonl"]),
        (("odd[1].jsonl",), ["odd[1].jsonl"]),
        (("data/train.jsonl", "data"), ["data/train.jsonl", "data/deep/more.csv"]),
        (("data/new.jsonl",), []),
    ],
)
def test_inputs_mean_what_they_mean_in_the_working_tree(repo, inputs: tuple[str, ...], files: list[str]) -> None:
    repo.write("data/deep/more.csv", "prompt,completion\na,b\n")
    repo.write("data/.hidden/x.jsonl", LINE)
    repo.write("data/LICENSE.txt", "text")
    repo.write("data/dataset_info.json", "{}")
    repo.write("odd[1].jsonl", LINE)
    repo.commit(train=LINE)
    repo.write("data/new.jsonl", LINE)
    assert list(read(Repository.at("main", Path()), *inputs)) == [f"main:{name}" for name in files]


def test_paths_from_a_folder_below_the_top(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(train=LINE)
    monkeypatch.chdir(repo.path / "data")
    assert list(read(Repository.at("main", Path()), "train.jsonl", "*.jsonl")) == ["main:data/train.jsonl"]


def test_names_of_any_letters(repo) -> None:
    repo.write("data/ünï \t“x”.jsonl", LINE)
    repo.commit()
    assert list(read(Repository.at("main", Path()), "data").values()) == [1]


def test_a_remote_branch_is_known_by_its_bare_name(repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(train=LINE)
    repo.git("checkout", "-q", "-b", "work")
    repo.commit(train=LINE * 2)
    repo.git("clone", "-q", "--branch", "work", str(repo.path), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert read(Repository.at("main", Path()), "data") == {"main:data/train.jsonl": 1}


def test_no_repository(tmp_path: Path) -> None:
    text = error(lambda: Repository.at("main", tmp_path))
    assert "is not in a git repository" in text
    assert "compare two files" in text


def test_a_revision_that_is_not_there(repo) -> None:
    repo.commit(train=LINE)
    text = error(lambda: Repository.at("nowhere", Path()))
    assert text == (
        "the revision nowhere is not in this clone; check its name, "
        "or run `git fetch origin nowhere:refs/remotes/origin/nowhere`"
    )


def test_a_revision_that_a_shallow_clone_lacks(repo, tmp_path: Path) -> None:
    first = repo.commit(train=LINE)
    repo.commit(train=LINE * 2)
    repo.git("clone", "-q", "--depth", "1", repo.path.as_uri(), str(tmp_path / "shallow"))
    text = error(lambda: Repository.at("develop", tmp_path / "shallow"))
    assert "shallow clone" in text
    assert "`git fetch --depth=1 origin develop:refs/remotes/origin/develop`" in text
    assert "`fetch-depth: 0`" in text
    assert f"`git fetch --depth=1 origin {first}`" in error(lambda: Repository.at(first, tmp_path / "shallow"))


@pytest.mark.parametrize("ref", ["", "--upload-pack=touch x", "-x", "main:data", "a\nb", "a\0b"])
def test_what_is_no_revision(repo, ref: str) -> None:
    repo.commit(train=LINE)
    assert "is not a git revision" in error(lambda: Repository.at(ref, Path()))
    assert not (repo.path / "x").exists()


def test_paths_outside_of_the_repository(repo, tmp_path: Path) -> None:
    repo.commit(train=LINE)
    repository = Repository.at("main", Path())
    (tmp_path / "outside.jsonl").write_text(LINE)
    assert "is outside of the git repository" in error(lambda: sources_at(repository, ["../outside.jsonl"]))


@pytest.mark.parametrize("name", ["-", "hf://datasets/owner/name", "<stdin>"])
def test_what_is_no_file(repo, name: str) -> None:
    repo.commit(train=LINE)
    repository = Repository.at("main", Path())
    assert "compares only files" in error(lambda: sources_at(repository, [name]))


def test_a_link_leads_to_what_it_points_at(repo) -> None:
    repo.commit(train=LINE)
    (repo.path / "data" / "link.jsonl").symlink_to("train.jsonl")
    repo.commit()
    assert list(read(Repository.at("main", Path()), "data/link.jsonl")) == ["main:data/train.jsonl"]


def pointer(data: bytes) -> tuple[str, str]:
    oid = hashlib.sha256(data).hexdigest()
    return oid, f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(data)}\n"


def test_a_pointer_whose_data_is_not_here(repo) -> None:
    repo.commit(train=pointer(LINE.encode())[1])
    text = error(lambda: read(Repository.at("main", Path()), "data"))
    assert "main:data/train.jsonl is a Git LFS pointer" in text
    assert "`git lfs fetch origin main`" in text
    assert "`git lfs pull`" in text
    assert "`lfs: true`" in text


def test_a_pointer_whose_data_is_here(repo) -> None:
    data = LINE.encode() * 5
    oid, text = pointer(data)
    repo.commit(train=text)
    repo.write(f".git/lfs/objects/{oid[:2]}/{oid[2:4]}/{oid}", data)
    assert read(Repository.at("main", Path()), "data") == {"main:data/train.jsonl": 5}


def test_a_pointer_leads_nowhere_else(repo) -> None:
    repo.write("secret.jsonl", LINE)
    evil = "version https://git-lfs.github.com/spec/v1\noid sha256:../../../../secret.jsonl\nsize 5\n"
    repo.commit(train=evil)
    assert "is a Git LFS pointer" in error(lambda: read(Repository.at("main", Path()), "data"))


def test_without_git(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo.path))
    assert "git is not installed" in error(lambda: Repository.at("main", Path()))
