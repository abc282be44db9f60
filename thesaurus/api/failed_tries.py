"""How often an address tried a key in vain, in the memory of this process."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_TRIES = 20
SECONDS = 60.0
_MOST_ADDRESSES = 10_000


class FailedTries:
    """Bounds the tries of an address in a minute.

    It keeps a careless or hostile client from filling the log and tells it to wait; nobody would
    guess a key without it either. Of more than 10,000 addresses the oldest are forgotten.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changing = threading.Lock()
        self._tries: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def seconds_to_wait(self, address: str) -> int:
        """Return how long an address has to wait; 0 where it may try."""
        with self._changing:
            end, count = self._tries.get(address, (0.0, 0))
            left = end - self._clock()
            return math.ceil(left) if count >= MOST_TRIES and left > 0 else 0

    def note(self, address: str) -> None:
        """Count a try in vain; the minute begins with the first one."""
        with self._changing:
            now = self._clock()
            end, count = self._tries.pop(address, (0.0, 0))
            self._tries[address] = (end, count + 1) if end > now else (now + SECONDS, 1)
            while len(self._tries) > _MOST_ADDRESSES:
                self._tries.popitem(last=False)
