"""Rate limits over HTTP: they bite, say when to come back, and outlive a restart and a crash."""
import calendar
import os
import re
import shutil
import subprocess
import threading
import time

import pytest
import requests

from rookery_server import Server, run_cli
from test_admin import sign_in

QUOTES = "'\""

LIMITED = """
[[rate_limits.rule]]
name = "requests"
amount = 100

[[rate_limits.rule]]
name = "requests-by-account"
enabled = false

[[rate_limits.rule]]
name = "posts"
amount = 3

[[rate_limits.rule]]
name = "posts-at-once"
enabled = false
"""


class Configured:
    """A server and its configuration file, which can be written anew while it runs."""

    def __init__(self, folder, text, *options):
        self.path = folder / "rookery.toml"
        self.path.write_text(text)
        self.server = Server(folder / "data", "--config", self.path, *options).start()

    def rewrite(self, text, check=True):
        self.path.write_text(text)
        return run_cli("reload", "--data", self.server.data, check=check)


@pytest.fixture
def configured(tmp_path):
    running = Configured(tmp_path, LIMITED)
    yield running
    running.server.end()


@pytest.fixture
def limited(configured):
    return configured.server


def rests(answer):
    """What the RateLimit field says remains, by policy."""
    found = {}
    for item in answer.headers["RateLimit"].split(", "):
        name, *parameters = item.split(";")
        found[name.strip('"')] = int(dict(part.split("=") for part in parameters)["r"])
    return found


def post(client, expect):
    return client.request("POST", "/api/v1/statuses", expect, json={"status": "again"})


def rule(name, **keys):
    lines = [f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
             for key, value in keys.items()]
    return "\n".join(["[[rate_limits.rule]]", f'name = "{name}"', *lines, ""]).replace("'", '"')


def defaults():
    """The names of the built-in rules, and what of each may come at once."""
    printed = run_cli("config", "print").stdout
    found = {}
    for table in printed.split("[[rate_limits.rule]]")[1:]:
        keys = dict(re.findall(r"^(\w+) = (.*)$", table.split("\n[")[0], re.M))
        amount, burst = int(keys["amount"]), int(keys["burst"])
        has_burst = keys["algorithm"].strip(QUOTES) == "gcra"
        found[keys["name"].strip(QUOTES)] = burst if has_burst and burst else amount
    return found


def only(name):
    """A configuration in which no other rule is on."""
    return "[instance]\npassword_grant = true\n" + "".join(
        rule(other, enabled=False) for other in defaults() if other != name
    )


def test_every_answer_tells_of_the_limits(limited):
    bob = limited.account("bob")
    for path, status in (("/api/v1/timelines/home", 200), ("/api/v1/instance", 200),
                         ("/api/v1/nothing", 404)):
        headers = bob.request("GET", path, status).headers
        assert headers["X-RateLimit-Limit"] == "100", path
        assert int(headers["X-RateLimit-Remaining"]) == rests(bob.request("GET", path, status))["requests"] + 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", headers["X-RateLimit-Reset"])
        assert headers["RateLimit-Policy"] == '"requests";q=100;w=300'


def test_refuses_what_is_above_and_charges_nothing_for_it(limited):
    bob = limited.account("bob")
    assert [rests(post(bob, 200))["posts"] for _ in range(3)] == [2, 1, 0]
    refused = post(bob, 429)
    assert refused.json() == {"error": "Too many requests"}
    assert 0 < int(refused.headers["Retry-After"]) <= 10_800
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert rests(refused) == rests(post(bob, 429)), "a refused post is not counted"
    assert bob.request("GET", "/api/v1/preferences").status_code == 200, "the others go on"
    post(limited.account("ada"), 200)


def test_a_restart_and_a_crash_are_no_reset(limited):
    bob = limited.account("bob")
    post(bob, 200)
    post(bob, 200)
    limited.restart()
    assert rests(post(bob, 200))["posts"] == 0
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


def test_a_reload_is_no_restart_and_no_reset(configured):
    limited = configured.server
    bob = limited.account("bob")
    before = limited.process.pid
    assert [rests(post(bob, 200))["posts"] for _ in range(3)] == [2, 1, 0]
    post(bob, 429)
    told = configured.rewrite(LIMITED.replace("amount = 3", "amount = 5")).stdout
    assert re.search(r"^\d+ rate limits are in force$", told, re.M), told
    assert rests(post(bob, 200))["posts"] == 1, "three were used"
    assert limited.process.pid == before
    limited.restart()
    assert rests(post(bob, 200))["posts"] == 0, "what was reloaded is kept as well"
    configured.rewrite(LIMITED.replace("amount = 3", "amount = 2"))
    post(bob, 429)
    configured.rewrite("[rate_limits]\nenabled = false\n")
    assert "RateLimit" not in post(bob, 200).headers


