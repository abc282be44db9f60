"""The form of the check as it is sent: what to check and how, read with bounds and never kept."""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO, Literal

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ConfigDict, Field, ValidationError, field_validator
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from thesaurus.api.received import TableQuery
from thesaurus.coding.profiles import DEFAULT
from thesaurus.tables import Options
from thesaurus.web.check_lists import as_file, as_list, as_names

LONGEST_TEXT = 500_000
"""Bytes of what is pasted, which is held in memory and shown again; a file takes more."""

_DATA = frozenset({"codes", "file"})
_MOST_FIELDS = 20
_LOOKED_AT = 1000
_TOO_LONG = ("Part exceeded", "Field exceeded")
"""So Starlette begins what it says of a field, in a form of either kind."""
_LIST = Options(columns="code=1", header=False)
_NAMES = Options(columns="label=1", header=False)
_COLUMNS = re.compile(r"^\s*columns\s*=\s*", re.IGNORECASE)


class Choices(TableQuery):
    """What was chosen beside the data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str = Field(default=DEFAULT, max_length=40)
    format: Literal["page", "csv", "xlsx"] = "page"

    @field_validator("columns", "header", "sheet", mode="before")
    @classmethod
    def _without_blanks(cls, sent: object) -> object:
        return sent or None

    @field_validator("columns", mode="before")
    @classmethod
    def _as_the_api_has_it(cls, sent: object) -> object:
        """``columns=label=A``, as messages write it, says the same as ``label=A``."""
        return _COLUMNS.sub("", sent, count=1) if isinstance(sent, str) else sent


class Unfit(Exception):
    """The form brings no data, two of them, too much to paste, or others than a table.

    ``reason`` is the key of a text of the page.
    """

    def __init__(self, reason: Literal["empty", "both", "too_long", "json"]) -> None:
        self.reason = reason

    @property
    def status(self) -> int:
        return 413 if self.reason == "too_long" else 422


@dataclass(frozen=True)
class Sent:
    """A form that was sent.

    Attributes:
        text: what was pasted.
        upload: the file that was chosen.
    """

    choices: Choices
    text: str
    upload: BinaryIO | None

    @cached_property
    def codes(self) -> list[str] | None:
        """The codes of a plain list that was pasted."""
        return None if self._is_told else as_list(self.text)

    @cached_property
    def names(self) -> list[str] | None:
        """The names of a list of names that was pasted, without any code."""
        return None if self._is_told or self.codes else as_names(self.text)

    @property
    def _is_told(self) -> bool:
        """Whether there is more than a pasted text to go by."""
        told = self.choices.columns or self.choices.header is not None
        return bool(self.upload or told)

    def close(self) -> None:
        if self.upload:
            self.upload.close()

    def file(self) -> tuple[BinaryIO, Options]:
        """Return what to check as a file and how to read it. Raises Unfit."""
        pasted = bool(self.text.strip())
        if not self.upload and not pasted:
            raise Unfit("empty")
        if self.upload and pasted:
            raise Unfit("both")
        file = self.upload or io.BytesIO(as_file(self.text, self.codes or self.names))
        if _is_json(file):
            raise Unfit("json")
        if self.codes:
            return file, _LIST
        return file, _NAMES if self.names else self.choices.reading


async def sent(request: Request) -> Sent:
    """Read the form. What is too large for memory is put aside in a file without a name.

    Raises:
        RequestValidationError: a field is not of its form.
        Unfit: the text is too long to be pasted.
        HTTPException: 400 for what is no form, or one in another encoding.
    """
    if not _is_utf8(request.headers.get("content-type", "")):
        raise HTTPException(400)
    try:
        form = await request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=LONGEST_TEXT)
    except HTTPException as error:
        if str(error.detail).startswith(_TOO_LONG):
            raise Unfit("too_long") from None
        raise HTTPException(error.status_code) from None
    try:
        return Sent(_choices(form), _text(form), _upload(form))
    except BaseException:
        await form.close()
        raise


def _is_utf8(content_type: str) -> bool:
    """Browsers send forms so and name no encoding. Python has some that take minutes to decode."""
    return "charset" not in content_type.lower().replace("charset=utf-8", "")


def _choices(form: FormData) -> Choices:
    given = {name: value for name, value in form.multi_items() if name not in _DATA}
    try:
        return Choices.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(
            [{**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False)]
        ) from None


def _text(form: FormData) -> str:
    text = form.get("codes")
    return text if isinstance(text, str) else ""


def _upload(form: FormData) -> BinaryIO | None:
    """Return the chosen file; browsers send one without a name where none is chosen."""
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        return upload.file
    return None


def _is_json(file: BinaryIO) -> bool:
    """Tell a document of FHIR from a table, which would be searched for columns in vain."""
    start = file.read(_LOOKED_AT).removeprefix(BOM_UTF8).lstrip()
    file.seek(0)
    return start[:1] == b"{" and start[1:].lstrip()[:1] == b'"'
