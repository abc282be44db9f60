"""``/check``: what is pasted or chosen, what is said of it, and that nothing of it is kept."""

import csv
import io
import time

import pytest
from openpyxl import load_workbook

from tests.api.asking import ask
from tests.coding.table.tables import workbook
from tests.web.seeing import see
from thesaurus.web import check_form
from thesaurus.web.check_findings import MOST
from thesaurus.web.check_form import LONGEST_TEXT
from thesaurus.web.check_lists import as_list

TABLE = "IPP;Code ORPHA;Libellé\n1;558;Syndrome de Marfan\n2;255241;x\n1;398980;y\n"
PASTED = TABLE.replace(";", "\t").replace("\n", "\r\n")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
PRIVATE = ("Dupont-1961", "Durand-1962")


def check(client, codes="", file=None, status=200, url="/check", **fields):
    """Send the form as a browser does, which sends a file without a name where none is chosen."""
    name, content = file or ("", b"")
    data = content.encode() if isinstance(content, str) else content
    files = {"file": (name, data, "application/octet-stream")}
    fields = {"profile": "bamara", "format": "page", "columns": "", "header": "", **fields}
    return see(client, url, status, data={"codes": codes, **fields}, files=files)


def download(client, codes="", file=None, **fields):
    name, content = file or ("", b"")
    data = {"codes": codes, "profile": "bamara", **fields}
    response = ask(client, "POST", "/check", 200, data=data, files={"file": (name, content)})
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    return response


def api(client, content, **query):
    return ask(client, "POST", "/v1/check/file", 200, content=content, params=query)


def summary(seen):
    names = seen.texts("//dl[contains(@class, 'summary')]//dt")
    return dict(zip(names, seen.texts("//dl[contains(@class, 'summary')]//dd"), strict=True))


def findings(seen):
    """Of each row: severity, line, code, rule and message."""
    return [(row[0], row[1].split()[0], row[2], row[4], row[5]) for row in seen.rows("Constats")]


def codes_of(seen):
    return [row[2] for row in seen.rows("Constats")]


# -- facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["pasted", "chosen"])
def test_the_page_says_what_the_api_says(client, sent):
    answer = api(client, TABLE).json()
    seen = check(client, PASTED) if sent == "pasted" else check(client, file=("a.csv", TABLE))
    words = {"error": "erreur", "warning": "avertissement", "information": "information"}
    expected = {
        (words[f["severity"]], str(f["line"]), f["rule"], f["message"])
        for result in answer["results"]
        for f in result["findings"]
    }
    assert {(row[0], row[1], row[3], row[4]) for row in findings(seen)} == expected
    counted = answer["summary"]
    assert summary(seen) == {
        "Lignes": str(counted["rows"]),
        "Patients": str(counted["submissions"]),
        "Patients sans erreur": str(counted["valid"]),
        "Erreurs": str(counted["errors"]),
        "Avertissements": str(counted["warnings"]),
        "Informations": str(counted["informations"]),
        "Profil": "BaMaRa",
        "Version": "demo-2023",
    }
    read = seen.text("//*[@id='result']//li[1]")
    assert (
        read
        == "Colonnes lues : patient (« IPP »), code ORPHA (« Code ORPHA »), libellé (« Libellé »)"
    )


def test_the_worst_comes_first_and_names_its_rule_and_what_to_take_instead(client):
    seen = check(client, PASTED)
    severities = [row[0] for row in findings(seen)]
    assert severities == sorted(severities, key=["erreur", "avertissement", "information"].index)
    row = next(row for row in seen.all("//table//tr") if "DX-010" in row.text_content())
    assert row.xpath(".//a/@href")[:2] == ["/rules#DX-010", "/concepts/506"]
    assert row.xpath(".//*[@data-copy]/@data-copy") == ["ORPHA:506"]
    assert "remplacement sûr" in row.text_content()


def test_english(client):
    seen = check(client, PASTED, url="/check?lang=en")
    messages = {
        f["message_en"] for r in api(client, TABLE).json()["results"] for f in r["findings"]
    }
    assert {row[5] for row in seen.rows("Findings")} == messages
    assert seen.all("//tbody//a/@href")[0].startswith("/rules?lang=en#")


def test_a_list_without_findings_may_be_sent(client):
    seen = check(client, "558")
    assert "Aucun constat" in seen.text("//*[@id='result']")
    assert not seen.all("//*[@id='result']//table")


