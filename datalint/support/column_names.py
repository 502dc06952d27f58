"""Common column names in eleven languages, and the meaning of each."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final

from datalint.support.language_codes import LANGUAGES

#: Meaning → names, English ones first. Latin names are written without accents, capitals and separators, so a name of
#: several words is a single word here. Languages: English, Chinese (simplified, traditional), Japanese, Korean,
#: German, French, Spanish, Portuguese, Russian, Arabic, Vietnamese; questions and answers also in Italian, Dutch,
#: Polish, Romanian, Turkish, Indonesian, Scandinavian languages, Ukrainian, Kazakh and Persian.
NAMES: Final[dict[str, str]] = {
    "system": "system systemprompt systemmessage 系统 系統 系统提示 システム 시스템 systeme sistema "
    "система نظام hethong",
    "prompt": (
        "prompt question instruction query queries input problem ask request user human q inquiry anchor userprompt "
        "usermessage userinput userquery questiontext instructiontext querytext inputtext prompttext problemstatement "
        "brief goal sourcetext problemdescription taskdescription naturallanguage naturallanguagequery nlquery nl "
        "问题 提问 指令 输入 用户 提示 提示词 题目 问 問題 提問 輸入 使用者 題目 "
        "質問 指示 入力 プロンプト ユーザー 問い 設問 질문 문제 지시 지시문 입력 프롬프트 사용자 질의 명령 "
        "frage fragen anweisung eingabe aufgabe anfrage nutzer benutzer "
        "consigne entree demande requete probleme utilisateur enonce "
        "pregunta instruccion entrada consulta problema usuario peticion solicitud enunciado "
        "pergunta instrucao questao pedido "
        "вопрос инструкция запрос задача задание промпт пользователь ввод вход "
        "سؤال السؤال تعليمات التعليمات مدخل المدخلات المدخل طلب الطلب مشكلة المشكلة "
        "cauhoi huongdan dauvao yeucau debai hoi "
        "domanda richiesta vraag pytanie intrebare soru pertanyaan fraga sporsmal sporgsmal "
        "питання запитання сұрақ سوال پرسش"
    ),
    "response": (
        "response answer output completion reply respond responds solution target assistant bot a ans gold golden "
        "groundtruth gt expected expect canonical sqlquery cypherquery sparqlquery functioncall toolcall "
        "reference referenceanswer "
        "responsetext answertext outputtext targettext modelresponse modeloutput assistantmessage sql "
        "回答 答案 输出 回复 答 助手 解答 輸出 回覆 答え 応答 出力 返答 アシスタント "
        "답변 정답 응답 출력 대답 답 해답 "
        "antwort antworten ausgabe loesung losung antworttext "
        "reponse sortie resultat "
        "respuesta salida solucion contestacion resposta saida solucao "
        "ответ вывод решение выход "
        "جواب الجواب إجابة الإجابة اجابة الاجابة رد الرد المخرجات مخرج الناتج "
        "cautraloi traloi daura phanhoi dapan loigiai "
        "risposta antwoord odpowiedz raspuns cevap yanit yanıt jawaban svar "
        "відповідь жауап پاسخ"
    ),
    "text": (
        "text sentence utterance content body tweet review comment post article document passage paragraph message "
        "description mensagem mensaje messaggio nachricht сообщение mesaj pesan "
        "文本 内容 正文 句子 评论 文章 內容 評論 テキスト 本文 文章 内容 文 レビュー "
        "텍스트 내용 본문 문장 리뷰 "
        "inhalt satz kommentar bewertung artikel texte contenu phrase commentaire avis "
        "texto contenido frase comentario opinion oracion conteudo avaliacao "
        "текст содержание предложение отзыв комментарий статья "
        "نص النص محتوى المحتوى جملة الجملة تعليق مراجعة "
        "vanban noidung cau binhluan danhgia"
    ),
    # What is written of another text, where nothing is named a response.
    "written": (
        "summary summarization highlights tldr translation translated truth code cypher sparql sql regex "
        "gloss formula bash cmd command script program functioncall toolcall explanation rationale corrected "
        "correction fixed rewritten rewrite paraphrase paraphrased simplified simplification normalized "
        "cleaned emoji emojis analysis diagnosis diagnoses diagnosen diagnosi diagnosticos treatment prescription "
        "advice recommendation recipe "
        "story poem poetry essay lyrics rap song joke letter definition meaning entities keywords triples report "
        "critique feedback "
        "摘要 总结 概括 翻译 译文 解析 解释 解答 分析 诊断 代码 建议 要約 翻訳 解説 요약 번역 해설 설명 "
        "zusammenfassung ubersetzung uebersetzung erklarung erklaerung resume traduction explication resumen "
        "traduccion explicacion riassunto traduzione spiegazione resumo traducao explicacao "
        "перевод пересказ объяснение резюме ترجمة ملخص شرح tomtat bandich giaithich ringkasan terjemahan penjelasan "
    ),
    "category": (
        "category label class intent topic sentiment emotion tag genre labels labeltext labelname "
        "类别 标签 分类 情感 意图 主题 類別 標籤 分類 カテゴリ カテゴリー ラベル 感情 意図 "
        "라벨 레이블 카테고리 분류 감정 의도 "
        "kategorie klasse absicht thema stimmung categorie etiquette classe "
        "categoria etiqueta clase intencion tema sentimiento rotulo intencao sentimento "
        "категория метка класс тема тональность "
        "تصنيف التصنيف فئة الفئة تسمية موضوع "
        "nhan danhmuc phanloai chude camxuc"
    ),
    # Categories of rows, which the model doesn't learn to write.
    "group": "task tasktype type domain skill dataset kind cluster segment group stratum bucket "
    "subtopic subcategory subdomain subtask subtype ability capability "
    "任务 类型 任務 類型 typ tipo тип loai",
    "context": (
        "context passage paragraph document doc background article evidence knowledge documents contexts options "
        "choices table schema ddl createtable dbschema hint story premise startercode functions tools "
        "上下文 背景 文档 材料 段落 选项 上下文 選項 文脈 背景 選択肢 문맥 지문 배경 보기 선택지 "
        "kontext hintergrund contexte passage contexto contexto pasaje opciones opcoes trecho "
        "контекст отрывок варианты سياق السياق خيارات nguCanh ngucanh doanvan luachon"
    ),
    # What checks a response.
    "test": "test tests check testlist testcase unittest assertion assertions checker checklist rubric criteria "
    "verifier",
    # What is done in a state, where nothing else is learned.
    "act": "action actions decision move tool",
    # What somebody notes down about a row, unless it is a clinical note.
    "remark": "note notes remark remarks memo reason 备注 備考 비고 anmerkung observaciones примечание",
    "heading": "title subject heading headline topic name act judul 标题 標題 タイトル 件名 제목 titel betreff titre "
    "titulo asunto assunto заголовок тема عنوان العنوان tieude",
    "about": (
        "id idx index no nr doi isbn pmid uuid guid key url uri link path file filename date time timestamp datetime "
        "created updated lang language locale length len count num number "
        "role speaker character dir directory folder repo repository "
        "score rank rating votes source split version model author name "
        "database db dbid dbname hash sha digest checksum fingerprint token tokens difficulty complexity level "
        "year license licence origin dataset subset "
        "编号 序号 来源 日期 時間 语言 語言 番号 出典 日付 言語 번호 출처 날짜 언어 "
        "nummer quelle datum sprache numero fuente fecha idioma fonte data langue "
        "номер источник дата язык رقم المصدر التاريخ اللغة so nguon ngay ngonngu"
    ),
}


#: Nouns of languages whose adjectives follow: ``resposta_esperada`` is an answer.
_NOUNS_FIRST: Final = frozenset(
    "resposta respuesta reponse risposta raspuns pergunta pregunta domanda intrebare".split()
)


class Strength(IntEnum):
    """How clearly a column's name states a meaning."""

    NONE = 0
    #: One of its words states it.
    WORD = 1
    #: Its last word states it: ``std_answer`` is an answer, ``answer_type`` a type.
    HEAD = 2
    #: The whole name states it.
    WHOLE = 3


