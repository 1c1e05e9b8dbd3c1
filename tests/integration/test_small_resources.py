"""Filters, followed hashtags, reports and markers."""


def test_filters(server):
    alice = server.account("alice")
    made = alice.post("/api/v2/filters", title="Spoilers", context=["home", "thread"], filter_action="warn",
                      expires_in=3600, keywords_attributes=[{"keyword": "ending", "whole_word": True},
                                                            {"keyword": "murderer"}])
    assert [k["keyword"] for k in made["keywords"]] == ["ending", "murderer"]
    path = f"/api/v2/filters/{made['id']}"
    keyword = alice.post(f"{path}/keywords", keyword="gardener", whole_word=False)
    assert alice.put(f"/api/v2/filters/keywords/{keyword['id']}", keyword="butler")["keyword"] == "butler"
    entry = alice.post(f"{path}/statuses", status_id="123")
    assert alice.get(f"/api/v2/filters/statuses/{entry['id']}")["status_id"] == "123"
    changed = alice.put(path, title="The end", keywords_attributes=[{"id": made["keywords"][0]["id"], "_destroy": True}])
    assert [k["keyword"] for k in changed["keywords"]] == ["murderer", "butler"]
    assert [f["phrase"] for f in alice.get("/api/v1/filters")] == ["murderer", "butler"]
    alice.delete(f"/api/v2/filters/keywords/{keyword['id']}")
    server.restart()
    assert [k["keyword"] for k in alice.get(path)["keywords"]] == ["murderer"]
    server.account("bob").get(path, expect=404)
    alice.delete(path)
    assert alice.get("/api/v2/filters") == []


def test_filters_of_version_1(server):
    alice = server.account("alice")
    made = alice.post("/api/v1/filters", phrase="rain", context=["public"], whole_word=True, irreversible=True)
    assert alice.get(f"/api/v1/filters/{made['id']}") == made
    assert alice.get("/api/v2/filters")[0]["filter_action"] == "hide"
    assert alice.put(f"/api/v1/filters/{made['id']}", phrase="snow", context=["home"])["phrase"] == "snow"
    alice.delete(f"/api/v1/filters/{made['id']}")
    assert alice.get("/api/v2/filters") == []
    alice.post("/api/v1/filters", expect=422, context=["home"])


def test_hashtags(server):
    alice, bob = server.account("alice"), server.account("bob")
    bob.publish("the #Birds")
    assert alice.post("/api/v1/tags/birds/follow")["following"]
    assert [tag["name"] for tag in alice.get("/api/v1/followed_tags")] == ["birds"]
    assert server.anonymous().get("/api/v1/tags/Birds")["history"][0]["uses"] == "1"
    assert not alice.post("/api/v1/tags/birds/unfollow")["following"]
    alice.post("/api/v1/tags/no%20tag/follow", expect=422)


def test_reports(server):
    alice, bob = server.account("alice"), server.account("bob")
    post = bob.publish("bad")
    report = alice.post("/api/v1/reports", account_id=bob.id, status_ids=[post["id"]], comment="see", category="spam")
    assert report["target_account"]["id"] == bob.id and report["status_ids"] == [post["id"]]
    alice.post("/api/v1/reports", expect=422, comment="whom?")
    alice.post("/api/v1/reports", expect=422, account_id=bob.id, category="boring")
