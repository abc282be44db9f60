"""The code systems: under which identifiers documents name them, and how their codes are written.

One table, which a deployment may extend (``THESAURUS_SYSTEMS``, docs/operations.md). Sources: ANS
SDM-MR volets and MyHealth@EU for the OIDs, HL7 terminology for the URIs, the OBO Foundry and
Bioregistry for the prefixes (domain rules, section 3.2).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ontologies.codes import cleaned, parse_code
from ontologies.errors import InvalidCode, UnknownSystem


class Coding(NamedTuple):
    """A code in its system, as FHIR calls it: ``Coding("hpo", "HP:0001166")``."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A code system with the identifiers under which documents name it.

    Attributes:
        name: the key in our routes and files.
        title: how people call it; ``title_fr`` where French differs.
        uri: the identifier that we emit; empty where there is none.
        aliases: other identifiers that we accept (URIs, ``urn:oid:`` forms, short names).
        prefix: the prefix of the CURIEs that we emit.
        prefixes: other prefixes that we read, in any case.
        addresses: what stands before a code in web addresses.
        form: regular expression of a code without prefix.
        bare: whether such a code is recognised where nothing names its system.
        whole: whether the prefix is a part of the code, as the OBO ontologies and HGNC have it.
        parts: prefixes that stand for the beginning of a code: OMIMPS:118220 is PS118220.
        statistical: whether a code gathers many diseases, so that two entities that are aligned
            with the same code are not the same.
    """

    name: str
    title: str = ""
    uri: str = ""
    aliases: tuple[str, ...] = ()
    prefix: str = ""
    prefixes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    form: str = r"\S+"
    bare: bool = False
    whole: bool = False
    statistical: bool = False
    title_fr: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    def is_named_by(self, identifier: str) -> bool:
        return _bare(identifier) in self.identifiers

    @property
    def identifiers(self) -> frozenset[str]:
        """Every identifier of the system, folded."""
        return frozenset(map(_bare, (self.name, self.uri, self.prefix, *self.aliases))) - {""}

    def curie(self, code: str) -> str:
        """Return the display form of a code."""
        return code if self.whole else f"{self.prefix or self.name}:{code}"


def _bare(identifier: str) -> str:
    """Fold the spellings of one identifier: case, ``urn:oid:`` and a closing slash."""
    return identifier.strip().lower().removeprefix("urn:oid:").rstrip("/")


ORPHA = CodeSystem(
    "orpha",
    "ORPHA",
    "http://www.orpha.net",
    (
        "https://www.orpha.net",
        "orphanet",
        "ordo",
        "urn:oid:1.2.250.1.213.2.49.1",  # ANS: diseases
        "urn:oid:1.2.250.1.213.2.49.2",  # ANS: groups
        "urn:oid:1.3.6.1.4.1.12559.11.10.1.3.1.44.5",  # MyHealth@EU
    ),
    prefix="ORPHA",
    prefixes=("Orphanet", "ORPHAcode", "ORDO"),
    addresses=("http://www.orpha.net/ORDO/Orphanet_",),
    form="[1-9][0-9]{0,8}",
)
HPO = CodeSystem(
    "hpo",
    "HPO",
    "http://human-phenotype-ontology.org",
    ("http://purl.obolibrary.org/obo/hp.owl", "urn:oid:1.2.250.1.213.2.51", "hp"),
    prefix="HP",
    addresses=("http://purl.obolibrary.org/obo/HP_",),
    form="[0-9]{7}",
    whole=True,
)
MONDO = CodeSystem(
    "mondo",
    "Mondo",
    "http://purl.obolibrary.org/obo/mondo.owl",
    prefix="MONDO",
    addresses=("http://purl.obolibrary.org/obo/MONDO_",),
    form="[0-9]{7}",
    whole=True,
)
ICD10 = CodeSystem(
    "icd-10",
    "ICD-10",
    "http://hl7.org/fhir/sid/icd-10",
    ("urn:oid:2.16.840.1.113883.6.3", "icd10", "cim-10", "cim10"),
    prefix="ICD-10",
    prefixes=("ICD10", "ICD10WHO", "CIM-10", "CIM10"),
    # Four characters are WHO's; what follows is ATIH's: Q87.40, C16.9+0, R53.+0.
    # Blocks (Q65-Q79) and chapters (XVII) have pages too.
    form=r"[A-Z][0-9]{2}(?:\.(?:[0-9]{1,3}(?:\+[0-9]{1,2})?|\+[0-9]{1,2}))?"
    r"|[A-Z][0-9]{2}-[A-Z][0-9]{2}|[IVX]{1,5}",
    bare=True,
    statistical=True,
    title_fr="CIM-10",
)
ICD11 = CodeSystem(
    "icd-11",
    "ICD-11",
    "http://id.who.int/icd/release/11/mms",
    ("icd11", "cim-11", "cim11"),
    prefix="ICD-11",
    prefixes=("ICD11", "CIM-11", "CIM11"),
    # Stem codes, clusters of them, and extension codes (XH3BP6).
    form=r"[0-9A-HJ-NP-Z][A-HJ-NP-Z][0-9][0-9A-HJ-NP-Z](?:\.[0-9A-HJ-NP-Z]{1,3})?(?:[&/]\S+)?"
    r"|X[A-HJ-NP-Z][0-9A-HJ-NP-Z]{2,4}",
    bare=True,
    statistical=True,
    title_fr="CIM-11",
)
OMIM = CodeSystem(
    "omim",
    "OMIM",
    "http://www.omim.org",
    ("https://omim.org", "https://www.omim.org", "urn:oid:2.16.840.1.113883.6.174"),
    prefix="OMIM",
    prefixes=("MIM",),
    addresses=("https://omim.org/entry/", "https://omim.org/phenotypicSeries/"),
    form="(?:PS)?[1-6][0-9]{5}",
    parts=(("OMIMPS", "PS"),),
)
HGNC = CodeSystem(
    "hgnc",
    "HGNC",
    "http://www.genenames.org",
    ("http://www.genenames.org/geneId", "urn:oid:2.16.840.1.113883.4.642.2.468"),
    prefix="HGNC",
    addresses=("http://identifiers.org/hgnc/",),
    form="[0-9]{1,6}",
    whole=True,
)
_OBO = "http://purl.obolibrary.org/obo/"
STANDARD = (
    ORPHA,
    HPO,
    MONDO,
    ICD10,
    ICD11,
    OMIM,
    HGNC,
    CodeSystem(
        "icd-11-foundation",
        "ICD-11 Foundation",
        "http://id.who.int/icd/entity",
        prefix="icd11.foundation",
        addresses=("http://id.who.int/icd/entity/",),
        form="[0-9]+",
        title_fr="CIM-11, base",
    ),
    CodeSystem(
        "snomed-ct",
        "SNOMED CT",
        "http://snomed.info/sct",
        ("urn:oid:2.16.840.1.113883.6.96", "snomed"),
        prefix="SCTID",
        prefixes=("SNOMEDCT", "SNOMEDCT_US", "SCT", "SNOMED CT", "SNOMED"),
        addresses=("http://snomed.info/id/",),
        form="[0-9]{6,18}",
    ),
    CodeSystem(
        "umls",
        "UMLS",
        "http://www.nlm.nih.gov/research/umls",
        ("urn:oid:2.16.840.1.113883.6.86",),
        prefix="UMLS",
        addresses=("http://linkedlifedata.com/resource/umls/id/",),
        form="CN?[0-9]{6,7}",
        bare=True,
    ),
    CodeSystem(
        "mesh",
        "MeSH",
        "http://id.nlm.nih.gov/mesh",
        ("urn:oid:2.16.840.1.113883.6.177",),
        prefix="MESH",
        prefixes=("MSH",),
        addresses=("http://id.nlm.nih.gov/mesh/",),
        form="[A-Z][0-9]+",
    ),
    CodeSystem(
        "meddra",
        "MedDRA",
        "http://terminology.hl7.org/CodeSystem/mdr",
        ("urn:oid:2.16.840.1.113883.6.163",),
        prefix="MedDRA",
        prefixes=("MDR",),
        form="[0-9]{8}",
    ),
    CodeSystem("gard", "GARD", "https://rarediseases.info.nih.gov", prefix="GARD", form="[0-9]+"),
    CodeSystem(
        "medgen", "MedGen", "https://www.ncbi.nlm.nih.gov/medgen", prefix="MEDGEN", form="[CN0-9]+"
    ),
    CodeSystem("ncit", "NCIt", f"{_OBO}ncit.owl", prefix="NCIT", prefixes=("NCI",), form="C[0-9]+"),
    CodeSystem("doid", "DOID", f"{_OBO}doid.owl", prefix="DOID", form="[0-9]+", whole=True),
    CodeSystem(
        "icd-9",
        "ICD-9",
        "http://hl7.org/fhir/sid/icd-9",
        prefix="ICD9",
        prefixes=("ICD-9",),
        statistical=True,
        title_fr="CIM-9",
    ),
    CodeSystem(
        "icd-10-cm",
        "ICD-10-CM",
        "http://hl7.org/fhir/sid/icd-10-cm",
        ("urn:oid:2.16.840.1.113883.6.90",),
        prefix="ICD10CM",
        statistical=True,
    ),
    CodeSystem("ensembl", "Ensembl", "http://www.ensembl.org", prefix="ENSEMBL"),
    CodeSystem("uniprot", "UniProt", "http://www.uniprot.org", ("swissprot",), prefix="UniProtKB"),
    CodeSystem("genatlas", "Genatlas", prefix="Genatlas"),
    CodeSystem("reactome", "Reactome", "https://reactome.org", prefix="Reactome"),
    CodeSystem("iuphar", "IUPHAR", prefix="IUPHAR"),
    CodeSystem("decipher", "DECIPHER", "https://www.deciphergenomics.org", prefix="DECIPHER"),
    CodeSystem(
        "oncotree",
        "OncoTree",
        prefix="ONCOTREE",
        addresses=("http://oncotree.mskcc.org/api/tumorTypes/search/code/",),
    ),
)

_ICD10_PARTS = re.compile(r"([A-Z][0-9]{2})\.?([0-9]{0,3}(?:\+[0-9]{1,2})?)[+*†‡]?")
_PREFIXED = re.compile(r"([A-Za-z][\w.\-]*?(?: CT)?)(?:\s*[:_#]\s*|\s+)(\S+)", re.ASCII)


class CodeSystems:
    """The table of code systems, asked by name, identifier, prefix or code.

    Args:
        systems: the systems; of two of one name the later one counts.
    """

    def __init__(self, systems: Iterable[CodeSystem] = STANDARD) -> None:
        self._by_name = {each.name: each for each in systems}

    def __iter__(self) -> Iterator[CodeSystem]:
        return iter(self._by_name.values())

    @cached_property
    def _by_identifier(self) -> dict[str, CodeSystem]:
        return {key: each for each in self for key in each.identifiers}

    @cached_property
    def _by_prefix(self) -> dict[str, CodeSystem]:
        return {
            prefix.lower(): each
            for each in self
            for prefix in (
                *(each.prefix or each.name, each.name, *each.prefixes),
                *(prefix for prefix, _ in each.parts),
            )
        }

    @cached_property
    def _by_address(self) -> tuple[tuple[str, CodeSystem], ...]:
        pairs = [(_no_scheme(address), each) for each in self for address in each.addresses]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    def extended(self, systems: Iterable[CodeSystem]) -> CodeSystems:
        """Return the table with further systems; those that it has stay."""
        new = [each for each in systems if each.name not in self._by_name]
        return CodeSystems((*self, *new)) if new else self

    @property
    def digest(self) -> str:
        """Changes when the table does."""
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()

    def named(self, identifier: str) -> CodeSystem:
        """Return the system that a name, a URI or an OID means. Raises UnknownSystem."""
        found = self._by_identifier.get(_bare(identifier))
        if found is None:
            raise UnknownSystem(identifier, tuple(self._by_name))
        return found

    def get(self, name: str) -> CodeSystem:
        """Return a system by its key; one that the table lacks is known by its key only."""
        return self._by_name.get(name) or CodeSystem(name, name.upper(), prefix=name.upper())

    def curie(self, coding: Coding) -> str:
        """Return the display form of a code.

        >>> CodeSystems().curie(Coding("hpo", "HP:0001166"))
        'HP:0001166'
        """
        return self.get(coding.system).curie(coding.code)

    def coding(self, curie: str) -> Coding:
        """Read a CURIE or an address, as files of terminologies have them.

        A prefix that the table lacks makes a system of that name, so that nothing is lost.

        Raises:
            InvalidCode: there is no prefix.

        >>> CodeSystems().coding("Orphanet:558"), CodeSystems().coding("ICD-10:E85.4+")
        (Coding(system='orpha', code='558'), Coding(system='icd-10', code='E85.4'))
        """
        text = curie.strip()
        if "://" in text:
            plain = _no_scheme(text)
            for address, system in self._by_address:
                if plain.lower().startswith(address.lower()):
                    return self.of(system, plain[len(address) :])
            raise InvalidCode(curie)
        prefix, colon, local = text.partition(":")
        if not colon or not prefix or not local.strip() or " " in prefix.strip():
            raise InvalidCode(curie)
        known = self._by_prefix.get(prefix.strip().lower())
        return self.of(known, text) if known else Coding(prefix.strip().lower(), local.strip())

    def of(self, system: CodeSystem, written: str) -> Coding:
        """Return a code of a system in the form in which we keep it; any prefix goes or stays.

        >>> CodeSystems().of(HPO, "0001166"), CodeSystems().of(ICD10, "q874")
        (Coding(system='hpo', code='HP:0001166'), Coding(system='icd-10', code='Q87.4'))
        """
        local = written.strip()
        before, colon, after = local.partition(":")
        if colon and self._by_prefix.get(before.strip().lower()) == system:
            beginning = dict(system.parts).get(before.strip().upper(), "")
            local = beginning + after.strip().removeprefix(beginning)
        if system.name == "orpha":
            return Coding("orpha", parse_code(local))
        if system.name == "icd-10":
            return Coding("icd-10", icd10(local))
        return Coding(system.name, f"{system.prefix}:{local}" if system.whole else local)

    def read(self, text: str, system: str | None = None) -> Coding:
        """Read a code as people and programs write it, of any system.

        What may be an ORPHAcode is one, unless ``system`` says otherwise.

        Raises:
            InvalidCode: the text is a code of no system.
            UnknownSystem: ``system`` names none.
        """
        plain = cleaned(text[:200])
        if system is not None:
            return self._in(self.named(system), plain, text)
        try:
            return Coding("orpha", parse_code(plain))
        except InvalidCode:
            pass
        if "://" in plain:
            return self.coding(plain)
        if found := _PREFIXED.fullmatch(plain):
            known = self._by_prefix.get(found[1].lower())
            if known and known.name != "orpha":
                return self._in(known, f"{found[1]}:{found[2]}", text)
        for each in self:
            # Letters alone are a word, were it the number of a chapter.
            if each.bare and re.search("[0-9]", plain) and (code := self._fits(each, plain)):
                return code
        raise InvalidCode(text, "")

    def _in(self, system: CodeSystem, written: str, text: str) -> Coding:
        code = self._fits(system, written)
        if code is None:
            raise InvalidCode(text, system.title)
        return code

    def _fits(self, system: CodeSystem, written: str) -> Coding | None:
        """Return a code as its system writes it: as it stands, else in capitals."""
        return self._fitting(system, written) or self._fitting(system, written.upper())

    def _fitting(self, system: CodeSystem, written: str) -> Coding | None:
        try:
            coding = self.of(system, written)
        except InvalidCode:
            return None
        local = coding.code.removeprefix(f"{system.prefix}:") if system.whole else coding.code
        if system.whole and local.isdigit() and len(local) < 7 and system.form == "[0-9]{7}":
            local = local.zfill(7)  # numbers lose their zeros in spreadsheets
            coding = Coding(system.name, f"{system.prefix}:{local}")
        return coding if re.fullmatch(system.form, local) else None


def icd10(written: str) -> str:
    """Return an ICD-10 code with its dot and without the dagger or asterisk that may end it.

    What is not such a code (a block, a chapter) comes back in capitals as it is.

    >>> [icd10(code) for code in ("Q874", "q87.4", "E85.4+", "R53+0", "Q65-Q79")]
    ['Q87.4', 'Q87.4', 'E85.4', 'R53.+0', 'Q65-Q79']
    """
    plain = written.strip().upper().replace(" ", "")
    found = _ICD10_PARTS.fullmatch(plain)
    if not found:
        return plain
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def _no_scheme(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.strip())
