"""Random requests after the OpenAPI document, wrong ones among them: the answers keep to it."""

import json
import shutil
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from thesaurus.app import create_app
from thesaurus.settings import Settings


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context, value):
    """What is generated for a body of lines is a text, or JSON in its place."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "surrogatepass")


schema = schemathesis.openapi.from_dict(create_app(Settings(home=Path("/nowhere"))).openapi())
OPERATIONS = [found.ok() for found in schema.get_all_operations()]
REAL_CODES = st.sampled_from(["558", "ORPHA:98053", "Orphanet_255241", "398980"])
CASES = [
    pytest.param(operation, mode, id=f"{operation.label} {mode}")
    for operation in OPERATIONS
    for mode in GenerationMode
    # Where nothing can be sent, nothing wrong can be.
    if mode.is_positive or operation.body or operation.query or operation.path_parameters
]
# Most random texts are no ORPHAcode: a request that fits the document may well be refused.
LEFT_OUT = [positive_data_acceptance]
# What is wrong in one of many submissions is answered in its place, and the call is fine.
ANSWERED_EACH = {"POST /v1/check", "POST /v1/check/stream"}


@pytest.fixture(scope="module")
def app(demonstration_home, tmp_path_factory):
    # Choices are counted, and counts change the order of hits.
    home = shutil.copytree(demonstration_home, tmp_path_factory.mktemp("random") / "home")
    token = SecretStr("a token of some length")
    return create_app(Settings(home=home, log_level="error", metrics_token=token))


@pytest.mark.parametrize(("operation", "mode"), CASES)
def test_answers_keep_to_the_document(operation, mode, app):
    @settings(
        max_examples=30,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode), code=st.none() | REAL_CODES)
    def holds(case, code):
        if code and "code" in case.path_parameters:
            case.path_parameters["code"] = code
        lenient = [negative_data_rejection] if operation.label in ANSWERED_EACH else []
        case.call_and_validate(app=app, excluded_checks=[*LEFT_OUT, *lenient])

    holds()
