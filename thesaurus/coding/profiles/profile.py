"""A profile, and the reading of its file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ontologies.errors import InvalidSetting, Message, UnknownProfile
from thesaurus.coding.answer import Severity
from thesaurus.coding.rules import RULES
from thesaurus.coding.submission import Diagnosis
from thesaurus.coding.values import ITEMS, LISTS, ValueSet, value_set

OFF = "off"
DEFAULT = "bamara"
_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_RULE = re.compile(r"DX-[0-9]{3}")


@dataclass(frozen=True)
class Profile:
    """What one kind of sender changes in the check.

    Attributes:
        severities: rule -> severity here; None switches the rule off.
        max_diagnoses: most diagnoses of one submission (DX-043).
        mandatory: the items of a diagnosis that must be there (DX-102).
        overlap_days: days after a change of release during which the release before is taken
            (DX-062); None where an older release is never refused.
        value_sets: item -> the values that it may have.
    """

    name: str
    title: Message
    severities: Mapping[str, Severity | None]
    max_diagnoses: int
    mandatory: tuple[str, ...]
    overlap_days: int | None
    value_sets: Mapping[str, ValueSet]

    def severity(self, rule: str, usual: Severity) -> Severity | None:
        return self.severities.get(rule, usual)


class Profiles(Mapping[str, Profile]):
    """The profiles by name: ours, then those of a deployment, which may extend ours.

    Args:
        folder: TOML files of the deployment, each named for its profile.

    Raises:
        InvalidSetting: a file cannot be read or says something that has no place in a profile; the
            file and the line are named.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._known = dict(_ours())
        for path in _files(folder) if folder else ():
            self._known[path.stem] = _File(path, self._known).profile()

    def __getitem__(self, name: str) -> Profile:
        try:
            return self._known[name]
        except KeyError:
            raise UnknownProfile(name, tuple(self._known)) from None

    def get(self, name: str, default: Any = None) -> Any:
        return self._known.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@cache
def _ours() -> Mapping[str, Profile]:
    return {path.stem: _File(path, {}).profile() for path in sorted(_FOLDER.glob("*.toml"))}


def _files(folder: Path) -> Sequence[Path]:
    if not folder.is_dir():
        raise InvalidSetting("THESAURUS_PROFILES", f"{folder} n'est pas un dossier / is no folder")
    return sorted(folder.glob("*.toml"))


class _File:
    """A profile's file, with the line of each of its keys for messages."""

    def __init__(self, path: Path, known: Mapping[str, Profile]) -> None:
        self._path = path
        try:
            self._text = path.read_text(encoding="utf-8")
            self._table = tomllib.loads(self._text)
        except OSError as error:
            raise self._wrong(str(error.strerror)) from None
        except UnicodeDecodeError:
            raise self._wrong("pas de l'UTF-8 / not UTF-8") from None
        except tomllib.TOMLDecodeError as error:  # it says the line
            raise self._wrong(str(error)) from None
        self._base = self._extended(known)

    def _extended(self, known: Mapping[str, Profile]) -> Profile | None:
        name = self._table.get("extends")
        if name is None:
            return None
        if name not in known:
            raise self._wrong(
                f"extends = {name!r} ; profils / profiles: {', '.join(known)}", "extends"
            )
        return known[name]

    def profile(self) -> Profile:
        if self._table.get("max_diagnoses") == 0:
            raise self._wrong("max_diagnoses = 0", "max_diagnoses")
        if not _NAME.fullmatch(self._path.stem):
            raise self._wrong("nom : lettres minuscules, chiffres, - / name: a-z, 0-9 and -")
        for key in self._table:
            if key not in _KEYS:
                raise self._wrong(f"clé inconnue / unknown key: {key}", key)
        base = self._base
        title = self._value("title", str, base.title.fr if base else self._path.stem)
        return Profile(
            name=self._path.stem,
            title=Message(title, self._value("title_en", str, base.title.en if base else title)),
            severities={**(base.severities if base else {}), **dict(self._severities())},
            max_diagnoses=self._value("max_diagnoses", int, base.max_diagnoses if base else 6),
            mandatory=self._mandatory(base),
            overlap_days=self._value("overlap_days", int, base.overlap_days if base else None),
            value_sets=dict(self._value_sets(base)),
        )

    def _value(self, key: str, kind: type, default: Any) -> Any:
        value = self._table.get(key, default)
        fits = value is default or type(value) is kind
        fits = fits and not (isinstance(value, int) and value < 0)
        if not fits:
            raise self._wrong(f"{key} = {value!r}", key)
        return value

    def _mandatory(self, base: Profile | None) -> tuple[str, ...]:
        listed = self._value("mandatory", list, list(base.mandatory) if base else [])
        for each in listed:
            if each not in Diagnosis.model_fields:
                raise self._wrong(
                    f"mandatory: {each!r} n'est pas un item / is no item", "mandatory"
                )
        return tuple(listed)

    def _severities(self) -> Iterator[tuple[str, Severity | None]]:
        for rule, written in self._value("severity", dict, {}).items():
            if not _RULE.fullmatch(rule) or rule not in RULES:
                raise self._wrong(f"règle inconnue / unknown rule: {rule}", rule)
            if written not in (*Severity, OFF):
                one_of = ", ".join((*Severity, OFF))
                raise self._wrong(f"{rule} = {written!r} ; {one_of}", rule)
            yield rule, None if written == OFF else Severity(written)

    def _value_sets(self, base: Profile | None) -> Iterator[tuple[str, ValueSet]]:
        written = self._value("value_sets", dict, {})
        for item in written:
            if item not in ITEMS:
                raise self._wrong(f"value_sets: {item!r} ; {', '.join(ITEMS)}", item)
        for item in ITEMS:
            lists = written.get(item)
            if lists is None:
                yield item, base.value_sets[item] if base else value_set(item)
                continue
            if not isinstance(lists, list) or any(each not in LISTS for each in lists):
                raise self._wrong(f"value_sets.{item} = {lists!r} ; {', '.join(LISTS)}", item)
            yield item, value_set(item, lists)

    def _wrong(self, why: str, key: str | None = None) -> InvalidSetting:
        place = self._path.name
        if key and (line := self._line_of(key)):
            place = f"{place}, ligne / line {line}"
        return InvalidSetting("THESAURUS_PROFILES", f"{place} : {why}")

    def _line_of(self, key: str) -> int | None:
        """Find where a key is written, as a key or as a table; tomllib does not tell."""
        form = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*[\].=]""")
        lines = enumerate(self._text.splitlines(), 1)
        return next((number for number, line in lines if form.match(line)), None)


_KEYS = frozenset(
    [
        *("extends", "title", "title_en", "max_diagnoses", "mandatory", "overlap_days"),
        *("severity", "value_sets"),
    ]
)
