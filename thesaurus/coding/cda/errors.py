"""What is wrong with a document, in both languages; never what stands in it.

The words of the XML parser are not passed on: they cite element names, bytes and values, which may
be of a patient.
"""

from __future__ import annotations

from ontologies.errors import Message, ThesaurusError

_MESSAGES = {
    "too-large": Message(
        "document de plus de 20 Mo ; il n'est pas lu", "a document of over 20 MB; it is not read"
    ),
    "not-xml": Message("ce n'est pas du XML", "this is not XML"),
    "truncated": Message(
        "XML incomplet : le document est coupé", "incomplete XML: the document is cut short"
    ),
    "mismatch": Message(
        "XML mal formé : une balise fermante ne répond pas à la balise ouverte",
        "XML is not well formed: an end tag does not match the open one",
    ),
    "after-end": Message(
        "XML mal formé : du contenu suit la fin du document",
        "XML is not well formed: something follows the end of the document",
    ),
    "malformed": Message("XML mal formé", "XML is not well formed"),
    "encoding": Message(
        "l'encodage annoncé par le document n'est pas le sien, ou n'est pas connu",
        "the encoding that the document announces is not its own, or is unknown",
    ),
    "doctype": Message(
        "déclaration DOCTYPE refusée (entités externes) ; un document CDA n'en a pas",
        "DOCTYPE declarations are refused (external entities); a CDA document has none",
    ),
    "entity": Message(
        "entité XML non déclarée ; écrire le caractère lui-même",
        "an XML entity that is not declared; write the character itself",
    ),
    "limit": Message(
        "XML anormal : imbrication ou texte démesurés", "abnormal XML: nested too deep or too long"
    ),
    "wrong-root": Message(
        "la racine n'est pas ClinicalDocument dans urn:hl7-org:v3 : ce n'est pas un document CDA",
        "the root is not ClinicalDocument in urn:hl7-org:v3: this is no CDA document",
    ),
    "not-sdm-mr": Message(
        "document CDA d'un autre modèle : le templateId 1.2.250.1.213.1.1.1.30 (SDM-MR) est absent",
        "a CDA document of another kind: templateId 1.2.250.1.213.1.1.1.30 (SDM-MR) is absent",
    ),
    "too-long": Message(
        "attribut trop long pour un code ou un libellé",
        "an attribute that is too long for a code or a label",
    ),
    "too-many": Message(
        "plus de 1000 diagnostics, ou plus de 200 valeurs d'un même élément",
        "more than 1,000 diagnoses, or more than 200 values of one item",
    ),
    "too-many-in-all": Message(
        "plus de 20 000 diagnostics dans un appel", "more than 20,000 diagnoses in one call"
    ),
    "zip-damaged": Message("archive zip illisible", "the zip archive cannot be read"),
    "zip-encrypted": Message(
        "archive protégée par mot de passe ; envoyer l'archive déchiffrée",
        "password-protected archive; send the decrypted one",
    ),
    "zip-abnormal": Message(
        "archive anormale (taille, nombre de fichiers, noms ou liens) ; elle n'est pas ouverte",
        "abnormal archive (size, number of files, names or links); it is not opened",
    ),
    "zip-empty": Message(
        "aucun document CDA dans l'archive", "there is no CDA document in the archive"
    ),
}


class InvalidDocument(ThesaurusError):
    """A document that cannot be checked.

    Args:
        reason: which of the messages above.
        line: the line in the document, counted from 1, where one is known.

    Attributes:
        plain: the message without the line.
    """

    slug = "invalid_body"

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        self.plain = _MESSAGES[reason]
        where, where_en = (f"Ligne {line} : ", f"Line {line}: ") if line else ("", "")
        super().__init__(f"{where}{self.plain.fr}.", f"{where_en}{self.plain.en}.")
