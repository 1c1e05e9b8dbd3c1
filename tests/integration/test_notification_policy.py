"""Policies of notifications, and the requests that what is held back forms."""
import json

import pytest

from test_streaming import connect, settle

POLICY = "/api/v2/notifications/policy"
REQUESTS = "/api/v1/notifications/requests"


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def kinds(client, **params):
    return [entry["type"] for entry in client.get("/api/v1/notifications", **params)]


def summary(client):
    found = client.get(POLICY)["summary"]
    return found["pending_requests_count"], found["pending_notifications_count"]


def test_a_policy_is_kept_and_wrong_ones_are_refused(server, people):
    ada = people[0]
    standard = ada.get(POLICY)
    assert standard == {
        "for_not_following": "accept", "for_not_followers": "accept", "for_new_accounts": "accept",
        "for_private_mentions": "filter", "for_limited_accounts": "filter",
        "summary": {"pending_requests_count": 0, "pending_notifications_count": 0}}
    changed = ada.patch(POLICY, for_not_following="filter", for_new_accounts="drop")
    assert changed == {**standard, "for_not_following": "filter", "for_new_accounts": "drop"}
    server.restart()
    assert ada.get(POLICY) == changed
    refused = ada.request("PATCH", POLICY, 422, json={"for_not_followers": "perhaps"})
    assert "for_not_followers is not one of accept, filter, drop" in refused.json()["error"]
    server.anonymous().request("GET", POLICY, 401)


def test_the_first_version_knows_filtering_only(people):
    ada = people[0]
    path = "/api/v1/notifications/policy"
    ada.patch(POLICY, for_new_accounts="drop")
    assert ada.get(path) == {
        "filter_not_following": False, "filter_not_followers": False, "filter_new_accounts": True,
        "filter_private_mentions": True,
        "summary": {"pending_requests_count": 0, "pending_notifications_count": 0}}
    ada.put(path, filter_new_accounts=True, filter_not_followers=True, filter_private_mentions=False)
    policy = ada.get(POLICY)
    assert (policy["for_new_accounts"], policy["for_not_followers"], policy["for_private_mentions"]) == (
        "drop", "filter", "accept")
    assert ada.patch(path, filter_not_followers="false")["filter_not_followers"] is False
    assert "filter_not_followers" in ada.request(
        "PATCH", path, 422, json={"filter_not_followers": "perhaps"}).json()["error"]


def test_what_is_held_back_is_nowhere_until_it_is_accepted(server, people):
    ada, bob, cleo = people
    ada.patch(POLICY, for_not_following="filter")
    socket = connect(ada, "?stream=user:notification")
    settle(ada, socket)
    post = ada.publish("hello")
    bob.publish("@ada one")
    second = bob.publish("@ada two")
    cleo.post(f"/api/v1/statuses/{post['id']}/favourite")
    server.drain_events()
    assert kinds(ada) == []
    assert ada.get("/api/v2/notifications")["notification_groups"] == []
    for version in ("v1", "v2"):
        assert ada.get(f"/api/{version}/notifications/unread_count") == {"count": 0}
    assert kinds(ada, include_filtered="true") == ["favourite", "mention", "mention"]
    assert kinds(ada, include_filtered="true", account_id=bob.id) == ["mention", "mention"]
    groups = ada.get("/api/v2/notifications", include_filtered="true")["notification_groups"]
    assert [group["type"] for group in groups] == ["favourite", "mention", "mention"]
    held = ada.get("/api/v1/notifications", include_filtered="true")[1]
    assert held["filtered"] is True
    assert ada.get(f"/api/v1/notifications/{held['id']}") == held

    of_cleo, of_bob = ada.get(REQUESTS)
    assert of_bob["account"]["id"] == bob.id and of_bob["notifications_count"] == "2"
    assert of_bob["last_status"]["id"] == second["id"]
    assert of_bob["created_at"] <= of_bob["updated_at"]
    assert of_cleo["notifications_count"] == "1" and of_cleo["last_status"] is None
    assert ada.get(f"{REQUESTS}/{of_bob['id']}") == of_bob
    assert [len(page) for page in ada.pages(REQUESTS, limit=1)] == [1, 1]
    assert summary(ada) == (2, 3)
    assert bob.get(REQUESTS) == []
    bob.request("GET", f"{REQUESTS}/{of_bob['id']}", 404)
    bob.request("POST", f"{REQUESTS}/{of_bob['id']}/accept", 404)

    assert ada.post(f"{REQUESTS}/{of_bob['id']}/accept") == {}
    assert ada.get(f"{REQUESTS}/merged") == {"merged": True}
    assert json.loads(socket.recv()) == {"stream": ["user:notification"], "event": "notifications_merged"}
    assert kinds(ada) == ["mention", "mention"] and summary(ada) == (1, 1)
    assert "filtered" not in ada.get("/api/v1/notifications")[0]
    third = bob.publish("@ada three")
    server.drain_events()
    arrived = json.loads(socket.recv())
    assert arrived["event"] == "notification"
    assert json.loads(arrived["payload"])["status"]["id"] == third["id"]
    assert len(kinds(ada)) == 3
    ada.request("POST", f"{REQUESTS}/{of_bob['id']}/accept", 404)
    socket.close()


