"""Look at a process from outside."""

from __future__ import annotations

import socket
from pathlib import Path


def memory(pid: int | str = "self", key: str = "VmRSS") -> int:
    """Return the resident memory of a process in MB; with ``VmHWM``, its highest so far.

    Not ``ru_maxrss``: that one counts what the parent held before the program was started.
    """
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) // 1024
    raise LookupError(key)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