def test_another_release_and_profile(client):
    seen = check(client, PASTED, url="/check?release=demo-2022", profile="stat")
    shown = summary(seen)
    assert (shown["Version"], shown["Profil"]) == ("demo-2022", "Statistiques")
    answer = api(client, TABLE, release="demo-2022", profile="stat").json()
    assert shown["Erreurs"] == str(answer["summary"]["errors"])
    assert seen.all("//form[@id='check']/@action") == ["/check?release=demo-2022#result"]
    assert seen.all("//option[@selected]/@value") == ["stat"]


def test_a_page_has_room_for_the_worst_findings(client):
    lines = "\n".join(["code", *["558"] * 5, *["255241"] * (MOST + 10)])
    seen = check(client, lines)
    assert len(findings(seen)) == MOST
    assert {row[0] for row in findings(seen)} == {"erreur"}
    assert f"Les {MOST} constats les plus graves sur {MOST + 10}" in seen.text("//*[@id='result']")


# -- what is sent --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "255241, 398980; ORPHA:255241",
        "255241 398980\tORPHA 255241".replace("\t", " "),
        "255241;398980;255241",
        "255241\r\n398980\r\n\r\norpha:255241\r\n",
        "255241, 398980\n255241",
        "ORPHA 255241, ORPHA 398980, Orphanet_255241",
    ],
)
def test_a_list_of_codes_is_read_however_it_is_written(client, text):
    seen = check(client, text)
    assert {row[1] for row in findings(seen)} >= {"1", "2"}
    assert {code[-6:] for code in codes_of(seen)} == {"255241", "398980"}
    assert summary(seen)["Lignes"] == "3"


def test_codes_that_nobody_knows_are_a_list_too(client):
    seen = check(client, "999999999, 888888888")
    assert codes_of(seen) == ["999999999", "888888888"]


def test_rows_of_patients_are_no_list(client):
    seen = check(client, "1;558\n2;255241\n3;558\n")
    assert codes_of(seen) == ["255241"]


def test_a_text_that_begins_like_a_workbook_is_text(client):
    seen = check(client, "PKU;code\nx;255241\n")
    assert codes_of(seen) == ["255241"]


def test_a_workbook(client):
    data = workbook({"A": [["code"], [558]], "B": [["code"], [255241]]})
    seen = check(client, file=("liste.xlsx", data), sheet="B")
    assert codes_of(seen) == ["255241"]
    assert "«\u00a0A\u00a0»" in seen.response.text
    assert seen.all("//details[@open]//input[@name='sheet']/@value") == ["B"]


def test_a_file_in_windows_1252(client):
    content = "Libellé;Code\nété;255241\n".encode("cp1252")
    assert set(codes_of(check(client, file=("a.csv", content)))) == {"255241"}
    response = download(client, file=("a.csv", content), format="csv")
    assert response.headers["content-type"] == "text/csv; charset=windows-1252"
    assert response.content == api(client, content, format="csv").content


def test_columns_are_named_by_hand_where_they_are_not_recognised(client):
    content = "a;558\nb;255241\n"
    seen = check(client, file=("a.csv", content), columns="label=1,code=2", header="false")
    assert "255241" in codes_of(seen)
    assert seen.all("//details[@open]//input[@name='columns']/@value") == ["label=1,code=2"]


@pytest.mark.parametrize(
    "text",
    [
        "Syndrome de Marfan\r\nSyndrome de Leigh\r\n",
        "Syndrome de Marfan, sans autre précision\nLeigh, maladie de",
        "Syndrome de Marfan",
        '\n"Syndrome de Marfan"\n\nMaladie de Leigh\n',
    ],
)
def test_names_without_any_code_are_read_as_labels(client, text):
    seen = check(client, text)
    labels = [row[3] for row in seen.rows("Constats")]
    assert labels[0].startswith("Syndrome de Marfan")
    assert summary(seen)["Lignes"] == ("2" if "Leigh" in text else "1")
    assert "sans code" in seen.text("//*[@id='result']")


def test_a_name_without_code_gets_proposals(client):
    (row, *_) = check(client, "Syndrome de Marfan").rows("Constats")
    assert "ORPHA:558" in row[-1]


@pytest.mark.parametrize("columns", ["label=A", "columns=label=A", " Columns = label=A"])
def test_columns_may_be_written_as_the_messages_write_them(client, columns):
    (row, *_) = check(client, "Syndrome de Marfan", columns=columns).rows("Constats")
    assert row[3] == "Syndrome de Marfan"


def test_the_label_that_was_sent_is_shown(client):
    rows = check(client, "code\tlibellé\n739\tSyndrome de Rett\n").rows("Constats")
    assert {row[3] for row in rows} == {"Syndrome de Rett"}
    assert "Leigh" in check(client, "255241").rows("Constats")[0][3]


