"""Registration, sign-in, consent and tokens, as a browser and an app go through them."""
import base64
import hashlib
import html
import re
import secrets
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

CALLBACK = "https://client.example/callback"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
PASSWORD = "correct horse battery"


def hidden_fields(page):
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


class Browser:
    def __init__(self, server):
        self.server = server
        self.session = requests.Session()

    def get(self, path, expect=200, **params):
        answer = self.session.get(self.server.url + path, params=params, allow_redirects=False)
        assert answer.status_code == expect, (path, answer.status_code, answer.text[:500])
        return answer

    def submit(self, path, page, expect, **fields):
        answer = self.session.post(
            self.server.url + path, data={**hidden_fields(page), **fields}, allow_redirects=False
        )
        assert answer.status_code == expect, (path, answer.status_code, answer.text[:500])
        return answer

    def sign_up(self, name):
        page = self.get("/auth/sign_up").text
        return self.submit("/auth/sign_up", page, 303, username=name, email=f"{name}@a.example",
                           password=PASSWORD, agreement="1")

    def sign_in(self, name, password=PASSWORD, expect=303):
        page = self.get("/auth/sign_in").text
        return self.submit("/auth/sign_in", page, expect, login=name, password=password)


def register(server, redirect_uris=CALLBACK, scopes="read write"):
    answer = requests.post(f"{server.url}/api/v1/apps", json={
        "client_name": "A test", "redirect_uris": redirect_uris, "scopes": scopes,
        "website": "https://client.example",
    })
    assert answer.status_code == 200, answer.text
    return answer.json()


def authorize(app, **more):
    return {"response_type": "code", "client_id": app["client_id"], "redirect_uri": CALLBACK,
            "scope": "read write", **more}


def redeem(server, app, code, expect=200, **more):
    answer = requests.post(f"{server.url}/oauth/token", data={
        "grant_type": "authorization_code", "code": code, "client_id": app["client_id"],
        "client_secret": app["client_secret"], "redirect_uri": CALLBACK, **more,
    })
    assert answer.status_code == expect, answer.text
    return answer.json()


def test_a_newcomer_signs_up_on_the_way_to_an_app(server):
    app = register(server, [CALLBACK, OUT_OF_BAND])
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    browser = Browser(server)
    query = authorize(app, state="x&y", code_challenge=challenge.decode(), code_challenge_method="S256")

    sign_in = browser.get("/oauth/authorize", **query).text
    assert "A test" in sign_in
    sign_up_link = html.unescape(re.search(r'href="(/auth/sign_up[^"]*)"', sign_in).group(1))
    page = browser.get(sign_up_link).text
    onward = browser.submit("/auth/sign_up", page, 303, username="newcomer",
                            email="n@a.example", password=PASSWORD, agreement="1")
    consent = browser.get(onward.headers["Location"]).text
    assert "@newcomer" in consent and "<code>write</code>" in consent
    back = browser.submit("/oauth/authorize", consent, 302, decision="allow")
    answered = parse_qs(urlsplit(back.headers["Location"]).query)
    assert back.headers["Location"].startswith(CALLBACK + "?")
    assert answered["state"] == ["x&y"]

    token = redeem(server, app, answered["code"][0], code_verifier=verifier)
    assert token["token_type"] == "Bearer" and token["created_at"] > 0
    me = requests.get(f"{server.url}/api/v1/accounts/verify_credentials",
                      headers={"Authorization": f"Bearer {token['access_token']}"}).json()
    assert me["username"] == "newcomer"
    redeem(server, app, answered["code"][0], expect=400, code_verifier=verifier)


def test_the_out_of_band_code_is_shown(server):
    app = register(server, OUT_OF_BAND)
    browser = Browser(server)
    browser.sign_up("alice")
    consent = browser.get("/oauth/authorize", **authorize(app, redirect_uri=OUT_OF_BAND)).text
    shown = browser.submit("/oauth/authorize", consent, 302, decision="allow").headers["Location"]
    code = re.search(r'class="code" type="text" readonly value="([^"]+)"', browser.get(shown).text).group(1)
    assert redeem(server, app, code, redirect_uri=OUT_OF_BAND)["scope"] == "read write"


