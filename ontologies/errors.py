"""Every error that the service raises on purpose.

::

    ThesaurusError
    ├── InvalidCode              a text that cannot be read as a code
    ├── InvalidRequest           a request that contradicts itself
    ├── InvalidSetting           a setting of the deployment that cannot be used
    ├── NotFound
    │   ├── UnknownCode          the release has no such code
    │   ├── UnknownClassification
    │   ├── UnknownProfile
    │   ├── UnknownPerimeter     no perimeter of this name is loaded
    │   ├── UnknownLegacyTable   no legacy table of this name is loaded
    │   ├── UnknownSystem        no code system has this name, URI or OID
    │   ├── NoDataset            nothing is loaded that could answer
    │   ├── UnknownRelease       the register has no such release
    │   └── NoActiveRelease      nothing is loaded, or nothing is activated
    ├── Refused                  a file that is not loaded; nothing changed
    ├── Conflict                 a step that the life of a release does not allow
    │   └── Cycle                the edges of a hierarchy go round in a circle
    ├── DatabaseUnavailable      the data base cannot be used
    ├── DamagedRelease           what the data base holds is not what was sealed
    └── DownloadFailed           an address that gives no file; nothing changed

Each error knows its ``slug`` (the closed set of codes of the API) and speaks French and English:
the people who read it work in French hospitals, the programs that log it are read by vendors.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Message(NamedTuple):
    """One sentence or two, in both languages."""

    fr: str
    en: str

    def __str__(self) -> str:
        return f"{self.fr}\n{self.en}"


class ThesaurusError(Exception):
    slug = "error"

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(fr, en)
        self.message = Message(fr, en)

    def __str__(self) -> str:
        return str(self.message)


class InvalidCode(ThesaurusError):
    """A text that cannot be read as a code.

    Args:
        text: what was written.
        system: the title of the code system that was meant; empty where any may have been.
    """

    slug = "invalid_code"

    def __init__(self, text: str, system: str = "ORPHA") -> None:
        shown = text if len(text) <= 80 else text[:77] + "..."
        fr, en = "", ""
        if system == "ORPHA":
            fr, en = " ; exemples : 558, ORPHA:558", "; examples: 558, ORPHA:558"
        if not system:
            listed = "558, HP:0001166, Q87.4, OMIM:154700, FBN1"
            super().__init__(
                f"« {shown} » ne se lit pas comme un code ; exemples : {listed}. Un nom se cherche "
                "par suggest.",
                f"'{shown}' cannot be read as a code; examples: {listed}. Names are found with "
                "suggest.",
            )
            return
        article = "an ORPHAcode" if system == "ORPHA" else f"a code of {system}"
        super().__init__(
            f"« {shown} » ne se lit pas comme un code {system}{fr}.",
            f"'{shown}' cannot be read as {article}{en}.",
        )


class InvalidRequest(ThesaurusError):
    slug = "invalid_parameter"


class InvalidSetting(ThesaurusError):
    slug = "invalid_setting"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"Réglage {name} inutilisable : {why}.", f"Setting {name} cannot be used: {why}."
        )


class NotFound(ThesaurusError):
    slug = "not_found"


class UnknownCode(NotFound):
    slug = "unknown_code"

    def __init__(
        self, code: str, release: str, nearest: Sequence[str] = (), *, curie: str | None = None
    ) -> None:
        if curie is None:
            fr = f"ORPHA:{code} est inconnu de la version {release}."
            en = f"ORPHA:{code} is unknown in release {release}."
        else:
            fr = f"{curie} est inconnu des tables actives."
            en = f"{curie} is unknown in the active datasets."
        self.alone = Message(fr, en)
        if nearest:
            listed = ", ".join(nearest)
            fr, en = f"{fr} Codes proches : {listed}.", f"{en} Nearest codes: {listed}."
        super().__init__(fr, en)
        self.code = code
        self.nearest = tuple(nearest)


class UnknownClassification(NotFound):
    slug = "unknown_classification"

    def __init__(self, classification: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            f"Classification « {classification} » inconnue ; connues : {listed}.",
            f"Unknown classification '{classification}'; known ones: {listed}.",
        )


class UnknownProfile(NotFound):
    slug = "unknown_profile"

    def __init__(self, profile: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            f"Profil de contrôle « {profile} » inconnu ; connus : {listed}.",
            f"Unknown profile '{profile}'; known ones: {listed}.",
        )


class UnknownPerimeter(NotFound):
    slug = "unknown_perimeter"

    def __init__(self, perimeter: str, known: Sequence[str]) -> None:
        shown, listed = perimeter[:80], ", ".join(known)
        fr, en = listed or "aucun n'est chargé", listed or "none is loaded"
        super().__init__(
            f"Périmètre « {shown} » inconnu ; connus : {fr}.",
            f"Unknown perimeter '{shown}'; known ones: {en}.",
        )


class UnknownLegacyTable(NotFound):
    slug = "unknown_legacy_table"

    def __init__(self, table: str, known: Sequence[str]) -> None:
        shown, listed = table[:80], ", ".join(known)
        fr, en = listed or "aucune n'est chargée", listed or "none is loaded"
        super().__init__(
            f"Table ancienne « {shown} » inconnue ; connues : {fr}.",
            f"Unknown legacy table '{shown}'; known ones: {en}.",
        )


class UnknownSystem(NotFound):
    slug = "unknown_system"

    def __init__(self, system: str, known: Sequence[str]) -> None:
        shown, listed = system[:80], ", ".join(known)
        super().__init__(
            f"Système de codes « {shown} » inconnu ; connus : {listed}.",
            f"Unknown code system '{shown}'; known ones: {listed}.",
        )


class UnknownRelease(NotFound):
    """No release of this id is served, or none that is as old as a day asks for.

    Args:
        wanted: the id or the day.
        known: the ids of those that are served, the oldest data first.
        oldest: the date of the first of these, where a day before it was asked for.
    """

    slug = "unknown_release"

    def __init__(self, wanted: str, known: Sequence[str], *, oldest: date | None = None) -> None:
        if oldest:
            super().__init__(
                f"Aucune version ne date du {wanted} ou d'avant : la plus ancienne version servie, "
                f"{known[0]}, est du {oldest}.",
                f"No release is of {wanted} or before: the oldest release that is served, "
                f"{known[0]}, is of {oldest}.",
            )
            return
        listed = ", ".join(known) or "aucune / none"
        super().__init__(
            f"Version « {wanted} » inconnue ou archivée ; versions servies : {listed}.",
            f"Release '{wanted}' is unknown or archived; releases that are served: {listed}.",
        )


class NoDataset(NotFound):
    """No active dataset can answer; ``what`` names what is missing, in both languages."""

    slug = "no_dataset"

    def __init__(self, what: Message) -> None:
        super().__init__(
            f"Aucune table active pour {what.fr} : « thesaurus load FICHIER --activate » en "
            "charge une.",
            f"No active dataset for {what.en}: 'thesaurus load FILE --activate' loads one.",
        )


class NoActiveRelease(NotFound):
    slug = "no_active_release"

    def __init__(self) -> None:
        super().__init__(
            "Aucune version n'est active : « thesaurus load CHEMIN --activate » en charge une.",
            "No release is active: 'thesaurus load PATH --activate' loads one.",
        )


class Refused(ThesaurusError):
    """A file that is not loaded. The whole load is given up and nothing has changed.

    Args:
        reason: the key of the refusal, as listed in ``docs/loading.md``.
        file: the file as the user would recognise it (``pack.zip!/folder/file.xml``).
        line: the line in that file, counted from 1, where one is known.
    """

    slug = "refused"

    def __init__(
        self, reason: str, message: Message, *, file: str | None = None, line: int | None = None
    ) -> None:
        place = f"{file}, ligne {line}" if file and line else file
        place_en = f"{file}, line {line}" if file and line else file
        super().__init__(
            f"{place} : {message.fr}" if place else message.fr,
            f"{place_en}: {message.en}" if place_en else message.en,
        )
        self.reason = reason
        self.file = file
        self.line = line


class Conflict(ThesaurusError):
    slug = "conflict"


class Cycle(Conflict):
    """The edges go round in a circle; ``codes`` is one such circle, first code repeated."""

    slug = "cycle"

    def __init__(self, codes: tuple[str, ...]) -> None:
        shown = " > ".join(codes[:12])
        super().__init__(
            f"Cycle dans la hiérarchie : {shown}.", f"Cycle in the hierarchy: {shown}."
        )
        self.codes = codes


class DatabaseUnavailable(ThesaurusError):
    """The data base cannot be used.

    Args:
        database: its address, without a password.
        why: what is wrong, in both languages or as the data base says it.
    """

    slug = "database_unavailable"

    def __init__(self, database: str, why: str | Message) -> None:
        said = why if isinstance(why, Message) else Message(why, why)
        super().__init__(
            f"La base de données {database} n'est pas utilisable ({said.fr}) ; vérifier "
            "THESAURUS_DATABASE_URL et THESAURUS_HOME.",
            f"The data base {database} cannot be used ({said.en}); check THESAURUS_DATABASE_URL "
            "and THESAURUS_HOME.",
        )


class DamagedRelease(ThesaurusError):
    slug = "damaged_release"


class DownloadFailed(ThesaurusError):
    slug = "download_failed"