# -- downloads -----------------------------------------------------------------------------------


def test_the_report_is_that_of_the_api(client):
    response = download(client, PASTED, format="xlsx")
    assert response.headers["content-disposition"] == 'attachment; filename="controle.xlsx"'
    ours, theirs = (
        load_workbook(io.BytesIO(each.content))
        for each in (response, api(client, TABLE, format="xlsx"))
    )
    assert ours.sheetnames == theirs.sheetnames
    rows = [[cell.value for cell in row] for row in ours["Lignes"].iter_rows()]
    assert rows == [[cell.value for cell in row] for row in theirs["Lignes"].iter_rows()]


def test_the_annotated_file(client):
    response = download(client, file=("a.csv", TABLE.encode()), format="csv")
    assert response.content == api(client, TABLE, format="csv").content
    pasted = download(client, "558, 255241", format="csv").content.decode("utf-8-sig")
    assert [line.split(";")[:2] for line in pasted.splitlines()] == [
        ["558", "ok"],
        ["255241", "erreur"],
    ]


def annotated(client, codes):
    content = download(client, codes, format="csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "rows",
    [
        [["IPP", "Code ORPHA", "Libellé"], ["1", "558", "Marfan; type 1"], ["2", "255241", ""]],
        [["IPP", "code", "note"], ["1", "", 'dit "léger"'], ["2", "558", "a\nb"]],
        [["code", "note"], ["558", "a, b, c, d"], ["255241", "e, f, g, h"]],
        [["code", "note"], ["558", ";"], ["255241", ";"], ["398980", ";"]],
    ],
)
def test_a_pasted_table_comes_back_with_the_signs_of_a_french_spreadsheet(client, rows):
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(rows)
    found = annotated(client, out.getvalue())
    assert [row[: len(rows[0])] for row in found] == rows
    assert "contrôle" in found[0]
    assert len({len(row) for row in found}) == 1


def test_a_pasted_table_whose_quotes_do_not_pair_stays_as_it_is(client):
    content = download(client, 'code\tnote\n558\ta\n255241\t"b\n', format="csv").content
    assert content.decode("utf-8-sig").startswith("code\tnote\t")


def test_a_table_with_semicolons_and_a_stray_tab_keeps_its_columns(client):
    found = annotated(client, "code;note\n558;a\tb\n255241;c\n")
    assert [row[:2] for row in found[1:]] == [["558", "a\tb"], ["255241", "c"]]


# -- what cannot be checked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "file", "said"),
    [
        ("", None, "Rien à contrôler"),
        (" \r\n ", None, "Rien à contrôler"),
        ("558", ("a.csv", "code\n558\n"), "lequel contrôler"),
        ("", ("a.csv", ""), "vide"),
        ("Nom\tPrénom\na\tb\n", None, "Aucune colonne"),
        ("", ("a.xlsx", b"PK\x03\x04\0\0"), ""),
        ("", ("a.xml", '<?xml version="1.0"?><ClinicalDocument/>'), "/v1/check/cda"),
        ("", ("a.json", '{"resourceType": "Bundle", "entry": []}'), "/v1/check/fhir"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_form(client, codes, file, said):
    seen = check(client, codes, file, 422, profile="pmsi")
    assert said in seen.text("//*[@role='alert']")
    assert seen.all("//option[@selected]/@value") == ["pmsi"]
    assert seen.all("//textarea")[0].text.lstrip("\n") == codes.replace("\r\n", "\n")
    assert seen.response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_report_that_cannot_be_made_is_said_on_the_page(client, form):
    assert "Rien à contrôler" in check(client, status=422, format=form).text("//*[@role='alert']")


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"profile": "x" * 41}, 422), ({"format": "pdf"}, 422), ({"else": "1"}, 422)],
)
def test_forms_that_no_browser_sends(client, fields, status):
    check(client, "558", None, status, **fields)


def test_an_unknown_profile(client):
    assert "none" in check(client, "558", None, 400, profile="none").text()


def test_more_fields_or_files_than_the_form_has_are_refused(client):
    data = {f"f{number}": "x" for number in range(30)}
    see(client, "/check", 422, data=data, files={"file": ("", b"")})
    files = [("file", (f"{number}.csv", b"code\n558\n")) for number in range(2)]
    see(client, "/check", 422, data={"codes": ""}, files=files)


def test_what_is_too_large_gets_a_page(own_home, start):
    client = start(own_home, max_check_file_size=5000, max_body_size=100)
    assert codes_of(check(client, file=("a.csv", "code\n" + "255241\n" * 5)))
    seen = check(client, file=("a.csv", "code\n" + "255241\n" * 2000), status=413)
    assert "THESAURUS_MAX_CHECK_FILE_SIZE" in seen.text()


