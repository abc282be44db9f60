"""The load report as text."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.messages import FINDINGS
from loaders.report import Check, Finding, LoadReport, tally
from thesaurus.cli.output import out
from thesaurus.releases import Loaded

_EXAMPLES = 3
_MARKS = {True: "réussi / pass", False: "ÉCHEC / FAIL", None: "sans objet / n.a."}


def print_report(loaded: Loaded) -> None:
    """Say what was read, counted, checked, repaired and found odd."""
    report = loaded.report
    out.print(f"Orphanet, données du / data of {report.date}, {report.licence or 'licence ?'}")
    _print_files(report)
    out.print("\nContenu / content")
    for name, number in report.counts.items():
        out.print(f"  {name:<32}{number:>10,}".replace(",", " "))
    out.print("\nContrôles / integrity checks")
    for check in report.checks:
        _print_check(check)
    _print_findings("Réparations / repairs", report.repairs)
    _print_findings("Singularités / oddities", report.oddities)
    out.print(f"\nLu en / read in {report.seconds:.1f} s")
    if loaded.already:
        out.print(
            f"Ce contenu est déjà la version {loaded.record.id} ; rien n'a été écrit.\n"
            f"This content is release {loaded.record.id} already; nothing was written."
        )
    if loaded.missing_languages:
        languages = ", ".join(loaded.missing_languages)
        out.print(
            f"Attention : la même année est chargée aussi en {languages}. Donner tous les packs "
            "d'une année ensemble en fait une seule version.\n"
            f"Note: the same year is loaded in {languages} too. Packs of one year given together "
            "make one release."
        )


def _print_files(report: LoadReport) -> None:
    out.print("\nFichiers / files")
    for kind in dict.fromkeys(file.kind for file in report.files):
        files = [file for file in report.files if file.kind == kind]
        languages = " ".join(sorted({file.lang or "?" for file in files}))
        size = sum(file.size for file in files) / 1e6
        out.print(f"  {kind:<16}{len(files):>4}  {languages}  {size:.1f} MB")


def _print_check(check: Check) -> None:
    out.print(f"  {_MARKS[check.passed]:<20}{check.key}: {check.message.fr}")
    if check.passed is False:
        shown = ", ".join(check.examples[:_EXAMPLES])
        out.print(f"  {'':<20}{check.faults}: {shown}{' ...' if check.faults > _EXAMPLES else ''}")


def _print_findings(title: str, findings: Iterable[Finding]) -> None:
    found = tuple(findings)
    if not found:
        return
    out.print(f"\n{title}")
    for key, number in tally(found).items():
        mine = [finding for finding in found if finding.key == key]
        plain = FINDINGS[key].fr if "{" not in FINDINGS[key].fr else mine[0].message.fr
        out.print(f"  {number:>6}  {key}: {plain}")
        for finding in mine[:_EXAMPLES]:
            out.print(f"          {_place(finding)}")


def _place(finding: Finding) -> str:
    file = (finding.file or "").rpartition("/")[2]
    parts = [f"ORPHA:{finding.orpha}" if finding.orpha else file]
    if finding.line:
        parts.append(f"ligne / line {finding.line}")
    if finding.after is not None:
        parts.append(f"{finding.before!r} → {finding.after!r}")
    return ", ".join(part for part in parts if part)
