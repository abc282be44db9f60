"""Write a pack as Orphanet publishes it: same elements, order, attributes, indentation, names.

The bytes depend on the pack and the form alone, so a test may break a pack by editing them.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from tests.packs.displays import TYPE_TEXTS, Texts, shown
from tests.packs.entities import EntityWriter, internal_id
from tests.packs.model import Classification, Entity, Node, Pack

_LICENCE = """\
  <Availability> 
    <Licence>
      <FullName lang="en">Creative Commons Attribution 4.0 International</FullName>
      <ShortIdentifier>CC-BY-4.0</ShortIdentifier>
      <LegalCode>https://creativecommons.org/licenses/by/4.0/legalcode</LegalCode>
    </Licence>
  </Availability>"""  # noqa: W291 - the space after Availability stands in the real files
