"""The web app: its files, its addresses, and signing in to it as the browser does."""
import base64
import gzip
import hashlib
import html
import re
import secrets
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from rookery_server import Server, run_cli
from test_oauth import PASSWORD, Browser

PAGE = ("<!doctype html>\n<html><head><title>Rookery</title>"
        '<script type="module" src="/assets/app-B1x8_zQ2.js"></script></head><body></body></html>\n')
SCRIPT = "export const answer = 42;\n" * 100
FILES = {
    "index.html": PAGE.encode(),
    "index.html.gz": gzip.compress(PAGE.encode()),
    "assets/app-B1x8_zQ2.js": SCRIPT.encode(),
    "assets/app-B1x8_zQ2.js.br": b"as if it were brotli",
    "assets/app-B1x8_zQ2.js.gz": gzip.compress(SCRIPT.encode()),
    "assets/plain.css": b"body{}",
    "assets/figtree-latin-wght-normal-B1x8_zQ2.woff2": b"letters",
    "manifest.webmanifest": b'{"name":"Rookery"}',
    "sw.js": b"self.skipWaiting()",
    "robots.txt": b"not mine",
}


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def running(tmp_path, dist, *options):
    return Server(tmp_path / "data", "--no-limits", "--web", dist, *options).start()


@pytest.fixture
def served(tmp_path, dist):
    started = running(tmp_path, dist)
    yield started
    started.end()


def ask(server, path, method="GET", **headers):
    headers = {"Accept": "text/html", "Accept-Encoding": "identity",
               **{name.replace("_", "-"): value for name, value in headers.items()}}
    return requests.request(method, server.url + path, headers=headers, allow_redirects=False)


def raw(server, path, encoding):
    answer = requests.get(server.url + path, headers={"Accept-Encoding": encoding}, stream=True)
    return answer, answer.raw.read(decode_content=False)


def test_files_come_with_type_caching_and_compression(served):
    script = "/assets/app-B1x8_zQ2.js"
    answer, body = raw(served, script, "gzip, deflate, br")
    assert body == FILES["assets/app-B1x8_zQ2.js.br"]
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Accept-Encoding" in answer.headers["Vary"]
    answer, body = raw(served, script, "gzip")
    assert answer.headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == SCRIPT.encode()
    answer, body = raw(served, script, "identity")
    assert "Content-Encoding" not in answer.headers and body == SCRIPT.encode()

    head = ask(served, script, "HEAD", Accept_Encoding="br")
    assert head.content == b"" and head.headers["Content-Length"] == str(len(b"as if it were brotli"))

    for path, kind in (("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
                       ("/sw.js", "text/javascript; charset=utf-8"),
                       ("/assets/plain.css", "text/css; charset=utf-8")):
        answer = ask(served, path)
        assert (answer.headers["Cache-Control"], answer.headers["Content-Type"]) == ("no-cache", kind)
        unchanged = ask(served, path, If_None_Match=answer.headers["ETag"])
        assert unchanged.status_code == 304 and unchanged.content == b""
    assert "Disallow: /api/" in ask(served, "/robots.txt").text  # the server's own comes first
    assert ask(served, "/assets/rookery.css").status_code == 200


def test_the_servers_own_pages_have_the_typeface_of_the_app(served):
    page = ask(served, "/auth/sign_in")
    assert "font-src 'self'" in page.headers["Content-Security-Policy"]
    assert '<link rel="stylesheet" href="/assets/rookery.css">' in page.text
    typeface = "url(/assets/figtree-latin-wght-normal-B1x8_zQ2.woff2)"
    assert typeface in ask(served, "/assets/rookery.css").text
    assert "figtree-latin-ext" not in ask(served, "/assets/rookery.css").text  # it has none


ADDRESSES = ["/", "/home", "/public", "/local", "/explore", "/search?q=x", "/notifications",
             "/settings", "/settings/profile", "/admin/reports/7", "/compose", "/bookmarks",
             "/favourites", "/lists", "/lists/4", "/tags/caf%C3%A9", "/auth/callback?code=1", "/welcome"]


def test_every_address_of_the_app_answers_its_page(served):
    for path in ADDRESSES:
        answer = ask(served, path)
        assert (answer.status_code, answer.text) == (200, PAGE), path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
    assert ask(served, "/home", If_None_Match=answer.headers["ETag"]).status_code == 304
    policy = answer.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob: https:; "
        f"media-src 'self' blob: https:; connect-src 'self' ws://127.0.0.1:{served.port}; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'")
    local = ask(served, "/home", Host=f"localhost:{served.port}").headers["Content-Security-Policy"]
    assert f"ws://127.0.0.1:{served.port} ws://localhost:{served.port};" in local
    assert f"img-src 'self' data: blob: https: {served.url};" in local
    assert ask(served, "/home", Host="evil.example").headers["Content-Security-Policy"] == policy
    _, packed = raw(served, "/home", "gzip")
    assert gzip.decompress(packed) == PAGE.encode()
    head = ask(served, "/home", "HEAD")
    assert head.status_code == 200 and head.headers["Content-Length"] == str(len(PAGE)) and not head.content


