"""Decisions and signatures of transcoding tables, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event, update

from ontologies.errors import Conflict, DamagedRelease
from ontologies.transcoding import Decision, Verdict
from thesaurus.store import Database
from thesaurus.store.models import TranscodingSignatureRow
from thesaurus.store.transcoding import Transcodings, Wanted

A, B = "2022", "2023"
CONTENT = {"from": A, "to": B, "rows": [{"source": "58", "targets": ["é"]}]}


@pytest.fixture
def store(database: Database) -> Transcodings:
    return Transcodings(database)


def accepted(code: str, *targets: str, seen: int | None = None) -> Wanted:
    return Wanted(code, Decision.ACCEPTED, targets, seen_version=seen)


def standing(store: Transcodings) -> dict[str, tuple[int, tuple[str, ...]]]:
    found = store.tables().get((A, B), {})
    return {code: (each.version, each.targets) for code, each in found.items()}


def test_signatures_are_read_without_what_was_signed(
    store: Transcodings, database: Database
) -> None:
    store.sign(A, B, CONTENT, actor="anne", seen=store.version(), comment=None)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        assert store.signed(A, B) == store.signatures(A, B)[0]
        assert not any("payload" in each for each in asked)
        store.signed_content(A, B, 1)
        assert any("payload" in each for each in asked)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_nothing_is_decided_at_first(store: Transcodings) -> None:
    assert store.tables() == {}
    assert store.version() == 0
    assert store.history(A, B) == []
    assert store.signatures(A, B) == []
    assert store.signed(A, B) is None


def test_the_highest_version_stands_and_the_others_stay_readable(store: Transcodings) -> None:
    first = store.decide(A, B, [accepted("58", "558"), accepted("60")], actor="marie")
    assert [(each.code, each.version, each.actor) for each in first] == [
        ("58", 1, "marie"),
        ("60", 1, "marie"),
    ]
    before = store.version()
    later = Wanted("58", Decision.REJECTED, comment="non « = »\nfin")
    store.decide(A, B, [later], actor="Éloïse")
    assert store.version() > before
    assert standing(store) == {"58": (2, ()), "60": (1, ())}
    history = store.history(A, B, "58")
    assert [(each.version, each.decision) for each in history] == [(2, "rejected"), (1, "accepted")]
    assert history[0].comment == "non « = »\nfin"
    assert history[0].at.utcoffset() is not None
    assert len(store.history(A, B)) == 3
    assert store.history(A, B, offset=1, limit=1) == store.history(A, B)[1:2]


def test_a_decision_that_is_taken_back_says_nothing(store: Transcodings) -> None:
    (decided,) = store.decide(A, B, [accepted("58", "558")], actor="marie")
    assert decided.verdict == Verdict(True, ("558",))
    (taken,) = store.decide(A, B, [Wanted("58", Decision.PROPOSED)], actor="marie")
    assert taken.verdict is None


def test_tables_are_apart(store: Transcodings) -> None:
    store.decide(A, B, [accepted("58", "558")], actor="marie")
    store.decide(B, A, [accepted("58", "586")], actor="marie")
    tables = store.tables()
    assert tables[A, B]["58"].targets == ("558",)
    assert tables[B, A]["58"].targets == ("586",)


def test_a_stale_version_is_refused_and_nothing_is_written(store: Transcodings) -> None:
    store.decide(A, B, [accepted("58", "558", seen=0), accepted("60", seen=0)], actor="marie")
    wanted = [accepted("61", seen=0), accepted("58", seen=0), accepted("60", seen=7)]
    with pytest.raises(Conflict, match=r"\(58, 60\)"):
        store.decide(A, B, wanted, actor="jean")
    assert standing(store) == {"58": (1, ("558",)), "60": (1, ())}
    store.decide(A, B, [accepted("58", "586", seen=1)], actor="jean")
    store.decide(A, B, [accepted("58", "587")], actor="jean")
    assert standing(store)["58"] == (3, ("587",))


@pytest.fixture
def others(database: Database) -> Iterator[Callable[[], Transcodings]]:
    """More connections of their own to the same data base, as other workers have them."""
    opened: list[Database] = []

    def other() -> Transcodings:
        opened.append(Database(database.url.render_as_string(hide_password=False)))
        return Transcodings(opened[-1])

    yield other
    for each in opened:
        each.dispose()


def at_once(works: list[Callable[[], object]]) -> list[Conflict | None]:
    """Do things at the same time; return the conflict of each, if any."""
    found: list[Conflict | None] = [None] * len(works)
    start = threading.Barrier(len(works))

    def do(number: int) -> None:
        start.wait()
        try:
            works[number]()
        except Conflict as error:
            found[number] = error

    threads = [threading.Thread(target=do, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_editors_at_once_who_saw_the_same_one_wins(
    store: Transcodings, others: Callable[[], Transcodings]
) -> None:
    stores = [others() for _ in range(4)]
    works = [
        lambda own=own, number=number: own.decide(
            A, B, [accepted("58", str(number), seen=0)], actor=f"editor {number}"
        )
        for number, own in enumerate(stores)
    ]
    conflicts = at_once(works)
    assert sum(each is None for each in conflicts) == 1
    assert standing(store) == {"58": (1, (str(conflicts.index(None)),))}


def test_editors_at_once_without_a_version_all_stand_in_the_history(
    store: Transcodings, others: Callable[[], Transcodings]
) -> None:
    stores = [others() for _ in range(3)]
    works = [
        lambda own=own: [own.decide(A, B, [accepted("58")], actor="x") for _ in range(4)]
        for own in stores
    ]
    assert at_once(works) == [None, None, None]
    assert [each.version for each in store.history(A, B, "58")] == list(range(12, 0, -1))


class TestSignatures:
    def sign(self, store: Transcodings, **given: int) -> None:
        seen = given.get("seen", store.version())
        store.sign(A, B, CONTENT, actor="anne", seen=seen, comment="vu")

    def test_what_was_signed_is_kept(self, store: Transcodings) -> None:
        self.sign(store)
        signature = store.signed(A, B)
        assert signature
        assert (signature.edition, signature.actor, signature.comment) == (1, "anne", "vu")
        assert store.signed_content(A, B, 1) == CONTENT
        with pytest.raises(Conflict, match="édition 2"):
            store.signed_content(A, B, 2)

    def test_a_signed_table_takes_no_decision_and_no_second_signature(
        self, store: Transcodings
    ) -> None:
        self.sign(store)
        with pytest.raises(Conflict, match="édition 1, anne"):
            store.decide(A, B, [accepted("58")], actor="marie")
        with pytest.raises(Conflict, match="reopen it first"):
            self.sign(store)
        store.decide("2021", A, [accepted("58")], actor="marie")
        assert standing(store) == {}

    def test_a_decision_meanwhile_prevents_the_signature(self, store: Transcodings) -> None:
        seen = store.version()
        store.decide(A, B, [accepted("58")], actor="marie")
        with pytest.raises(Conflict, match="meanwhile"):
            self.sign(store, seen=seen)
        assert store.signed(A, B) is None
        self.sign(store)

    def test_reopened_and_signed_again(self, store: Transcodings) -> None:
        with pytest.raises(Conflict, match="n'est pas signée"):
            store.reopen(A, B, actor="anne", why="rien")
        self.sign(store)
        first = store.reopen(A, B, actor="paul", why="faute")
        assert first.reopened
        assert first.reopened[1:] == ("paul", "faute")
        assert store.signed(A, B) is None
        store.decide(A, B, [accepted("58")], actor="marie")
        self.sign(store)
        assert [(each.edition, each.reopened is None) for each in store.signatures(A, B)] == [
            (2, True),
            (1, False),
        ]
        assert store.signed_content(A, B, 1) == CONTENT

    def test_of_signers_at_once_one_wins(
        self, store: Transcodings, others: Callable[[], Transcodings]
    ) -> None:
        seen = store.version()
        works = [lambda own=others(): self.sign(own, seen=seen) for _ in range(3)]  # type: ignore[misc]
        assert sum(each is None for each in at_once(list(works))) == 1
        assert [each.edition for each in store.signatures(A, B)] == [1]

    def test_what_was_tampered_with_is_not_read(
        self, store: Transcodings, database: Database
    ) -> None:
        self.sign(store)
        other = store.sign("x", B, {"rows": []}, actor="anne", seen=store.version(), comment=None)
        with database.writing() as session:
            session.execute(
                update(TranscodingSignatureRow)
                .where(TranscodingSignatureRow.sha256 != other.sha256)
                .values(payload=b"not what was signed")
            )
        with pytest.raises(DamagedRelease):
            store.signed_content(A, B, 1)
        assert store.signed_content("x", B, 1) == {"rows": []}
