"""What was answered and not yet read by the client: some in memory, the rest in a nameless file.

A client that sends everything before it reads anything would otherwise wait for us while we wait
for it. Beyond what the disk is to bear it has to read.
"""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self

import anyio

_IN_MEMORY = 8_000_000
_ON_DISK = 1_000_000_000
_PIECE = 1 << 18


class Backlog:
    """Bytes in, the same bytes out, for one who puts and one who takes.

    The file has no name and goes with the process.

    Args:
        in_memory: bytes that are held before there is a file.
        most: bytes of the file; once it has them, who puts waits until all of them are taken and
            the file is empty again, and so it grows beyond by what is put at once, at most.
    """

    def __init__(self, in_memory: int = _IN_MEMORY, most: int = _ON_DISK) -> None:
        self._file = SpooledTemporaryFile(max_size=in_memory)  # noqa: SIM115  (closed by the with)
        self._written = self._read = 0
        self._most = most
        self._ended = False
        self._news = anyio.Event()
        self._room = anyio.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes of the file, taken or not."""
        return self._written

    async def put(self, data: bytes) -> None:
        while self._written >= self._most:
            self._room = anyio.Event()
            await self._room.wait()
        self._file.seek(self._written)
        self._file.write(data)
        self._written += len(data)
        self._news.set()

    def end(self) -> None:
        """Nothing more will be put."""
        self._ended = True
        self._news.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while self._read == self._written:
            if self._ended:
                raise StopAsyncIteration
            self._news = anyio.Event()
            await self._news.wait()
        return self._take()

    def _take(self) -> bytes:
        self._file.seek(self._read)
        piece = self._file.read(min(_PIECE, self._written - self._read))
        self._read += len(piece)
        if self._read == self._written:  # all is read: begin anew, so that nothing grows
            self._file.seek(0)
            self._file.truncate()
            self._read = self._written = 0
            self._room.set()
        return piece
