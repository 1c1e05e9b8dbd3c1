"""The caller's sessions through the server's own API, and the settings that privacy rests on."""
import time

import pytest

from api_client import Client
from test_admin import sign_in, token_of
from test_streaming import connect, settle

PATH = "/api/rookery/v1/sessions"


def test_sessions_say_where_one_is_signed_in(server):
    ada = sign_in(server, "ada")
    other = Client(server, token_of(server, "ada"), None)
    other.get(PATH)
    listed = ada.get(PATH)
    # Each sign-in to the web app is a browser's own session, and the app's.
    assert [entry["application"]["name"] for entry in listed] == [
        "Rookery", "Web browser", "Rookery", "Web browser"]
    assert [entry["current"] for entry in listed] == [False, False, True, False]
    app = listed[2]
    assert app["application"]["website"] == server.url and listed[1]["application"]["website"] is None
    assert app["scopes"] == ["read", "write", "follow", "push", "admin:read", "admin:write", "profile"]
    assert app["created_at"] <= app["last_used_at"] and listed[0]["last_used_at"]
    unused = sign_in(server, "bob")
    server.cli("account", "token", "bob")
    assert [entry["last_used_at"] is None for entry in unused.get(PATH)][:2] == [True, False]
    assert len(sign_in(server, "cleo").get(PATH)) == 2
    server.restart()
    assert ada.get(PATH)[2]["current"] is True


def test_an_ended_session_is_refused_and_its_streams_close(server):
    ada = sign_in(server, "ada")
    other = Client(server, token_of(server, "ada"), None)
    bob = sign_in(server, "bob")
    socket = connect(other, "?stream=user")
    settle(other, socket)
    ended = next(entry for entry in other.get(PATH) if entry["current"])
    bob.request("DELETE", f"{PATH}/{ended['id']}", 404)
    assert ada.delete(f"{PATH}/{ended['id']}") == {}
    began = time.monotonic()
    assert socket.recv() == ""  # a close frame reads as nothing
    assert time.monotonic() - began < 1
    other.request("GET", "/api/v1/timelines/home", 401)
    ada.request("DELETE", f"{PATH}/{ended['id']}", 404)
    ada.request("DELETE", f"{PATH}/x", 404)
    assert ended["id"] not in [entry["id"] for entry in ada.get(PATH)]


def test_sessions_need_a_person_and_a_scope(server):
    server.anonymous().request("GET", PATH, 401)
    ada = sign_in(server, "ada")
    assert ada.delete(f"{PATH}/{next(entry['id'] for entry in ada.get(PATH) if entry['current'])}") == {}
    ada.request("GET", PATH, 401)


@pytest.mark.parametrize("as_form", [False, True])
def test_every_setting_of_a_profile_is_kept(server, as_form):
    ada = server.account("ada")
    wanted = {"locked": True, "bot": True, "discoverable": False, "indexable": False, "hide_collections": True}
    form = {**{name: str(value).lower() for name, value in wanted.items()},
            "source[privacy]": "private", "source[sensitive]": "true", "source[language]": "de"}
    body = {**wanted, "source": {"privacy": "private", "sensitive": True, "language": "de"}}
    path = "/api/v1/accounts/update_credentials"
    changed = ada.request("PATCH", path, **({"data": form} if as_form else {"json": body})).json()
    server.restart()
    for account in (changed, ada.get("/api/v1/accounts/verify_credentials")):
        assert {name: account[name] for name in wanted} == wanted
        source = account["source"]
        assert (source["privacy"], source["sensitive"], source["language"]) == ("private", True, "de")
        assert {name: source[name] for name in ("discoverable", "indexable", "hide_collections")} == {
            "discoverable": False, "indexable": False, "hide_collections": True}
    preferences = ada.get("/api/v1/preferences")
    assert preferences["posting:default:visibility"] == "private"
    assert preferences["posting:default:sensitive"] is True
    assert preferences["posting:default:language"] == "de"
    assert ada.publish("as I like it")["visibility"] == "private"

    ada.patch(path, source={"language": ""}, locked=False)
    assert ada.get("/api/v1/preferences")["posting:default:language"] is None
    assert ada.get("/api/v1/accounts/verify_credentials")["locked"] is False
    for wrong, named in (({"locked": "perhaps"}, "locked"), ({"source": {"privacy": "direct"}}, "source[privacy]"),
                         ({"source": {"sensitive": "perhaps"}}, "source[sensitive]"),
                         ({"source": {"language": "klingon!"}}, "anguage")):
        refused = ada.request("PATCH", path, 422, json=wrong)
        assert named in refused.json()["error"], refused.text