def test_other_addresses_keep_their_answers(served):
    for path in ("/nowhere", "/index.html", "/home/7", "/assets/app.js"):
        answer = ask(served, path)
        assert answer.status_code == 404 and PAGE not in answer.text, path
    assert ask(served, "/home", Accept="application/json").json() == {"error": "Not Found"}
    assert ask(served, "/home", "POST").status_code == 405
    sign_in = ask(served, "/auth/sign_in").text
    assert 'name="password"' in sign_in
    assert "<h1>" in ask(served, "/about").text


def test_public_things_are_described_in_the_head(served):
    ada = served.account("ada")
    ada.patch("/api/v1/accounts/update_credentials", display_name='Ada "<L>"', note="Counts & computes")
    post = ada.publish('<script>"first" & foremost</script>')
    hidden = ada.publish("for friends", visibility="private")
    warned = ada.publish("the butler did it", spoiler_text="the end of the story")

    profile = ask(served, "/@ada")
    assert profile.status_code == 200
    assert "<title>Ada &quot;&lt;L&gt;&quot; (@ada) · Rookery</title>" in profile.text
    assert '<meta name="description" content="Counts &amp; computes">' in profile.text
    assert '<meta property="og:type" content="profile">' in profile.text
    assert f'<meta property="og:url" content="{served.url}/@ada">' in profile.text
    assert "/assets/app-B1x8_zQ2.js" in profile.text
    assert ask(served, "/@ada/followers").text == ask(served, "/@ada/following").text == profile.text
    assert ask(served, "/@ada", If_None_Match=profile.headers["ETag"]).status_code == 304

    page = ask(served, f"/@ada/{post['id']}")
    assert page.status_code == 200 and page.text.count("<script") == 1
    assert "@ada: &lt;script&gt;&quot;first&quot; &amp; foremost&lt;/script&gt;" in page.text
    story = ask(served, f"/@ada/{warned['id']}").text
    assert "the end of the story" in story and "butler" not in story

    for absent in ("/@nobody", "/@nobody/followers", "/@ada/1", "/@ada/x", f"/@ada/{hidden['id']}"):
        answer = ask(served, absent)
        assert answer.status_code == 404, absent
        assert "/assets/app-B1x8_zQ2.js" in answer.text and "friends" not in answer.text
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert ask(served, "/users/ada").headers["Location"] == "/@ada"


def test_behind_a_proxy_the_streams_are_secure(tmp_path, dist):
    started = running(tmp_path, dist, "--url", "https://social.example")
    try:
        answer = ask(started, "/", Host="social.example", X_Forwarded_Proto="https")
        assert "connect-src 'self' wss://social.example;" in answer.headers["Content-Security-Policy"]
        assert "http://" not in answer.headers["Content-Security-Policy"]
    finally:
        started.end()


def test_a_folder_that_is_no_web_app_stops_the_start(tmp_path):
    (tmp_path / "empty").mkdir()
    for folder, said in ((tmp_path / "empty", "has no index.html"), (tmp_path / "none", "cannot read")):
        done = run_cli("serve", "--data", tmp_path / "data", "--web", folder, "--listen", "127.0.0.1:0",
                       check=False)
        assert done.returncode == 1 and said in done.stderr


# --- signing in -----------------------------------------------------------------------------------

SCOPES = "read write follow push admin:read admin:write profile"


def key_pair():
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def query(server, challenge, **more):
    return {"response_type": "code", "client_id": "rookery-web", "scope": SCOPES, "state": "s",
            "redirect_uri": server.url + "/auth/callback", "code_challenge": challenge,
            "code_challenge_method": "S256", **more}


