"""The vendors' test kit: for every rule a submission that it finds fault with, and a sound one."""

from thesaurus.coding.testkit.kit import MANIFEST, kit
from thesaurus.coding.testkit.samples import SAMPLES, Sample

__all__ = ["MANIFEST", "SAMPLES", "Sample", "kit"]
