"""Ask the check without a service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thesaurus.coding import CheckAnswer, Checker, Submission
from thesaurus.coding.answer import Finding
from thesaurus.presence import Presence
from thesaurus.runtime import Open

Item = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Demonstration:
    releases: Mapping[str, Open]
    presence: Presence

    def checker(
        self, profile: str = "bamara", release: str = "demo-2023", **bounds: Any
    ) -> Checker:
        return Checker(self.releases[release], self.presence, profile, **bounds)

    def findings(self, *diagnoses: Item, **options: Any) -> list[Finding]:
        return self.checker(**options).check([submission(*diagnoses)]).results[0].findings

    def rules(self, *diagnoses: Item, **options: Any) -> list[str]:
        return [found.rule for found in self.findings(*diagnoses, **options)]

    def found(self, rule: str, *diagnoses: Item, **options: Any) -> Finding:
        """The only finding of a rule."""
        (found,) = (each for each in self.findings(*diagnoses, **options) if each.rule == rule)
        return found

    def suggested(self, **diagnosis: str) -> list[str]:
        """The codes that the first finding of a diagnosis suggests."""
        return [each.code for each in self.findings(diagnosis)[0].suggestions]

    def of_each(self, diagnoses: Sequence[Item], **bounds: Any) -> CheckAnswer:
        """Check each diagnosis as a submission of its own."""
        sent = [submission(each, name=str(number)) for number, each in enumerate(diagnoses)]
        return self.checker(**bounds).check(sent)


def submission(*diagnoses: Item, name: str = "1") -> Submission:
    return Submission.model_validate({"id": name, "diagnoses": list(diagnoses)})


def codes(finding: Finding) -> list[str]:
    return [each.code for each in finding.suggestions]
