"""The real files that make everything at hand, below the folder of the shared data."""

RELATED = (
    "hpo",
    "mondo",
    "orphanet/genes/associated_genes_2023-12-04_en.tsv.gz",
    "orphanet/genes/genes_synonyms_2023-12-04_en.tsv.gz",
    "orphanet/mappings/ordo_2.6_2018-07-12_xrefs.tsv",
    "orphanet/mappings/orphanet_import.obo",
    "orphanet/en_2025/ORPHAnomenclature_MasterFile_en_2025.xlsx",
)
EVERYTHING = ("orphanet/fr_2023", "orphanet/en_2023", *RELATED)