def test_a_page_of_another_site_cannot_press_allow(server):
    app = register(server)
    browser = Browser(server)
    browser.sign_up("alice")
    forged = browser.session.post(server.url + "/oauth/authorize?" + urlencode(authorize(app)),
                                  data={"decision": "allow"}, allow_redirects=False)
    assert forged.status_code == 403 and "Location" not in forged.headers


def test_ending_a_session_ends_its_token(server):
    app = register(server)
    browser = Browser(server)
    browser.sign_up("alice")
    consent = browser.get("/oauth/authorize", **authorize(app)).text
    back = browser.submit("/oauth/authorize", consent, 302, decision="allow")
    token = redeem(server, app, parse_qs(urlsplit(back.headers["Location"]).query)["code"][0])
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    url = f"{server.url}/api/v1/accounts/verify_credentials"
    assert requests.get(url, headers=headers).status_code == 200

    sessions = browser.get("/auth/sessions").text
    card = next(c for c in sessions.split('<li class="card">') if "<strong>A test" in c)
    browser.submit(re.search(r'action="([^"]+)"', card).group(1), card, 303)
    refused = requests.get(url, headers=headers)
    assert refused.status_code == 401
    assert refused.json() == {"error": "The access token is invalid"}

    page = browser.get("/auth/sign_out").text
    browser.submit("/auth/sign_out", page, 303)
    browser.get("/auth/sessions", expect=303)
    browser.sign_in("alice", "wrong", expect=422)
    browser.sign_in("Alice")


def test_an_app_signs_somebody_up(server):
    app = register(server)
    token = requests.post(f"{server.url}/oauth/token", json={"grant_type": "client_credentials"
                          , "scope": "read write"}, auth=(app["client_id"], app["client_secret"])).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    url = f"{server.url}/api/v1/accounts"
    form = {"username": "erin", "email": "erin@a.example", "password": PASSWORD, "agreement": True}
    wrong = requests.post(url, headers=headers, json={**form, "username": "e r", "agreement": False})
    assert wrong.status_code == 422
    assert wrong.json()["details"]["username"][0]["error"] == "ERR_INVALID"
    assert wrong.json()["details"]["agreement"][0]["error"] == "ERR_ACCEPTED"
    made = requests.post(url, headers=headers, json=form)
    assert made.status_code == 200, made.text
    me = requests.get(f"{url}/verify_credentials",
                      headers={"Authorization": f"Bearer {made.json()['access_token']}"})
    assert me.json()["username"] == "erin"
    assert requests.post(url, headers=headers, json=form).json()["details"]["username"][0]["error"] == "ERR_TAKEN"


def test_the_metadata_names_what_there_is(server):
    metadata = requests.get(f"{server.url}/.well-known/oauth-authorization-server").json()
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    assert "password" not in metadata["grant_types_supported"]
    for scope in metadata["scopes_supported"]:
        register(server, scopes=scope)
    for name in ("token_endpoint", "authorization_endpoint", "app_registration_endpoint"):
        assert metadata[name].startswith(server.url)
        assert requests.post(metadata[name]).status_code in (400, 422), name


def test_wrong_registrations_are_told_what_is_wrong(server):
    for fields, word in [({"redirect_uris": CALLBACK}, "name"),
                         ({"client_name": "x"}, "Redirect"),
                         ({"client_name": "x", "redirect_uris": "javascript:alert(1)"}, "Redirect"),
                         ({"client_name": "x", "redirect_uris": CALLBACK, "scopes": "all"}, "Scopes")]:
        answer = requests.post(f"{server.url}/api/v1/apps", json=fields)
        assert answer.status_code == 422 and word in answer.json()["error"], answer.text
