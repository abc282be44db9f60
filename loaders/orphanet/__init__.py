"""Orphanet's files: nomenclature, classifications and the workbooks of the pack."""
