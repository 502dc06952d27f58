"""Frequent words of languages with letters that are not in ASCII, or with apostrophes."""

from __future__ import annotations

from typing import Final

#: Words of which what is left is no word, and no abbreviation that people write in chats: "değil" leaves "deil".
WORDS: Final = {
    "Turkish": "güzel değil için büyük teşekkür öyle şimdi hiçbir böyle özellikle başarılı olduğunu gerçekten düşünüyorum"
    " müşteri yapmış değişik şekilde yalnız öneririm doğru soğuk çocuk küçük çalışıyor",
    "Polish": "będzie również który która które których między przecież życie więcej mężczyzna pieniędzy dziękuję proszę"
    " muszę książka możliwość",
    "Czech": "protože některé příklad důležité děkuji nějaký během světa používat společnost způsob můžeme příliš",
    "Slovak": "ktorý ktoré človek spôsob pretože dôležité ďakujem všetky môžeme príklad",
    "Romanian": "mulțumesc această întrebare română viața înainte întotdeauna câteva informații răspuns îmbunătăți",
    "Hungarian": "köszönöm között után könyv történik következő lehetséges kérem több működik például nélkül szükséges"
    " különböző először",
    "Vietnamese": "không những người nhiều cũng hướng trường",
    "German": "können möchte würde müssen natürlich außerdem später ähnlich könnte gehört während schön Möglichkeit"
    " Länder früher zunächst",
    "French": "très même après français première problème système également numéro différent société développement"
    " création générale",
    "Spanish": "también después información número español según mañana método términos situación atención educación",
    "Portuguese": "também informação possível número através médico público história atenção situação",
    "Swedish": "också från måste många människor behöver större möjligt något",
    "Danish or Norwegian": "også første særlig måske nødvendig følgende større",
    "Finnish": "jälkeen täytyy enemmän pitäisi vähän käyttää myöhemmin hyvää",
    "Croatian or Serbian": "također sljedeći čovjek općenito riječ najviše činjenica takođe sledeći mogućnost",
}
#: The same, where the apostrophe is deleted: "c'est" leaves "cest".
ELIDED: Final = {
    "English": "don't doesn't didn't isn't wasn't aren't couldn't wouldn't shouldn't haven't hasn't can't I'm I've you're"
    " you've they're that's what's there's",
    "French": "j'ai c'est n'est n'ai qu'il qu'on j'étais c'était n'était j'avais j'aime aujourd'hui d'accord l'homme"
    " l'école l'histoire d'abord d'ailleurs jusqu'à s'agit",
    "Italian": "un'altra dell'anno nell'ultimo all'interno quest'anno l'altro l'unico dall'inizio dell'arte",
}
#: More words of languages which, typed in ASCII, are no words of others; and those of the first list that are some.
ACCENTED: Final = {
    "French": "être déjà données qualité était réponse réponses nécessaire années étape étapes équipe modèle modèles"
    " requête requêtes sécurité élevé élevée entraînement intérêt répété différents différentes",
    "Spanish": "así razón función solución código técnicas",
    "Portuguese": "não você são código função solução técnicas",
    "German": "dafür zurück Lösung Größe",
}
#: More of the first kind, of which what people type in ASCII may be a word of another language.
MORE: Final = {
    "French": "maître maîtrise vérité réalité colère manière dernière lumière caractère répondre stratégie qualité"
    " sécurité activité réputation derrière deuxième troisième présente présent intérieur supérieur différence désir siècle"
    " frère fenêtre bientôt plutôt contrôle réponse nécessaire modèle modèles requête possibilité possibilités préférer",
    "Spanish": "razón corazón función relación solución código página última fácil difícil además todavía través quizás"
    " mayoría energía",
    "Portuguese": "relação função educação solução código página difícil porém além décadas início",
    "German": "hören führen Gefühl zurück Straße schließlich größer überhaupt dafür darüber gegenüber verfügbar erklären"
    " enthält erhält",
}
OF_OTHERS: Final = frozenset(
    "tres meme systeme probleme numero different creation generale manana metodo publico historia wurde konnte schon"
    " ausserdem manga fran boyle".split()
)
