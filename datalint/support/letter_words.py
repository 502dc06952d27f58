"""Words of letters and mails by language: greetings, introductions, names of blanks, and what asks for a text."""

from __future__ import annotations

from typing import Final

from datalint.support.named_tuple import NamedTuple


class LetterWords(NamedTuple):
    """Words of one language, separated by bars.

    ``greetings`` come before the name of whom a text is for, and ``introductions`` before the writer's. ``blanks`` are
    what a writer puts in brackets for a name, company or the like. Who says one of ``asked`` wants a text to fill in.
    """

    greetings: str
    introductions: str
    blanks: str
    asked: str


#: By ISO 639-1 code. English is where it is used, as its greetings have exceptions.
LETTER_WORDS: Final[dict[str, LetterWords]] = {
    "de": LetterWords(
        "hallo|hi|liebe|lieber|guten tag|guten tag,? (?:herr|frau)|sehr geehrte[r]? (?:herr|frau)|sehr geehrte[r]?",
        "mein name ist|ich heiße|ich bin",
        "name|vorname|nachname|kundenname|firma|firmenname|unternehmen|unternehmensname",
        "brief|nachricht|vorlage|muster|anschreiben|bewerbung|schreiben|schreib|entwurf|rede|einladung|kündigung|formular"
        "|platzhalter|beschwerde",
    ),
    "fr": LetterWords(
        "bonjour|bonsoir|cher|chère|salut|madame|monsieur",
        "je m['’]appelle|mon nom est|je suis",
        "nom|prénom|entreprise|société|nom du client",
        "lettre|courriel|message|modèle|discours|invitation|rédige|rédiger|écris|écrire|écrivez|réponse|candidature|cv"
        "|annonce|réclamation",
    ),
    "es": LetterWords(
        "hola|estimado|estimada|estimado/a|querido|querida|buenos días|buenas tardes|apreciado|apreciada",
        "me llamo|mi nombre es|soy",
        "nombre|apellido|apellidos|empresa|compañía",
        "carta|correo|mensaje|plantilla|modelo|discurso|invitación|redacta|redactar|escribe|escribir|escriba|respuesta"
        "|solicitud|anuncio|formulario",
    ),
    "pt": LetterWords(
        "olá|oi|prezado|prezada|prezado\\(a\\)|caro|cara|querido|querida|bom dia|boa tarde",
        "meu nome é|o meu nome é|me chamo|chamo-me|eu sou|sou",
        "nome|sobrenome|empresa|nome do cliente",
        "carta|mensagem|modelo|discurso|convite|redija|escreva|escrever|resposta|formulário|anúncio",
    ),
    "it": LetterWords(
        "ciao|gentile|caro|cara|egregio|salve|buongiorno",
        "mi chiamo|il mio nome è|sono",
        "nome|cognome|azienda|società",
        "lettera|messaggio|modello|discorso|invito|scrivi|scrivere|scriva|risposta|modulo|annuncio",
    ),
    "nl": LetterWords(
        "hallo|beste|geachte|geachte heer|geachte mevrouw|lieve",
        "mijn naam is|ik heet|ik ben",
        "naam|voornaam|achternaam|bedrijf|bedrijfsnaam",
        "brief|bericht|sjabloon|toespraak|uitnodiging|schrijf|schrijven|antwoord|sollicitatie|formulier",
    ),
    "pl": LetterWords(
        "cześć|witaj|dzień dobry|szanowny panie|szanowna pani|drogi|droga",
        "nazywam się|mam na imię|jestem",
        "imię|nazwisko|imię i nazwisko|firma|nazwa firmy|twoje imię",
        "list|wiadomość|szablon|wzór|przemówienie|zaproszenie|napisz|napisać|odpowiedź|podanie|formularz",
    ),
    "cs": LetterWords(
        "ahoj|dobrý den|vážený pane|vážená paní|milý|milá",
        "jmenuji se|jmenuju se|jsem",
        "jméno|příjmení|firma|společnost",
        "dopis|zprávu|zpráva|šablon|vzor|projev|pozvánk|napiš|napište|odpověď|formulář",
    ),
    "sv": LetterWords(
        "hej|hejsan|kära|käre|bästa",
        "jag heter|mitt namn är|jag är",
        "namn|förnamn|efternamn|företag|företagsnamn",
        "brev|meddelande|mall|tal|inbjudan|skriv|skriva|svar|ansökan|formulär",
    ),
    "da": LetterWords(
        "hej|kære",
        "jeg hedder|mit navn er|jeg er|mitt navn er",
        "navn|fornavn|efternavn|etternavn|firma|virksomhed|bedrift",
        "brev|besked|melding|skabelon|mal|tale|invitation|invitasjon|skriv|skrive|svar|ansøgning|søknad",
    ),
    "fi": LetterWords(
        "hei|hyvä|arvoisa",
        "nimeni on|olen",
        "nimi|etunimi|sukunimi|yritys",
        "kirje|viesti|malli|puhe|kutsu|kirjoita|vastaus|hakemus",
    ),
    "hu": LetterWords(
        "szia|kedves|tisztelt|helló",
        "a nevem|nevem",
        "név|neve|keresztnév|cég|cégnév",
        "levél|üzenet|sablon|minta|beszéd|meghívó|írj|írjon|válasz",
    ),
    "ro": LetterWords(
        "bună|salut|dragă|stimate|stimată|bună ziua",
        "mă numesc|numele meu este|sunt",
        "nume|numele|prenume|companie|compania",
        "scrisoare|mesaj|șablon|model|discurs|invitație|scrie|scrieți|răspuns|formular",
    ),
    "tr": LetterWords(
        "merhaba|sayın|sevgili",
        "benim adım|adım|ben",
        "ad|adı|adınız|isim|ismi|isminiz|soyad|müşteri adı|şirket|şirket adı",
        "mektup|mesaj|şablon|konuşma|davetiye|yaz|yazın|yanıt|dilekçe|e-posta",
    ),
    "ru": LetterWords(
        "здравствуйте|здравствуй|привет|уважаемый|уважаемая|дорогой|дорогая|добрый день",
        "меня зовут|мо[её] имя|я",
        "имя|имя клиента|фамилия|ваше имя|компания|название компании",
        "письм|сообщени|шаблон|речь|приглашени|напиш|ответ|заявлени|резюме|форм",
    ),
    "uk": LetterWords(
        "вітаю|привіт|шановний|шановна|доброго дня|добрий день|дорогий|дорога",
        "мене звати|моє ім['’]я|я",
        "ім['’]я|прізвище|компанія|назва компанії",
        "лист|повідомленн|шаблон|промов|запрошенн|напиш|відповід|заяв",
    ),
    "id": LetterWords(
        "halo|hai|kepada|yth\\.?|bapak|ibu",
        "nama saya|saya",
        "nama|nama anda|nama pelanggan|perusahaan|nama perusahaan",
        "surat|pesan|templat|contoh|pidato|undangan|tulis|balas|formulir",
    ),
    "vi": LetterWords(
        "xin chào|chào|kính gửi|thân gửi",
        "tôi tên là|tên tôi là|tôi là|em là|mình là",
        "tên|họ tên|họ và tên|tên bạn|tên của bạn|tên khách hàng|công ty|tên công ty",
        "thư|tin nhắn|mẫu|bài phát biểu|thiệp|viết|trả lời|đơn|kịch bản",
    ),
    "zh": LetterWords(
        "你好|您好|尊敬的|亲爱的|敬爱的|尊敬的?(?:先生|女士)",
        "我叫|我是|我的名字是|本人",
        "姓名|名字|您的名字|你的名字|客户姓名|公司|公司名称|称呼|昵称",
        "信|邮件|模板|范文|演讲|邀请|写|撰写|通知|文案|短信|回复|话术",
    ),
    "ja": LetterWords(
        "こんにちは|拝啓|親愛なる",
        "私は|私の名前は|わたしは",
        "名前|お名前|氏名|会社名|あなたの名前|お客様名",
        "手紙|メール|テンプレート|スピーチ|招待|書い|返信|文例|メッセージ",
    ),
    "ko": LetterWords(
        "안녕하세요|친애하는|존경하는",
        "저는|제 이름은|나는|내 이름은",
        "이름|성함|고객명|고객 이름|회사|회사명|당신의 이름",
        "편지|메일|템플릿|연설|초대|작성|써|답장|메시지|예시",
    ),
    "ar": LetterWords(
        "مرحبا|مرحبًا|عزيزي|عزيزتي|السيد|السيدة",
        "اسمي|أنا",
        "الاسم|اسم|اسمك|اسم العميل|الشركة|اسم الشركة",
        "رسالة|بريد|نموذج|قالب|خطاب|دعوة|اكتب|رد",
    ),
}
