"""`rookery limiter`: Envoy's protocol over gRPC, the HTTP API, Envoy's configuration, reloading."""
import json
import socket
import subprocess

import grpc
import jsonschema
import pytest

from limiter_process import GrpcClient, Limiter
from program import BINARY, ROOT

MONTH = 30 * 86_400  # seconds; a window that hardly ever ends during a test
LIMITS = """
domain: edge
descriptors:
  - key: remote_address
    rate_limit:
      unit: month
      requests_per_unit: 3
  - key: remote_address
    value: 50.0.0.5
    rate_limit:
      unit: month
      requests_per_unit: 0
  - key: user
    rate_limit:
      name: per_user
      unit: month
      requests_per_unit: 5
    descriptors:
      - key: path
        value: /api/*
        rate_limit:
          unit: month
          requests_per_unit: 2
          replaces: [{name: per_user}]
  - key: partner
    rate_limit:
      unlimited: true
  - key: watched
    shadow_mode: true
    rate_limit:
      unit: month
      requests_per_unit: 1
  - key: detailed
    detailed_metric: true
    rate_limit:
      unit: month
      requests_per_unit: 100
"""


@pytest.fixture
def limiter(tmp_path):
    running = Limiter(tmp_path / "limiter", "--watch", "0").configure(LIMITS).start()
    yield running
    running.end()


def address(number):
    return [("remote_address", f"192.0.2.{number}")]


# --- HTTP


def test_takes_until_nothing_is_left_and_says_so(limiter):
    for left in (2, 1, 0):
        answer = limiter.take("edge", address(1))
        assert answer.status == 200
        assert answer.json()["statuses"][0]["remaining"] == left
        assert answer.headers["X-RateLimit-Limit"] == "3"
        assert answer.headers["X-RateLimit-Remaining"] == str(left)
        assert answer.headers["RateLimit-Policy"] == '"edge,remote_address";q=3;w=2592000'
        assert answer.headers["RateLimit"].startswith(f'"edge,remote_address";r={left};t=')
    refused = limiter.take("edge", address(1))
    assert refused.status == 429
    status = refused.json()["statuses"][0]
    assert refused.json()["allowed"] is False and status["remaining"] == 0
    assert 0 < status["retry_after_ms"] <= MONTH * 1000
    assert 0 < int(refused.headers["Retry-After"]) <= MONTH
    assert limiter.take("edge", address(2)).status == 200, "another address is another key"


def test_charges_all_or_none(limiter):
    user = [("user", "ada")]
    assert limiter.take("edge", address(1), hits=3).status == 200
    both = limiter.take("edge", address(1), user)
    assert both.status == 429
    assert [status["allowed"] for status in both.json()["statuses"]] == [False, True]
    assert both.json()["statuses"][1]["remaining"] == 5, "what was not charged is still there"
    assert limiter.take("edge", user).json()["statuses"][0]["remaining"] == 4
    assert limiter.metric('rookery_limiter_decisions_total{domain="edge",rule="edge,user",outcome="spared"}') == 1


def test_several_keys_of_one_limit_in_one_request(limiter):
    answer = limiter.take("edge", address(1), address(2), address(1))
    assert answer.status == 200
    assert [status["remaining"] for status in answer.json()["statuses"]] == [2, 2, 1]
    assert limiter.take("edge", address(1), address(1)).status == 429, "two do not fit, though one would"
    assert limiter.take("edge", address(1)).status == 200


def test_closed_unlimited_watched_and_unknown(limiter):
    assert limiter.take("edge", [("remote_address", "50.0.0.5")]).status == 429
    unlimited = limiter.take("edge", [("partner", "acme")])
    assert unlimited.status == 200 and unlimited.json()["statuses"][0]["unlimited"] is True
    watched = [limiter.take("edge", [("watched", "x")]) for _ in range(3)]
    assert [answer.status for answer in watched] == [200, 200, 200]
    assert watched[2].json()["statuses"][0]["shadowed"] is True
    assert limiter.take("edge", [("nothing", "x")]).json()["statuses"] == [{"allowed": True, "rule": None}]
    assert limiter.take("elsewhere", address(1)).status == 200


