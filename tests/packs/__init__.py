"""Builders of Orphanet packs: what the tests load is written here, in the official XML form."""
