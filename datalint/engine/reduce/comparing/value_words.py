"""Words by which similar texts are different examples: numbers, negations, opposites, and those that say nothing."""

from __future__ import annotations

from typing import Final

NUMBERS: Final = frozenset(
    """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million
    first second third fourth fifth half double triple ii iii iv vi vii viii
    一 二 三 四 五 六 七 八 九 十 百 千 万""".split()
)
NEGATIONS: Final = frozenset(
    """not no non never without none neither nor cannot nicht kein keine keinen nie ohne ne pas jamais sans не нет без
    nunca sin não sem senza niet geen nooit bez nigdy inte ingen değil tidak bukan jangan tanpa belum không chưa
    ikke uden uten utan ekki ei eivät emme ette älä nem nincs nincsenek nejsou není нема немає ні није yok yoktur đừng
    chẳng nicio fără
    nikdy žádný δεν δε μη μην χωρίς όχι לא אין בלי نه نیست بی मत न না নেই নয় இல்லை
    لا لم لن ليس غير بدون नहीं 不 没 沒 非 无 無""".split()
)
_OPPOSITES: Final = (
    "on off", "open close", "opened closed", "start stop", "up down", "increase decrease", "increasing decreasing",
    "raise lower", "larger smaller", "greater smaller", "greater less", "high low", "higher lower", "first last",
    "before after", "left right", "true false", "enable disable", "enabled disabled", "add remove", "add subtract",
    "add delete", "insert delete", "multiply divide", "positive negative", "even odd", "more less", "more fewer",
    "long short", "longer shorter", "cheap expensive", "cheapest expensive", "ascending descending", "male female",
    "hot cold", "warm cool", "buy sell", "in out", "with without", "lock unlock", "encrypt decrypt", "encode decode",
    "uppercase lowercase", "upper lower", "row column", "rows columns", "young old", "fast slow", "faster slower",
    "win lose", "good bad", "better worse", "always never", "yes no", "all none", "mute unmute", "show hide",
    "push pull", "import export", "upload download", "accept reject", "agree disagree", "like dislike",
    "advantages disadvantages", "day night", "morning evening", "minutes hours", "minutes seconds", "hours days",
    "days weeks", "weeks months", "months years", "开 关", "大 小", "高 低", "上 下", "左 右", "多 少", "前 后",
    "长 短", "快 慢", "升 降", "增 减", "and or", "he she", "он она", "him her", "his her", "man woman", "boy girl",
    "father mother", "brother sister", "son daughter", "husband wife", "present absent", "inside outside",
    "above below", "earlier later", "create delete", "create remove", "activate deactivate", "pause resume",
    "join leave", "send receive", "approve reject", "approve deny", "allow deny", "borrow lend", "attach detach",
    "login logout", "up lower", "rise fall", "rises falls", "upgrades downgrades", "north south", "east west",
    "legal illegal",
    "what why", "when where", "when why", "where why", "who when", "who where", "who why", "newest oldest",
    "inflow outflow", "credit debit", "deposit withdraw", "deposit withdrawal", "arrive depart", "arrival departure",
    "abrir cerrar", "encender apagar", "subir bajar", "aumentar disminuir", "aumentar reducir", "antes después",
    "norte sur", "izquierda derecha", "hombre mujer", "padre madre", "hijo hija", "hermano hermana", "más menos",
    "mayor menor", "mejor peor", "máximo mínimo", "con sin", "verdadero falso", "abrir fechar", "ligar desligar",
    "antes depois", "norte sul", "esquerda direita", "homem mulher", "pai mãe", "mais menos", "maior menor",
    "com sem", "ouvrir fermer", "allumer éteindre", "augmenter diminuer", "avant après", "nord sud", "gauche droite",
    "homme femme", "père mère", "frère sœur", "plus moins", "avec sans", "vrai faux", "öffnen schließen",
    "einschalten ausschalten", "vor nach", "links rechts", "mann frau", "vater mutter", "bruder schwester",
    "mehr weniger", "mit ohne", "norden süden", "osten westen", "größte kleinste", "höchste niedrigste",
    "включить выключить", "открыть закрыть", "больше меньше", "до после", "север юг", "запад восток", "отец мать",
    "брат сестра", "увеличить уменьшить", "buka tutup", "nyalakan matikan", "naik turun", "sebelum sesudah",
    "sebelum setelah", "utara selatan", "timur barat", "ayah ibu", "kiri kanan", "tertinggi terendah",
    "terbesar terkecil", "bật tắt", "mở đóng", "tăng giảm", "trước sau", "cao thấp", "aç kapat", "önce sonra",
    "kuzey güney", "doğu batı", "anne baba", "aprire chiudere", "prima dopo", "uomo donna", "開 關", "買 賣", "內 外",
    "新 舊", "進 出", "增 減", "長 短", "入 出", "加 减", "加 減", "对 错", "對 錯", "冷 热", "冷 熱",
    "큰 작은", "많은 적은", "많이 적게", "높은 낮은", "긴 짧은", "무거운 가벼운", "빠른 느린", "먼 가까운",
    "왼쪽 오른쪽", "위 아래", "앞 뒤", "처음 마지막", "남자 여자", "아버지 어머니", "더한 뺀", "大きい 小さい",
    "多い 少ない", "高い 低い", "長い 短い", "早い 遅い", "重い 軽い", "største mindste", "højeste laveste",
    "før efter", "mand kvinde", "største minste", "høyeste laveste", "största minsta", "högsta lägsta",
    "größten kleinsten", "największy najmniejszy", "najwyższy najniższy", "większy mniejszy",
    "男 女", "早 晚", "是 否", "好 坏", "真 假", "买 卖", "南 北", "东 西", "東 西", "内 外", "新 旧", "进 出",
)  # fmt: skip
#: Superlatives: each of the first is an opposite of each of the second.
_MOST: Final = """
    most highest largest greatest biggest maximum max top tallest longest oldest latest best fastest richest heaviest
    strongest widest deepest furthest farthest hottest""".split()
