"""Rate limits over HTTP: they bite, say when to come back, and outlive a restart and a crash."""
import re
import time

import pytest

from rookery_server import Server

CONFIGURATION = """
[rate_limits]
requests = 100
posts = 3
sign_ups = 4
"""


@pytest.fixture
def limited(tmp_path):
    path = tmp_path / "rookery.toml"
    path.write_text(CONFIGURATION)
    running = Server(tmp_path / "data", "--config", path).start()
    yield running
    running.end()


def policies(answer):
    """What the RateLimit field says remains, by policy."""
    rests = {}
    for item in answer.headers["RateLimit"].split(", "):
        name, *parameters = item.split(";")
        rests[name.strip('"')] = int(dict(part.split("=") for part in parameters)["r"])
    return rests


def post(client, expect):
    return client.request("POST", "/api/v1/statuses", expect, json={"status": "again"})


def test_every_answer_tells_of_the_limits(limited):
    bob = limited.account("bob")
    for path, status in (("/api/v1/timelines/home", 200), ("/api/v1/instance", 200),
                         ("/api/v1/nothing", 404)):
        headers = bob.request("GET", path, status).headers
        assert headers["X-RateLimit-Limit"] == "100", path
        assert int(headers["X-RateLimit-Remaining"]) == policies(bob.request("GET", path, status))["requests"] + 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", headers["X-RateLimit-Reset"])
        assert headers["RateLimit-Policy"] == '"requests";q=100;w=300'


def test_refuses_what_is_above_and_charges_nothing_for_it(limited):
    bob = limited.account("bob")
    rests = [policies(post(bob, 200))["posts"] for _ in range(3)]
    assert rests == [2, 1, 0]
    refused = post(bob, 429)
    assert refused.json() == {"error": "Too many requests"}
    assert 0 < int(refused.headers["Retry-After"]) <= 10_800
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert policies(refused) == policies(post(bob, 429)), "a refused post is not counted"
    assert bob.request("GET", "/api/v1/preferences").status_code == 200, "the others go on"
    post(limited.account("ada"), 200)


def test_a_restart_and_a_crash_are_no_reset(limited):
    bob = limited.account("bob")
    post(bob, 200)
    post(bob, 200)
    limited.restart()
    assert policies(post(bob, 200))["posts"] == 0
    time.sleep(2)  # what a crash may lose is the last second
    limited.kill()
    limited.start()
    refused = post(bob, 429)
    assert int(refused.headers["Retry-After"]) > 0
    assert (limited.data / "limits").stat().st_mode & 0o777 == 0o600, "it holds a secret"


def test_a_damaged_file_is_refused_by_name(limited):
    limited.stop()
    (limited.data / "limits").write_text("not what it was")
    with pytest.raises(AssertionError, match="limits is no file of limits; move it away"):
        limited.start()
    (limited.data / "limits").unlink()
    limited.start()


def test_who_counts_along_knows_when_it_ends(limited):
    bob = limited.account("bob")
    left = policies(bob.request("GET", "/api/v1/preferences"))["requests"]
    assert 0 < left < 100
    for rest in range(left - 1, -1, -1):
        assert policies(bob.request("GET", "/api/v1/preferences"))["requests"] == rest
    assert bob.request("GET", "/api/v1/preferences", 429).headers["Retry-After"]
