"""Words of column names in other languages, and the English words that mean the same."""

from __future__ import annotations

from typing import Final

#: Language → ``english: words`` for each English word, as ``pieces_of`` of
#: :mod:`datalint.support.names.translated_names` writes them: Latin words without accents and capitals, a name of
#: several words as one. A star marks words that mean something else in English or elsewhere: they count only next to
#: another name of their language. Of a word that several languages share, the first meaning counts, unless most names
#: of a row are of another language.
WORDS: Final[dict[str, str]] = {
    # German
    "de": """
        urgency: dringlichkeit; severity: schweregrad; risk: risiko;
        relevance: relevanz;
        better: besser bessere; chosen: gewahlt gewaehlt bevorzugt bevorzugte; rejected: abgelehnt abgelehnte;
        worse: schlechter schlechtere;
        agent: mitarbeiter; answer: antwort antworten; answer_text: antworttext; article: artikel; aspect:
        aspekt; assessment: beurteilung; assistant: assistent; author: autor verfasser autorin; background:
        hintergrund; bad: schlecht schlechte; category: kategorie; chapter: kapitel; choices: auswahl; city:
        stadt; claim: aussage; class: klasse; comment: kommentar kommentare; content: inhalt; context: kontext;
        conversation: gespraech; correct: richtig richtige; country: land*; customer: kunde; date: datum*;
        department: abteilung; description: beschreibung; diagnosis: diagnose* diagnosen; dialogue: dialog*;
        difficult: schwere schwierige; difficulty: schwierigkeit; doctor: arzt; document: dokument; domain:
        bereich; essay: aufsatz;
        everyday: alltags; evidence:
        beleg; example: beispiel; expected: erwartet erwartete erwarteter erwartetes; explanation: erklarung
        erklaerung; good: gut* gute; grade: note*; headline: schlagzeile; hint: hinweis; history: verlauf
        anamnese krankengeschichte; hypothesis: hypothese; ingredients: zutaten; input: eingabe; input_text:
        eingabetext; instruction: anweisung; intent: absicht; keyword: stichwort schlagwort; keywords:
        stichwoerter stichworte schlagworte schlagwoerter schluesselwoerter; language: sprache; law: gesetz;
        letter: brief*; level: stufe; meaning: bedeutung; message: nachricht; name: bezeichnung; news: nachrichten;
        normal: normale; note: anmerkung; number: nummer; option: antwortoption antwortmoeglichkeit; options: optionen
        antwortmoeglichkeiten antwortoptionen; output: ausgabe; output_text: ausgabetext; page: seite; paragraph:
        absatz; poem: gedicht; premise: pramisse praemisse; preparation: zubereitung; price: preis; priority:
        prioritaet; problem: aufgabe aufgaben uebung; product: produkt; question: frage fragen; question_text:
        fragetext; reason: begrundung begruendung; recipe: rezept; reference: referenz; reference_answer:
        musterantwort; report: bericht; request: anfrage anliegen; result: ergebnis; review: bewertung; role: rolle;
        score: punkte; section: abschnitt; sentence: satz; sentiment: stimmung; similarity: ahnlichkeit aehnlichkeit;
        simple: leichte einfache; simplified: leichtesprache einfachesprache; solution: losung loesung; source:
        quelle; speaker: sprecher; stars: sterne; steps: schritte arbeitsschritte zubereitungsschritte; story:
        geschichte; subject: betreff betreffzeile; summary: zusammenfassung zusammenfassungen; symptoms: symptome
        symptom*; title: titel; topic: thema fach; translation: ubersetzung uebersetzung; treatment: behandlung; type:
        typ*; user: benutzer nutzer; username: benutzername; word: wort; wrong: falsch falsche; year: jahr;
        case: sachverhalt fall* fallbeispiel;
        fact: fakt; facts: fakten; term: begriff fachbegriff; origin: herkunft ursprung; forbidden: verbotene
        verbotener; error: fehler;
        previous: vorherige vorheriger fruhere fruehere; generated: generierte generiert; sources: quellen
    """,
    # French
    "fr": """
        urgency: urgence; severity: gravite severite; risk: risque;
        relevance: pertinence;
        better: meilleure meilleur; chosen: choisi choisie preferee; rejected: rejete rejetee; worse: pire;
        answer: reponse reponses; author: auteur auteurs; bad: mauvaise mauvais; body: corps*; category:
        categorie; chapter: chapitre; choices: choix; city: ville; claim: affirmation*; class: classe; comment:
        commentaire commentaires; content: contenu; context: contexte; correct: correcte; country: pays;
        customer: client*; diagnosis: diagnostic* diagnostics*; difficulty: difficulte; doctor: medecin; domain:
        domaine; email: courriel; evidence: preuve; example: exemple; expected: attendu attendue attendus
        attendues; explanation: explication; good: bonne bon*; headline: grostitre; hint: indice; history:
        historique antecedents; hypothesis: hypothese; input: entree; instruction: consigne consignes; intent:
        intention*; keyword: motcle; keywords: motscles; label: etiquette; labels: etiquettes; language: langue;
        law: loi*; letter: lettre; level: niveau; meaning: signification*; name: nom*; news: actualite; nickname:
        pseudo* pseudonyme; number: numero; option: proposition*; original_text: texteoriginal; output: sortie
        resultat; paragraph: paragraphe; poem: poeme; premise: premisse; preparation: preparation*; price: prix;
        priority: priorite; problem: probleme exercice; problem_statement: enonce; product: produit; query: requete;
        question: questionposee; rating: note*; reason: raison; recipe: recette; refusal: refus; report: rapport*;
        request: demande demandes; review: avis; sentence: phrase*; similarity: similarite; speaker: locuteur; stars:
        etoiles; steps: etapes; story: histoire; subject: objet; summary: resume*; symptoms: symptomes; system:
        systeme; task: tache; text: texte; title: titre titres; topic: sujet theme* matiere; topics: sujets;
        translation: traduction; treatment: traitement; user: utilisateur; word: mot*; wrong: faux fausse; year: annee;
        case: cas*;
        fact: fait*; facts: faits; origin: origine; forbidden: interdit interdits interdite interdites; error:
        erreur; errors: erreurs; previous: precedente precedent anterieure; generated: generee genere
    """,
    # Spanish
    "es": """
        urgency: urgencia; severity: gravedad severidad; risk: riesgo;
        relevance: relevancia;
        better: mejor; chosen: elegido elegida preferido preferida; rejected: rechazado rechazada; worse: peor; agent:
        agente; answer: respuesta contestacion respuestas mejorrespuesta; article: articulo; aspect: aspecto;
        assessment: valoracion; assistant: asistente; background: antecedentes; bad: mala malo; body: cuerpo; case:
        caso*; category: categoria; chapter: capitulo; city: ciudad; claim: afirmacion; class: clase clasificacion;
        code: codigo; comment: comentario; complaint: queja quejas reclamo; content: contenido; context: contexto;
        conversation: conversacion; correct: correcto correcta; country: pais; customer: cliente; date: fecha;
        definition: definicion; department: departamento; description: descripcion; diagnosis: diagnostico
        diagnosticos; dialogue: dialogo; difficulty: dificultad; doctor: medico; document: documento; domain: dominio;
        email: correo; emotion: emocion; errors: errores; essay: ensayo; evidence: evidencia; example: ejemplo;
        expected: esperado esperada esperados esperadas; explanation: explicacion; fact: hecho*; facts: hechos;
        forbidden: prohibido prohibidos prohibida prohibidas; generated: generada generado; good: buena bueno;
        headline: titular*; hint: pista*; history: historial; hypothesis: hipotesis; id: identificador; incorrect:
        incorrecto incorrecta; ingredients: ingredientes; input: entrada; instruction: instruccion; intent: intencion;
        justification: justificacion; keyword: palabraclave; keywords: palabrasclave palabras; label: etiqueta;
        language: idioma; law: ley*; letter: carta; level: nivel; meaning: significado; message: mensaje mensajes;
        model: modelo; name: nombre; news: noticia; notes: observaciones; option: opcion; options: opciones; origin:
        origen; output: salida; page: pagina; paragraph: parrafo; passage: pasaje fragmento; patient: paciente; poem:
        poema; polarity: polaridad; premise: premisa; preparation: preparacion elaboracion; previous: anterior; price:
        precio; priority: prioridad; problem: problema; problem_statement: enunciado; product: producto; query:
        consulta; question: pregunta preguntas duda dudas; rating: calificacion; reason: razon; reasoning:
        razonamiento; recipe: receta; refusal: rechazo; report: informe; request: solicitud peticion; result:
        resultado; review: resena opinion*; role: rol; score: puntuacion puntaje; section: seccion; sentence: frase
        oracion; sentiment: sentimiento; similarity: similitud; solution: solucion; source: fuente; sources: fuentes;
        speaker: hablante; stars: estrellas; steps: pasos; story: historia; subject: asunto; summary: resumen;
        symptoms: sintomas sintoma; system: sistema; task: tarea; text: texto; title: titulo; topic: tema asignatura
        materia; translation: traduccion; treatment: tratamiento; tweet: tuit tuits; type: tipo; url: enlace enlaces;
        user: usuario; who: quien; word: palabra; year: ano*
    """,
    # Portuguese
    "pt": """
        urgency: urgencia; severity: gravidade severidade; risk: risco;
        relevance: relevancia;
        better: melhor; chosen: escolhido escolhida preferido preferida; rejected: rejeitado rejeitada; worse:
        pior;
        answer: resposta respostas; article: artigo; assistant: assistente; bad: ruim ma*; body: corpo*; city:
        cidade; claim: afirmacao; content: conteudo; conversation: conversa; correct: correta correto; correct_answer:
        gabarito; date: data*; definition: definicao; description: descricao; difficulty: dificuldade; emotion:
        emocao; essay: redacao; example: exemplo; explanation: explicacao; good: boa* bom*; headline: manchete; hint:
        dica; history: historico; hypothesis: hipotese; ingredients: ingredientes; instruction: instrucao; intent:
        intencao; justification: justificativa; keyword: palavrachave; keywords: palavraschave; label: rotulo; law:
        lei*; meaning: significado; message: mensagem; name: nome; option: opcao alternativa; options: opcoes
        alternativas; output: saida; paragraph: paragrafo; passage: trecho; premise: premissa; preparation: preparo
        mododepreparo mododefazer; price: preco; priority: prioridade; product: produto; question: pergunta questao
        perguntas questoes; rating: nota; reason: razao; reasoning: raciocinio; recipe: receita; refusal: recusa;
        report: relatorio; request: solicitacao pedido; review: avaliacao; role: papel*; score: pontuacao; section:
        secao; sentiment: sentimento; similarity: similaridade; solution: solucao; source: fonte; speaker: falante;
        stars: estrelas; steps: passos etapas; subject: assunto; topic: disciplina materia; summary: resumo; task:
        tarefa; translation: traducao; treatment: tratamento; who: quem; word: palavra; wrong: errada errado;
        case: caso*;
        fact: fato* facto*; facts: fatos factos; origin: origem; forbidden: proibido proibidos proibida
        proibidas; error: erro; errors: erros; previous: anterior; mode: modo; generated: gerada gerado;
        model: modelo; sources: fontes
    """,
    # Italian
    "it": """
        urgency: urgenza; severity: gravita; risk: rischio;
        relevance: rilevanza;
        better: migliore; chosen: scelto preferito preferita; rejected: rifiutato rifiutata scartata scartato;
        worse: peggiore;
        answer: risposta risposte; article: articolo; aspect: aspetto; author: autore; bad: cattiva; chapter:
        capitolo; city: citta; claim: affermazione; code: codice; comment: commento; content: contenuto;
        context: contesto; conversation: conversazione; correct: corretta corretto; country: paese; date: data*;
        definition: definizione; description: descrizione; diagnosis: diagnosi; difficulty: difficolta; emotion:
        emozione; evidence: prova*; example: esempio; expected: attesa atteso attese; explanation: spiegazione;
        good: buona buono; hint: suggerimento; history: cronologia anamnesi; hypothesis: ipotesi; ingredients:
        ingredienti; instruction: istruzione; intent: intento; keyword: parolachiave; keywords: parolechiave
        paroleschiave;
        label: etichetta; labels: etichette; law: legge; letter: lettera; level: livello; meaning: significato;
        message: messaggio; news: notizia; option: opzione; options: opzioni scelte sceltemultiple; original: originale;
        output: uscita; passage: brano; patient: paziente; poem: poesia; premise: premessa; preparation: preparazione
        procedimento; price: prezzo; priority: priorita; product: prodotto; question: domanda domande; rating:
        valutazione; reason: motivo motivazione; reasoning: ragionamento; recipe: ricetta; report: relazione; request:
        richiesta; review: recensione; role: ruolo; score: punteggio; section: sezione; similarity: similarita
        somiglianza; solution: soluzione; speaker: parlante; stars: stelle; steps: passaggi passi; story: storia;
        subject: oggetto; summary: riassunto; symptoms: sintomi; task: compito; text: testo; title: titolo; topic:
        argomento materia; translation: traduzione; treatment: trattamento; type: tipologia; user: utente; word: parola;
        wrong: sbagliata errata; year: anno;
        case: caso*;
        fact: fatto*; facts: fatti*; origin: origine; forbidden: vietato vietati vietata vietate; error:
        errore; errors: errori; previous: precedente; generated: generata generato; model: modello; sources: fonti
    """,
    # Romanian
    "ro": """
        answer: raspuns raspunsuri; article: articol; category: categorie; comment: comentariu; content:
        continut; correct: corect; customer: client*; description: descriere; expected:
        asteptat; explanation: explicatie; input: intrare; instruction: instructiune instructiuni; label:
        eticheta; language: limba; message: mesaj; news: stire stiri; option: optiune optiunea varianta; options:
        optiuni variante; output: iesire; question: intrebare intrebari; review: recenzie; sentence: propozitie;
        solution: solutie; source: sursa; story: poveste;
        summary: rezumat; title: titlu; topic: subiect; translation: traducere; user: utilizator;
        word: cuvant
    """,
    # Dutch
    "nl": """
        agent: medewerker; answer: antwoord antwoorden; aspect: aspect; bad: slecht slechte; chapter: hoofdstuk;
        city: stad; comment: reactie; content: inhoud; conversation: gesprek; correct: juiste; customer: klant;
        definition: definitie; department: afdeling; description: beschrijving; dialogue: dialoog; difficulty:
        moeilijkheid; doctor: arts*; domain: domein; emotion: emotie; evidence: bewijs; example: voorbeeld;
        expected: verwacht verwachte; explanation: uitleg; good: goed goede; headline: kop*; history: geschiedenis;
        hypothesis: hypothese; ingredients: ingredienten; input: invoer; instruction: instructie opdracht; intent:
        intentie; keyword: trefwoord; keywords: trefwoorden; language: taal; law: wet*; message: bericht; name: naam;
        news: nieuws; options: opties; original: origineel; output: uitvoer; paragraph: alinea; premise: premisse;
        preparation: bereiding bereidingswijze; price: prijs; priority: prioriteit; problem: probleem; question: vraag
        vragen; rating: beoordeling; reason: reden; recipe: recept; report: verslag; request: verzoek; review: recensie;
        sentence: zin*; solution: oplossing; source: bron*; stars: sterren; steps: stappen; story: verhaal; subject:
        onderwerp; summary: samenvatting; symptoms: symptomen; text: tekst; translation: vertaling; treatment:
        behandeling; type: soort; user: gebruiker; word: woord; wrong: fout foute; year: jaar;
        fact: feit; facts: feiten; origin: herkomst; forbidden: verboden; errors: fouten; previous: vorige
        eerdere; sources: bronnen
    """,
    # Swedish
    "sv": """
        answer: svar; assessment: bedomning; author: forfattare; category: kategori; class: klass*; code: kod*;
        content: innehall; conversation: samtal; correct: korrekt; customer: kund; description: beskrivning;
        diagnosis: diagnos; difficulty: svarighet; doctor: lakare; domain: doman; email: epost; example: exempel;
        explanation: forklaring; headline: rubrik; incorrect: felaktig; input: indata; instruction: instruktion;
        intent: avsikt; keywords: nyckelord; label: etikett; language: sprak; law: lag*; letter: brev; level: niva;
        message: meddelande; name: namn; news: nyheter; options: alternativ; output: utdata; page: sida*; poem:
        dikt; price: pris*; priority: prioritet; question: fraga fragor; rating: betyg; reason: anledning; request:
        forfragan; review: recension; role: roll*; sentence: mening; sentiment: kansla kanslo; solution: losning;
        source: kalla; story: berattelse; subject: amne; summary: sammanfattning; task: uppgift; translation:
        oversattning; user: anvandare; word: ord*
    """,
    # Danish
    "da": """
        answer: svar; author: forfatter; category: kategori; comment: kommentar; content: indhold; context:
        kontekst; customer: kunde; description: beskrivelse; explanation: forklaring; message: besked; news:
        nyhed; question: sporgsmal; sentence: saetning; source: kilde; summary: resume*; task: opgave; text:
        tekst; title: titel; topic: emne; translation: oversaettelse
    """,
    # Norwegian
    "no": """
        answer: svar; category: kategori; comment: kommentar; content: innhold; context: kontekst; customer:
        kunde; explanation: forklaring; instruction: instruksjon; message: melding; news: nyhet; question:
        sporsmal; sentence: setning; source: kilde; summary: sammendrag; task: oppgave; text: tekst; title:
        tittel; topic: emne; translation: oversettelse
    """,
    # Finnish
    "fi": """
        answer: vastaus; article: artikkeli; category: luokka; comment: kommentti; context: konteksti; customer:
        asiakas; description: kuvaus; explanation: selitys; input: syote; instruction: ohje; language: kieli;
        news: uutinen; output: tuloste; problem: ongelma; question: kysymys; reason: syy*; review: arvostelu;
        sentence: lause; sentiment: tunne; solution: ratkaisu; source: lahde; story: tarina; summary:
        tiivistelma; text: teksti; title: otsikko; topic: aihe; translation: kaannos; user: kayttaja; word:
        sana*
    """,
    # Polish
    "pl": """
        better: lepsza lepszy; chosen: wybrana wybrany; rejected: odrzucona odrzucony; worse: gorsza gorszy;
        answer: odpowiedz odpowiedzi; article: artykul; assistant: asystent; bad: zla*; category: kategoria;
        chapter: rozdzial; city: miasto; class: klasa; comment: komentarz; content: tresc; conversation:
        rozmowa; correct: poprawna; country: kraj; customer: klient; date: data*; definition: definicja;
        description: opis; diagnosis: diagnoza; difficulty: trudnosc; doctor: lekarz; emotion: emocja; evidence:
        dowod; example: przyklad; expected: oczekiwana oczekiwany; explanation: wyjasnienie; good: dobra;
        headline: naglowek; history: historia; ingredients: skladniki; input: wejscie; instruction: instrukcja
        polecenie; intent: intencja; justification: uzasadnienie; keywords: slowakluczowe; label: etykieta; language:
        jezyk; law: ustawa; letter: list*; level: poziom; meaning: znaczenie; message: wiadomosc; name: nazwa; news:
        wiadomosci; option: opcja; options: opcje; original: oryginal; output: wyjscie; page: strona; paragraph:
        akapit; patient: pacjent; poem: wiersz; preparation: przygotowanie; price: cena; problem: zadanie; question:
        pytanie pytania; rating: ocena; reason: powod; recipe: przepis; report: raport; request: zapytanie; review:
        recenzja; role: rola; sentence: zdanie; sentiment: sentyment; solution: rozwiazanie; source: zrodlo; speaker:
        mowca; steps: kroki; summary: streszczenie; symptoms: objawy; title: tytul; topic: temat; translation:
        tlumaczenie; treatment: leczenie; user: uzytkownik; utterance: wypowiedz; who: kto; word: slowo; wrong:
        bledna; year: rok*
    """,
    # Czech and Slovak
    "cs": """
        answer: odpoved odpovedi; article: clanek; assistant: asistent; bad: spatna; city: mesto; comment: komentar;
        content: obsah; correct: spravna; country: zeme; customer: zakaznik; definition: definice; description:
        popis; difficulty: obtiznost; doctor: lekar; example: priklad; expected: ocekavana; explanation: vysvetleni;
        headline: titulek; input: vstup; instruction: instrukce; intent: zamer; keywords: klicovaslova; label:
        stitek; language: jazyk; law: zakon; letter: dopis; message: zprava; name: jmeno; options: moznosti; output:
        vystup; page: strana; patient: pacient; poem: basen*; question: otazka otazky; rating: hodnoceni; reason:
        duvod; request: pozadavek; review: recenze; sentence: veta; solution: reseni; source: zdroj; story: pribeh;
        subject: predmet; summary: shrnuti; symptoms: priznaky; task: ukol; title: nazev nazov; translation:
        preklad; user: uzivatel; word: slovo
    """,
    # Hungarian
    "hu": """
        answer: valasz; author: szerzo; content: tartalom; description: leiras; explanation: magyarazat;
        instruction: utasitas; label: cimke; message: uzenet; question: kerdes; solution: megoldas; source: forras;
        summary: osszefoglalo; text: szoveg; title: cim*; translation: forditas
    """,
    # Russian
    "ru": """
        urgency: срочность; severity: серьезность; risk: риск;
        better: лучший лучшее лучше; chosen: выбранный выбранное выбранная; rejected: отклоненный отклоненное
        отклоненная отвергнутый; worse: худший худшее хуже; agent: агент оператор; answer: ответ ответы шаблонответа
        текстответа ответоператора ответмодели ответассистента ответбота; article: статья; assistant: ассистент;
        author: автор; bad: плохой; category: категория; chapter: глава; city: город; class: класс; code: код; comment:
        комментарий; content: содержание; context: контекст; conversation: разговор; correct: правильный правильная
        верный; country: страна; customer: клиент; date: дата; definition: определение; description: описание;
        diagnosis: диагноз; dialogue: диалог; difficulty: сложность; doctor: врач; document: документ; domain: домен;
        emotion: эмоция; essay: сочинение; example: пример; expected: ожидаемый ожидаемая; explanation: объяснение
        пояснение; genre: жанр; good: хороший; hint: подсказка; hypothesis: гипотеза; id: идентификатор; ingredients:
        ингредиенты; input: ввод вход; instruction: инструкция задание; intent: намерение интент; justification:
        обоснование; keyword: ключевоеслово; keywords: ключевыеслова; label: метка; language: язык; law: закон; letter:
        письмо; level: уровень; meaning: значение*; message: сообщение; name: имя; news: новость; nickname: никнейм;
        note: примечание; number: номер; option: вариант; options: варианты; original: оригинал; output: вывод выход;
        page: страница; paragraph: абзац параграф; passage: отрывок фрагмент; patient: пациент; phrase: фраза; poem:
        стихотворение; post: пост; premise: посылка; preparation: приготовление; price: цена; priority: приоритет;
        problem: проблема задача; problem_statement: условиезадачи; product: продукт; prompt: промпт; query: запрос;
        question: вопрос вопросы вопросклиента вопроспользователя текствопроса; rating: оценка; reason: причина;
        reasoning: рассуждение; recipe: рецепт; reference: эталон эталонный; report: отчет; request: обращение; result:
        результат; review: отзыв; role: роль; section: раздел; sentence: предложение; sentiment: тональность сентимент;
        similarity: сходство; solution: решение; source: источник; speaker: говорящий; steps: шаги; story: история;
        summary: резюме пересказ краткоесодержание аннотация саммари; symptoms: симптомы; system: система; text: текст
        текстотзыва текстобращения текстновости текстпоста текстсообщения текстстатьи; title: заголовок; topic: тема;
        translation: перевод; treatment: лечение; tweet: твит; type: тип типобращения; url: ссылка; user: пользователь;
        utterance: реплика высказывание; who: кто; word: слово; wrong: неправильный неверный; year: год
    """,
    # Ukrainian
    "uk": """
        answer: відповідь відповіді; article: стаття; assistant: асистент; bad: погана; category: категорія
        рубрика; chapter: розділ; city: місто; class: клас; comment: коментар; content: зміст; correct:
        правильна правильний; country: країна; customer: клієнт; definition: визначення*; description: опис;
        diagnosis: діагноз; dialogue: діалог; difficulty: складність; doctor: лікар; email: лист; example:
        приклад; expected: очікувана; explanation: пояснення; good: хороша; input: ввід; instruction:
        інструкція; intent: намір; keywords: ключовіслова; label: мітка; language: мова; meaning: значення*; message:
        повідомлення; name: назва; news: новина новини; options: варіанти; original: оригінал; output: вивід; page:
        сторінка; patient: пацієнт; poem: вірш; price: ціна; question: питання запитання; rating: оцінка; request:
        запит; review: відгук; sentence: речення; sentiment: тональність; solution: рішення; source: джерело; story:
        історія; subject: тема; symptoms: симптоми; task: завдання; text: текст; title: заголовок; translation:
        переклад; user: користувач; who: хто; wrong: неправильна; year: рік
    """,
    # Kazakh
    "kk": """
        answer: жауап; category: санат; comment: пікір; context: мәнмәтін; language: тіл; meaning: мағына
        мағынасы; question: сұрақ; sentence: сөйлем; source: дереккөз; summary: түйіндеме; term: термин
        терминдер; text: мәтін; title: тақырыбы; topic: тақырып; translation: аударма
    """,
    # Greek
    "el": """
        answer: απαντηση; article: αρθρο; category: κατηγορια; comment: σχολιο; context: πλαισιο; correct:
        σωστη; customer: πελατησ; description: περιγραφη; explanation: εξηγηση; input: εισοδοσ; instruction:
        οδηγια; label: ετικετα; language: γλωσσα; message: μηνυμα; news: ειδηση; output: εξοδοσ; question:
        ερωτηση; review: κριτικη; sentence: προταση; sentiment: συναισθημα; source: πηγη; story: ιστορια;
        summary: περιληψη; text: κειμενο; title: τιτλοσ; topic: θεμα; translation: μεταφραση; user: χρηστησ;
        word: λεξη
    """,
    # Turkish
    "tr": """
        urgency: aciliyet; severity: ciddiyet;
        chosen: secilen tercih; rejected: reddedilen; agent: temsilci; answer: cevap yanit cevaplar cevabi yaniti;
        article: makale; assistant: asistan; author: yazar; bad: kotu; chapter: bolum; city: sehir; class: sinif
        siniflandirma; comment: yorum yorumlar; complaint: sikayet; content: icerik; context: baglam; conversation:
        konusma; correct: dogru; country: ulke; customer: musteri; date: tarih; definition: tanim; description:
        aciklama; diagnosis: tani*; dialogue: diyalog; difficulty: zorluk; doctor: doktor; document: belge; email:
        eposta; evidence: kanit; example: ornek; expected: beklenen; good: iyi*; headline: manset; hint: ipucu;
        history: gecmis ozgecmis; hypothesis: hipotez; ingredients: malzemeler; input: girdi; instruction: talimat;
        intent: niyet; justification: gerekce; keyword: anahtarkelime; keywords: anahtarkelimeler; label: etiket;
        language: dil*; law: kanun; letter: mektup; level: seviye; meaning: anlam anlami; name: isim; news: haber*;
        opinion: gorus; option: secenek; options: secenekler; original: orijinal; output: cikti; page: sayfa;
        paragraph: paragraf; passage: pasaj; patient: hasta*; phrase: sozum deyim* atasozu; poem: siir; premise: oncul;
        preparation: yapilisi hazirlanisi; price: fiyat; priority: oncelik; product: urun; prompt: istem; query: sorgu;
        question: soru sorular sorusu; rating: puan*; reason: sebep; recipe: tarif*; report: rapor; request: istek;
        review: inceleme degerlendirme; sentence: cumle; sentiment: duygu durum*; similarity: benzerlik; solution:
        cozum; source: kaynak; speaker: konusmaci; steps: adimlar; story: hikaye; subject: konu; summary: ozet;
        symptoms: belirtiler; task: gorev; text: metin* metni; title: baslik; translation: ceviri; treatment: tedavi;
        type: tur*; user: kullanici; utterance: ifade*; word: kelime; wrong: yanlis; year: yil*
    """,
    # Uzbek
    "uz": """
        answer: javob javoblar; article: maqola; assistant: yordamchi; author: muallif; category: toifa kategoriya;
        class: sinf; comment: izoh; content: mazmun; context: kontekst; correct: togri; date: sana; description:
        tavsif; document: hujjat; example: misol; explanation: tushuntirish; instruction: korsatma; intent: niyat;
        label: yorliq; language: til*; law: qonun; message: xabar; name: nomi*; news: yangilik yangiliklar; options:
        variantlar; query: sorov; question: savol savollar; reason: sabab; review: sharh; sentence: gap*; solution:
        yechim; source: manba; story: hikoya; summary: xulosa; task: topshiriq; text: matn matni; title: sarlavha;
        topic: mavzu; translation: tarjima; type: turi*; user: foydalanuvchi; word: soz*; wrong: notogri
    """,
    # Vietnamese
    "vi": """
        chosen: duocchon; rejected: bituchoi; agent: nhanvien; answer: cautraloi traloi dapan dap* noidungtraloi
        noidungcautraloi; article: baibao baiviet; assistant: troly; author: tacgia; category: danhmuc phanloai;
        chapter: chuong; class: lop*; code: ma*; comment: binhluan nhanxet; content: noidung; context: ngucanh boicanh;
        correct_answer: dapandung; customer: khachhang; date: ngay; definition: dinhnghia; description: mota*;
        diagnosis: chandoan; dialogue: hoithoai; difficulty: dokho; doctor: bacsi; document: tailieu; example: vidu;
        explanation: giaithich; input: dauvao; instruction: huongdan; intent: ydinh; keywords: tukhoa; label: nhan;
        language: ngonngu; law: luat; meaning: nghia; message: tinnhan; name: ten*; news: tintuc tin*; number: so*;
        options: luachon; original: bangoc; output: daura; page: trang; passage: doanvan; patient: benhnhan; problem:
        vande; problem_statement: debai; query: truyvan; question: cauhoi hoi noidungcauhoi; rating: xephang; reason:
        lydo; reply: phanhoi; request: yeucau; result: ketqua; review: danhgia; sentence: cau*; sentiment: camxuc
        sacthai; solution: giaiphap loigiai; source: nguon; speaker: nguoinoi; story: cauchuyen; summary: tomtat;
        symptoms: trieuchung; system: hethong; text: vanban; title: tieude; topic: chude; translation: bandich dich*;
        type: loai; user: nguoidung; word: tu*
    """,
    # Indonesian and Malay
    "id": """
        urgency: urgensi; severity: keparahan; risk: risiko;
        chosen: terpilih dipilih; rejected: ditolak; agent: agen; answer: jawaban jawab jawapan kuncijawaban; article:
        tulisan; assistant: asisten; author: penulis; bad: buruk; chapter: bab*; city: kota; class: kelas klasifikasi;
        code: kode; content: konten isi*; context: konteks; conversation: percakapan; correct: benar; country: negara;
        customer: pelanggan; date: tanggal; definition: definisi; description: deskripsi; difficulty: kesulitan;
        doctor: dokter; document: dokumen; emotion: emosi; essay: esai; example: contoh; expected: yangdiharapkan;
        explanation: penjelasan pembahasan; good: baik; history: riwayat; input: masukan; instruction: instruksi
        perintah; intent: maksud; keywords: katakunci; language: bahasa; law: undangundang; letter: surat; level:
        tingkat; meaning: arti* makna; message: pesan; name: nama; news: berita; opinion: opini; options: pilihan opsi;
        original: asli; output: keluaran; page: halaman; passage: bacaan; patient: pasien; poem: puisi; polarity:
        polaritas; price: harga; problem: masalah; product: produk; query: kueri; question: pertanyaan tanya soal
        soalan; rating: peringkat; reason: alasan; recipe: resep*; reply: balasan; report: laporan; request:
        permintaan; response: respon tanggapan; review: ulasan; role: peran; sentence: kalimat; sentiment: sentimen;
        solution: solusi; source: sumber; speaker: pembicara; story: cerita narasi; subject: subjek; summary: ringkasan
        rangkuman; symptoms: gejala; task: tugas; text: teks isiberita isikonten; title: judul tajuk; topic: topik;
        translation: terjemahan; treatment: pengobatan; tweet: cuitan; type: tipe jenis; user: pengguna; who: siapa;
        word: kata; wrong: salah*; year: tahun
    """,
    # Chinese
    "zh": """
        urgency: 紧急程度 紧急度; severity: 严重程度 严重性; risk: 风险; priority: 优先级;
        better: 更好 较好 更优; chosen: 选中 优选 被选; rejected: 被拒 劣选; worse: 更差 较差; advice: 建议; agent:
        客服; analysis: 分析; answer: 答案 答 回答 答复 答覆 回答内容 答案内容 回复内容 应答 應答; article: 文章;
        assistant: 助手; author: 作者; background: 背景 背景知识 参考资料 資料 资料; bad: 坏 差; case: 案例 案情;
        category: 类别 類別 分类 分類; chapter: 章节; city: 城市; code: 代码; comment: 留言; content: 内容 內容;
        context: 上下文 语境 語境; correct: 正确 正確; country: 国家; customer: 客户; date: 日期; definition: 定义;
        department: 部门; description: 描述 说明; diagnosis: 诊断; dialogue: 对话 對話; difficulty: 难度 難度; dish:
        菜名 菜品; doctor: 医生; document: 文档; domain: 领域 行业; email: 邮件; emotion: 情绪; essay: 作文; evidence:
        证据; example: 例句 例子; expected: 預期 预期 期望; explanation: 解释 解析 解釋; good: 好; history: 历史;
        hypothesis: 假设; id: 编号 編號; index: 序号 序號 題號 题号; ingredients: 食材 配料; input: 输入 輸入;
        instruction: 指令; intent: 意图 意圖; keywords: 关键词 关键字 關鍵詞 關鍵字; knowledge: 知识 知識; label: 标签
        標籤 标注; language: 語言 语言; law: 法律 法条; level: 等级 级别; location: 地区 地區; meaning: 含义 意思 释义
        釋義 意义 意義; message: 消息 短信; name: 名称; news: 新闻; nickname: 昵称 用户昵称; note: 备注 備註; options:
        选项 選項; original: 原文; output: 输出 輸出; page: 页码; paragraph: 段落; passage: 材料; patient: 患者; poem:
        诗; polarity: 极性 情感极性; post: 帖子; premise: 前提; prescription: 处方; price: 价格; product: 产品; prompt:
        提示 提示词; question: 问题 提问 题目 题干 问 問題 提問 題目 问句 试题 試題 题面 咨询内容 提问内容 问题内容
        问题描述; rating: 评分 评级; reason: 理由; reasoning: 推理 思考; reference: 标准 參考 参考; reply: 回复 回覆;
        request: 请求 請求; result: 结果 結果; review: 评论 评价 評論 影评 评语; reviewer: 评论者; rewritten: 改写
        改写句; role: 角色; score: 分数; sentence: 句子; sentiment: 情感 情感倾向; similarity: 相似度; solution:
        解决方案 解答 解决 方案 答题过程 解题过程 解答过程 解题步骤; source: 来源 來源 出处 出處; speaker: 说话人
        说话者 发言人; stars: 星级 星; steps: 步骤 做法; story: 故事; student: 学生; summary: 摘要 概括 总结 總結
        概要; symptoms: 症状; system: 系统 系統; system_prompt: 系统提示; task: 任务 任務; text: 文本 正文 文 弹幕
        语句 語句 原句 帖子内容; time: 时间 時間;
        title: 标题 標題; topic: 主题 主題 知识点; translation: 翻译 译文 翻譯; treatment: 治疗; type: 类型 類型; url:
        网址 链接 連結; user: 用户 使用者; username: 用户名; utterance: 话语 发言; word: 词语; wrong: 错误 錯誤; year:
        年份; term: 术语 術語; chinese: 中文; english: 英文
    """,
    # Japanese
    "ja": """
        urgency: 緊急度; severity: 重大度 重要度; priority: 優先度;
        agent: 担当者; answer: 答え 解答; article: 記事; assistant: アシスタント; author: 著者; bad: 悪い; category:
        カテゴリ カテゴリー; class: クラス; code: コード; comment: コメント; context: 文脈; conversation: 会話;
        correct_answer: 正解; customer: 顧客; date: 日付; definition: 定義; description: 説明; diagnosis: 診断;
        dialogue: 対話; difficulty: 難易度; dish: 料理名; doctor: 医師; document: 文書 資料; domain: 分野; email:
        メール; essay: 作文; example: 例文; expected: 期待 期待される 期待する; explanation: 解説; genre: ジャンル;
        good: 良い; headline: 見出し; history: 履歴; hypothesis: 仮説; ingredients: 材料; input: 入力; instruction:
        指示 指示文; intent: 意図; keywords: キーワード; label: ラベル; language: 言語; meaning: 意味; message:
        メッセージ; name: 名前; news: ニュース; nickname: ニックネーム; note: 備考; number: 番号; options: 選択肢;
        output: 出力; page: ページ; poem: 詩; polarity: 極性; post: 投稿; poster: 投稿者; premise: 前提; problem: 問題;
        prompt: プロンプト お題; question: 質問 問い 問 設問 問題文; rating: 評価; recipe: レシピ; reply: 返信 返答;
        request: 依頼; response: 応答; review: レビュー 口コミ 感想; role: 役割; score: スコア; sentence: 文;
        sentiment: 感情; similarity: 類似度; solution: 解決策; source: 出典; speaker: 話者; stars: 星 星評価; steps:
        手順 作り方; story: 物語; subject: 件名; summary: 要約; system: システム; task: タスク; text: テキスト 本文;
        title: タイトル; topic: トピック; translation: 翻訳 訳文 訳 英訳 和訳; tweet: ツイート; type: 種類 種別; user:
        ユーザー ユーザ; username: ユーザー名; utterance: 発話 発言 セリフ; word: 単語; wrong_answer: 誤答; term: 用語
    """,
    # Korean
    "ko": """
        chosen: 선택 선호; rejected: 거부 거절; agent: 상담원; answer: 답변 정답 대답 답 답변내용 모범답안; article:
        기사; assistant: 어시스턴트; author: 저자; background: 배경 참고자료; bad: 나쁜; category: 카테고리 분류;
        class: 클래스; code: 코드; comment: 댓글; content: 내용; context: 문맥 맥락; customer: 고객; date: 날짜;
        definition: 정의; department: 부서; description: 설명; diagnosis: 진단; dialogue: 대화; difficulty: 난이도;
        doctor: 의사; document: 문서; email: 이메일; evidence: 근거; example: 예문; expected: 예상 기대; explanation:
        해설 해석; good: 좋은; headline: 헤드라인; input: 입력; instruction: 지시 지시문 명령 명령어; intent: 의도;
        keywords: 키워드; label: 라벨 레이블; language: 언어; law: 법률; meaning: 의미 뜻; message: 메시지; name: 이름;
        news: 뉴스; nickname: 닉네임; note: 비고; number: 번호; options: 선택지 보기; original: 원문; output: 출력;
        page: 페이지; passage: 지문; patient: 환자; problem: 문제; prompt: 프롬프트; query: 질의; question: 질문 문항
        질문내용; rating: 평점 별점; reason: 이유; recipe: 조리법; reply: 답장; request: 요청; response: 응답; result:
        결과; review: 리뷰; role: 역할; score: 점수; sentence: 문장; sentiment: 감정 감성; solution: 해결책 해답 풀이;
        source: 출처; speaker: 화자; story: 이야기; summary: 요약 요약문; symptoms: 증상; system: 시스템; task: 과제;
        text: 텍스트 본문 글*; title: 제목; topic: 주제; translation: 번역 번역문; type: 유형; user: 사용자; utterance:
        발화 발화문; word: 단어; writer: 작성자 글쓴이; wrong_answer: 오답
    """,
    # Arabic
    "ar": """
        agent: الوكيل; answer: إجابة الجواب جواب إجابه الإجابة اجابة الاجابة الاجابه; article: مقال المقال; assistant:
        المساعد مساعد; author: الكاتب; category: فئة التصنيف الفئة القسم; code: كود; comment: تعليق; content: محتوى
        المحتوى; context: سياق السياق; conversation: محادثة; correct: الصحيحة; customer: العميل; date: تاريخ التاريخ;
        definition: تعريف; description: وصف الوصف; diagnosis: تشخيص; dialogue: حوار; difficulty: صعوبة; doctor: الطبيب;
        document: الوثيقة وثيقة; email: بريد; emotion: الشعور شعور; example: مثال; expected: المتوقعة المتوقع;
        explanation: شرح الشرح التفسير تفسير; input: مدخل المدخلات المدخل; instruction: تعليمات التعليمات; intent: نية;
        label: تصنيف تسمية الوسم وسم; language: اللغة; law: القانون; meaning: المعنى معنى; message: رسالة; name: اسم;
        news: خبر; number: رقم; option: خيار اختيار; options: خيارات الخيارات; original: الأصل; output: مخرج المخرجات
        الناتج; paragraph: الفقرة فقرة; passage: المقطع مقطع; patient: المريض; problem: مشكلة المشكلة المسألة مسألة;
        question: سؤال السؤال الاستفسار استفسار الأسئلة; rating: تقييم; reason: سبب; reply: رد الرد; request: طلب
        الطلب; review: مراجعة; role: دور; sentence: جملة الجملة; sentiment: المشاعر; solution: حل; source: المصدر مصدر;
        speaker: المتحدث; story: قصة; summary: ملخص الملخص; symptoms: أعراض; system: نظام; text: نص النص; title: عنوان
        العنوان; topic: موضوع الموضوع; translation: ترجمة الترجمة; tweet: التغريدة تغريدة; url: الرابط رابط; user:
        المستخدم مستخدم; word: كلمة
    """,
    # Persian
    "fa": """
        agent: کارشناس; answer: پاسخ; article: مقاله; assistant: دستیار; author: نویسنده; case: مورد; category:
        دسته; code:
        کد; comment: نظر; content: محتوا; context: زمینه; conversation: مکالمه; customer: مشتری; date: تاریخ;
        definition: تعریف; description: توضیحات; diagnosis: تشخیص; dialogue: گفتگو; difficulty: دشواری; doctor:
        پزشک; email: ایمیل; expected: انتظار; explanation: توضیح; headline: تیتر; input: ورودی; instruction: دستور
        دستورالعمل;
        intent: قصد; label: برچسب; language: زبان; message: پیام; name: نام; news: خبر; option: گزینه; options: گزینهها;
        original: اصل; output: خروجی; passage: پاراگراف; patient: بیمار; problem: مسئله; question: سوال پرسش;
        rating: امتیاز; reason: دلیل; request: درخواست; review: بررسی; role: نقش; sentence: جمله;
        sentiment: احساس احساسات;
        solution: راهحل; source: منبع; story: داستان; summary: خلاصه; symptoms: علائم; text: متن; title: عنوان;
        topic: موضوع; translation: ترجمه; type: نوع; user: کاربر; word: کلمه
    """,
    # Hebrew
    "he": """
        answer: תשובה; category: קטגוריה; comment: תגובה; context: הקשר; correct: נכונה; customer: לקוח;
        description: תיאור; explanation: הסבר; input: קלט; instruction: הוראה; label: תווית; language: שפה;
        news: חדשות; output: פלט; question: שאלה; review: ביקורת; sentence: משפט; sentiment: רגש; source: מקור;
        story: סיפור; summary: סיכום; text: טקסט; title: כותרת; topic: נושא; translation: תרגום; user: משתמש;
        word: מילה
    """,
    # Hindi
    "hi": """
        agent: प्रतिनिधि; answer: उत्तर जवाब; article: लेख; assistant: सहायक; author: लेखक; bad: बुरा; category: श्रेणी;
        comment: टिप्पणी; content: सामग्री; context: संदर्भ; conversation: बातचीत; correct: सही; customer: ग्राहक; date:
        दिनांक; definition: परिभाषा; description: विवरण; dialogue: संवाद; doctor: डॉक्टर चिकित्सक; emotion: भावना; example:
        उदाहरण; expected: अपेक्षित; explanation: व्याख्या; good: अच्छा; input: इनपुट; instruction: निर्देश; label: लेबल;
        language: भाषा; meaning: अर्थ; message: संदेश; news: समाचार; options: विकल्प; output: आउटपुट; passage: गद्यांश अनुच्छेद;
        patient: मरीज रोगी; poem: कविता; preparation: विधि; problem: समस्या; question: प्रश्न सवाल; review: समीक्षा; role:
        भूमिका; sentence: वाक्य; solution: समाधान; source: स्रोत; story: कहानी; summary: सारांश; text: पाठ टेक्स्ट; title:
        शीर्षक; topic: विषय; translation: अनुवाद; tweet: ट्वीट; type: प्रकार; user: उपयोगकर्ता; word: शब्द
    """,
    # Thai
    "th": """
        answer: คำตอบ; article: บทความ; assistant: ผู้ช่วย; category: หมวดหมู่; comment: ความคิดเห็น; content:
        เนื้อหา; context: บริบท; customer: ลูกค้า; description: รายละเอียด; doctor: แพทย์; explanation:
        คำอธิบาย; input: อินพุต; instruction: คำสั่ง; label: ป้ายกำกับ; language: ภาษา; news: ข่าว; options:
        ตัวเลือก; output: เอาต์พุต ผลลัพธ์; question: คำถาม; review: รีวิว; sentence: ประโยค; sentiment:
        ความรู้สึก อารมณ์; source: แหล่งที่มา; story: นิทาน; summary: สรุป; text: ข้อความ; title: หัวข้อ;
        translation: คำแปล; type: ประเภท; user: ผู้ใช้
    """,
    # Swahili
    "sw": """
        answer: jibu majibu; article: makala; bad: mbaya baya; category: kategoria; comment: maoni; content:
        maudhui; context: muktadha; correct: sahihi; customer: mteja; description: ufafanuzi; doctor: daktari;
        example: mfano; expected: yanayotarajiwa linalotarajiwa; explanation: maelezo; good: nzuri zuri; input:
        ingizo; instruction: agizo maelekezo; label: lebo; language: lugha; message: ujumbe; news: habari;
        number: namba nambari; options: machaguo; output: tokeo; passage: kifungu; patient: mgonjwa; problem:
        tatizo; question: swali maswali; reason: sababu; review: tathmini; sentence: sentensi; sentiment: hisia;
        solution: suluhisho; source: chanzo; story: hadithi; summary: muhtasari; text: maandishi; title: kichwa;
        topic: mada; translation: tafsiri; type: aina; user: mtumiaji; who: nani; word: neno
    """,
    # Hausa
    "ha": """
        answer: amsa amsoshi; language: harshe; question: tambaya tambayoyi; sentence: jimla; summary:
        takaitawa; text: rubutu; title: taken*; translation: fassara; word: kalma
    """,
    # Yoruba
    "yo": """
        answer: idahun; question: ibeere; sentence: gbolohun; title: akole; translation: itumo
    """,
    # Igbo
    "ig": """
        answer: aziza; question: ajuju; sentence: ahiriokwu; title: isiokwu; translation: ntughari
    """,
    # Kinyarwanda
    "rw": """
        answer: igisubizo ibisubizo; explanation: ibisobanuro; question: ikibazo ibibazo; sentence: interuro;
        summary: incamake; text: umwandiko; title: umutwe; translation: ubusobanuro
    """,
    # Somali
    "so": """
        answer: jawaab jawaabta; question: suaal suaasha; summary: kooban; text: qoraal; title: cinwaan;
        translation: turjumaad
    """,
    # Zulu
    "zu": """
        answer: impendulo; question: umbuzo; sentence: umusho; text: umbhalo; title: isihloko; translation:
        ukuhumusha
    """,
    # Amharic
    "am": """
        answer: መልስ ምላሽ; category: ምድብ; comment: አስተያየት; context: አውድ; explanation: ማብራሪያ; input: ግቤት;
        instruction: መመሪያ; label: መለያ; language: ቋንቋ; news: ዜና; output: ውጤት; question: ጥያቄ; sentence: ዓረፍተነገር
        አረፍተነገር; sentiment: ስሜት; story: ታሪክ; summary: ማጠቃለያ; text: ጽሑፍ ጽሁፍ; title: ርዕስ; translation: ትርጉም; word:
        ቃል
    """,
    # Bengali
    "bn": """
        answer: উত্তর জবাব; article: নিবন্ধ; bad: খারাপ; category: বিভাগ শ্রেণি; comment: মন্তব্য; content:
        বিষয়বস্তু; context: প্রসঙ্গ প্রেক্ষাপট; conversation: কথোপকথন; correct: সঠিক; customer: গ্রাহক;
        description: বিবরণ বর্ণনা; doctor: ডাক্তার চিকিৎসক; emotion: আবেগ; example: উদাহরণ; explanation:
        ব্যাখ্যা; good: ভালো; input: ইনপুট; instruction: নির্দেশ নির্দেশনা; label: লেবেল; language: ভাষা;
        message: বার্তা; news: সংবাদ খবর; options: বিকল্প; output: আউটপুট; passage: অনুচ্ছেদ; patient: রোগী;
        poem: কবিতা; problem: সমস্যা; question: প্রশ্ন; review: পর্যালোচনা; sentence: বাক্য; sentiment: অনুভূতি;
        solution: সমাধান; source: উৎস; story: গল্প; summary: সারাংশ সারসংক্ষেপ; text: লেখা পাঠ্য টেক্সট; title:
        শিরোনাম; topic: বিষয়; translation: অনুবাদ; user: ব্যবহারকারী; word: শব্দ
    """,
    # Marathi
    "mr": """
        answer: उत्तर; category: वर्ग; comment: अभिप्राय; context: संदर्भ; explanation: स्पष्टीकरण; instruction:
        सूचना; language: भाषा; news: बातमी; question: प्रश्न; reason: कारण; sentence: वाक्य; source: स्रोत;
        story: कथा गोष्ट; summary: सारांश; text: मजकूर; title: शीर्षक मथळा; translation: भाषांतर
    """,
    # Gujarati
    "gu": """
        answer: જવાબ ઉત્તર; category: શ્રેણી વર્ગ; comment: ટિપ્પણી; context: સંદર્ભ; explanation: સમજૂતી; news:
        સમાચાર; question: પ્રશ્ન સવાલ; sentence: વાક્ય; story: વાર્તા; summary: સારાંશ; text: લખાણ; title:
        શીર્ષક; topic: વિષય; translation: અનુવાદ
    """,
    # Punjabi
    "pa": """
        answer: ਜਵਾਬ ਉੱਤਰ; category: ਸ਼੍ਰੇਣੀ; context: ਸੰਦਰਭ; news: ਖ਼ਬਰ; question: ਸਵਾਲ ਪ੍ਰਸ਼ਨ; sentence: ਵਾਕ;
        story: ਕਹਾਣੀ; summary: ਸੰਖੇਪ; text: ਲਿਖਤ; title: ਸਿਰਲੇਖ; topic: ਵਿਸ਼ਾ; translation: ਅਨੁਵਾਦ
    """,
    # Tamil
    "ta": """
        answer: பதில் விடை; category: வகை; comment: கருத்து; context: சூழல்; explanation: விளக்கம்; input:
        உள்ளீடு; instruction: அறிவுறுத்தல்; language: மொழி; news: செய்தி; output: வெளியீடு; question: கேள்வி
        வினா; sentence: வாக்கியம்; sentiment: உணர்வு; story: கதை; summary: சுருக்கம்; text: உரை; title: தலைப்பு;
        translation: மொழிபெயர்ப்பு; word: சொல்
    """,
    # Telugu
    "te": """
        answer: సమాధానం జవాబు; category: వర్గం; comment: వ్యాఖ్య; context: సందర్భం; explanation: వివరణ;
        instruction: సూచన; language: భాష; news: వార్త; question: ప్రశ్న; sentence: వాక్యం; sentiment: భావన;
        story: కథ; summary: సారాంశం; text: వచనం పాఠ్యం; title: శీర్షిక; topic: అంశం; translation: అనువాదం
    """,
    # Kannada
    "kn": """
        answer: ಉತ್ತರ; category: ವರ್ಗ; comment: ಅಭಿಪ್ರಾಯ; context: ಸಂದರ್ಭ; explanation: ವಿವರಣೆ; news: ಸುದ್ದಿ;
        question: ಪ್ರಶ್ನೆ; sentence: ವಾಕ್ಯ; story: ಕಥೆ; summary: ಸಾರಾಂಶ; text: ಪಠ್ಯ; title: ಶೀರ್ಷಿಕೆ; topic:
        ವಿಷಯ; translation: ಅನುವಾದ
    """,
    # Malayalam
    "ml": """
        answer: ഉത്തരം മറുപടി; category: വിഭാഗം; comment: അഭിപ്രായം; context: സന്ദർഭം; explanation: വിശദീകരണം;
        news: വാർത്ത; question: ചോദ്യം; sentence: വാക്യം; story: കഥ; summary: സംഗ്രഹം; text: വാചകം; title:
        തലക്കെട്ട്; topic: വിഷയം; translation: വിവർത്തനം
    """,
    # Sinhala
    "si": """
        answer: පිළිතුර; category: වර්ගය; comment: අදහස; news: පුවත; question: ප්‍රශ්නය; sentence: වාක්‍යය;
        summary: සාරාංශය; text: පෙළ; title: මාතෘකාව; translation: පරිවර්තනය
    """,
    # Urdu
    "ur": """
        answer: جواب; category: زمرہ; comment: تبصرہ; content: مواد; context: سیاق; doctor: ڈاکٹر; explanation:
        وضاحت تشریح; instruction: ہدایت ہدایات; label: لیبل; language: زبان; message: پیغام; patient: مریض;
        question: سوال; review: جائزہ; sentence: جملہ; sentiment: جذبات; source: ماخذ; story: کہانی; summary:
        خلاصہ; text: متن; title: عنوان; topic: موضوع; translation: ترجمہ; user: صارف; word: لفظ
    """,
    # Burmese
    "my": """
        answer: အဖြေ; category: အမျိုးအစား; question: မေးခွန်း; sentence: ဝါကျ; summary: အကျဉ်းချုပ်; text:
        စာသား; title: ခေါင်းစဉ်; translation: ဘာသာပြန်
    """,
    # Khmer
    "km": """
        answer: ចម្លើយ; category: ប្រភេទ; question: សំណួរ; sentence: ប្រយោគ; summary: សង្ខេប; text: អត្ថបទ;
        title: ចំណងជើង; translation: បកប្រែ
    """,
    # Lao
    "lo": """
        answer: ຄຳຕອບ; category: ປະເພດ; question: ຄຳຖາມ; sentence: ປະໂຫຍກ; text: ຂໍ້ຄວາມ; title: ຫົວຂໍ້;
        translation: ຄຳແປ
    """,
    # Filipino
    "tl": """
        answer: sagot kasagutan; category: kategorya; comment: komento; context: konteksto; explanation:
        paliwanag; instruction: tagubilin; language: wika; message: mensahe; news: balita; question: tanong
        katanungan; sentence: pangungusap; sentiment: damdamin; story: kuwento; summary: buod; text: teksto;
        title: pamagat; topic: paksa; translation: pagsasalin salin
    """,
    # Azerbaijani
    "az": """
        answer: cavab cavablar; category: kateqoriya; comment: rey* serh; context: kontekst; explanation: izah;
        instruction: telimat; news: xeber; question: sual suallar; sentence: cumle; source: menbe; summary:
        xulase; text: metn; title: basliq; topic: movzu; translation: tercume
    """,
    # Kyrgyz
    "ky": """
        answer: жооп; question: суроо; sentence: сүйлөм; summary: кыскача; text: текст; title: аталышы;
        translation: котормо
    """,
    # Tajik
    "tg": """
        answer: ҷавоб; question: савол; sentence: ҷумла; summary: хулоса; text: матн; title: сарлавҳа;
        translation: тарҷума
    """,
    # Mongolian
    "mn": """
        answer: хариулт; category: ангилал; question: асуулт; sentence: өгүүлбэр; summary: хураангуй; text:
        бичвэр; title: гарчиг; translation: орчуулга
    """,
    # Georgian
    "ka": """
        answer: პასუხი; category: კატეგორია; question: კითხვა შეკითხვა; sentence: წინადადება; summary: შეჯამება;
        text: ტექსტი; title: სათაური; topic: თემა; translation: თარგმანი
    """,
    # Armenian
    "hy": """
        answer: պատասխան; category: կատեգորիա; question: հարց; sentence: նախադասություն; summary: ամփոփում;
        text: տեքստ; title: վերնագիր; translation: թարգմանություն
    """,
    # Bulgarian
    "bg": """
        answer: отговор отговори; category: категория; comment: коментар; context: контекст; correct: правилен
        верен; explanation: обяснение; instruction: инструкция; language: език; question: въпрос въпроси;
        sentence: изречение; source: източник; summary: резюме обобщение; text: текст; title: заглавие; topic:
        тема; translation: превод
    """,
    # Macedonian
    "mk": """
        answer: одговор одговори; category: категорија; question: прашање прашања; sentence: реченица; summary:
        резиме; text: текст; title: наслов; topic: тема; translation: превод
    """,
    # Belarusian
    "be": """
        answer: адказ; category: катэгорыя; question: пытанне; sentence: сказ; summary: рэзюмэ; text: тэкст;
        title: загаловак; translation: пераклад
    """,
    # Serbian, Croatian and Bosnian
    "sr": """
        answer: odgovor odgovori одговор; category: kategorija категорија; comment: komentar; context: kontekst;
        correct: tacan tocan; explanation: objasnjenje; instruction: uputstvo uputa; language: jezik; message:
        poruka; news: vijest; question: pitanje pitanja питање; sentence: recenica реченица; source: izvor;
        story: prica; summary: sazetak сажетак; text: tekst текст; title: naslov наслов; topic: tema;
        translation: prevod prijevod превод; user: korisnik
    """,
    # Slovenian
    "sl": """
        answer: odgovor; category: kategorija; explanation: razlaga; instruction: navodilo; question: vprasanje
        vprasanja; sentence: stavek; source: vir*; summary: povzetek; text: besedilo; title: naslov; topic:
        tema; translation: prevod
    """,
    # Slovak
    "sk": """
        answer: odpoved odpovede; category: kategoria; explanation: vysvetlenie; instruction: pokyn instrukcia;
        question: otazka otazky; sentence: veta; source: zdroj; summary: zhrnutie suhrn; title:
        nadpis; topic: tema; translation: preklad
    """,
    # Lithuanian
    "lt": """
        answer: atsakymas atsakymai; category: kategorija; explanation: paaiskinimas; instruction: instrukcija;
        question: klausimas klausimai; sentence: sakinys; source: saltinis; summary: santrauka; text: tekstas;
        title: pavadinimas antraste; topic: tema; translation: vertimas
    """,
    # Latvian
    "lv": """
        answer: atbilde atbildes; category: kategorija; explanation: paskaidrojums; instruction: instrukcija;
        question: jautajums jautajumi; sentence: teikums; source: avots; summary: kopsavilkums; text: teksts;
        title: virsraksts; topic: tema; translation: tulkojums
    """,
    # Estonian
    "et": """
        answer: vastus vastused; category: kategooria; explanation: selgitus; instruction: juhis; question:
        kusimus kusimused; sentence: lause; source: allikas; summary: kokkuvote; text: tekst; title: pealkiri;
        topic: teema; translation: tolge
    """,
    # Catalan
    "ca": """
        answer: resposta respostes; category: categoria; comment: comentari; explanation:
        explicacio; instruction: instruccio; language: llengua; question: pregunta preguntes; sentence: oracio;
        source: font*; summary: resum; title: titol; topic: tema; translation: traduccio
    """,
    # Basque
    "eu": """
        answer: erantzuna erantzun; category: kategoria; question: galdera galderak; sentence: esaldia; summary:
        laburpena; text: testua; title: izenburua; topic: gaia*; translation: itzulpena
    """,
    # Icelandic
    "is": """
        answer: svar; category: flokkur; question: spurning spurningar; sentence: setning; summary: samantekt;
        text: texti; title: titill; translation: thyding
    """,
    # Albanian
    "sq": """
        answer: pergjigje; category: kategoria; question: pyetje pyetja; sentence: fjali; summary: permbledhje;
        text: tekst; title: titulli; topic: tema; translation: perkthim
    """,
}
