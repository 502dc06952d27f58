"""Words for training and evaluation data in the names of files, in English and other languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

#: Names of evaluation sets, in order of preference.
NAMES: Final = (
    "eval",
    "evaluation",
    "valid",
    "validation",
    "val",
    "validate",
    "validating",
    "test",
    "testing",
    "dev",
    "devel",
    "heldout",
    "holdout",
    "tst",
)
#: Names of training sets, in order of preference.
TRAINING_NAMES: Final = ("train", "training", "trn")
#: Words for evaluation that stand inside names, where they may be words for something else.
ENGLISH_HELD: Final = "test|testing|dev|devel|valid"
#: Words that say in which state a file is, or which part of a set it has.
STATES: Final = tuple(
    """all annotated answers anonymized balanced clean cleaned complete converted corrected dedup deduped deduplicated
    easy filtered final fixed formatted full gold hard human id json labeled labelled labels large lower masked
    matched merged mini mismatched new normalized official ood orig original part processed preprocessed public private
    random raw revised sample sampled seen short shuffled small sorted split subset tokenized translated trans unique
    unlabeled unseen updated version with""".split()
)
#: What an English word ends with, or is followed by without a joint, as in ``trainset`` and ``testdata``.
_END: Final = r"(?=(?:data)?(?:sets?)?(?![a-z]))"
#: Words for training in other languages, and those for evaluation.
_LANGUAGES: Final = (
    (("entrenamiento", "entreno"), ("validación", "validacion", "evaluación", "evaluacion", "pruebas", "prueba")),
    (("treinamento", "treino"), ("validação", "validacao", "avaliação", "avaliacao", "testes", "teste")),
    (("entraînement", "entrainement", "apprentissage"), ("évaluation", "essais", "essai")),
    (("addestramento",), ("validazione", "valutazione", "prova")),
    (
        ("trainingsdatensatz", "trainingsdaten"),
        ("validierungsdatensatz", "validierungsdaten", "validierung", "testdatensatz", "testdaten"),
    ),
    (("treningowe", "treningowy", "uczące", "uczacy"), ("walidacyjne", "walidacja", "testowe", "testowy")),
    (("trénovací", "trenovaci"), ("validační", "validacni", "testovací", "testovaci")),
    (("eğitim", "egitim"), ("doğrulama", "dogrulama", "değerlendirme", "degerlendirme")),
    (("обучение", "обучающая", "тренировочная"), ("валидация", "валидационная", "проверка", "тестовая", "тест")),
    (("навчання", "навчальна"), ("валідація", "перевірка", "тестова", "тест")),
    (("huấn luyện", "huan_luyen", "huanluyen"), ("kiểm tra", "kiem_tra", "kiemtra", "đánh giá", "danh_gia")),
    (("pelatihan", "latih"), ("validasi", "pengujian", "uji")),
    (("训练", "訓練"), ("验证", "驗證", "测试", "測試", "评估", "評估")),
    (("学習", "訓練"), ("検証", "評価", "テスト")),
    (("훈련", "학습"), ("검증", "평가", "테스트")),
    (("التدريب", "تدريب"), ("التقييم", "تقييم", "الاختبار", "اختبار")),
    (("آموزش",), ("ارزیابی", "اعتبارسنجی", "آزمون")),
    (("प्रशिक्षण",), ("मूल्यांकन", "परीक्षण")),
)
#: Words of other languages that say that a file is an evaluation set where its name ends with one. The other words
#: above are those of reviews, trials and exams as well.
_ALONE: Final = (
    "validación",
    "validacion",
    "validação",
    "validacao",
    "validazione",
    "validierungsdatensatz",
    "validierungsdaten",
    "testdatensatz",
    "testdaten",
    "walidacyjne",
    "testowe",
    "validační",
    "валидация",
    "валидационная",
    "тестовая",
    "validasi",
    "pengujian",
    "uji",
)
#: The same in languages without spaces, where a word for a set follows.
_SETS: Final = (
    r"(?:验证|驗證|测试|測試|评估|評估|评测|評測)[集組组]|(?:検証|評価|テスト)(?:データ|セット|用)"
    r"|(?:검증|평가|테스트)[-_ ]?(?:셋|세트|데이터)"
)
#: The first and last letters of scripts that do not divide words. A pattern of them takes 3 ms to compile.
_UNDIVIDED: Final = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


def _words(words: Iterable[str]) -> str:
    """Return the expression of words of other languages, whole ones where the script divides words."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    whole = [word for word in ordered if not any(first <= char <= last for char in word for first, last in _UNDIVIDED)]
    close = [word for word in ordered if word not in whole]
    each = [rf"(?<![^\W\d_])(?:{'|'.join(whole)})(?![^\W\d_])"] if whole else []
    return "|".join([*each, *close])


#: A word for training, in English and in any language. Those of other languages may be words for education as well.
ENGLISH_TRAINING: Final = rf"(?i:(?<![a-z])(?:training|train|trn){_END})"
TRAINING: Final = rf"(?i:{ENGLISH_TRAINING}|{_words(word for train, _ in _LANGUAGES for word in train)})"
#: A word for evaluation, wherever it stands in a name.
HELD: Final = rf"(?i:(?<![a-z])(?:{'|'.join(NAMES)}){_END}|{_words(word for _, held in _LANGUAGES for word in held)})"
#: A word for development data of shared tasks, which is one for studies as well: it counts where a file has the same
#: name with a word for training in its place.
TRIAL: Final = r"(?i:(?<![a-z])trial(?![a-z]))"
#: What a set is called that answers are compared with.
GOLD: Final = r"(?i)(?<![a-z])(?:gold(?:en)?|references?)(?![a-z])"
#: Words of other languages that say so alone.
HELD_ALONE: Final = rf"(?i:(?:{_words(_ALONE)})[-_ .0-9v]*$|{_SETS})"
_OF_LANGUAGES: Final = tuple(
    (rf"(?i){_words(train)}", rf"(?i){_words(held)}", train, held) for train, held in _LANGUAGES
)


def held_for(name: str) -> tuple[str, ...]:
    """Return the words for evaluation that may stand where ``name`` has one for training: the best ones first.

    The last one is :data:`TRIAL`.
    """
    others = (held for train, _, _, held in _OF_LANGUAGES if re.search(train, name))
    return tuple(dict.fromkeys([*NAMES, *(word for held in others for word in held), "trial"]))


def training_for(name: str) -> tuple[str, ...]:
    """Return the words for training that may stand where ``name`` has one for evaluation."""
    others = (train for _, held, train, _ in _OF_LANGUAGES if re.search(held, name))
    return tuple(dict.fromkeys([*TRAINING_NAMES, *(word for train in others for word in train)]))


def preference(name: str) -> int:
    """Return the place of the best word for evaluation in a name among :data:`NAMES`; other languages come last."""
    words = [found[0].lower() for found in re.finditer(HELD, name)]
    return min((NAMES.index(word) for word in words if word in NAMES), default=len(NAMES))


def kind_of(name: str) -> str | None:
    """Return the first word for evaluation in a name, in lower case; None without one."""
    found = re.search(HELD, name)
    return None if found is None else found[0].lower()


def as_written(word: str, other: str) -> str:
    """Return a word in the case of another one: ``Test`` for ``Train``, ``TEST`` for ``TRAIN``."""
    if other.isupper():
        return word.upper()
    return word.capitalize() if other[:1].isupper() else word
