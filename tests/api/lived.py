"""A register that has seen something: who did what is written by people, and may be hostile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Start
from thesaurus import releases
from thesaurus.store import Register

HOSTILE = "<script>alert(1)</script> & \"'<img src=x onerror=alert(1)> {{ 7*7 }}"
UNTIL = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)


@pytest.fixture
def lived(own_home: Path, register: Register, start: Start) -> TestClient:
    """A service whose releases were rolled back, activated again and given more time."""
    releases.roll_back(register, actor="eve <b>", reason=HOSTILE)
    releases.activate(register, "demo-2023", actor="ana", reason="bascule", accepted_until=UNTIL)
    releases.accept_until(register, "demo-2022", UNTIL, actor="bob")
    return start(own_home)
