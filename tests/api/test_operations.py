import re

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
    assert get(client, "/health/ready", 200) == {"status": "ready", "release": "demo-2023"}


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


def test_times_are_measured_by_route(client):
    client.get("/v1/suggest?q=marf")
    text = client.get("/metrics").text
    assert 'thesaurus_request_seconds_bucket{le="+Inf",route="/v1/suggest"}' in text
