"""The standard code systems: under which identifiers documents name them, how codes are written.

Sources: ANS SDM-MR volets and MyHealth@EU for the OIDs, HL7 terminology for the URIs, the OBO
Foundry and Bioregistry for the prefixes (domain rules, section 3.2).
"""

from __future__ import annotations

from dataclasses import dataclass


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
        return bare_identifier(identifier) in self.identifiers

    @property
    def identifiers(self) -> frozenset[str]:
        """Every identifier of the system, folded."""
        return frozenset(
            map(bare_identifier, (self.name, self.uri, self.prefix, *self.aliases))
        ) - {""}

    def curie(self, code: str) -> str:
        """Return the display form of a code."""
        return code if self.whole else f"{self.prefix or self.name}:{code}"


def bare_identifier(identifier: str) -> str:
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
