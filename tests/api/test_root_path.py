"""Below a path of a reverse proxy, one that takes its part away or one that leaves it."""

import pytest

from tests.api.asking import check_problem

ROOT = "/thesaurus"
READER = {"Accept": "text/html"}


@pytest.fixture(params=["", ROOT], ids=["taken away", "left"])
def below(request, own_home, start):
    """Where the service is asked, and the service."""
    return request.param, start(own_home, root_path=ROOT, max_body_size=1000)


def test_the_api_answers_as_at_the_root(below):
    prefix, running = below
    answer = running.get(f"{prefix}/v1/suggest?q=marfan", headers={"Origin": "https://dpi.example"})
    assert answer.json()["hits"][0]["code"] == "558"
    assert answer.headers["access-control-allow-origin"]
    assert "content-encoding" not in answer.headers
    check_problem(running.get(f"{prefix}/v1/concepts/999999", headers=READER))


def test_links_of_pages_lead_below_the_path(below):
    prefix, running = below
    page = running.get(f"{prefix}/concepts/558?lang=en", headers=READER)
    assert page.status_code == 200
    assert f'href="{ROOT}/classifications?lang=en"' in page.text
    assert f'href="{ROOT}/concepts/558?release=demo-2023&amp;lang=en"' in page.text or (
        f'href="{ROOT}/concepts/558?lang=en&amp;release=demo-2023"' in page.text
    )
    assert f"{ROOT}{ROOT}" not in page.text
    assert (
        running.get(f"{prefix}/nothing", headers=READER)
        .headers["content-type"]
        .startswith("text/html")
    )


def test_the_bound_of_files_holds_there_too(below):
    prefix, running = below
    codes = "558\n" * 1000
    answer = running.post(f"{prefix}/check", data={"codes": codes}, headers=READER)
    assert answer.status_code != 413
    assert running.post(f"{prefix}/v1/check", content=b"x" * 2000).status_code == 413