def test_requests_are_dismissed_and_come_anew(server, people):
    ada, bob, _ = people
    ada.patch(POLICY, for_not_followers="filter")
    bob.publish("@ada one")
    server.drain_events()
    first = ada.get(REQUESTS)[0]
    assert ada.post(f"{REQUESTS}/{first['id']}/dismiss") == {}
    assert ada.get(REQUESTS) == [] and kinds(ada, include_filtered="true") == []
    bob.publish("@ada two")
    server.drain_events()
    again = ada.get(REQUESTS)
    assert len(again) == 1 and again[0]["id"] != first["id"]
    ada.post("/api/v1/notifications/clear")
    assert ada.get(REQUESTS) == [] and summary(ada) == (0, 0)


def test_many_are_settled_at_once(server, people):
    ada, bob, cleo = people
    ada.patch(POLICY, for_new_accounts="filter")
    dan = server.account("dan")
    for sender in (bob, cleo, dan):
        sender.publish("@ada hi")
    server.drain_events()
    ids = {request["account"]["username"]: request["id"] for request in ada.get(REQUESTS)}
    assert set(ids) == {"bob", "cleo", "dan"}
    assert ada.post(f"{REQUESTS}/accept", id=[ids["bob"], ids["cleo"], "77"]) == {}
    assert [entry["account"]["username"] for entry in ada.get("/api/v1/notifications")] == ["cleo", "bob"]
    assert ada.request("POST", f"{REQUESTS}/dismiss", data={"id[]": [ids["dan"]]}).json() == {}
    assert ada.get(REQUESTS) == []
    for action in ("accept", "dismiss"):
        assert "id[]" in ada.request("POST", f"{REQUESTS}/{action}", 422, json={"id": ["x"]}).json()["error"]
        assert "id[]" in ada.request("POST", f"{REQUESTS}/{action}", 422).json()["error"]


def test_dropped_notifications_are_never_made(server, people):
    ada, bob, _ = people
    ada.patch(POLICY, for_not_following="drop")
    mention = bob.publish("@ada hi")
    server.drain_events()
    ada.patch(POLICY, for_not_following="accept")
    assert kinds(ada, include_filtered="true") == [] and ada.get(REQUESTS) == []
    assert ada.get(f"/api/v1/statuses/{mention['id']}")["id"] == mention["id"]


def test_private_mentions_of_strangers_wait_and_answers_do_not(server, people):
    ada, bob, cleo = people
    bob.publish("@ada psst", visibility="direct")
    asked = ada.publish("@cleo psst", visibility="direct")
    cleo.publish("@ada yes?", visibility="direct", in_reply_to_id=asked["id"])
    server.drain_events()
    assert [entry["account"]["username"] for entry in ada.get("/api/v1/notifications")] == ["cleo"]
    assert [request["account"]["username"] for request in ada.get(REQUESTS)] == ["bob"]


def test_a_deleted_post_leaves_its_request(server, people):
    ada, bob, _ = people
    ada.patch(POLICY, for_not_following="filter")
    mention = bob.publish("@ada hi")
    server.drain_events()
    assert summary(ada) == (1, 1)
    bob.delete(f"/api/v1/statuses/{mention['id']}")
    server.drain_events()
    assert ada.get(REQUESTS) == [] and summary(ada) == (0, 0)