def test_a_more_special_limit_replaces_another(limiter):
    both = ([("user", "bob")], [("user", "bob"), ("path", "/api/v1/home")])
    for _ in range(2):
        assert limiter.take("edge", *both).status == 200
    assert limiter.take("edge", *both).status == 429
    assert limiter.take("edge", both[0]).json()["statuses"][0]["remaining"] == 4, "it was never charged"


def test_a_batch_is_decided_one_by_one(limiter):
    request = {"domain": "edge", "descriptors": [{"entries": [{"key": "remote_address", "value": "192.0.2.9"}]}]}
    answer = limiter.ask("/v1/take", [request] * 4 + [{"domain": "", "descriptors": []}])
    assert answer.status == 200
    results = answer.json()
    assert [result.get("allowed") for result in results] == [True, True, True, False, None]
    assert results[4] == {"error": "a request needs a domain"}
    assert limiter.ask("/v1/take", []).json() == []


def test_a_limit_may_come_with_the_request(limiter):
    descriptor = {"entries": [{"key": "remote_address", "value": "192.0.2.7"}],
                  "limit": {"requests_per_unit": 1, "unit": "MONTH"}}
    ask = {"domain": "edge", "descriptors": [descriptor]}
    assert [limiter.ask("/v1/take", ask).status for _ in range(2)] == [200, 429]
    assert limiter.take("edge", address(7)).status == 200, "the configured limit was not charged"


def test_asks_in_the_form_of_sub_requests(limiter):
    path = "/v1/take?domain=edge&entry=remote_address=192.0.2.4&refused=403"
    assert [limiter.ask(path).status for _ in range(4)] == [200, 200, 200, 403]
    fields = {"X-RateLimit-Entry": "user=a&entry=b=c, x", "X-RateLimit-Entry2": "remote_address=192.0.2.5"}
    answer = limiter.ask("/v1/take?domain=edge&hits=2", headers=fields)
    assert answer.status == 200
    assert [status["remaining"] for status in answer.json()["statuses"]] == [3, 1]
    assert answer.json() == limiter.ask("/v1/take?domain=edge&hits=0", headers=fields).json() | {
        "statuses": answer.json()["statuses"]}


@pytest.mark.parametrize("body, said", [
    (b"{", "the body is no JSON"),
    (b"5", "the body must be an object with domain and descriptors"),
    (b'{"domain": 5}', "domain must be a text"),
    (b'{"domain": "edge"}', "a request needs descriptors"),
    (b'{"domain": "edge", "descriptors": [[]]}', "descriptor 0 has no entries"),
    (b'{"domain": "edge", "descriptors": [[["", "x"]]]}', "descriptor 0 has an entry without a key"),
    (b'{"domain": "edge", "descriptors": [[["a"]]]}', "descriptors[0][0] must be a key and a value"),
    (b'{"domain": "edge", "descriptors": [{"entries": [{"value": "x"}]}]}',
     "descriptors[0].entries[0] needs a key"),
    (b'{"domain": "edge", "descriptors": [{"entry": []}]}', "descriptors[0] has no member entry"),
    (b'{"domain": "edge", "hits": -1}', "hits must be a whole number"),
    (b'{"domain": "edge", "descriptors": [{"entries": [["a","b"]], "limit": {"requests_per_unit": 1}}]}',
     "descriptors[0].limit needs a unit"),
    (json.dumps({"domain": "edge", "descriptors": [[["a", "b"]]] * 101}).encode(),
     "a request has at most 100 descriptors"),
    (b'[{"domain": "edge", "descriptors": 5}]', "[0].descriptors must be an array"),
])
def test_says_what_is_wrong_with_a_body(limiter, body, said):
    answer = limiter.ask("/v1/take", body)
    assert answer.status == 400
    assert said in answer.json()["error"]


@pytest.mark.parametrize("query, said", [
    ("domain=edge&entry=x", "an entry is key=value"),
    ("domain=edge&entry=a=b&refused=200", "refused must be a status from 400 to 599"),
    ("domain=edge&entry=a=b&hits=many", "hits must be a whole number"),
    ("domain=edge&key=b", "there is no parameter key"),
    ("entry=a=b", "a request needs a domain"),
])
def test_says_what_is_wrong_with_a_query(limiter, query, said):
    answer = limiter.ask("/v1/take?" + query)
    assert answer.status == 400
    assert said in answer.json()["error"]


