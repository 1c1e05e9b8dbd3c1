"""The operator's commands, on a running and on a stopped server."""
import json

import pytest

from rookery_server import Server, run_cli


@pytest.fixture(params=["running", "stopped"])
def place(request, tmp_path):
    """A data directory whose server runs, or does not: the commands must not differ."""
    server = Server(tmp_path / "data").start()
    if request.param == "stopped":
        server.stop()
    yield server
    if server.process is not None:
        server.end()


def running(server):
    return server if server.process is not None else server.start()


def test_creates_accounts_with_password_token_and_id(place):
    made = json.loads(place.cli("account", "create", "ada", "--id", "42", "--json").stdout)
    assert made["id"] == "42" and made["username"] == "ada" and len(made["password"]) >= 12
    made = json.loads(
        place.cli("account", "create", "bob", "--token", "bobs-own-token", "--role", "moderator",
                  "--display-name", "Bob B.", "--email", "bob@example.org", "--json").stdout
    )
    assert made["token"] == "bobs-own-token" and "password" not in made
    client = running(place).anonymous()
    client.session.headers["Authorization"] = "Bearer bobs-own-token"
    me = client.get("/api/v1/accounts/verify_credentials")
    assert (me["username"], me["display_name"]) == ("bob", "Bob B.")


def test_refuses_what_cannot_be(place):
    place.cli("account", "create", "ada")
    for arguments, expected in [
        (["create", "ADA"], "taken"),
        (["create", "a b"], "Username"),
        (["create", "carol", "--password", "short"], "Password"),
        (["create", "carol", "--role", "queen"], "role must be"),
        (["create", "carol", "--id", "minus"], "id must be"),
        (["show", "nobody"], "there is no account nobody"),
        (["suspend", "nobody"], "there is no account nobody"),
        (["reset", "ada", "--password", "short"], "Password"),
    ]:
        done = place.cli("account", *arguments, check=False)
        assert done.returncode == 1 and expected.lower() in done.stderr.lower(), (arguments, done.stderr)
        assert len(done.stderr.strip().splitlines()) == 1
    assert [line.split()[1] for line in place.cli("account", "list").stdout.splitlines()] == ["ada"]


def test_lists_and_shows(place):
    for name in ["zoe", "ada", "bob"]:
        place.cli("account", "create", name, "--make-token")
    listed = [json.loads(line) for line in place.cli("account", "list", "--json").stdout.splitlines()]
    assert [account["username"] for account in listed] == ["ada", "bob", "zoe"]
    shown = json.loads(place.cli("account", "show", "ada", "--json").stdout)
    assert shown["followers"] == 0 and len(shown["sessions"]) == 1


def test_a_reset_signs_out(place):
    place.cli("account", "create", "ada", "--token", "before-the-reset")
    place.cli("account", "reset", "ada", "--password", "a-new-password")
    client = running(place).anonymous()
    client.session.headers["Authorization"] = "Bearer before-the-reset"
    assert client.get("/api/v1/timelines/home", expect=401)["error"]


def test_a_suspension_hides_and_its_end_shows_again(place):
    place.cli("account", "create", "ada", "--token", "adas-token")
    place.cli("account", "suspend", "ada")
    client = running(place).anonymous()
    client.session.headers["Authorization"] = "Bearer adas-token"
    client.get("/api/v1/timelines/home", expect=401)
    place.cli("account", "unsuspend", "ada")
    token = place.cli("account", "token", "ada").stdout.strip()
    client.session.headers["Authorization"] = f"Bearer {token}"
    assert client.get("/api/v1/accounts/verify_credentials")["username"] == "ada"


def test_a_role_changes(place):
    place.cli("account", "create", "ada", "--make-token")
    place.cli("account", "role", "ada", "admin")
    assert json.loads(place.cli("account", "show", "ada", "--json").stdout)["role"] == "admin"


def test_dead_letters_can_be_listed(place):
    assert "0 dead letters" in place.cli("events", "dead", "list").stdout
    done = place.cli("events", "dead", "list", "--consumer", "nobody", check=False)
    assert "there is no consumer nobody" in done.stderr
    done = place.cli("events", "dead", "replay", "notify.inbox", "7", check=False)
    assert done.returncode == 1


def test_commands_need_a_data_directory(tmp_path):
    done = run_cli("account", "list", "--data", tmp_path / "nothing", check=False)
    assert done.returncode == 1 and "there is no data of Rookery" in done.stderr
    assert not (tmp_path / "nothing").exists()
