import re

import anyio
import pytest

from tests.api.asking import get

SAMPLE = re.compile(r"^thesaurus_requests_total\{(.*)\} (.*)$", re.MULTILINE)


def counted(client) -> dict[str, float]:
    """Labels -> number of requests."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    return {labels: float(number) for labels, number in SAMPLE.findall(response.text)}


def test_live_and_ready(client):
    assert get(client, "/health/live", 200) == {"status": "live"}
    assert get(client, "/health/ready", 200) == {
        "status": "ready",
        "release": "demo-2023",
        "sandbox": False,
    }


def test_a_service_without_a_release(start, tmp_path):
    client = start(tmp_path / "empty")
    get(client, "/health/live", 200)
    assert get(client, "/v1/releases", 200) == {"release": None, "items": []}
    for url in ("/health/ready", "/v1/suggest?q=a", "/v1/concepts/558", "/v1/classifications"):
        problem = get(client, url, 503, code="no_active_release")
        assert "thesaurus load" in problem["detail"]
    get(client, "/v1/concepts/558", 404, code="unknown_release", release="2023")
    get(client, "/v1/releases/2023", 404, code="unknown_release")


def test_requests_are_counted_by_route_and_status(client):
    requests = {
        ("GET", "/v1/concepts/558"): 'method="GET",route="/v1/concepts/{code}",status="200"',
        ("GET", "/v1/concepts/999999999/paths"): (
            'method="GET",route="/v1/concepts/{code}/paths",status="404"'
        ),
        ("GET", "/v1/concepts/558/parents"): (
            'method="GET",route="/v1/concepts/{code}/{relation}",status="200"'
        ),
        ("GET", "/v1/suggest"): 'method="GET",route="/v1/suggest",status="400"',
        ("GET", "/v1/releases"): 'method="GET",route="/v1/releases",status="200"',
        ("POST", "/v1/check"): 'method="POST",route="/v1/check",status="415"',
        ("GET", "/health/live"): 'method="GET",route="/health/live",status="200"',
        ("GET", "/never/heard/of"): 'method="GET",route="other",status="404"',
        ("PURGE", "/v1/check"): 'method="other",route="/v1/check",status="405"',
    }
    before = counted(client)
    for method, url in requests:
        client.request(method, url)
    after = counted(client)
    for labels in requests.values():
        assert after[labels] == before.get(labels, 0) + 1, labels


def hang_up(client, url, media_type, *chunks) -> list:
    """Send the beginning of a body and go away; return what was answered."""
    coming = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
    answered = []

    async def receive():
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message):
        answered.append(message)

    scope = {
        "type": "http", "method": "POST", "path": url, "query_string": b"", "root_path": "",
        "headers": [(b"content-type", media_type)], "app": client.app,
    }  # fmt: skip
    anyio.run(client.app, scope, receive, send)
    return answered


@pytest.mark.parametrize("chunks", [(), (b"<a",), (b"<a", b">" * 3_000_000)])
@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        ("/v1/check", b"application/json"),
        ("/v1/check/fhir", b"application/json"),
        ("/v1/check/cda", b"application/xml"),
        ("/v1/check/file", b"text/csv"),
    ],
)
def test_a_client_that_hangs_up_is_no_error_of_ours(client, capfd, url, media_type, chunks):
    label = f'method="POST",route="{url}",status='
    before = counted(client)
    assert hang_up(client, url, media_type, *chunks) == []
    log = capfd.readouterr().err
    assert "unexpected error" not in log
    assert '"status": 499' in log
    after = counted(client)
    changed = {each for each in after if after[each] != before.get(each) and label in each}
    assert changed == {f'{label}"499"'}


def test_a_client_that_hangs_up_in_a_stream_is_no_error_of_ours(client, capfd):
    hang_up(client, "/v1/check/stream", b"application/x-ndjson", b'{"id": "1"')
    assert "error" not in capfd.readouterr().err


def test_times_are_measured_by_route(client):
    client.get("/v1/suggest?q=marf")
    text = client.get("/metrics").text
    assert 'thesaurus_request_seconds_bucket{le="+Inf",route="/v1/suggest"}' in text
