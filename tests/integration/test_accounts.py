"""Profiles, relationships and the lists of people."""
import re

import pytest
import requests


def test_a_profile_is_edited_in_every_form(server):
    alice = server.account("alice")
    alice.patch("/api/v1/accounts/update_credentials", display_name="Alice", note="I like #birds",
                fields_attributes=[{"name": "home", "value": "https://a.example"}, {"name": "x", "value": "y"}],
                source={"privacy": "unlisted", "sensitive": True, "language": "de"}, locked=True)
    me = alice.get("/api/v1/accounts/verify_credentials")
    assert me["source"]["privacy"] == "unlisted" and me["source"]["language"] == "de"
    assert [field["name"] for field in me["fields"]] == ["home", "x"]
    assert "/tags/birds" in me["note"] and me["source"]["note"] == "I like #birds"
    assert alice.get("/api/v1/preferences")["posting:default:sensitive"] is True

    alice.request("PATCH", "/api/v1/accounts/update_credentials", data={
        "fields_attributes[0][name]": "only", "fields_attributes[0][value]": "one", "locked": "false"})
    seen = server.anonymous().get(f"/api/v1/accounts/{alice.id}")
    assert [field["name"] for field in seen["fields"]] == ["only"] and seen["locked"] is False
    assert seen["display_name"] == "Alice"


@pytest.mark.parametrize("fields", [{"display_name": "x" * 100}, {"note": "x" * 10_000}, {"locked": "maybe"},
                                    {"source": {"privacy": "nobody"}}])
def test_a_wrong_profile_changes_nothing(server, fields):
    alice = server.account("alice")
    before = alice.get("/api/v1/accounts/verify_credentials")
    alice.patch("/api/v1/accounts/update_credentials", expect=422, **fields)
    assert alice.get("/api/v1/accounts/verify_credentials") == before


def test_a_locked_account_answers_requests(server):
    alice, bob, carol = (server.account(name) for name in ("alice", "bob", "carol"))
    alice.patch("/api/v1/accounts/update_credentials", locked=True)
    assert bob.follow(alice)["requested"] and carol.follow(alice)["requested"]
    assert {a["username"] for a in alice.get("/api/v1/follow_requests")} == {"bob", "carol"}
    assert alice.get("/api/v1/accounts/verify_credentials")["source"]["follow_requests_count"] == 2
    assert alice.post(f"/api/v1/follow_requests/{bob.id}/authorize")["followed_by"]
    assert not alice.post(f"/api/v1/follow_requests/{carol.id}/reject")["followed_by"]
    assert bob.get("/api/v1/accounts/relationships", **{"id[]": alice.id})[0]["following"]
    alice.post(f"/api/v1/follow_requests/{carol.id}/authorize", expect=404)


def test_blocks_and_mutes(server):
    alice, bob = server.account("alice"), server.account("bob")
    bob.follow(alice)
    assert alice.post(f"/api/v1/accounts/{bob.id}/block")["blocking"]
    bob.post(f"/api/v1/accounts/{alice.id}/follow", expect=403)
    assert [a["username"] for a in alice.get("/api/v1/blocks")] == ["bob"]
    assert bob.get("/api/v1/accounts/relationships", id=alice.id)[0]["blocked_by"]
    assert not alice.post(f"/api/v1/accounts/{bob.id}/unblock")["blocking"]
    muted = alice.post(f"/api/v1/accounts/{bob.id}/mute", notifications=False, duration=3600)
    assert muted["muting"] and not muted["muting_notifications"] and muted["muting_expires_at"]
    assert alice.get("/api/v1/mutes")[0]["mute_expires_at"]
    assert alice.post(f"/api/v1/accounts/{bob.id}/note", comment="met at sea")["note"] == "met at sea"


def test_lists_of_people_page_without_gaps(server):
    star = server.account("star")
    fans = [server.account(f"fan{i}") for i in range(11)]
    for fan in fans:
        fan.follow(star)
    seen = [a["username"] for page in star.pages(f"/api/v1/accounts/{star.id}/followers", limit=4) for a in page]
    assert seen == [fan.name for fan in reversed(fans)]
    first = star.request("GET", f"/api/v1/accounts/{star.id}/followers", params={"limit": 4})
    newer = re.search(r'<([^>]+)>; rel="prev"', first.headers["Link"]).group(1)
    assert star.request("GET", newer).json() == []
    late = server.account("late")
    late.follow(star)
    assert [a["username"] for a in star.request("GET", newer).json()] == ["late"]


def test_finding_people(server):
    alice, bob = server.account("alice"), server.account("bobby")
    assert alice.get("/api/v1/accounts/lookup", acct="Bobby")["id"] == bob.id
    assert [a["id"] for a in alice.get("/api/v1/accounts/search", q="@bo")] == [bob.id]
    assert [a["id"] for a in alice.get("/api/v1/accounts", **{"id[]": [bob.id, "1", alice.id]})] == [bob.id, alice.id]
    alice.get("/api/v1/accounts/lookup", expect=404, acct="nobody")
    alice.get("/api/v1/accounts/123", expect=404)
    alice.get("/api/v1/accounts/x", expect=404)
    alice.get(f"/api/v1/accounts/{bob.id}/followers", expect=422, max_id="x")


def test_what_apps_ask_for_when_they_start(server):
    alice = server.account("alice")
    for path in ("/api/v1/instance", "/api/v2/instance", "/api/v1/instance/rules", "/api/v1/instance/peers",
                 "/api/v1/instance/activity", "/api/v1/instance/extended_description",
                 "/api/v1/instance/privacy_policy", "/api/v1/custom_emojis", "/api/v1/announcements",
                 "/api/v1/preferences", "/api/v1/profile", "/api/v1/markers", "/api/v1/filters", "/api/v2/filters",
                 "/api/v1/followed_tags", "/api/v1/featured_tags", "/api/v1/endorsements", "/api/v1/domain_blocks",
                 "/api/v1/scheduled_statuses", "/api/v1/trends/tags", "/api/v1/trends/statuses",
                 "/api/v1/trends/links", "/api/v1/directory", "/api/v1/suggestions", "/api/v2/suggestions",
                 "/api/v1/blocks", "/api/v1/mutes", "/api/v1/follow_requests", "/api/v1/lists",
                 "/api/v1/conversations", "/api/v1/notifications", "/api/v1/bookmarks", "/api/v1/favourites",
                 "/api/v1/accounts/verify_credentials", "/api/v1/apps/verify_credentials",
                 "/.well-known/nodeinfo", "/nodeinfo/2.0", "/nodeinfo/2.1", "/api/v1/instance/"):
        alice.get(path)
    alice.get("/api/v1/push/subscription", expect=404)
    alice.get("/api/v1/instance/terms_of_service", expect=404)


def test_the_public_pages(server):
    alice = server.account("alice")
    post = alice.publish("<b>Hello</b> #world")
    for path in ("/", "/@alice", f"/@alice/{post['id']}", "/tags/world", "/about", "/privacy-policy",
                 "/auth/sign_in", "/auth/sign_up"):
        page = requests.get(server.url + path)
        assert page.status_code == 200, path
        assert "<b>" not in page.text and "<script" not in page.text, path
    assert requests.get(post["url"]).status_code == 200
    me = alice.get("/api/v1/accounts/verify_credentials")
    assert requests.get(me["url"]).status_code == 200
    for picture in ("avatar", "header"):
        assert requests.get(me[picture]).headers["Content-Type"] == "image/png"
    assert requests.get(server.url + "/@nobody").status_code == 404
