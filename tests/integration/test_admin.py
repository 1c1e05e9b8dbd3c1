"""What moderators and administrators may do by the API, and that nobody else may."""
import json

import pytest
import requests

from api_client import Client
from test_oauth import PASSWORD, Browser
from test_web_app import code_of, key_pair, query, redeem


def sign_in(server, name, **options):
    """Makes an account and signs it in to the web app, whose tokens have the admin scopes."""
    extra = [part for key, value in options.items() for part in (f"--{key}", value)]
    made = json.loads(server.cli("account", "create", name, "--password", PASSWORD,
                                 "--email", f"{name}@a.example", "--json", *extra).stdout)
    return Client(server, token_of(server, name), made)


def token_of(server, name):
    browser = Browser(server)
    browser.sign_in(name)
    verifier, challenge = key_pair()
    back = browser.get("/oauth/authorize", expect=302, **query(server, challenge))
    return redeem(server, code_of(back), verifier)["access_token"]


@pytest.fixture
def house(server):
    """An administrator, a moderator, and two people."""
    return (sign_in(server, "root_a", role="admin"), sign_in(server, "mod", role="moderator"),
            sign_in(server, "ada"), sign_in(server, "bob"))


def names(entities):
    return [entity["username"] for entity in entities]


ROUTES = [("GET", "/api/v1/admin/accounts"), ("GET", "/api/v2/admin/accounts"),
          ("GET", "/api/v1/admin/accounts/1"), ("POST", "/api/v1/admin/accounts/1/action"),
          ("POST", "/api/v1/admin/accounts/1/unsuspend"), ("GET", "/api/v1/admin/reports"),
          ("GET", "/api/v1/admin/reports/1"), ("POST", "/api/v1/admin/reports/1/resolve"),
          ("POST", "/api/v1/admin/reports/1/reopen"), ("POST", "/api/v1/admin/reports/1/unassign"),
          ("POST", "/api/v1/admin/reports/1/assign_to_self"), ("GET", "/api/rookery/v1/metrics"),
          ("GET", "/api/rookery/v1/admin/limits")]


@pytest.mark.parametrize("method, path", ROUTES)
def test_scope_and_role_are_both_needed(server, method, path):
    ada = sign_in(server, "ada")
    assert ada.request(method, path, 403).json() == {"error": "This action is not allowed"}
    plain = server.account("mod", role="moderator")  # a token without an admin scope
    assert "outside the authorized scopes" in plain.request(method, path, 403).json()["error"]
    server.anonymous().request(method, path, 401)


def test_a_role_that_was_taken_is_gone_at_once(server, house):
    mod = house[1]
    mod.get("/api/v1/admin/reports")
    server.cli("account", "role", "mod", "user")
    mod.request("GET", "/api/v1/admin/reports", 403)


def test_accounts_are_listed_and_filtered(server, house):
    root, mod, ada, bob = house
    ada.patch("/api/v1/accounts/update_credentials", display_name="Countess")
    everybody = ["ada", "bob", "mod", "root_a"]
    listed = mod.get("/api/v1/admin/accounts")
    assert names(listed) == everybody
    assert [entity["role"]["name"] for entity in listed] == ["", "", "Moderator", "Admin"]
    shown = mod.get(f"/api/v1/admin/accounts/{ada.id}")
    assert shown == listed[0]
    assert shown["email"] == "ada@a.example" and shown["account"]["display_name"] == "Countess"
    assert shown["ip"] == "127.0.0.1" and [entry["ip"] for entry in shown["ips"]] == ["127.0.0.1"]
    mod.request("GET", "/api/v1/admin/accounts/1", 404)
    mod.post(f"/api/v1/admin/accounts/{bob.id}/action", type="suspend")

    for v1, v2, expected in [
        ({"local": "true"}, {"origin": "local"}, everybody),
        ({"remote": "true"}, {"origin": "remote"}, []),
        ({"active": "true"}, {"status": "active"}, ["ada", "mod", "root_a"]),
        ({"suspended": "true"}, {"status": "suspended"}, ["bob"]),
        ({"pending": "true"}, {"status": "pending"}, []),
        ({"silenced": "true"}, {"status": "silenced"}, []),
        ({"staff": "true"}, {"permissions": "staff"}, ["mod", "root_a"]),
        ({"username": "A"}, {"username": "A"}, ["ada"]),
        ({"display_name": "count"}, {"display_name": "count"}, ["ada"]),
        ({"email": "BOB@"}, {"email": "BOB@"}, ["bob"]),
        ({"ip": "127.0.0.1"}, {"ip": "127.0.0.1"}, ["ada", "mod", "root_a"]),
        ({"ip": "192.0.2.1"}, {"by_domain": "far.example"}, []),
    ]:
        assert names(mod.get("/api/v1/admin/accounts", **v1)) == expected, v1
        assert names(mod.get("/api/v2/admin/accounts", **v2)) == expected, v2
    for name, value in (("origin", "mars"), ("status", "sleepy"), ("permissions", "all")):
        assert name in mod.request("GET", "/api/v2/admin/accounts", 422, params={name: value}).json()["error"]
    pages = [names(page) for page in mod.pages("/api/v2/admin/accounts", limit=3)]
    assert pages == [everybody[:3], everybody[3:]]
    assert names(mod.get("/api/v1/admin/accounts", limit=1, max_id=ada.id, suspended="true")) == ["bob"]


