"""What becomes of old codes and of the rows of files, on built releases."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ontologies.chain import Chain
from ontologies.concept import Level
from ontologies.release import Snapshot
from ontologies.transcoding import Decision, Kind, Transcoding, Verdict
from tests.coding.table.tables import workbook
from tests.ontologies.drawings import concept
from tests.ontologies.test_transcoding import CODES, NON_RARE, moved, referred, some_years, year
from thesaurus.opening import Open
from thesaurus.tables import Options, open_table
from thesaurus.transcoding.answer import ProposalItem
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.answer import RecodeFileAnswer, RecodeRequest, recode_items
from thesaurus.transcoding.recoding.codes import Origin, Outcome, Recoded, recode
from thesaurus.transcoding.recoding.headings import HEADINGS, RECODED
from thesaurus.transcoding.recoding.pieces import json_pieces
from thesaurus.transcoding.recoding.recoder import Recoder
from thesaurus.transcoding.recoding.sheet import sheet_name
from thesaurus.transcoding.recoding.sources import ReleaseRows
from thesaurus.transcoding.recoding.sums import MOST_SITES, OTHER_SITES, Sort, Sums
from thesaurus.transcoding.recoding.table import FileRun
from thesaurus.transcoding.recoding.workbook import write_workbook
from thesaurus.transcoding.recoding.worklist import MOST_SHEETS, WorkList
from thesaurus.transcoding.ways import Way

Verdicts = Mapping[str, Verdict]

BEFORE = year(2020, *(concept(code) for code in "12345678"))
AFTER = year(
    2021,
    concept("1"),
    moved("2", "1"),
    referred("3", "1"),
    referred("4"),
    concept("5", flag=NON_RARE),
    concept("6", Level.GROUP),
    concept("9"),
)
# 7 and 8 are gone.


class Told(ReleaseRows):
    """Proposes nothing that would need an index."""

    def proposals(self, row: Transcoding, target: Open, lang: str) -> Sequence[ProposalItem]:
        return []


def rows_of(years: Sequence[Snapshot], verdicts: Verdicts | None = None) -> Told:
    first, last = years[0].release.id, years[-1].release.id
    chain = Chain(years, {(first, last): verdicts or {}})
    rows = {row.source: row for row in chain.rows()}
    return Told(Way(first, last, chain, chain.ids, {}, None, 0, rows, {}))


def recoder(
    verdicts: Verdicts | None = None, years: Sequence[Snapshot] = (BEFORE, AFTER)
) -> Recoder:
    return Recoder(rows_of(years, verdicts), lambda: None)  # type: ignore[arg-type,return-value]


def told(written: str, **verdicts: Verdict) -> tuple[Outcome, str | None]:
    given = {code.removeprefix("c"): verdict for code, verdict in verdicts.items()}
    found = recode(rows_of([BEFORE, AFTER], given), written)
    return found.outcome, found.target


def accepted(*targets: str) -> Verdict:
    return Verdict(accepted=True, targets=targets)


class TestOneCode:
    @pytest.mark.parametrize(
        ("written", "outcome", "target"),
        [
            ("1", Outcome.UNCHANGED, "1"),
            ("2", Outcome.RECODED, "1"),
            ("ORPHA:2", Outcome.RECODED, "1"),
            (" Orphanet_000002 ", Outcome.RECODED, "1"),
            ("https://www.orpha.net/fr/disease/detail/2", Outcome.RECODED, "1"),
            ("3", Outcome.TO_DECIDE, None),
            ("4", Outcome.TO_DECIDE, None),
            ("5", Outcome.NO_CODE, None),
            ("6", Outcome.TO_DECIDE, None),
            ("7", Outcome.TO_DECIDE, None),
            ("9", Outcome.UNCHANGED, "9"),
            ("99", Outcome.UNKNOWN, None),
            ("Q87.4", Outcome.UNREADABLE, None),
            ("1" * 5000, Outcome.UNREADABLE, None),
            ("", Outcome.BLANK, None),
            ("  ", Outcome.BLANK, None),
        ],
    )
    def test_without_decisions(self, written: str, outcome: Outcome, target: str | None) -> None:
        assert told(written) == (outcome, target)

    def test_one_accepted_target_recodes(self) -> None:
        assert told("3", c3=accepted("9")) == (Outcome.RECODED, "9")
        assert told("5", c5=accepted("9")) == (Outcome.RECODED, "9")

    def test_several_accepted_targets_are_a_choice_for_each_record(self) -> None:
        assert told("3", c3=accepted("9", "1")) == (Outcome.TO_DECIDE, None)
        several = recoder({"3": accepted("9", "1")})
        assert [each.code for each in several.proposals(several.of("3"))] == ["9", "1"]

    def test_none_accepted_says_that_no_code_stands_and_nobody_need_look(self) -> None:
        found = recode(rows_of([BEFORE, AFTER], {"4": accepted()}), "4")
        assert (found.outcome, found.target, found.waits) == (Outcome.NO_CODE, None, False)
        assert recode(rows_of([BEFORE, AFTER]), "5").waits

    def test_a_level_change_stays_until_somebody_says_so(self) -> None:
        assert told("6", c6=accepted("6")) == (Outcome.UNCHANGED, "6")
        assert told("6", c6=accepted("9")) == (Outcome.RECODED, "9")

    def test_what_was_rejected_waits(self) -> None:
        assert told("3", c3=Verdict(accepted=False)) == (Outcome.TO_DECIDE, None)

    def test_a_target_that_a_person_recodes_further_is_left_to_a_person(self) -> None:
        years = [BEFORE, year(2021, moved("2", "6"), concept("6", Level.GROUP), concept("9"))]
        found = recode(rows_of(years, {"6": accepted("9")}), "2")
        assert found.outcome is Outcome.TO_DECIDE
        assert found.row
        assert found.row.targets == ("6", "9")
        assert recode(rows_of(years), "2").outcome is Outcome.RECODED


class LocalTable:
    """Another source of rows: codes that are no ORPHAcodes."""

    source, target, releases, signed, open = "cemara", "2021", ("cemara", "2021"), True, 0
    last, local = AFTER, True

    def __contains__(self, code: object) -> bool:
        return code == "M12"

    def origin(self, written: str) -> Origin:
        if written.strip() != "M12":
            return Origin(written.strip(), known=False)
        row = Transcoding("M12", ("1",), Kind.LEGACY, Decision.ACCEPTED)
        return Origin("M12", row)

    def label(self, code: str, lang: str) -> str:
        return "maladie locale"

    def proposals(self, row: Transcoding, target: Open, lang: str) -> Sequence[ProposalItem]:
        return []


def test_a_legacy_table_is_a_source_like_any_other() -> None:
    found = recode(LocalTable(), " M12 ")
    assert (found.outcome, found.code, found.target) == (Outcome.RECODED, "M12", "1")
    assert recode(LocalTable(), "M13") == Recoded(Outcome.UNKNOWN, "M13")


# -- calls ----------------------------------------------------------------------------------


def call(*codes: str, most: int = 10, **verdicts: Verdict) -> Mapping[str, object]:
    items = [{"id": str(n), "code": code, "site": f"S{n % 2}"} for n, code in enumerate(codes)]
    request = RecodeRequest.model_validate({"from": "2020", "to": "2021", "items": items})
    asked = Recoder(rows_of([BEFORE, AFTER], verdicts), lambda: None, most=most)  # type: ignore[arg-type,return-value]
    return recode_items(asked, request).model_dump(mode="json")


def test_a_call_keeps_order_and_sums_up() -> None:
    answer = call("2", "x", "3", "2")
    assert [item["outcome"] for item in answer["items"]] == [  # type: ignore[attr-defined]
        *("recoded", "unreadable", "to_decide", "recoded")
    ]
    assert answer["totals"]["rows"] == 4  # type: ignore[index]
    assert [(each["site"], each["waiting"]) for each in answer["sites"]] == [  # type: ignore[attr-defined]
        *(("S0", 1), ("S1", 1))
    ]
    assert answer["kinds"] == {"deprecated-automatic": 2, "obsolete-manual": 1}
    assert list(answer["proposals"]) == ["3"]  # type: ignore[call-overload]


def test_proposals_are_bounded_by_codes() -> None:
    answer = call("3", "4", "6", "4", "3", most=2)
    assert list(answer["proposals"]) == ["3", "4"]  # type: ignore[call-overload]
    assert answer["proposals_left_out"] == 1


# -- files ----------------------------------------------------------------------------------

TABLE = (
    "IPP;Centre;Code ORPHA\r\n"
    "P1;Lyon;1\r\n"
    "P2;Lyon;ORPHA:2\r\n"
    "P3;Paris;3\r\n"
    ";;\r\n"
    "P4;Paris;\r\n"
    "P5;;99\r\n"
    "P6;Paris;Q87.4\r\n"
    "P7;Paris;2;de trop;x\r\n"
    "P8;Lyon;5\r\n"
)


@contextmanager
def run(
    content: str | bytes, verdicts: Verdicts | None = None, **options: str
) -> Iterator[FileRun]:
    data = content.encode() if isinstance(content, str) else content
    asked = recoder(verdicts)
    known = asked.rows.__contains__
    with open_table(io.BytesIO(data), RECODED, known, Options(**options)) as table:  # type: ignore[arg-type]
        yield FileRun(table, asked)


def completed(content: str | bytes, verdicts: Verdicts | None = None, **options: str) -> bytes:
    with run(content, verdicts, **options) as made:
        return b"".join(made.pieces())


def test_columns_are_added_and_nothing_is_overwritten() -> None:
    lines = completed(TABLE).decode().split("\r\n")
    given = TABLE.split("\r\n")
    assert all(line.startswith(old) for line, old in zip(lines, given, strict=True))
    assert lines[0] == f"{given[0]};{';'.join(HEADINGS)}"
    assert lines[2] == (
        "P2;Lyon;ORPHA:2;1;Maladie 1;recodé;automatique;;déprécié, déplacé vers le nouveau code"
    )
    assert lines[3].startswith("P3;Paris;3;;;à décider;à décider;;")
    assert lines[6] == "P5;;99;;;code inconnu;;;inconnu de 2020 à 2021"
    assert lines[7].endswith(";;;illisible;;;ce n'est pas un code ORPHA (ICD-10)")


def test_run_again_it_gives_the_same_bytes() -> None:
    once = completed(TABLE)
    assert completed(once) == once


def test_run_again_after_decisions_the_columns_are_renewed() -> None:
    again = completed(completed(TABLE), {"3": accepted("9")}).decode().split("\r\n")
    assert again[3] == "P3;Paris;3;9;Maladie 9;recodé;accepté;;remplacé par une décision"


def test_new_codes_that_are_read_are_not_written_over() -> None:
    """The way on to a third release starts from the column that the first recoding added."""
    once = completed(TABLE).decode()
    further = completed(once, columns='code="nouveau code"').decode()
    assert further.startswith(once.split("\r\n", maxsplit=1)[0])
    assert "nouveau code (2)" in further.split("\r\n", maxsplit=1)[0]


def test_windows_1252_stays() -> None:
    given = "Établissement;Code ORPHA\r\nHôpital É;2\r\n".encode("cp1252")
    written = completed(given)
    assert written.decode("cp1252").startswith("Établissement;Code ORPHA;nouveau code;")
    assert "déprécié" in written.decode("cp1252")


def test_a_file_as_json_has_no_patients() -> None:
    with run(TABLE) as made:
        written = b"".join(json_pieces(made))
    assert b"P3" not in written
    answer = RecodeFileAnswer.model_validate(json.loads(written))
    assert [(each.line, each.outcome) for each in answer.items] == [
        *((3, Outcome.RECODED), (4, Outcome.TO_DECIDE), (7, Outcome.UNKNOWN)),
        *((8, Outcome.UNREADABLE), (9, Outcome.UNREADABLE), (10, Outcome.NO_CODE)),
    ]
    assert answer.totals.rows == 9
    assert answer.totals.waiting == 5
    assert answer.file.columns == {"id": "IPP", "code": "Code ORPHA", "site": "Centre"}


def test_what_is_no_code_at_all_is_cut_where_it_is_told() -> None:
    with run(f"code orpha;x\n1;y\n{'A' * 100_000};y\n") as made:
        answer = RecodeFileAnswer.model_validate(json.loads(b"".join(json_pieces(made))))
    assert [len(each.code or "") for each in answer.items] == [200]


def made_workbook(content: str | bytes) -> bytes:
    out = io.BytesIO()
    with run(content) as made:
        write_workbook(out, made)
    return out.getvalue()


def test_a_workbook_of_a_workbook_and_again() -> None:
    given = workbook(
        {"Données": [["Code ORPHA", "Centre"], [2, "Lyon"], [3, "Paris"], [None, "x"]]}
    )
    once = made_workbook(given)
    book = load_workbook(io.BytesIO(once))
    assert book.sheetnames == ["Lignes", "Résumé"]
    cells = list(book["Lignes"].iter_rows(values_only=True))
    assert cells[0] == ("Code ORPHA", "Centre", *HEADINGS)
    assert cells[1][:4] == (2, "Lyon", 1, "Maladie 1")
    assert made_workbook(once) == once


# -- the work list ---------------------------------------------------------------------------


def work_list(content: str, **options: bool) -> Mapping[str, Sequence[Sequence[object]]]:
    out = io.BytesIO()
    asked = recoder()
    with (
        open_table(io.BytesIO(content.encode()), RECODED, asked.rows.__contains__) as table,
        WorkList(out, asked, **options) as listed,
    ):
        made = FileRun(table, asked, also=listed.take)
        for _ in made.steps():
            pass
        listed.finish(made.summary)
    book = load_workbook(out)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_each_site_has_its_sheet_of_what_waits() -> None:
    sheets = work_list(TABLE)
    assert list(sheets) == ["Résumé", "Paris", "(sans site)", "Lyon"]
    assert [row[0] for row in sheets["Paris"]] == ["ligne", 4, 8]
    assert [row[0] for row in sheets["(sans site)"]] == ["ligne", 7, 9]
    assert sheets["Lyon"][1][:4] == (10, "Lyon", 5, "Maladie 5")
    assert sheets["Paris"][0][-2:] == ("décision", "commentaire")
    assert sheets["Résumé"][1][:2] == ("total", 9)


def test_patients_stand_in_it_only_where_asked_for() -> None:
    cells = [str(cell) for rows in work_list(TABLE).values() for row in rows for cell in row]
    assert not {"P3", "P5", "P6"} & set(cells)
    assert work_list(TABLE, patients=True)["Paris"][1][:3] == (4, "P3", "Paris")


def test_many_sites_share_the_last_sheet() -> None:
    table = "site;code\n" + "".join(f"S{n};3\n" for n in range(MOST_SHEETS + 5))
    sheets = work_list(table)
    assert len(sheets) == MOST_SHEETS + 2
    assert [row[1] for row in sheets[OTHER_SITES][1:]] == [f"S{n}" for n in range(100, 105)]


def test_sites_beyond_measure_are_counted_together() -> None:
    sums = Sums()
    sort = Sort(Outcome.UNCHANGED, None, waits=False)
    for number in range(MOST_SITES + 10):
        sums.add(str(number), sort)
    assert len(sums.sites) == MOST_SITES + 1
    assert sums.sites[OTHER_SITES][sort] == 10
    assert sums.all[sort] == MOST_SITES + 10


@given(st.lists(st.text(max_size=60), max_size=20))
def test_names_of_sheets_are_such_as_excel_takes(sites: list[str]) -> None:
    taken: list[str] = []
    for site in sites:
        taken.append(sheet_name(site, taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def again(content: str, verdicts: Verdicts | None = None) -> tuple[str, Sequence[str]]:
    """The file with the columns of recoding, and what is said of it."""
    asked = recoder(verdicts)
    with open_table(io.BytesIO(content.encode()), RECODED, asked.rows.__contains__) as table:
        made = FileRun(table, asked)
        written = b"".join(made.pieces()).decode()
        return written, [note.message for note in made.summary.file.notes]


class TestFilledInByHand:
    """Somebody works in the columns that were added, and the file is recoded again."""

    ONCE, _ = again("site;code orpha\nLyon;2\nParis;3\n")

    def test_untouched_columns_are_written_anew(self) -> None:
        written, notes = again(self.ONCE)
        assert written == self.ONCE
        assert not notes

    @pytest.mark.parametrize(
        ("was", "filled"),
        [
            ("Paris;3;;", "Paris;3;9;choisi"),
            ("Lyon;2;1;", "Lyon;2;9;"),
            ("à décider", "vu avec le service"),
        ],
    )
    def test_what_was_written_stays(self, was: str, filled: str) -> None:
        by_hand = self.ONCE.replace(was, filled, 1)
        assert by_hand != self.ONCE
        written, notes = again(by_hand)
        lines = zip(written.splitlines(), by_hand.splitlines(), strict=True)
        assert all(new.startswith(f"{old};") for new, old in lines)
        assert written.splitlines()[0].endswith(";".join(f"{each} (2)" for each in HEADINGS))
        assert "quelqu'un y a écrit" in notes[-1]
        assert again(written)[0] == written, "the last ones are untouched"

    def test_an_earlier_answer_that_is_another_one_stays(self) -> None:
        once, _ = again("site;code orpha\nParis;3\n", {"3": accepted("9")})
        written, notes = again(once, {"3": accepted("1")})
        assert written.splitlines()[1].startswith(once.splitlines()[1] + ";1;Maladie 1;recodé;")
        assert "disent autre chose" in notes[-1]

    def test_rows_that_waited_are_renewed_and_it_is_said(self) -> None:
        written, notes = again(self.ONCE, {"3": accepted("9")})
        assert written.splitlines()[2].startswith("Paris;3;9;Maladie 9;recodé;accepté;")
        assert "sont remplacées" in notes[-1]

    @pytest.mark.parametrize("filled", ["Paris;3;9;", "Paris;3;;vu"])
    def test_also_where_they_are_decided_by_now_what_was_written_stays(self, filled: str) -> None:
        by_hand = self.ONCE.replace("Paris;3;;", filled, 1)
        written, _ = again(by_hand, {"3": accepted("1")})
        assert written.splitlines()[2].startswith(by_hand.splitlines()[2] + ";1;")

    @pytest.mark.parametrize("code", [*"345678", "99", "x", ""])
    def test_every_row_that_waits_is_known_as_one(self, code: str) -> None:
        asked = recoder()
        recoded = asked.of(code)
        content = f"code orpha;site\n{code};Lyon\n"
        with open_table(io.BytesIO(content.encode()), RECODED, asked.rows.__contains__) as table:
            [step] = FileRun(table, asked).steps()
        undecided = recoded.waits and recoded.row is not None
        assert words.is_waiting(step.done.cells, asked.rows.releases) is undecided


# -- properties ------------------------------------------------------------------------------

WRITTEN = st.one_of(
    st.sampled_from([*CODES, "ORPHA:1", "Orpha-2", "77", "x", "", " ", "Q87.4", "1;2", '"1'])
)


@st.composite
def decided_years(draw: st.DrawFn) -> tuple[Sequence[Snapshot], Verdicts]:
    years = draw(some_years())
    active = [code for code, each in years[-1].concepts.items() if each.status.is_active]
    targets = st.lists(st.sampled_from(active), max_size=2, unique=True).map(tuple)
    accepting = st.builds(lambda chosen: Verdict(accepted=True, targets=chosen), targets)
    verdict = st.one_of(accepting, st.just(Verdict(accepted=False)))
    return years, draw(st.dictionaries(st.sampled_from(CODES), verdict, max_size=4))


@given(decided_years(), st.sampled_from(CODES))
def test_what_was_recoded_is_not_recoded_again(
    decided: tuple[Sequence[Snapshot], Verdicts], code: str
) -> None:
    rows = rows_of(*decided)
    target = recode(rows, code).target
    if target is not None:
        assert rows.last.concepts[target].status.is_active
        assert recode(rows, target).target in (target, None)


@given(
    decided_years(),
    st.lists(st.tuples(st.sampled_from(["Lyon", "Paris", ""]), WRITTEN), max_size=20),
)
def test_no_row_is_lost_or_counted_twice(
    decided: tuple[Sequence[Snapshot], Verdicts], rows: list[tuple[str, str]]
) -> None:
    years, verdicts = decided
    content = "site;code orpha\n" + "".join(f"{site};{written}\n" for site, written in rows)
    asked = recoder(verdicts, years)
    with open_table(io.BytesIO(content.encode()), RECODED, asked.rows.__contains__) as table:
        made = FileRun(table, asked)
        written = b"".join(made.pieces())
        summary, read = made.summary, sum(1 for _ in table.records())
    totals = summary.totals
    assert totals.rows == read
    assert totals.rows == sum(getattr(totals, outcome.value) for outcome in Outcome)
    assert totals.rows == sum(site.rows for site in summary.sites)
    assert totals.waiting == sum(site.waiting for site in summary.sites)
    assert all(
        new.startswith(old)
        for new, old in zip(written.decode().split("\n"), content.split("\n"), strict=True)
    )


def test_labels_and_codes_share_the_bound_of_proposals() -> None:
    asked = Recoder(rows_of([BEFORE, AFTER]), lambda: None, most=1)  # type: ignore[arg-type,return-value]
    asked.proposals(asked.of("3"))
    assert asked.proposals_by_label("Marfan", "") == ()
    assert asked.proposals_by_label("", "") == ()
    assert asked.left_out == 1