def test_a_reload_of_what_is_wrong_changes_nothing(configured):
    bob = configured.server.account("bob")
    for text, said in (
        (LIMITED + rule("more", amount=0), "rate_limits.rule.amount must be between 1"),
        (LIMITED + rule("more", routes=["postings"]), '"postings" is none of all, reads'),
        ("[[rate_limits.rule]\n", "rookery.toml:1"),
    ):
        refused = configured.rewrite(text, check=False)
        assert refused.returncode == 1 and said in refused.stderr, refused.stderr
    assert bob.request("GET", "/api/v1/preferences").headers["X-RateLimit-Limit"] == "100"
    told = configured.rewrite(LIMITED + "[http]\nthreads = 1\n").stdout
    assert "http.threads has changed too: that takes a restart" in told
    configured.server.stop()
    assert "no server runs on" in configured.rewrite(LIMITED, check=False).stderr
    configured.server.start()


def test_on_trial_a_rule_counts_and_refuses_nothing(configured):
    bob = configured.server.account("bob")
    configured.rewrite(LIMITED.replace("amount = 3", "amount = 3\nshadow = true"))
    for _ in range(5):
        assert "posts" not in rests(post(bob, 200))
    root = sign_in(configured.server, "root", role="admin")
    view = root.get("/api/rookery/v1/admin/limits")
    posts = next(one for one in view["rules"] if one["name"] == "posts")
    assert (posts["shadow"], posts["allowed"], posts["refused"]) == (True, 3, 2)
    entry = next(one for one in view["refused"] if one["rule"] == "posts")
    assert entry["shadow"] and entry["times"] == 2
    assert entry["account"] == {"id": bob.id, "username": "bob"}


def test_operators_see_who_is_limited_by_what(configured):
    bob = configured.server.account("bob")
    for status in (200, 200, 200, 429, 429):
        post(bob, status)
    time.sleep(1.5)  # plots are a second behind
    root = sign_in(configured.server, "root", role="admin")
    view = root.get("/api/rookery/v1/admin/limits")
    posts = next(one for one in view["rules"] if one["name"] == "posts")
    assert posts["routes"] == ["posts"] and posts["per"] == ["account"]
    assert (posts["algorithm"], posts["amount"], posts["period_ms"]) == ("fixed-window", 3, 10_800_000)
    assert sum(minute["refused"] for minute in posts["minutes"]) == 2
    assert sum(minute["allowed"] for minute in posts["minutes"]) == 3
    entry = view["refused"][0]
    assert (entry["rule"], entry["times"], entry["shadow"]) == ("posts", 2, False)
    assert entry["account"]["username"] == "bob"
    assert entry["first_at"] <= entry["last_at"] < entry["until"]
    bob.request("GET", "/api/rookery/v1/admin/limits", 403)
    sign_in(configured.server, "mod", role="moderator").request(
        "GET", "/api/rookery/v1/admin/limits", 403)
    metrics = root.request("GET", "/api/rookery/v1/metrics").text
    assert 'rookery_rate_limit_decisions_total{rule="posts",outcome="refused"} 2' in metrics