def test_a_body_above_the_limit_is_refused(limiter):
    with socket.create_connection(("127.0.0.1", limiter.http_port), timeout=20) as connection:
        connection.sendall(b"POST /v1/take HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_speaks_as_the_json_endpoint_of_envoys_service(limiter):
    body = {"domain": "edge", "descriptors": [{"entries": [{"key": "remote_address", "value": "192.0.2.8"}]}]}
    answers = [limiter.ask("/json", body) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    first, last = answers[0].json(), answers[3].json()
    assert first["overallCode"] == "OK" and last["overallCode"] == "OVER_LIMIT"
    assert first["statuses"][0]["currentLimit"] == {"requestsPerUnit": 3, "unit": "MONTH"}
    assert first["statuses"][0]["limitRemaining"] == 2
    assert first["statuses"][0]["durationUntilReset"].endswith("s")
    assert last["statuses"][0]["code"] == "OVER_LIMIT"
    assert limiter.ask("/json", {"domain": "edge", "colour": 1}).status == 400
    assert limiter.ask("/json", {"domain": "edge"}).status == 400


def test_health_metrics_and_the_list_of_limits(limiter):
    limiter.take("edge", address(1))
    limiter.take("edge", [("detailed", "blue")])
    for path in ("/health/live", "/health/ready", "/healthcheck"):
        assert limiter.ask(path).status == 200
    decisions = "rookery_limiter_decisions_total"
    assert limiter.metric(decisions + '{domain="edge",rule="edge,remote_address",outcome="allowed"}') == 1
    assert limiter.metric(decisions + '{domain="edge",rule="edge,detailed",value="blue",outcome="allowed"}') == 1
    assert limiter.metric('rookery_limiter_request_seconds_count{protocol="http"}') == 2
    assert limiter.ask("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status == 403
    listed = {limit["rule"]: limit for limit in limiter.ask("/v1/limits").json()}
    assert listed["edge,remote_address"]["algorithm"] == "fixed-window"
    assert listed["edge,watched"]["shadow"] is True
    assert listed["edge,partner"]["algorithm"] == "unlimited"


def test_the_openapi_document_describes_the_answers(limiter):
    document = json.loads((ROOT / "docs/api/limiter-openapi.json").read_text())
    schemas = document["components"]["schemas"]

    def check(name, value):
        schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        jsonschema.Draft202012Validator(schema).validate(value)

    requests = [{"domain": "edge", "descriptors": [[[key, value]] for key, value in (
        ("remote_address", "192.0.2.1"), ("remote_address", "50.0.0.5"), ("partner", "x"),
        ("watched", "y"), ("nothing", "z"), ("user", "u"))]}]
    check("Batch", requests)
    for _ in range(2):
        check("Answers", limiter.ask("/v1/take", requests).json())
    for descriptor in requests[0]["descriptors"]:
        one = {"domain": "edge", "descriptors": [descriptor], "hits": 2}
        check("Request", one)
        for _ in range(3):
            check("Answer", limiter.ask("/v1/take", one).json())
    check("Error", limiter.ask("/v1/take", b"{").json())
    check("Limits", limiter.ask("/v1/limits").json())
    assert set(document["paths"]) == {"/v1/take", "/v1/limits", "/json", "/health/live", "/health/ready",
                                      "/healthcheck", "/metrics"}


# --- gRPC


def test_speaks_envoys_protocol(limiter):
    with GrpcClient(limiter) as client:
        response = client.rls.RateLimitResponse
        answers = [client.take("edge", address(1)) for _ in range(4)]
        assert [answer.overall_code for answer in answers] == [response.OK] * 3 + [response.OVER_LIMIT]
        first = answers[0].statuses[0]
        assert (first.code, first.limit_remaining) == (response.OK, 2)
        assert first.current_limit.requests_per_unit == 3
        assert first.current_limit.unit == response.RateLimit.MONTH
        assert 0 < first.duration_until_reset.seconds <= MONTH
        fields = {field.key: field.value for field in answers[3].response_headers_to_add}
        assert fields["X-RateLimit-Remaining"] == "0"
        assert 0 < int(fields["Retry-After"]) <= MONTH
        assert "Retry-After" not in {field.key for field in answers[0].response_headers_to_add}
    assert limiter.take("edge", address(1)).status == 429, "HTTP counts with the same numbers"


def test_answers_for_each_descriptor_over_grpc(limiter):
    with GrpcClient(limiter) as client:
        response = client.rls.RateLimitResponse
        answer = client.take("edge", address(1), [("remote_address", "50.0.0.5")], [("partner", "x")],
                             [("nothing", "x")], [("watched", "x")], hits=2)
        assert answer.overall_code == response.OVER_LIMIT
        assert [status.code for status in answer.statuses] == [
            response.OK, response.OVER_LIMIT, response.OK, response.OK, response.OK]
        assert answer.statuses[2].limit_remaining == 2**32 - 1
        assert not answer.statuses[3].HasField("current_limit")
        assert client.take("edge", address(1)).statuses[0].limit_remaining == 2, "nothing was charged"


def test_hits_and_overrides_over_grpc(limiter):
    with GrpcClient(limiter) as client:
        assert client.take("edge", address(1), hits=2).statuses[0].limit_remaining == 1
        request = client.request("edge", address(2), hits=3)
        request.descriptors[0].hits_addend.value = 1
        assert client.ask(request).statuses[0].limit_remaining == 2
        request = client.request("edge", address(3))
        request.descriptors[0].limit.requests_per_unit = 10
        request.descriptors[0].limit.unit = 6
        status = client.ask(request).statuses[0]
        assert (status.limit_remaining, status.current_limit.unit) == (9, client.rls.RateLimitResponse.RateLimit.YEAR)
        assert client.ask(request).statuses[0].limit_remaining == 8


def test_says_what_is_wrong_over_grpc(limiter):
    with GrpcClient(limiter) as client:
        for request, said in ((client.request("", address(1)), "a request needs a domain"),
                              (client.request("edge"), "a request needs descriptors"),
                              (client.request("edge", []), "descriptor 0 has no entries")):
            with pytest.raises(grpc.RpcError) as error:
                client.ask(request)
            assert error.value.code() == grpc.StatusCode.INVALID_ARGUMENT
            assert error.value.details() == said


def test_answers_health_checks(limiter):
    with GrpcClient(limiter) as client:
        for service in ("", "ratelimit", "envoy.service.ratelimit.v3.RateLimitService"):
            assert client.is_serving(service)
        with pytest.raises(grpc.RpcError) as error:
            client.is_serving("unknown")
        assert error.value.code() == grpc.StatusCode.NOT_FOUND


# --- configuration


def test_reading_again_is_no_reset(limiter):
    assert limiter.take("edge", address(1), hits=2).status == 200
    limiter.configure(LIMITS.replace("key: partner", "key: friend"))
    limiter.reload()
    assert limiter.take("edge", address(1)).json()["statuses"][0]["remaining"] == 0
    assert limiter.take("edge", [("friend", "x")]).json()["statuses"][0]["rule"] == "edge,friend"
    assert limiter.take("edge", [("partner", "x")]).json()["statuses"][0]["rule"] is None


def test_a_wrong_file_changes_nothing_and_is_named(limiter):
    limiter.configure("domain: edge\ndescriptors:\n  - key: a\n    rate_limit: {unit: soon}\n", "more.yaml")
    limiter.reload()
    assert "more.yaml:4" in limiter.log()
    assert limiter.take("edge", address(1)).status == 200
    assert limiter.metric('rookery_limiter_reloads_total{result="failed"}') == 1
    (limiter.limits / "more.yaml").unlink()
    limiter.reload()
    assert limiter.metric('rookery_limiter_reloads_total{result="done"}') == 1


def test_a_changed_file_is_read_by_itself(tmp_path):
    limiter = Limiter(tmp_path / "limiter", "--watch", "1").configure(LIMITS).start()
    limiter.configure(LIMITS.replace("requests_per_unit: 3", "requests_per_unit: 9"))
    limiter.wait_for_log('event="limits read"', 2)
    assert limiter.take("edge", address(1)).json()["statuses"][0]["limit"] == 9
    limiter.end()


def test_counts_outlive_a_restart_where_there_is_a_directory(tmp_path):
    limiter = Limiter(tmp_path / "limiter", "--data", tmp_path / "data").configure(LIMITS).start()
    assert limiter.take("edge", address(1), hits=2).status == 200
    assert limiter.stop() == 0
    limiter.start()
    assert limiter.take("edge", address(1)).json()["statuses"][0]["remaining"] == 0
    limiter.configure(LIMITS.replace("key: partner", "key: friend"))
    limiter.reload()
    limiter.take("edge", [("user", "ada")])
    assert limiter.stop() == 0
    limiter.start()
    assert limiter.take("edge", address(1)).status == 429
    assert limiter.take("edge", [("user", "ada")]).json()["statuses"][0]["remaining"] == 3
    limiter.end()


def test_listens_on_a_unix_socket(tmp_path):
    limiter = Limiter(tmp_path / "limiter").configure(LIMITS)
    limiter.grpc_address = f"unix:{tmp_path}/grpc"
    limiter.start()
    assert limiter.grpc_port == 0
    with grpc.insecure_channel(limiter.grpc_address) as channel:
        check = channel.unary_unary("/grpc.health.v1.Health/Check")
        assert check(b"", timeout=20) == b"\x08\x01"
    limiter.end()


def test_all_may_be_on_trial_and_fields_left_out(tmp_path):
    limiter = Limiter(tmp_path / "limiter", "--shadow", "--no-fields").configure(LIMITS).start()
    with GrpcClient(limiter) as client:
        answers = [client.take("edge", address(1), [("remote_address", "50.0.0.5")]) for _ in range(5)]
        assert {answer.overall_code for answer in answers} == {client.rls.RateLimitResponse.OK}
        assert not answers[4].response_headers_to_add
    assert limiter.metric(
        'rookery_limiter_decisions_total{domain="edge",rule="edge,remote_address",outcome="shadowed"}') == 2
    limiter.end()


def test_does_not_start_with_what_is_wrong(tmp_path):
    limiter = Limiter(tmp_path / "limiter").configure("domain: edge\nlimit: 5\n")
    with pytest.raises(AssertionError, match=r"limits.yaml:2: a file has domain and descriptors, but no limit"):
        limiter.start()
    check = [BINARY, "limiter", "--check", "--limits"]
    wrong = subprocess.run([*check, limiter.limits], capture_output=True, text=True, timeout=30)
    assert wrong.returncode == 1 and "limits.yaml:2" in wrong.stderr
    limiter.configure(LIMITS)
    good = subprocess.run([*check, limiter.limits], capture_output=True, text=True, timeout=30)
    assert good.returncode == 0 and good.stdout == "7 limits, nothing wrong\n"
    absent = subprocess.run([*check, tmp_path / "absent.yaml"], capture_output=True, text=True, timeout=30)
    assert absent.returncode == 1 and "absent.yaml" in absent.stderr


def test_a_taken_address_is_said(limiter, tmp_path):
    for option, port in (("--listen", limiter.http_port), ("--grpc", limiter.grpc_port)):
        arguments = {"--listen": "127.0.0.1:0", "--grpc": "127.0.0.1:0", option: f"127.0.0.1:{port}"}
        second = subprocess.run(
            [BINARY, "limiter", "--limits", limiter.limits, *(word for pair in arguments.items() for word in pair)],
            capture_output=True, text=True, timeout=30)
        assert second.returncode == 1
        assert f"cannot listen on 127.0.0.1:{port}" in second.stderr


def test_the_documents_configurations_are_good(tmp_path):
    """What docs/limiter.md shows works."""
    text = (ROOT / "docs/limiter.md").read_text()
    blocks = [block.split("```", 1)[0] for block in text.split("```yaml\n")[1:]]
    limits = [block for block in blocks if block.lstrip().startswith(("domain:", "#"))
              and "descriptors:" in block]
    assert limits
    for number, block in enumerate(limits):
        path = tmp_path / f"{number}.yaml"
        path.write_text(block)
        store = ["--store", "redis://127.0.0.1:1"] if "reach:" in block else []
        done = subprocess.run([BINARY, "limiter", "--check", "--limits", path, *store],
                              capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
