"""The load report as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loaders.messages import FINDINGS
from loaders.report import Check, Finding, LoadReport, tally
from ontologies.release import ORPHANET
from thesaurus.cli import words
from thesaurus.cli.output import out
from thesaurus.releases import Loaded
from thesaurus.store import State

_EXAMPLES = 3
_MARKS = {True: "réussi / pass", False: "ÉCHEC / FAIL", None: "sans objet / n.a."}


def print_report(loaded: Loaded) -> None:
    """Say what was read, counted, checked, repaired and found odd."""
    report = loaded.report
    name = "Orphanet" if report.system == ORPHANET else loaded.record.release.system
    out.print(f"{name}, données du / data of {report.date}, {report.licence or 'licence ?'}")
    _print_files(report)
    out.print("\nContenu / content")
    for name, number in report.counts.items():
        out.print(f"  {name:<32}{number:>10,}".replace(",", " "))
    # Most datasets have nothing that most checks could look at.
    checks = [
        each for each in report.checks if report.system == ORPHANET or each.passed is not None
    ]
    if checks:
        out.print("\nContrôles / integrity checks")
    for check in checks:
        _print_check(check)
    several = len(report.files) > 1
    _print_findings("Réparations / repairs", report.repairs, several)
    _print_findings("Anomalies relevées / oddities", report.oddities, several)
    seconds = report.seconds
    out.print(f"\nLu en {words.decimal(seconds)} s / read in {seconds:.1f} s")
    if loaded.missing_languages:
        languages = ", ".join(loaded.missing_languages)
        out.print(
            f"Attention : la même année est chargée aussi en {languages}. Donner tous les packs "
            "d'une année ensemble en fait une seule version.\n"
            f"Note: the same year is loaded in {languages} too. Packs of one year given together "
            "make one release."
        )


def conclusion(loaded: Loaded, *, activates: bool) -> Iterator[str]:
    """Say in one plain sentence, in both languages, how it ended and what comes next."""
    release, state = loaded.record.release, loaded.record.state
    own = release.system == ORPHANET
    name = release.id if own else f"{release.system} {release.id}"
    activate = release.id if own else f"{release.id} --system {release.system}"
    if loaded.already:
        yield f"Ce contenu est déjà la version {name} ({state}) ; rien n'a été écrit."
        yield f"This content is release {name} already ({state}); nothing was written."
        return
    number = sum(check.passed is not None for check in loaded.report.checks)
    if failed := ", ".join(check.key for check in loaded.report.failed):
        fr, en = (
            f"échec de {failed} : {name} est un brouillon",
            f"{failed} failed: {name} is a draft",
        )
        next_fr = f"Suite : corriger les fichiers, ou thesaurus activate {activate} --force"
        next_en = f"Next: correct the files, or thesaurus activate {activate} --force"
    else:
        fr, en = "aucun échec : prête", "no failure: ready"
        next_fr = f"Suite : thesaurus activate {activate}"
        next_en = f"Next: thesaurus activate {activate}"
    waits = not activates and state is not State.ACTIVE
    yield f"Version {name} : {_counted(number, 'contrôle')}, {fr}." + (
        f" {next_fr}" if waits else ""
    )
    yield f"Release {name}: {_counted(number, 'check')}, {en}." + (f" {next_en}" if waits else "")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}s" if number > 1 else f"{number} {what}"


def _print_files(report: LoadReport) -> None:
    out.print("\nFichiers / files")
    for kind in dict.fromkeys(file.kind for file in report.files):
        files = [file for file in report.files if file.kind == kind]
        languages = " ".join(sorted({file.lang or "?" for file in files}))
        size = sum(file.size for file in files) / 1e6
        out.print(f"  {kind:<16}{len(files):>4}  {languages}  {words.decimal(size)} Mo / MB")


def _print_check(check: Check) -> None:
    out.print(f"  {_MARKS[check.passed]:<20}{check.key}: {check.message.fr}")
    if check.passed is False:
        shown = ", ".join(check.examples[:_EXAMPLES])
        out.print(f"  {'':<20}{check.faults}: {shown}{' ...' if check.faults > _EXAMPLES else ''}")


def _print_findings(title: str, findings: Iterable[Finding], several_files: bool) -> None:
    found = tuple(findings)
    if not found:
        return
    out.print(f"\n{title}")
    for key, number in tally(found).items():
        mine = [finding for finding in found if finding.key == key]
        plain = FINDINGS[key].fr if "{" not in FINDINGS[key].fr else mine[0].message.fr
        out.print(f"  {number:>6}  {key}: {plain}")
        for finding in mine[:_EXAMPLES]:
            out.print(f"          {_place(finding, several_files)}")


def _place(finding: Finding, several_files: bool) -> str:
    parts = [f"ORPHA:{finding.orpha}"] if finding.orpha else []
    if finding.file and (several_files or not finding.orpha):
        parts.append(finding.file.rpartition("/")[2])
    if finding.line:
        parts.append(f"ligne / line {finding.line}")
    if finding.after is not None:
        parts.append(f"{finding.before!r} → {finding.after!r}")
    return ", ".join(parts)
