"""ICD-10 in ClaML: classes, names, inclusions and modifiers, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import claml
from loaders.related import Reading, RelatedFile, Sample
from ontologies.concept import Label, LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding
from ontologies.terminology import Term

[CLAML] = claml.FORMATS
START = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ClaML SYSTEM "ClaML.dtd">\n'
HEAD = (
    '<ClaML version="2.0.0">\n<Meta name="lang" value="fr"/>\n'
    '<Title name="CIM-10-FR" version="2026" date="2026-01-01">CIM-10 de verre</Title>\n'
)
MODIFIERS = """\
<Modifier code="S04_4"><SubClass code=".0"/><SubClass code=".1"/></Modifier>
<ModifierClass modifier="S04_4" code=".0"><SuperClass code="S04_4"/>
<Rubric kind="preferred"><Label xml:lang="fr">avec fêlure</Label></Rubric></ModifierClass>
<ModifierClass modifier="S04_4" code=".1"><SuperClass code="S04_4"/>
<Rubric kind="preferred"><Label xml:lang="fr">sans fêlure</Label></Rubric></ModifierClass>
<ModifierClass modifier="S13_5" code="0"><SuperClass code="S13_5"/>
<Rubric kind="preferred"><Label xml:lang="fr">sièges multiples</Label></Rubric></ModifierClass>
"""


def rubric(kind: str, text: str, lang: str = ' xml:lang="fr"') -> str:
    return f'<Rubric kind="{kind}"><Label{lang}>{text}</Label></Rubric>\n'


def a_class(code: str, parent: str | None = None, *inside: str, kind: str = "category") -> str:
    above = f'<SuperClass code="{parent}"/>' if parent else ""
    rubrics = "".join(inside) or rubric("preferred", f"Verre {code}")
    return f'<Class code="{code}" kind="{kind}">{above}\n{rubrics}</Class>\n'


CLASSES = (
    a_class("XVII", kind="chapter"),
    a_class("Q65-Q79", "XVII", kind="block"),
    a_class("Q77", "Q65-Q79"),
    a_class("Q77.3", "Q77"),
)


def document(*classes: str, head: str = START + HEAD, tail: str = "</ClaML>\n") -> bytes:
    return f"{head}{''.join(classes or CLASSES)}{tail}".encode()


def read(data: bytes, reading: Reading = Reading()) -> RelatedFile:
    assert CLAML.recognises(Sample.of("icd.xml", data))
    return CLAML.read("icd.xml", data, reading)


def refused(data: bytes, reason: str, line: int | None) -> str:
    with pytest.raises(Refused) as caught:
        CLAML.read("icd.xml", data, Reading())
    assert (caught.value.reason, caught.value.line) == (reason, line), caught.value.message.en
    assert caught.value.file == "icd.xml"
    return caught.value.message.en


def names(term: Term) -> list[tuple[str, str, str | None]]:
    return [(label.text, label.lang, label.scope) for label in term.labels]


# --- What a file says ---------------------------------------------------------------------------


def test_chapters_blocks_and_categories() -> None:
    found = read(document())
    assert [(term.coding, term.parents) for term in found.terms] == [
        (Coding("icd-10", "XVII"), ()),
        (Coding("icd-10", "Q65-Q79"), ("XVII",)),
        (Coding("icd-10", "Q77"), ("Q65-Q79",)),
        (Coding("icd-10", "Q77.3"), ("Q77",)),
    ]
    assert found.terms[3].labels == (Label("Verre Q77.3", "fr", LabelKind.PREFERRED),)
    assert found.counts == {"terms": 4, "chapters": 1, "blocks": 1, "categories": 2}
    assert found.findings == ()
    assert (found.dataset, found.source.lang) == ("cim-10", "fr")
    assert (found.source.version, found.source.date) == ("2026", "2026-01-01")
    assert read(document(), Reading(dataset="mine")).dataset == "mine"


def test_the_edition_of_the_who() -> None:
    head = HEAD.replace('"fr"', '"en"').replace('"2026"', '"April 2026"')
    plain = a_class("Q77", None, rubric("preferred", "Glass", lang=""))
    found = read(document(plain, head=head))
    assert (found.dataset, found.source.lang) == ("icd-10", "en")
    assert (found.source.version, found.source.date) == ("2026-01-01", "2026-01-01")
    found = read(document(plain, head="<ClaML>"))
    assert (found.dataset, found.source.version, found.source.date) == ("icd-10", None, None)


def test_names_in_running_text_and_in_parts() -> None:
    [term] = read(
        document(
            a_class(
                "G01*",
                None,
                rubric("preferred", "Os <Term>de</Term>\n  verre (<Reference>A17.0†</Reference>)"),
                rubric("preferredLong", "Os de verre, au cours d'autres maladies"),
                rubric("inclusion", "<Fragment>os :</Fragment><Fragment>fragile</Fragment>"),
                rubric("inclusion", "<Para>vitrification</Para>"),
                rubric("inclusion", " "),
                rubric("exclusion", "os de bois"),
                rubric("definition", "Os qui casse."),
                rubric("preferred", "Glass bone", ' xml:lang="en-GB"'),
            )
        )
    ).terms
    assert term.code == "G01"
    assert names(term) == [
        ("Os de verre, au cours d'autres maladies", "fr", None),
        ("Glass bone", "en", None),
        ("Os de verre", "fr", "exact"),
        ("os : fragile", "fr", "narrow"),
        ("vitrification", "fr", "narrow"),
    ]
    assert term.definitions == (("fr", "Os qui casse."),)


def test_what_is_counted() -> None:
    inside = (
        rubric("preferred", "Os"),
        rubric("inclusion", "os"),
        rubric("exclusion", "bois"),
        rubric("coding-hint", "coder le bois"),
    )
    found = read(document(a_class("Q77", None, *inside), a_class("T1", None, kind="table")))
    assert found.counts == {
        "terms": 2,
        "categories": 1,
        "other_kinds": 1,
        "inclusions": 1,
        "rubrics_not_kept": 2,
    }


def test_a_class_without_a_name() -> None:
    found = read(document(*CLASSES, a_class("Q78", "Q65-Q79", rubric("note", "vide"))))
    [finding] = found.findings
    assert (finding.key, finding.concept) == ("class-without-label", "Q78")
    assert finding.line == 1 + document(*CLASSES).decode().count("\n") - 1


def test_a_fourth_character_by_modifier() -> None:
    inside = ('<ModifiedBy code="S04_4"/>\n', rubric("preferred", "Verre"))
    found = read(document(MODIFIERS, a_class("E10", None, *inside)))
    assert [(term.code, term.labels[0].text, term.parents) for term in found.terms] == [
        ("E10", "Verre", ()),
        ("E10.0", "Verre : avec fêlure", ("E10",)),
        ("E10.1", "Verre : sans fêlure", ("E10",)),
    ]
    assert found.counts == {"terms": 3, "categories": 1, "codes_by_modifier": 2}


def test_a_modifier_of_which_some_values_are_valid_or_written_out() -> None:
    some = '<ModifiedBy code="S04_4" all="false"><ValidModifierClass code=".1"/></ModifiedBy>\n'
    own = a_class("E11.0", "E11")
    every = ('<ModifiedBy code="S04_4"/>\n', rubric("preferred", "Verre"))
    found = read(
        document(
            a_class("E10", None, some, rubric("preferred", "Verre")),
            a_class("E11", None, *every),
            own,
            MODIFIERS,
        )
    )
    assert [term.code for term in found.terms] == ["E10", "E11", "E11.0", "E10.1", "E11.1"]
    assert found.terms[2].labels[0].text == "Verre E11.0"


def test_modifiers_that_are_only_counted() -> None:
    """A fifth character, a modifier of subdivisions, one that nothing explains."""
    fifth = ('<ModifiedBy code="S13_5"/>\n', rubric("preferred", "Verre"))
    below = ('<SubClass code="M00.0"/><ModifiedBy code="S04_4"/>\n', rubric("preferred", "Verre"))
    unknown = ('<ModifiedBy code="S99_4"/>\n', rubric("preferred", "Verre"))
    found = read(
        document(
            MODIFIERS,
            a_class("M45", None, *fifth),
            a_class("M00", None, *below),
            a_class("M01", None, *unknown),
            a_class("M40-M54", None, *unknown, kind="block"),
        )
    )
    assert found.counts == {
        "terms": 4,
        "categories": 3,
        "blocks": 1,
        "modifiers_not_expanded": 4,
    }
    [finding] = found.findings
    assert finding.key == "modifiers-not-expanded"
    assert "4" in finding.message.fr


# --- What is refused ----------------------------------------------------------------------------


def test_a_doctype_names_the_dtd_and_nothing_is_fetched(tmp_path: Path) -> None:
    dtd = tmp_path / "ClaML.dtd"
    dtd.write_text('<!ENTITY os "fetched">')
    head = f'<!DOCTYPE ClaML SYSTEM "{dtd}">\n{HEAD}'
    data = document(a_class("Q77", None, rubric("preferred", "&os; de verre")), head=head)
    assert CLAML.recognises(Sample.of("icd.xml", data))
    refused(data, "bad-xml", 6)
    assert len(read(document(head=head)).terms) == 4


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY os "os">',
        '<!ENTITY os SYSTEM "file:///etc/passwd">',
        '<!ENTITY % os "os">',
        "<!ELEMENT ClaML ANY>",
    ],
)
def test_declarations_in_the_file(declared: str) -> None:
    head = f"<!DOCTYPE ClaML [{declared}]>\n{HEAD}"
    data = document(a_class("Q77", None, rubric("preferred", "os")), head=head)
    assert CLAML.recognises(Sample.of("icd.xml", data))
    refused(data, "doctype", 1)


def test_a_bomb_of_entities() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<!DOCTYPE ClaML [<!ENTITY e0 "os">{entities}]>\n{HEAD}'
    refused(document(a_class("Q77", None, rubric("preferred", "&e8;")), head=head), "doctype", 1)


def test_damaged_xml() -> None:
    data = document()
    lines = data.decode().splitlines()
    cut = data[: data.index(b"Verre Q77.3")]
    refused(cut, "truncated-xml", next(n for n, line in enumerate(lines, 1) if "Q77.3" in line) + 1)
    refused(data.replace(b"</Class>", b"</Classe>", 1), "bad-xml", 8)
    refused(data.replace(b"Verre Q77<", b"Verre \xe9<"), "bad-xml", 13)


def test_codes_that_are_missing_or_stand_twice() -> None:
    line = document(*CLASSES).decode().count("\n")
    assert "line 15)" in refused(document(*CLASSES, a_class("Q773", "Q77")), "duplicate-term", line)
    refused(document(*CLASSES, a_class("", "Q77")), "bad-value", line)


def test_a_file_without_a_class() -> None:
    refused(document(" "), "nothing-inside", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ClaML",
        "<JDBOR><ClaML/></JDBOR>",
        "<!-- <ClaML> --><html/>",
        '<?xml version="1.0"?><!DOCTYPE ClaML><rdf/>',
        "<",
    ],
)
def test_files_of_other_formats(text: str) -> None:
    assert not CLAML.recognises(Sample.of("claml.xml", text.encode()))


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_other_encodings(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").upper()
    data = document(*CLASSES, a_class("Q78", None, rubric("preferred", "Fêlure")))
    text = data.decode().replace("UTF-8", declared)
    found = read(text.encode(encoding))
    assert found.terms[-1].labels[0].text == "Fêlure"
    late = f"{START}<!--{'x' * 5000}-->\n{HEAD}".replace("UTF-8", declared)
    assert CLAML.recognises(Sample.of("icd.xml", f"{late}</ClaML>".encode(encoding)))
