"""Files without a name, for what does not fit into memory: gone with the process, killed or not."""

from __future__ import annotations

import tempfile
from typing import BinaryIO


def scratch_file() -> BinaryIO:
    return tempfile.TemporaryFile()