def redeem(server, code, verifier, expect=200, **more):
    answer = requests.post(f"{server.url}/oauth/token", data={
        "grant_type": "authorization_code", "client_id": "rookery-web", "code": code,
        "redirect_uri": server.url + "/auth/callback", "code_verifier": verifier, **more})
    assert answer.status_code == expect, answer.text
    return answer.json()


def code_of(answer):
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def test_a_newcomer_signs_up_and_arrives_in_the_app_without_being_asked(served):
    browser = Browser(served)
    verifier, challenge = key_pair()
    sign_in = browser.get("/oauth/authorize", **query(served, challenge)).text
    link = html.unescape(re.search(r'href="(/auth/sign_up[^"]*)"', sign_in).group(1))
    onward = browser.submit("/auth/sign_up", browser.get(link).text, 303, username="newcomer",
                            email="n@a.example", password=PASSWORD, agreement="1")
    back = browser.get(onward.headers["Location"], expect=302)
    assert back.headers["Location"].startswith(served.url + "/auth/callback?code=")
    assert parse_qs(urlsplit(back.headers["Location"]).query)["state"] == ["s"]
    token = redeem(served, code_of(back), verifier)
    assert token["scope"] == SCOPES
    signed = {"Authorization": f"Bearer {token['access_token']}"}
    me = requests.get(f"{served.url}/api/v1/accounts/verify_credentials", headers=signed)
    assert me.json()["username"] == "newcomer"
    app = requests.get(f"{served.url}/api/v1/apps/verify_credentials", headers=signed).json()
    assert (app["name"], app["website"]) == ("Rookery", served.url)

    # Signed in once, the next visit needs no page at all; signing out ends the browser's session.
    verifier, challenge = key_pair()
    again = browser.get("/oauth/authorize", expect=302, **query(served, challenge))
    token = redeem(served, code_of(again), verifier)["access_token"]
    ended = browser.session.post(f"{served.url}/oauth/revoke",
                                 data={"client_id": "rookery-web", "token": token})
    assert ended.status_code == 200
    assert 'name="password"' in browser.get("/oauth/authorize", **query(served, challenge)).text


def test_the_web_client_needs_its_proof_key(served):
    browser = Browser(served)
    browser.sign_up("ada")
    verifier, challenge = key_pair()
    bare = {key: value for key, value in query(served, challenge).items() if "challenge" not in key}
    refused = browser.get("/oauth/authorize", expect=302, **bare)
    assert "error=invalid_request" in refused.headers["Location"] and "code=" not in refused.headers["Location"]

    for wrong in ({"code_verifier": key_pair()[0]}, {"code_verifier": ""},
                  {"redirect_uri": "http://localhost/auth/callback"}):
        code = code_of(browser.get("/oauth/authorize", expect=302, **query(served, challenge)))
        assert redeem(served, code, verifier, 400, **wrong)["error"] == "invalid_grant"
    code = code_of(browser.get("/oauth/authorize", expect=302, **query(served, challenge)))
    assert redeem(served, code, verifier, 401, client_secret="x")["error"] == "invalid_client"
    assert redeem(served, code, verifier)["token_type"] == "Bearer"

    for grant in ("client_credentials", "password"):
        refused = requests.post(f"{served.url}/oauth/token",
                                data={"grant_type": grant, "client_id": "rookery-web"})
        assert refused.status_code == 400 and refused.json()["error"] == "unauthorized_client"


def test_codes_go_to_this_server_only(tmp_path, dist, served):
    browser = Browser(served)
    browser.sign_up("ada")
    _, challenge = key_pair()
    for uri in ("https://evil.example/auth/callback", served.url + "/auth/other",
                f"http://localhost:{served.port}/auth/callback", "urn:ietf:wg:oauth:2.0:oob"):
        browser.get("/oauth/authorize", expect=422, **query(served, challenge, redirect_uri=uri))
    # By another name of this machine the app lives at another origin, and is let in there.
    local = f"http://localhost:{served.port}"
    answer = requests.get(f"{served.url}/oauth/authorize", headers={"Host": f"localhost:{served.port}"},
                          params=query(served, challenge, redirect_uri=local + "/auth/callback"))
    assert answer.status_code == 200 and 'name="password"' in answer.text
    answer = requests.get(f"{served.url}/oauth/authorize", headers={"Host": "evil.example"},
                          params=query(served, challenge, redirect_uri="http://evil.example/auth/callback"))
    assert answer.status_code == 422