_LEAST: Final = """
    least fewest lowest smallest minimum min bottom shortest youngest earliest worst slowest poorest lightest weakest
    narrowest shallowest nearest closest coldest cheapest""".split()
#: Words that say nothing about a subject, and verbs that ask for an answer: others in their place mean the same.
COMMON: Final = frozenset(
    """a an the of to in on at for from by with and or but as if so than then that this these those it its is are was
    were be been do does did has have had can could would should will may might must i me my we us our you your he him
    his she her they them their being i'm i've i'd i'll you're you've we're we've they're they've he's she's it's
    that's there's what's who's where's how's
    there here what which who whom whose how why when where please kindly also just only
    very some any all both each other another such more most give show find list tell write compute calculate determine
    explain describe name provide create generate make produce sort order return get identify state mention display
    present outline summarize suggest compose draft develop design construct build want need like know help let out up
    the le la les un une de du des el los las y et und der die das ein eine
    的 了 是 在 和 与 及 或 请 吗 呢 吧 啊 么 什 何 哪 怎 样 如 这 那 个 一 些 种 有 会 能 可 以 为 对 从 到 我
    你 您 他 她 它 们 给 把 被 也 都 就 并 说 写 列 出 解 释 描 述 生 成 计 算
    は が を に で と の も か し て い た す る ま""".split()
)
#: Affixes that turn a word into its opposite.
PREFIXES: Final = ("un", "in", "im", "ir", "non", "dis")
OPPOSITE: Final = {word: set(_LEAST) for word in _MOST} | {word: set(_MOST) for word in _LEAST}
for _one, _other in map(str.split, _OPPOSITES):
    OPPOSITE.setdefault(_one, set()).add(_other)
    OPPOSITE.setdefault(_other, set()).add(_one)
