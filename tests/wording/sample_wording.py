"""What `test_worded_lines` words, in every language; each line was read by eye."""

from __future__ import annotations

WORDED = {
    "en": """\
Mara Quist and Tam Oyle write | says | own words
Mara Quist and Tam Oyle report | says | reported
Ilo Brand, in Mara Quist and Tam Oyle’s words | demands | reported
Ilo Brand, as quoted by Mara Quist and Tam Oyle | demands | quoted
Ilo Brand, as quoted by Uma Lenz, cited by Kai Rasp in Mara Quist and Tam Oyle’s text | demands | quoted, second-hand
Ilo Brand, according to Kai Rasp, in Mara Quist and Tam Oyle’s words | demands (conditionally) | reported, second-hand
Mara Quist and Tam Oyle on Ilo Brand | opposes (formerly) | inferred
Kai Rasp on Ilo Brand, in Mara Quist and Tam Oyle’s words | demands | inferred, second-hand
The dockers and Edda Moor, in Mara Quist and Tam Oyle’s words | demands | reported
The text says | says | own words
The text reports | says | reported
Ilo Brand, in the words of the text | demands | reported
Ilo Brand, as quoted in the text | demands | quoted
Ilo Brand, as quoted by Uma Lenz, cited by Kai Rasp in the text | demands | quoted, second-hand
Ilo Brand, according to Kai Rasp, in the words of the text | demands (conditionally) | reported, second-hand
The text on Ilo Brand | opposes (formerly) | inferred
Kai Rasp on Ilo Brand, in the words of the text | demands | inferred, second-hand
The dockers and Edda Moor, in the words of the text | demands | reported
Source 1 says | says | own words
Source 1 reports | says | reported
Ilo Brand, in the words of source 1 | demands | reported
Ilo Brand, as quoted in source 1 | demands | quoted
Ilo Brand, as quoted by Uma Lenz, cited by Kai Rasp in source 1 | demands | quoted, second-hand
Ilo Brand, according to Kai Rasp, in the words of source 1 | demands (conditionally) | reported, second-hand
Source 1 on Ilo Brand | opposes (formerly) | inferred
Kai Rasp on Ilo Brand, in the words of source 1 | demands | inferred, second-hand
The dockers and Edda Moor, in the words of source 1 | demands | reported
Policy brief · 3 sources
Draft, machine-generated
Figures differ
Stances differ
All statements rest on one source; nothing here is corroborated.
No second independent source was found for 12 of the 15 claims most worth checking.
Source 2 (notice.txt) is undated.
Sources 2 and 3 are undated.
None of the 3 sources is dated.
No source quotes a statement of Lund or Orm in their own words.
Open according to source 3: “Who pays for the quay?”
Open according to Ilo Brand (sources 1, 2 and 3): “Who pays for the quay?”
Sources 1 and 3 ask: “Who pays for the quay?”
Asked by Ilo Brand (source 2): “Who pays for the quay?”
Affirmed and denied, dues: Mara Quist writes: “Dues will double.” / Ilo Brand, in the words of source 2: “Dues will double.”
""",
    "de": """\
Mara Quist und Tam Oyle schreiben | sagt | eigene Worte
Mara Quist und Tam Oyle berichten | sagt | wiedergegeben
Ilo Brand, in den Worten von Mara Quist und Tam Oyle | fordert | wiedergegeben
Ilo Brand, zitiert nach Mara Quist und Tam Oyle | fordert | zitiert
Ilo Brand, zitiert nach Uma Lenz, zitiert von Kai Rasp im Text von Mara Quist und Tam Oyle | fordert | zitiert, aus zweiter Hand
Ilo Brand laut Kai Rasp, in den Worten von Mara Quist und Tam Oyle | fordert (bedingt) | wiedergegeben, aus zweiter Hand
Mara Quist und Tam Oyle über Ilo Brand | ist dagegen (früher) | gefolgert
Kai Rasp über Ilo Brand, in den Worten von Mara Quist und Tam Oyle | fordert | gefolgert, aus zweiter Hand
The dockers und Edda Moor, in den Worten von Mara Quist und Tam Oyle | fordert | wiedergegeben
Im Text heißt es | sagt | eigene Worte
Im Text wird berichtet | sagt | wiedergegeben
Ilo Brand, in den Worten des Textes | fordert | wiedergegeben
Ilo Brand, zitiert im Text | fordert | zitiert
Ilo Brand, zitiert nach Uma Lenz, zitiert von Kai Rasp im Text | fordert | zitiert, aus zweiter Hand
Ilo Brand laut Kai Rasp, in den Worten des Textes | fordert (bedingt) | wiedergegeben, aus zweiter Hand
Der Text über Ilo Brand | ist dagegen (früher) | gefolgert
Kai Rasp über Ilo Brand, in den Worten des Textes | fordert | gefolgert, aus zweiter Hand
The dockers und Edda Moor, in den Worten des Textes | fordert | wiedergegeben
In Quelle 1 heißt es | sagt | eigene Worte
In Quelle 1 wird berichtet | sagt | wiedergegeben
Ilo Brand, in den Worten von Quelle 1 | fordert | wiedergegeben
Ilo Brand, zitiert in Quelle 1 | fordert | zitiert
Ilo Brand, zitiert nach Uma Lenz, zitiert von Kai Rasp in Quelle 1 | fordert | zitiert, aus zweiter Hand
Ilo Brand laut Kai Rasp, in den Worten von Quelle 1 | fordert (bedingt) | wiedergegeben, aus zweiter Hand
Quelle 1 über Ilo Brand | ist dagegen (früher) | gefolgert
Kai Rasp über Ilo Brand, in den Worten von Quelle 1 | fordert | gefolgert, aus zweiter Hand
The dockers und Edda Moor, in den Worten von Quelle 1 | fordert | wiedergegeben
Policy Brief · 3 Quellen
Entwurf, maschinell erstellt
Abweichende Zahlen
Abweichende Haltungen
Alle Aussagen beruhen auf einer einzigen Quelle; nichts davon ist anderweitig belegt.
Aussagen, die am ehesten zu prüfen sind, ohne zweite unabhängige Quelle: 12 von 15.
Quelle 2 (notice.txt) ist undatiert.
Die Quellen 2 und 3 sind undatiert.
Keine der 3 Quellen ist datiert.
Keine Quelle zitiert Lund oder Orm im Wortlaut.
Offen laut Quelle 3: “Who pays for the quay?”
Offen laut Ilo Brand (Quellen 1, 2 und 3): “Who pays for the quay?”
Frage in den Quellen 1 und 3: “Who pays for the quay?”
Frage von Ilo Brand (Quelle 2): “Who pays for the quay?”
Aussage und Dementi, dues: Mara Quist schreibt: “Dues will double.” / Ilo Brand, in den Worten von Quelle 2: “Dues will double.”
""",
    "fr": """\
Mara Quist et Tam Oyle écrivent | dit | propres mots
Mara Quist et Tam Oyle rapportent | dit | rapporté
Ilo Brand, d’après Mara Quist et Tam Oyle | exige | rapporté
Ilo Brand, propos cités par Mara Quist et Tam Oyle | exige | cité
Ilo Brand, propos cités par Uma Lenz, via Kai Rasp dans le texte signé Mara Quist et Tam Oyle | exige | cité, de seconde main
Ilo Brand, selon Kai Rasp, d’après Mara Quist et Tam Oyle | exige (sous conditions) | rapporté, de seconde main
Mara Quist et Tam Oyle sur Ilo Brand | s’oppose (auparavant) | déduit
Kai Rasp sur Ilo Brand, d’après Mara Quist et Tam Oyle | exige | déduit, de seconde main
The dockers et Edda Moor, d’après Mara Quist et Tam Oyle | exige | rapporté
On lit dans le texte | dit | propres mots
Le texte rapporte | dit | rapporté
Ilo Brand, d’après le texte | exige | rapporté
Ilo Brand, propos cités dans le texte | exige | cité
Ilo Brand, propos cités par Uma Lenz, via Kai Rasp dans le texte | exige | cité, de seconde main
Ilo Brand, selon Kai Rasp, d’après le texte | exige (sous conditions) | rapporté, de seconde main
Le texte sur Ilo Brand | s’oppose (auparavant) | déduit
Kai Rasp sur Ilo Brand, d’après le texte | exige | déduit, de seconde main
The dockers et Edda Moor, d’après le texte | exige | rapporté
On lit dans la source 1 | dit | propres mots
La source 1 rapporte | dit | rapporté
Ilo Brand, d’après la source 1 | exige | rapporté
Ilo Brand, propos cités dans la source 1 | exige | cité
Ilo Brand, propos cités par Uma Lenz, via Kai Rasp dans la source 1 | exige | cité, de seconde main
Ilo Brand, selon Kai Rasp, d’après la source 1 | exige (sous conditions) | rapporté, de seconde main
La source 1 sur Ilo Brand | s’oppose (auparavant) | déduit
Kai Rasp sur Ilo Brand, d’après la source 1 | exige | déduit, de seconde main
The dockers et Edda Moor, d’après la source 1 | exige | rapporté
Note de synthèse · 3 sources
Brouillon produit par une machine
Chiffres divergents
Positions divergentes
Toutes les déclarations reposent sur une seule source ; rien n’est corroboré.
Affirmations qu’il convient le plus de vérifier sans seconde source indépendante : 12 sur 15.
La source 2 (notice.txt) n’est pas datée.
Les sources 2 et 3 ne sont pas datées.
Aucune des 3 sources n’est datée.
Aucune source ne cite textuellement Lund ou Orm.
Question ouverte selon la source 3 : “Who pays for the quay?”
Question ouverte selon Ilo Brand (sources 1, 2 et 3) : “Who pays for the quay?”
Question posée dans les sources 1 et 3 : “Who pays for the quay?”
Question posée par Ilo Brand (source 2) : “Who pays for the quay?”
Affirmation et démenti, dues : Mara Quist écrit : “Dues will double.” / Ilo Brand, d’après la source 2 : “Dues will double.”
""",
    "es": """\
Mara Quist y Tam Oyle escriben | dice | palabras propias
Mara Quist y Tam Oyle informan | dice | referido
Ilo Brand, en palabras de Mara Quist y Tam Oyle | exige | referido
Ilo Brand, palabras citadas por Mara Quist y Tam Oyle | exige | citado
Ilo Brand, palabras citadas por Uma Lenz, a través de Kai Rasp en el texto de Mara Quist y Tam Oyle | exige | citado, de segunda mano
Ilo Brand, según Kai Rasp, en palabras de Mara Quist y Tam Oyle | exige (con condiciones) | referido, de segunda mano
Mara Quist y Tam Oyle sobre Ilo Brand | se opone (antes) | deducido
Kai Rasp sobre Ilo Brand, en palabras de Mara Quist y Tam Oyle | exige | deducido, de segunda mano
The dockers y Edda Moor, en palabras de Mara Quist y Tam Oyle | exige | referido
En el texto se lee | dice | palabras propias
El texto informa | dice | referido
Ilo Brand, en palabras del texto | exige | referido
Ilo Brand, palabras citadas en el texto | exige | citado
Ilo Brand, palabras citadas por Uma Lenz, a través de Kai Rasp en el texto | exige | citado, de segunda mano
Ilo Brand, según Kai Rasp, en palabras del texto | exige (con condiciones) | referido, de segunda mano
El texto sobre Ilo Brand | se opone (antes) | deducido
Kai Rasp sobre Ilo Brand, en palabras del texto | exige | deducido, de segunda mano
The dockers y Edda Moor, en palabras del texto | exige | referido
En la fuente 1 se lee | dice | palabras propias
La fuente 1 informa | dice | referido
Ilo Brand, en palabras de la fuente 1 | exige | referido
Ilo Brand, palabras citadas en la fuente 1 | exige | citado
Ilo Brand, palabras citadas por Uma Lenz, a través de Kai Rasp en la fuente 1 | exige | citado, de segunda mano
Ilo Brand, según Kai Rasp, en palabras de la fuente 1 | exige (con condiciones) | referido, de segunda mano
La fuente 1 sobre Ilo Brand | se opone (antes) | deducido
Kai Rasp sobre Ilo Brand, en palabras de la fuente 1 | exige | deducido, de segunda mano
The dockers y Edda Moor, en palabras de la fuente 1 | exige | referido
Nota informativa · 3 fuentes
Borrador generado por una máquina
Cifras discrepantes
Posturas discrepantes
Todas las declaraciones se basan en una sola fuente; nada de ello está corroborado.
Afirmaciones que más conviene verificar sin una segunda fuente independiente: 12 de 15.
La fuente 2 (notice.txt) no lleva fecha.
Las fuentes 2 y 3 no llevan fecha.
Ninguna de las 3 fuentes lleva fecha.
Ninguna fuente cita textualmente a Lund u Orm.
Cuestión abierta según la fuente 3: “Who pays for the quay?”
Cuestión abierta según Ilo Brand (fuentes 1, 2 y 3): “Who pays for the quay?”
Pregunta en las fuentes 1 y 3: “Who pays for the quay?”
Pregunta de Ilo Brand (fuente 2): “Who pays for the quay?”
Afirmación y desmentido, dues: Mara Quist escribe: “Dues will double.” / Ilo Brand, en palabras de la fuente 2: “Dues will double.”
""",
    "it": """\
Mara Quist e Tam Oyle scrivono | dice | parole proprie
Mara Quist e Tam Oyle riferiscono | dice | riferito
Ilo Brand, nelle parole di Mara Quist e Tam Oyle | esige | riferito
Ilo Brand, parole citate da Mara Quist e Tam Oyle | esige | citato
Ilo Brand, parole citate da Uma Lenz, tramite Kai Rasp nel testo di Mara Quist e Tam Oyle | esige | citato, di seconda mano
Ilo Brand, secondo Kai Rasp, nelle parole di Mara Quist e Tam Oyle | esige (a determinate condizioni) | riferito, di seconda mano
Mara Quist e Tam Oyle su Ilo Brand | si oppone (in passato) | dedotto
Kai Rasp su Ilo Brand, nelle parole di Mara Quist e Tam Oyle | esige | dedotto, di seconda mano
The dockers e Edda Moor, nelle parole di Mara Quist e Tam Oyle | esige | riferito
Nel testo si legge | dice | parole proprie
Il testo riferisce | dice | riferito
Ilo Brand, nelle parole del testo | esige | riferito
Ilo Brand, parole citate nel testo | esige | citato
Ilo Brand, parole citate da Uma Lenz, tramite Kai Rasp nel testo | esige | citato, di seconda mano
Ilo Brand, secondo Kai Rasp, nelle parole del testo | esige (a determinate condizioni) | riferito, di seconda mano
Il testo su Ilo Brand | si oppone (in passato) | dedotto
Kai Rasp su Ilo Brand, nelle parole del testo | esige | dedotto, di seconda mano
The dockers e Edda Moor, nelle parole del testo | esige | riferito
Nella fonte 1 si legge | dice | parole proprie
La fonte 1 riferisce | dice | riferito
Ilo Brand, nelle parole della fonte 1 | esige | riferito
Ilo Brand, parole citate nella fonte 1 | esige | citato
Ilo Brand, parole citate da Uma Lenz, tramite Kai Rasp nella fonte 1 | esige | citato, di seconda mano
Ilo Brand, secondo Kai Rasp, nelle parole della fonte 1 | esige (a determinate condizioni) | riferito, di seconda mano
La fonte 1 su Ilo Brand | si oppone (in passato) | dedotto
Kai Rasp su Ilo Brand, nelle parole della fonte 1 | esige | dedotto, di seconda mano
The dockers e Edda Moor, nelle parole della fonte 1 | esige | riferito
Nota di sintesi · 3 fonti
Bozza generata da una macchina
Cifre discordanti
Posizioni discordanti
Tutte le dichiarazioni si basano su una sola fonte; nulla è corroborato.
Affermazioni che più conviene verificare senza una seconda fonte indipendente: 12 su 15.
La fonte 2 (notice.txt) è senza data.
Le fonti 2 e 3 sono senza data.
Nessuna delle 3 fonti reca una data.
Nessuna fonte cita testualmente Lund o Orm.
Questione aperta secondo la fonte 3: “Who pays for the quay?”
Questione aperta secondo Ilo Brand (fonti 1, 2 e 3): “Who pays for the quay?”
Domanda nelle fonti 1 e 3: “Who pays for the quay?”
Domanda di Ilo Brand (fonte 2): “Who pays for the quay?”
Affermazione e smentita, dues: Mara Quist scrive: “Dues will double.” / Ilo Brand, nelle parole della fonte 2: “Dues will double.”
""",
    "ar": """\
بقلم Mara Quist وTam Oyle | قول | بالكلمات الأصلية
رواية Mara Quist وTam Oyle | قول | منقول
Ilo Brand، بصياغة Mara Quist وTam Oyle | مطالبة | منقول
كلام Ilo Brand كما هو مقتبس لدى Mara Quist وTam Oyle | مطالبة | مقتبَس
كلام Ilo Brand كما هو مقتبس لدى Uma Lenz عبر Kai Rasp في نص Mara Quist وTam Oyle | مطالبة | مقتبَس، بالواسطة
Ilo Brand بحسب Kai Rasp، بصياغة Mara Quist وTam Oyle | مطالبة (بشروط) | منقول، بالواسطة
Mara Quist وTam Oyle عن Ilo Brand | معارضة (سابقاً) | مستنتَج
Kai Rasp عن Ilo Brand، بصياغة Mara Quist وTam Oyle | مطالبة | مستنتَج، بالواسطة
the dockers وEdda Moor، بصياغة Mara Quist وTam Oyle | مطالبة | منقول
جاء في النص | قول | بالكلمات الأصلية
ورد في النص | قول | منقول
Ilo Brand، بصياغة النص | مطالبة | منقول
كلام Ilo Brand كما هو مقتبس في النص | مطالبة | مقتبَس
كلام Ilo Brand كما هو مقتبس لدى Uma Lenz عبر Kai Rasp في النص | مطالبة | مقتبَس، بالواسطة
Ilo Brand بحسب Kai Rasp، بصياغة النص | مطالبة (بشروط) | منقول، بالواسطة
النص عن Ilo Brand | معارضة (سابقاً) | مستنتَج
Kai Rasp عن Ilo Brand، بصياغة النص | مطالبة | مستنتَج، بالواسطة
the dockers وEdda Moor، بصياغة النص | مطالبة | منقول
جاء في المصدر 1 | قول | بالكلمات الأصلية
ورد في المصدر 1 | قول | منقول
Ilo Brand، بصياغة المصدر 1 | مطالبة | منقول
كلام Ilo Brand كما هو مقتبس في المصدر 1 | مطالبة | مقتبَس
كلام Ilo Brand كما هو مقتبس لدى Uma Lenz عبر Kai Rasp في المصدر 1 | مطالبة | مقتبَس، بالواسطة
Ilo Brand بحسب Kai Rasp، بصياغة المصدر 1 | مطالبة (بشروط) | منقول، بالواسطة
المصدر 1 عن Ilo Brand | معارضة (سابقاً) | مستنتَج
Kai Rasp عن Ilo Brand، بصياغة المصدر 1 | مطالبة | مستنتَج، بالواسطة
the dockers وEdda Moor، بصياغة المصدر 1 | مطالبة | منقول
موجز سياسات · 3 مصادر
مسودة مُعدّة آلياً
أرقام متباينة
مواقف متباينة
تستند جميع الإفادات إلى مصدر واحد؛ ولا شيء منها مؤكَّد من مصدر آخر.
الأقوال الأجدر بالتحقق التي لا يسندها مصدر مستقل ثانٍ: 12 من أصل 15.
المصدر 2 (notice.txt) بلا تاريخ.
المصدران 2 و3 بلا تاريخ.
لا يحمل أي من المصادر (وعددها 3) تاريخاً.
لا يقتبس أي مصدر كلام Lund أو Orm حرفياً.
مسألة مفتوحة بحسب المصدر 3: “Who pays for the quay?”
مسألة مفتوحة بحسب Ilo Brand (المصادر 1 و2 و3): “Who pays for the quay?”
سؤال في المصدرين 1 و3: “Who pays for the quay?”
سؤال من Ilo Brand (المصدر 2): “Who pays for the quay?”
تأكيد ونفي، dues: بقلم Mara Quist: “Dues will double.” / Ilo Brand، بصياغة المصدر 2: “Dues will double.”
""",
}