def test_a_suspension_ends_everything_and_can_be_taken_back(server, house):
    root, mod, ada, bob = house
    report = bob.post("/api/v1/reports", account_id=ada.id, comment="rude")
    action = f"/api/v1/admin/accounts/{ada.id}/action"
    for kind, said in (("silence", "knows only none and suspend"), ("dance", "type is not none")):
        assert said in mod.request("POST", action, 422, json={"type": kind}).json()["error"]
    assert "another account" in mod.request(
        "POST", f"/api/v1/admin/accounts/{bob.id}/action", 422,
        json={"type": "suspend", "report_id": report["id"]}).json()["error"]
    ada.get("/api/v1/timelines/home")
    assert mod.post(action, type="suspend", report_id=report["id"]) == {}
    ada.request("GET", "/api/v1/timelines/home", 401)
    assert mod.get(f"/api/v1/admin/accounts/{ada.id}")["suspended"] is True
    resolved = mod.get(f"/api/v1/admin/reports/{report['id']}")
    assert resolved["action_taken"] and resolved["action_taken_by_account"]["id"] == mod.id
    back = mod.post(f"/api/v1/admin/accounts/{ada.id}/unsuspend")
    assert back["suspended"] is False
    mod.request("POST", f"/api/v1/admin/accounts/{ada.id}/unsuspend", 403)
    Client(server, token_of(server, "ada"), None).get("/api/v1/timelines/home")


def test_nobody_acts_on_their_equals(house):
    root, mod, _, _ = house
    for actor, target in ((mod, root), (mod, mod), (root, root)):
        for action in ("action", "unsuspend"):
            actor.request("POST", f"/api/v1/admin/accounts/{target.id}/{action}", 403, json={"type": "suspend"})
    root.post(f"/api/v1/admin/accounts/{mod.id}/action", type="suspend")
    mod.request("GET", "/api/v1/admin/accounts", 401)


def test_reports_are_looked_after(server, house):
    root, mod, ada, bob = house
    post = ada.publish("buy now", visibility="private")
    first = bob.post("/api/v1/reports", account_id=ada.id, comment="an ad", category="spam",
                     status_ids=[post["id"]])
    second = ada.post("/api/v1/reports", account_id=bob.id)
    assert [report["id"] for report in mod.get("/api/v1/admin/reports")] == [second["id"], first["id"]]
    path = f"/api/v1/admin/reports/{first['id']}"
    shown = mod.get(path)
    assert (shown["category"], shown["comment"], shown["action_taken"]) == ("spam", "an ad", False)
    assert shown["account"]["id"] == bob.id and shown["target_account"]["id"] == ada.id
    assert [status["id"] for status in shown["statuses"]] == [post["id"]]
    assert shown["assigned_account"] is None and shown["action_taken_by_account"] is None
    mod.request("GET", "/api/v1/admin/reports/1", 404)

    assert mod.post(path + "/assign_to_self")["assigned_account"]["id"] == mod.id
    assert root.post(path + "/assign_to_self")["assigned_account"]["id"] == root.id
    assert root.post(path + "/unassign")["assigned_account"] is None
    resolved = mod.post(path + "/resolve")
    assert resolved["action_taken"] and resolved["action_taken_at"] == resolved["updated_at"]
    assert [report["id"] for report in mod.get("/api/v1/admin/reports")] == [second["id"]]
    assert [report["id"] for report in mod.get("/api/v1/admin/reports", resolved="true")] == [first["id"]]
    server.restart()
    assert mod.get(path) == resolved
    reopened = mod.post(path + "/reopen")
    assert reopened["action_taken"] is False and reopened["action_taken_at"] is None
    assert [report["id"] for report in mod.get("/api/v1/admin/reports", account_id=bob.id)] == [first["id"]]
    assert [r["id"] for r in mod.get("/api/v1/admin/reports", target_account_id=bob.id)] == [second["id"]]
    assert [len(page) for page in mod.pages("/api/v1/admin/reports", limit=1)] == [1, 1]
    ada.delete(f"/api/v1/statuses/{post['id']}")
    assert mod.get(path)["statuses"] == []


def test_administrators_read_the_metrics(server, house):
    root, mod, _, _ = house
    answer = root.request("GET", "/api/rookery/v1/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "rookery_build_info{" in answer.text
    series = {line.split("{")[0].split(" ")[0] for line in answer.text.splitlines()}
    beside = requests.get(server.url + "/metrics").text
    assert {line.split("{")[0].split(" ")[0] for line in beside.splitlines()} == series
    mod.request("GET", "/api/rookery/v1/metrics", 403)