#: A word of a name that says how a value is written, and the meanings that another word beside it may state.
_FORMAT: Final = "json"
_FORMATTED: Final = ("prompt", "response", "written")
_WORDS: Final = {meaning: frozenset(word.casefold() for word in names.split()) for meaning, names in NAMES.items()}
_LONGEST: Final = 80
_PIECES: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_CASED: Final = re.compile(r"[a-z]")


@lru_cache(maxsize=4096)
def strength(name: str, meaning: str) -> Strength:
    """Return how clearly a column's name states ``meaning``, a key of :data:`NAMES`."""
    words, pieces = _WORDS[meaning], fold_name(name)
    if len(pieces) > 1 and pieces[-1] in LANGUAGES:
        pieces = pieces[:-1]
    if meaning in _FORMATTED and len(pieces) == 2 and _FORMAT in pieces:
        pieces = tuple(piece for piece in pieces if piece != _FORMAT)
    if not pieces:
        return Strength.NONE
    if _is_one("".join(pieces), words):
        return Strength.WHOLE
    pieces = tuple(piece for piece in pieces if len(piece) > 1 or not piece.isascii())  # a single letter is not a word
    if not pieces:
        return Strength.NONE
    if _is_one(pieces[-1], words) or any(_ends(pieces[-1], word) for word in words):
        return Strength.HEAD
    if pieces[0] in _NOUNS_FIRST and _is_one(pieces[0], words):
        return Strength.HEAD
    return Strength.WORD if any(_is_one(piece, words) for piece in pieces) else Strength.NONE


def is_name(name: str) -> bool:
    """Return whether a text, as a whole, is a column name of :data:`NAMES`."""
    return any(strength(name, meaning) is Strength.WHOLE for meaning in NAMES)


@lru_cache(maxsize=4096)
def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a column's name without case, accents, digits and separators."""
    if len(name) > _LONGEST:
        return ()
    plain = "".join(map(_bare, unicodedata.normalize("NFC", name.strip())))
    return tuple(piece.casefold() for piece in _PIECES.findall(plain))


def _bare(letter: str) -> str:
    """Return a Latin letter without its accents, and any other letter unchanged."""
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return kept if kept.isascii() and kept else letter


def _is_one(word: str, words: frozenset[str]) -> bool:
    return word in words or (word.isascii() and word.endswith("s") and len(word) > 2 and word[:-1] in words)


def _ends(piece: str, word: str) -> bool:
    """Return whether a piece, in a script without spaces, ends with ``word``."""
    return len(word) > 1 and not word.isascii() and not _CASED.search(piece) and piece.endswith(word)