def app_of(server):
    fields = {"client_name": "tries", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read"}
    answer = requests.post(server.url + "/api/v1/apps", json=fields, timeout=30).json()
    return {"client_id": answer["client_id"], "client_secret": answer["client_secret"]}


def attempt(server, app, name, **headers):
    fields = {**app, "grant_type": "password", "username": name, "password": "not this one"}
    return requests.post(server.url + "/oauth/token", data=fields, headers=headers, timeout=30)


def hitters(server):
    """Of each built-in rule a request that it is about."""
    bob = server.account("bob")
    tokens = [server.cli("account", "token", "bob").stdout.split()[-1] for _ in range(2)]
    app = app_of(server)
    counter = iter(range(10**6))

    def ask(method, path, **fields):
        return lambda: bob.session.request(method, server.url + path, json=fields or None, timeout=30)

    def by_several_tokens():
        headers = {"Authorization": "Bearer " + tokens[next(counter) % 2]}
        return bob.session.get(server.url + "/api/v1/preferences", headers=headers, timeout=30)

    return {
        "requests": ask("GET", "/api/v1/preferences"),
        "requests-by-account": by_several_tokens,
        "posts": lambda: ask("POST", "/api/v1/statuses", status=f"number {next(counter)}")(),
        "posts-at-once": lambda: ask("POST", "/api/v1/statuses", status=f"number {next(counter)}")(),
        "deletions": ask("DELETE", "/api/v1/statuses/1"),
        "media": ask("POST", "/api/v2/media"),
        "search": ask("GET", "/api/v2/search?q=anything"),
        "streaming": ask("GET", "/api/v1/streaming?stream=nothing"),
        "follows": ask("POST", "/api/v1/accounts/1/follow"),
        "reports": ask("POST", "/api/v1/reports"),
        "sign-ups": lambda: requests.post(server.url + "/api/v1/accounts", timeout=30),
        "apps": lambda: requests.post(server.url + "/api/v1/apps", timeout=30),
        "sign-ins": lambda: attempt(server, app, "bob"),
        "sign-ins-by-address": lambda: attempt(server, app, f"somebody{next(counter)}"),
    }


def test_every_built_in_rule_bites(tmp_path):
    configured = Configured(tmp_path, only(""))
    hits = hitters(configured.server)
    assert set(hits) == set(defaults()), "a rule without a request that hits it"
    for name, most in defaults().items():
        configured.rewrite(only(name))
        statuses = [hits[name]().status_code for _ in range(most)]
        assert 429 not in statuses, (name, statuses.index(429), most)
        last = [hits[name]() for _ in range(4)]  # a bucket may have one more by now
        refused = [answer for answer in last if answer.status_code == 429]
        assert refused, (name, [answer.status_code for answer in last])
        assert int(refused[-1].headers["Retry-After"]) > 0, name
        assert f'"{name}";r=0' in refused[-1].headers["RateLimit"], name
    configured.server.end()


def test_spelling_a_name_otherwise_is_no_way_around(tmp_path):
    configured = Configured(tmp_path, only("sign-ins"))
    server = configured.server
    server.account("bob", email="bob@example.com")
    app = app_of(server)
    names = ["bob", "BOB", " bob ", "@bob", "@Bob", "bob@example.com", "BOB@EXAMPLE.COM",
             " Bob@Example.com", "bob", "bOb"]
    assert [attempt(server, app, name).status_code for name in names] == [400] * 10
    for name in ("bob", "@BOB", "Bob@example.com", "%62ob", "bob "):
        status = attempt(server, app, name).status_code
        assert status == (400 if name == "%62ob" else 429), name
    configured.server.end()


def test_a_path_written_otherwise_is_the_same_route(configured):
    bob = configured.server.account("bob")
    for path in ("/api/v1/statuses", "/api/v1/%73tatuses", "/api/v1/statuses?x=1"):
        assert bob.session.post(configured.server.url + path, json={"status": "x"}).status_code == 200
    for path in ("/api/v1/status%65s", "/api/v1/statuses"):
        assert bob.session.post(configured.server.url + path, json={"status": "x"}).status_code == 429


def test_a_forged_forwarded_address_is_not_believed(tmp_path):
    configured = Configured(tmp_path, only("apps"))
    url = configured.server.url + "/api/v1/apps"

    def ask(address):
        return requests.post(url, headers={"X-Forwarded-For": address}, timeout=30).status_code

    statuses = [ask(f"198.51.100.{i}") for i in range(30)]
    assert statuses == [422] * 25 + [429] * 5
    configured.server.end()


def test_behind_a_proxy_each_client_is_counted_by_itself(tmp_path):
    configured = Configured(tmp_path, only("apps") + '[http]\ntrusted_proxies = ["127.0.0.1"]\n')
    url = configured.server.url + "/api/v1/apps"

    def ask(address, times=1):
        return [requests.post(url, headers={"X-Forwarded-For": address}, timeout=30).status_code
                for _ in range(times)]

    assert ask("198.51.100.1", 26) == [422] * 25 + [429]
    assert ask("198.51.100.2") == [422]
    assert ask("::ffff:198.51.100.1") == [429]
    assert ask("198.51.100.9, 198.51.100.1") == [429], "what a client claims before its own address"
    for i in range(25):
        assert ask(f"2001:db8:0:1::{i + 1:x}") == [422]
    assert ask("2001:DB8:0:1:ffff::1") == [429], "of the same /64"
    assert ask("2001:db8:0:2::1") == [422]
    configured.server.end()


def test_many_tokens_of_one_account_are_one_account(configured):
    server = configured.server
    server.account("bob")
    tokens = [server.cli("account", "token", "bob").stdout.split()[-1] for _ in range(4)]
    statuses = [
        requests.post(server.url + "/api/v1/statuses", json={"status": token},
                      headers={"Authorization": f"Bearer {token}"}, timeout=30).status_code
        for token in tokens
    ]
    assert statuses == [200, 200, 200, 429]


def test_a_queue_lets_requests_go_on_evenly(tmp_path):
    queue = rule("queue", routes=["reports"], algorithm="leaking-queue", amount=10, period_ms=1000,
                 burst=5)
    configured = Configured(tmp_path, only("") + queue)
    bob = configured.server.account("bob")
    went_on, statuses = [], []

    def ask():
        answer = requests.post(configured.server.url + "/api/v1/reports", timeout=30,
                               headers={"Authorization": f"Bearer {bob.token}"})
        statuses.append(answer.status_code)
        went_on.append(time.monotonic())

    begun = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses)[:5] == [422] * 5 and statuses.count(429) >= 2
    assert max(went_on) - begun >= 0.35, "the fifth waits for the four before it"
    configured.server.end()


