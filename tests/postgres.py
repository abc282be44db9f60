"""A throw-away PostgreSQL server for tests, from Debian's package.

::

    if reason := postgres_missing():
        pytest.skip(reason)
    with running_postgres() as url:
        engine = create_engine(fresh_database(url))

The server stands in a temporary folder, listens on a socket in that folder alone, and is gone at
the end. It refuses to run as root, so root lends it to an unprivileged account.
"""

import itertools
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

DEBIAN = Path("/usr/lib/postgresql")
ACCOUNTS = ("postgres", "nobody")
USER = "thesaurus"

# Nothing here has to survive a power cut.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "listen_addresses": "",
    "autovacuum": "off",
    "timezone": "UTC",
}

_numbers = itertools.count(1)


def _binaries() -> Path | None:
    """The folder of the newest installed version, or that of the ``postgres`` in the path."""
    found = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: [int(n) for n in re.findall(r"\d+", path.parent.name)])
    program = shutil.which("postgres")
    return Path(program).resolve().parent if program else None


def _account() -> pwd.struct_passwd | None:
    """The account that runs the server: this process's own, unless that is root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ACCOUNTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    return None


def postgres_missing() -> str | None:
    """Why no server can be started here, or nothing."""
    folder = _binaries()
    if folder is None:
        return f"no PostgreSQL in {DEBIAN} or in the path (Debian: apt-get install postgresql)"
    for program in ("initdb", "pg_ctl", "postgres"):
        if not (folder / program).exists():
            return f"no {program} in {folder}"
    if _account() is None:
        return f"root cannot run PostgreSQL and has no account {' or '.join(ACCOUNTS)} to lend"
    return None


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; give the SQLAlchemy URL of its database ``postgres``; stop it at the end."""
    binaries, account = _binaries(), _account()
    assert binaries is not None
    assert account is not None
    # Short, in /tmp: the path of a Unix socket may not exceed 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, account.pw_uid, account.pw_gid)
        server = _Server(binaries, account, folder)
        server.initialise()
        try:
            server.start()
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            server.stop()


def fresh_database(url: str) -> str:
    """Create an empty database on the server of ``url`` and give its URL."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    finally:
        engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


class _Server:
    def __init__(self, binaries: Path, account: pwd.struct_passwd, folder: Path) -> None:
        self.binaries = binaries
        self.account = account
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"

    def initialise(self) -> None:
        self._run(
            *("initdb", "--pgdata", str(self.data), "--username", USER, "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"),
        )
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def start(self) -> None:
        self._run(
            *("pg_ctl", "start", "--pgdata", str(self.data), "--log", str(self.log)),
            *("--wait", "--timeout", "60", "--silent"),
        )

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--pgdata", str(self.data), "--mode", "immediate", "--wait")

    def _run(self, program: str, *arguments: str) -> None:
        # A file and not a pipe: the server would keep the pipe open and the call waiting.
        with tempfile.TemporaryFile("w+") as output:
            lent = os.geteuid() == 0
            done = subprocess.run(
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder)},
                user=self.account.pw_uid if lent else None,
                group=self.account.pw_gid if lent else None,
                extra_groups=[] if lent else None,
                check=False,
            )
            if done.returncode:
                output.seek(0)
                log = self.log.read_text() if self.log.exists() else ""
                raise RuntimeError(f"{program} failed ({done.returncode}):\n{output.read()}{log}")
