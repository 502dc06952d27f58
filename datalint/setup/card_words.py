"""What a README or a dataset card says that the data next to it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.core.errors import DatalintError
from datalint.setup.neighbours import names_in, path_from, suffix_of
from datalint.setup.provenance import folders_of_cards
from datalint.sources.dataset_cards import CARD, declared_splits
from datalint.sources.name_hints import may_be_training
from datalint.sources.split_words import ENGLISH_TRAINING, kind_of
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Names of such files.
_CARDS: Final = (
    *("README.md", "readme.md", "Readme.md", "README.txt", "README.rst", "README"),
    *("DATASHEET.md", "DATA_CARD.md", "dataset_card.md"),
)
#: Bytes of one that are read.
_READ: Final = 1 << 16
#: Folders above a file of which a name may say that it is for training.
_ABOVE: Final = 4
#: Marks of Markdown and white space between words.
_MARKS: Final = lazy_pattern(r"[*_`<>#\[\]()|~\"“”'’!\s]+")
_WORD: Final = r"[\w,;&-]{1,40}"
#: A word before "benchmark" that does not say that others have made it.
_OWN: Final = r"(?!(?:on|the|of|in|every|each|for|with|over|than|to|existing|popular|standard|current)\b)[\w-]{1,30}"
#: Sentences on a set of data that is for evaluation: "a benchmark that measures", "questions for evaluating".
_EVALUATION: Final = lazy_pattern(
    r"(?i)\b(?:data ?sets?|data|benchmarks?|test ?bed|questions|prompts|corpus|suite|instances|resources?)"
    rf"(?: {_WORD}){{0,5}}? (?:for|to) (?:the )?(?:evaluat(?:e|ing|ion of)|benchmarking)\b"
    r"(?! and (?:improv|train|develop))"
    rf"|\b(?:an?|our|this) (?:{_OWN} ){{0,4}}?benchmark,?"
    r" (?:for|of|that|which|compris\w{1,9}|measur\w{1,9}|consist\w{1,9}|contain\w{1,9}|designed|specifically|dataset)\b"
    r"|\bbenchmarking (?:[\w-]{1,30} ){0,4}?(?:llms?|models|agents)\b"
    r"|\b(?:is|are|as|contains?|provides?|releases?|introduces?|presents?|an?|our|this) (?:[\w,-]{1,30} ){0,3}?"
    r"evaluation (?:data ?set|set|suite|benchmark)\b"
    r"|评测(?:集|基准|数据集)|(?:评估|测评|測評)基[准準]|평가 ?(?:데이터|셋|세트|용)|評価用?(?:データ|セット)"
)
#: What is said of training with a set of data, of its training part, or of files and programs for it.
_TRAINING: Final = lazy_pattern(
    r"(?i)\bfine ?-?tun|\bq?lora\b"
    r"|\b(?:sft|dpo|grpo|rlhf|orpo|kto)[- ](?:data|training|train|sets?|pairs|stage|trainer|examples)"
    r"|\btrain(?:ing)?[- /.:]{1,2}(?:set|split|data|examples?|samples?|file|corpus|script|val|dev|test)"
    r"|\btrain(?:ing)?[- /.:]{1,2}(?:[\w-]{1,20}\.)?(?:jsonl?|csv|py|txt|tsv|parquet|sh)\b"
    r"|\b(?:to|for) (?:the )?train(?:ing)?\b|\btrain(?:ing|ed|s)? (?:an?|the|our|your|on|with|and|of)\b"
    r"|\bsplit: train|\btrainer\b|训练|微调|訓練|학습|파인튜닝|훈련|学習|ファインチューニング"
)


def evaluation_card(settings: Settings, sources: Sequence[Source]) -> str:
    """Return the README that says that the only file of the data is for evaluation, from its folder; empty for none.

    A dataset card that declares the split of the data decides. Of the folder of the data and of those above it in its
    repository, the nearest one decides whose README speaks of evaluation or of training. One that speaks of training as
    well does not say so. With ``--config-ref``, it is read at that revision, since a pull request must not choose what
    it is checked as. Neither the name of the data, nor one of the folders above it, nor the name of a file next to it
    has a word for training.
    """
    if settings.kind is not None or len(sources) != 1:
        return ""
    if card := _declaring(settings, sources[0].path):
        return path_from(sources[0], card)
    for cards in cards_near(sources[0].path):
        found = [(card, text) for card in cards if (text := _text(settings, card))]
        if any(_TRAINING.search(text) for _, text in found):
            return ""
        for card, text in found:
            if _EVALUATION.search(text):
                return path_from(sources[0], card)
    return ""


def _declaring(settings: Settings, path: str) -> Path | None:
    """Return the dataset card that declares a file to be of an evaluation split; None for none."""
    file = Path(path).absolute()
    local = "://" not in path and not path.startswith("<") and file.is_file()
    for folder in folders_of_cards(path) if local else ():
        card = folder / CARD
        try:
            text = settings.files.read(card) if settings.files.is_file(card) else b""
        except (OSError, DatalintError):
            continue
        split = declared_splits(text, folder, [file]).get(file)
        if split is not None:
            return card if kind_of(split) is not None else None
    return None


def cards_near(path: str) -> Iterator[list[Path]]:
    """Yield the places of READMEs in the folder of a file, then in those above it; none next to data for training."""
    file = Path(path)
    if "://" in path or path.startswith("<") or path == "-" or not file.is_file():
        return
    if may_be_training(file.absolute().parts[-_ABOVE:]):
        return
    names = names_in(file.parent, suffix_of(file))
    if names is None or any(re.search(ENGLISH_TRAINING, name) for name in names):
        return
    for folder in folders_of_cards(path):
        yield [folder / name for name in _CARDS]


def _text(settings: Settings, card: Path) -> str:
    """Return the words of a README, divided by single spaces; empty for one that is not there or not to be read."""
    if not settings.files.is_file(card):
        return ""
    try:
        return _MARKS.sub(" ", settings.files.read(card)[:_READ].decode("utf-8", "replace"))
    except (OSError, DatalintError):
        return ""
