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
        "aucun fichier de nomenclature ou de classification Orphanet ; donner le pack "
        "(zip ou dossier) ou ses fichiers XML",
        "no nomenclature or classification file of Orphanet; give the pack (zip or folder) or its "
        "XML files",
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
        "ce n'est ni du XML, ni un zip, ni un classeur xlsx ; donner un fichier d'Orphanet",
        "neither XML, nor zip, nor an xlsx workbook; give a file of Orphanet's",
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
        "racine <{root}> au lieu de <JDBOR> ; ce n'est pas un fichier d'Orphanet",
        "root <{root}> instead of <JDBOR>; this is not a file of Orphanet's",
    ),
    "other-product": Message(
        "fichier d'un autre produit d'Orphanet ({product}), que cette commande ne charge pas",
        "a file of another product of Orphanet's ({product}), which this command does not load",
    ),
    "count-mismatch": Message(
        "<{element}> annonce {declared} éléments et en contient {found} ; --force l'accepte",
        "<{element}> declares {declared} items and holds {found}; --force accepts it",
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
    "bad-workbook": Message(
        "classeur xlsx illisible : {why}", "xlsx workbook cannot be read: {why}"
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
    "file-skipped": Message("fichier non chargé : {why}", "file not loaded: {why}"),
    "same-file-again": Message(
        "même fichier donné deux fois ({first}) ; lu une fois",
        "the same file given twice ({first}); read once",
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
