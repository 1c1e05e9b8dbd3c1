"""Whom to follow, how people hang together, and the directory: over HTTP, while all of it is kept up."""
import time

import pytest

from rookery_server import Server

SIMILAR = "similar_to_recently_followed"


def until(question, seconds=20):
    """What is derived beside the requests is there within moments."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
    return answer


@pytest.fixture
def house(tmp_path):
    """A server that makes suggestions anew at every call."""
    config = tmp_path / "config.toml"
    config.write_text('[discovery]\nsuggestions_kept_ms = 0\nfeatured_accounts = ["guide", "nobody_of_this_name"]\n')
    running = Server(tmp_path / "data", "--no-limits", "--config", config).start()
    yield running
    running.end()


@pytest.fixture
def people(house):
    """ada follows bob, who follows four others; zoe follows bob and yan."""
    made = {name: house.account(name)
            for name in ("ada", "bob", "cleo", "dora", "emil", "fred", "guide", "yan", "zoe")}
    made["ada"].follow(made["bob"])
    for name in ("cleo", "dora", "emil", "fred"):
        made["bob"].follow(made[name])
    made["zoe"].follow(made["bob"])
    made["zoe"].follow(made["yan"])
    # New accounts are looked at in the background before anybody is led over them.
    until(lambda: SIMILAR in sources(made["ada"]).get("yan", ()))
    until(lambda: "friends_of_friends" in sources(made["ada"]).get("fred", ()))
    return made


def suggestions(client, **params):
    return client.get("/api/v2/suggestions", **params)


def sources(client):
    return {one["account"]["username"]: one["sources"] for one in suggestions(client, limit=80)}


def names(accounts):
    return [one["username"] for one in accounts]


def test_sources_have_mastodons_names(people):
    ada = people["ada"]
    found = suggestions(ada)
    assert found[0]["account"]["username"] == "guide"
    assert (found[0]["sources"], found[0]["source"]) == (["featured"], "staff")
    told = {one["account"]["username"]: one for one in found}
    assert told["cleo"]["sources"] == ["friends_of_friends", "most_followed"]
    assert told["cleo"]["source"] == "past_interactions"
    assert SIMILAR in told["yan"]["sources"]
    assert "bob" not in told and "ada" not in told
    newcomer = people["ada"].server.account("newcomer")
    told = {one["account"]["username"]: one for one in suggestions(newcomer)}
    assert (told["bob"]["sources"], told["bob"]["source"]) == (["most_followed"], "global")
    assert names(ada.get("/api/v1/suggestions")) == [one["account"]["username"] for one in found]


def test_pages_are_stable_and_fit_together(people):
    ada = people["ada"]
    whole = names(one["account"] for one in suggestions(ada, limit=80))
    assert len(whole) == len(set(whole)) >= 6
    paged = []
    for offset in range(0, len(whole) + 2, 2):
        paged += names(one["account"] for one in suggestions(ada, limit=2, offset=offset))
    assert paged == whole
    assert suggestions(ada, offset=len(whole)) == []


def test_who_may_not_be_suggested_is_gone_from_the_next_answer(house, people):
    ada = people["ada"]

    def gone(name):
        return name not in sources(ada)

    ada.follow(people["cleo"])
    assert gone("cleo")
    ada.post(f"/api/v1/accounts/{people['cleo'].id}/unfollow")
    assert not gone("cleo")
    ada.post(f"/api/v1/accounts/{people['dora'].id}/block")
    assert gone("dora")
    ada.post(f"/api/v1/accounts/{people['dora'].id}/unblock")
    people["dora"].post(f"/api/v1/accounts/{ada.id}/block")
    assert gone("dora")
    ada.post(f"/api/v1/accounts/{people['emil'].id}/mute")
    assert gone("emil")
    ada.post(f"/api/v1/accounts/{people['emil'].id}/unmute")
    assert not gone("emil")
    people["emil"].patch("/api/v1/accounts/update_credentials", discoverable=False)
    assert gone("emil")
    people["fred"].patch("/api/v1/accounts/update_credentials", locked=True)
    assert ada.follow(people["fred"])["requested"]
    assert gone("fred")
    house.cli("account", "suspend", "yan")
    assert gone("yan")
    assert not gone("cleo")
    ada.delete(f"/api/v1/suggestions/{people['cleo'].id}")
    assert gone("cleo")
    assert "cleo" in sources(people["zoe"]), "dismissed for one, not for all"
    assert gone("ada") and gone("bob")


def test_who_hides_their_lists_does_not_tell_whom_they_follow(people):
    ada, bob = people["ada"], people["bob"]
    bob.patch("/api/v1/accounts/update_credentials", hide_collections=True)
    until(lambda: not any({"friends_of_friends", SIMILAR} & set(told) for told in sources(ada).values()))
    assert sources(ada)["cleo"] == ["most_followed"], "as anybody is told"
    bob.patch("/api/v1/accounts/update_credentials", hide_collections=False)
    until(lambda: "friends_of_friends" in sources(ada)["cleo"])


def test_a_follow_counts_within_moments(people):
    ada, bob = people["ada"], people["bob"]
    gina = ada.server.account("gina")
    assert "gina" not in sources(ada)
    bob.follow(gina)
    until(lambda: "friends_of_friends" in sources(ada).get("gina", ()))
    bob.post(f"/api/v1/accounts/{gina.id}/unfollow")
    assert "gina" not in sources(ada)


def test_a_restart_makes_the_same_again(house, people):
    before = sources(people["ada"])
    house.restart()
    until(lambda: sources(people["ada"]) == before)


def familiar(client, *others):
    asked = client.get("/api/v1/accounts/familiar_followers", **{"id[]": [one.id for one in others]})
    return {one["id"]: sorted(names(one["accounts"])) for one in asked}


def test_familiar_followers_are_exact_and_private(people):
    ada, bob, cleo, zoe = (people[name] for name in ("ada", "bob", "cleo", "zoe"))
    ada.follow(zoe)
    assert familiar(ada, cleo, people["yan"], ada) == {cleo.id: ["bob"], people["yan"].id: ["zoe"], ada.id: []}
    zoe.follow(cleo)
    assert familiar(ada, cleo) == {cleo.id: ["bob", "zoe"]}
    zoe.post(f"/api/v1/accounts/{cleo.id}/unfollow")
    assert familiar(ada, cleo) == {cleo.id: ["bob"]}
    bob.patch("/api/v1/accounts/update_credentials", hide_collections=True)
    assert familiar(ada, cleo) == {cleo.id: []}, "bob's follows are nobody's business"
    bob.patch("/api/v1/accounts/update_credentials", hide_collections=False)
    until(lambda: familiar(ada, cleo) == {cleo.id: ["bob"]})
    cleo.patch("/api/v1/accounts/update_credentials", hide_collections=True)
    assert familiar(ada, cleo) == {cleo.id: []}
    ada.get("/api/v1/accounts/familiar_followers", 422, **{"id[]": "x"})


def test_mutuals_and_paths_of_two_steps(house, people):
    ada, bob, cleo, dora, zoe = (people[name] for name in ("ada", "bob", "cleo", "dora", "zoe"))
    cleo.follow(bob)
    dora.follow(bob)
    assert sorted(names(ada.get(f"/api/rookery/v1/accounts/{bob.id}/mutuals"))) == ["cleo", "dora"]
    ada.follow(dora)
    assert names(ada.get(f"/api/rookery/v1/accounts/{bob.id}/mutuals", limit=1)) == ["dora"], "whom ada follows"
    assert names(ada.get(f"/api/rookery/v1/accounts/{bob.id}/mutuals", limit=1, offset=1)) == ["cleo"]
    assert len(house.anonymous().get(f"/api/rookery/v1/accounts/{bob.id}/mutuals")) == 2

    cleo.follow(ada)
    zoe.follow(ada)
    zoe.follow(cleo)
    told = ada.get(f"/api/rookery/v1/accounts/{bob.id}/paths")
    assert {name: (people_["count"], sorted(names(people_["accounts"]))) for name, people_ in told.items()} == {
        "followed_who_follow": (1, ["dora"]),
        "following_who_follow": (1, ["cleo"]),
        "followed_by_both": (1, ["dora"]),
        "followers_of_both": (2, ["cleo", "zoe"]),
    }
    zoe.patch("/api/v1/accounts/update_credentials", hide_collections=True)
    told = ada.get(f"/api/rookery/v1/accounts/{bob.id}/paths", limit=1)
    assert names(told["followers_of_both"]["accounts"]) == ["cleo"]
    bob.patch("/api/v1/accounts/update_credentials", hide_collections=True)
    assert ada.get(f"/api/rookery/v1/accounts/{bob.id}/mutuals") == []
    assert ada.get(f"/api/rookery/v1/accounts/{bob.id}/paths")["followers_of_both"] == {"count": 0, "accounts": []}
    assert len(bob.get(f"/api/rookery/v1/accounts/{bob.id}/mutuals")) == 2, "one's own"
    house.cli("account", "suspend", "cleo")
    ada.get(f"/api/rookery/v1/accounts/{cleo.id}/mutuals", 404)
    ada.get("/api/rookery/v1/accounts/999/paths", 404)


def test_people_like_these(house, people):
    ada, cleo = people["ada"], people["cleo"]
    path = f"/api/rookery/v1/accounts/{cleo.id}/similar"
    assert sorted(names(house.anonymous().get(path))) == ["dora", "emil", "fred"]
    ada.follow(people["dora"])
    assert sorted(names(ada.get(path))) == ["emil", "fred"]
    assert names(ada.get(path)) == names(ada.get(path, limit=1)) + names(ada.get(path, offset=1))
    cleo.patch("/api/v1/accounts/update_credentials", hide_collections=True)
    assert ada.get(path) == []


def test_the_directory_pages_to_its_end(house, tmp_path):
    edges = tmp_path / "edges"
    edges.write_text("".join(f"{i} {i + 1}\n" for i in range(1, 900)))
    ada = house.account("ada")
    house.cli("import", "graph", str(edges))
    zoe = house.account("zoe")
    until(lambda: len(zoe.get("/api/v1/directory", order="new", limit=80, offset=880)) == 22)

    def whole(client, **params):
        found = []
        while page := client.get("/api/v1/directory", limit=80, offset=len(found), **params):
            found += names(page)
        return found

    everybody = whole(ada, order="new")
    assert len(everybody) == len(set(everybody)) == 902
    assert everybody[0] == "zoe"
    assert sorted(whole(ada, order="active", local="true")) == sorted(everybody)
    zoe.publish("I am here")
    assert whole(ada)[0] == "zoe"
    ada.publish("so am I")
    assert whole(ada)[:2] == ["ada", "zoe"]
    ada.publish("in private", visibility="direct")
    zoe.publish("again")
    assert whole(ada)[:2] == ["zoe", "ada"]

    # As if those whom one does not want to see were not there.
    blocked = ada.get("/api/v1/directory", order="new", limit=3, offset=2)
    for one in blocked:
        ada.post(f"/api/v1/accounts/{one['id']}/block")
    shown = whole(ada, order="new")
    assert shown == [name for name in everybody if name not in names(blocked)]
    zoe.patch("/api/v1/accounts/update_credentials", discoverable=False)
    assert "zoe" not in names(house.anonymous().get("/api/v1/directory"))
    assert "order" in ada.get("/api/v1/directory", 422, order="old")["error"]