@pytest.mark.parametrize("way", ["multipart", "urlencoded"])
def test_a_text_too_long_to_be_pasted_is_refused_beside_the_form(client, way):
    codes = "558\n" * (LONGEST_TEXT // 4 + 1)
    files = {"files": {"file": ("", b"")}} if way == "multipart" else {}
    seen = see(client, "/check", 413, data={"codes": codes, "format": "page"}, **files)
    said = seen.text("//*[@id='result']//*[@role='alert']")
    assert "500 ko" in said
    assert "choisissez ce fichier" in said
    assert seen.all("//form[@id='check']")
    assert len(seen.response.content) < 20_000
    assert seen.response.headers["cache-control"] == "no-store"


def test_the_longest_text_is_read_once(client, monkeypatch):
    read = []
    monkeypatch.setattr(check_form, "as_list", lambda text: read.append(text) or as_list(text))
    seen = check(client, "558\n" * 500)
    assert summary(seen)["Lignes"] == "500"
    assert len(read) == 1


@pytest.mark.parametrize("charset", ["punycode", "idna", "utf-16", "x"])
def test_a_form_in_another_encoding_is_refused_before_it_is_decoded(client, charset):
    """Python takes minutes to decode half a megabyte of punycode."""
    part = b'--b\r\nContent-Disposition: form-data; name="codes"\r\n\r\n-%s\r\n--b--\r\n'
    headers = {"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"}
    see(client, "/check", 422, content=part % (b"9" * 400_000), headers=headers)
    headers = {"Content-Type": 'multipart/form-data; boundary="b"; charset=UTF-8'}
    see(client, "/check", 200, content=part.replace(b"-%s", b"558"), headers=headers)


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0", "\x0b"])
@pytest.mark.parametrize("start", ["orpha", "ORPHA:", "orpha :", ""])
def test_many_blanks_cost_no_more_than_other_characters(start, blank):
    begun = time.perf_counter()
    for end in ("x", "558"):
        as_list(f"{start}{blank * 100_000}{end}")
        as_list(f"{start}{blank}" * 10_000 + end)
    assert time.perf_counter() - begun < 2  # minutes, if the work grows with the square


def test_blanks_between_a_prefix_and_its_number():
    texts = ("ORPHA 558", "orpha:   558", "Orpha  :  558", "ORPHA" + " " * 1000 + "558")
    assert {tuple(as_list(text)) for text in texts} == {
        ("ORPHA:558",),
        ("orpha:558",),
        ("Orpha:558",),
    }
    assert as_list("ORPHA x 558") is None


# -- nothing is kept, nothing becomes markup -----------------------------------------------------


def test_what_was_sent_never_becomes_markup(client):
    table = f"patient;code;{HOSTILE}\n{HOSTILE};{HOSTILE};{HOSTILE}\n"
    for seen in (check(client, table), check(client, file=(f"{HOSTILE}.csv", table))):
        assert HOSTILE in seen.text("//*[@id='result']")
        assert not seen.all("//main//script | //main//img")
        assert "<script>alert" not in seen.response.text
        assert "49" not in seen.text("//*[@id='result']//tbody")


def test_a_text_does_not_leave_its_field(client):
    text = "</textarea><b>x</b>"
    seen = check(client, text, status=422)
    assert seen.all("//textarea")[0].text.strip() == text
    assert not seen.all("//main//b")


def test_nothing_of_what_is_sent_is_logged_or_kept(client, capfd):
    first, second = PRIVATE
    table = f"{first};code\n{second};255241\n"
    for form in ("page", "csv", "xlsx"):
        client.post("/check", data={"codes": table, "format": form}, files={"file": ("", b"")})
        client.post("/check", data={"format": form}, files={"file": (f"{first}.csv", table)})
    check(client, f"{first}\t{second}\n", status=422)
    check(client, table, status=422, format=first)
    shown = "".join(capfd.readouterr())
    assert '"/check"' in shown
    for private in PRIVATE:
        assert private not in shown
        assert private not in client.get("/check").text


def test_codes_are_not_asked_in_an_address(client):
    see(client, "/check?codes=558", 400)


def test_the_answer_is_kept_by_nobody(client):
    for codes, status in (("558", 200), ("", 422)):
        headers = check(client, codes, status=status).response.headers
        assert headers["cache-control"] == "no-store"
        assert "set-cookie" not in headers
        assert "default-src 'none'" in headers["content-security-policy"]