@pytest.mark.parametrize("fields", ["RateLimit", "X-RateLimit"])
def test_an_obedient_client_is_never_refused(tmp_path, fields):
    configured = Configured(tmp_path, only("") + rule(
        "short", routes=["all"], algorithm="sliding-log", amount=400, period_ms=100
    ) + rule("pace", routes=["reads"], algorithm="gcra", amount=2000, period_ms=1000, burst=50))
    bob = configured.server.account("bob")
    url = configured.server.url + "/api/v1/preferences"
    for _ in range(int(os.environ.get("ROOKERY_OBEDIENT_REQUESTS", 1_000))):
        answer = bob.session.get(url, timeout=30)
        assert answer.status_code == 200, answer.headers
        if fields == "RateLimit":
            waits = [int(re.search(r"t=(\d+)", item)[1])
                     for item in answer.headers["RateLimit"].split(", ") if ";r=0;" in item]
            time.sleep(max(waits, default=0))
        elif answer.headers["X-RateLimit-Remaining"] == "0":
            reset = answer.headers["X-RateLimit-Reset"]
            at = time.strptime(reset[:19], "%Y-%m-%dT%H:%M:%S")
            time.sleep(max(0, calendar.timegm(at) + float("0" + reset[19:-1]) - time.time()))
    configured.server.end()


@pytest.fixture
def store(tmp_path):
    """A real store on a socket of its own."""
    program = shutil.which("redis-server")
    assert program, "redis-server is needed: ./dev setup installs it"
    socket = tmp_path / "store.sock"

    class Store:
        url = f"unix://{socket}"

        def start(self):
            self.process = subprocess.Popen(
                [program, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", tmp_path],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(1_000):
                if socket.exists():
                    return
                time.sleep(0.01)
            raise AssertionError("the store did not start")

        def kill(self):
            self.process.kill()
            self.process.wait()
            socket.unlink(missing_ok=True)

    running = Store()
    running.start()
    yield running
    running.kill()


def test_servers_with_one_store_count_together(tmp_path, store):
    text = f'[rate_limits]\nstore = "{store.url}"\n' + rule("apps", amount=6) + "".join(
        rule(name, enabled=False) for name in defaults() if name != "apps")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = Configured(tmp_path / "one", text)
    two = Configured(tmp_path / "two", text)

    def ask(configured):
        return requests.post(configured.server.url + "/api/v1/apps", timeout=30)

    assert [ask(one).status_code for _ in range(4)] == [422] * 4
    assert rests(ask(two)) == {"apps": 1}
    two.server.restart()
    assert rests(ask(two)) == {"apps": 0}
    refused = ask(one)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    store.kill()
    assert [ask(one).status_code for _ in range(7)] == [422] * 6 + [429], "each for itself meanwhile"
    store.start()
    deadline = time.monotonic() + 20
    while (answer := ask(one)).status_code != 422:
        assert time.monotonic() < deadline, "it does not come back to the store"
        time.sleep(0.1)
    assert "apps" in rests(answer)
    one.server.end()
    two.server.end()


def test_a_rule_that_needs_a_store_is_refused_without_one(tmp_path):
    path = tmp_path / "rookery.toml"
    path.write_text(rule("posts", reach="shared"))
    refused = run_cli("config", "check", path, check=False)
    assert refused.returncode == 1
    assert 'rate_limits.rule.reach of "posts" is shared, and rate_limits.store is empty' in refused.stderr
