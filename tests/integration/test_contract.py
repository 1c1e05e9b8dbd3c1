"""What every route of the API promises alike: errors, paging, headers, OAuth."""
import base64
import concurrent.futures
import gzip
import hashlib
import http.client
import itertools
import re
import secrets
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from program import ROOT
from rookery_server import Server
from test_oauth import CALLBACK, Browser, authorize, redeem, register

# Method, path, and what of "no token: 401" and "a token of another scope: 403" holds for it.
USER = "user"        # a person's token of the right scope
TOKEN = "token"      # any token
OPTIONAL = "optional"  # anybody; a given token must have the scope
OPEN = "open"
ROUTES = """
PATCH user /api/v1/accounts/update_credentials
PATCH user /api/v1/profile
DELETE user /api/v1/profile/avatar
DELETE user /api/v1/profile/header
GET token /api/v1/profile
GET user /api/v1/preferences
GET token /api/v1/accounts/verify_credentials
GET optional /api/v1/accounts/lookup
GET user /api/v1/accounts/search
GET user /api/v1/accounts/relationships
GET user /api/v1/accounts/familiar_followers
GET optional /api/v1/accounts
GET optional /api/v1/accounts/:id
GET optional /api/v1/accounts/:id/followers
GET optional /api/v1/accounts/:id/following
GET optional /api/v1/accounts/:id/statuses
GET user /api/v1/accounts/:id/lists
POST user /api/v1/accounts
POST user /api/v1/accounts/:id/follow
POST user /api/v1/accounts/:id/unfollow
POST user /api/v1/accounts/:id/remove_from_followers
POST user /api/v1/accounts/:id/block
POST user /api/v1/accounts/:id/unblock
POST user /api/v1/accounts/:id/mute
POST user /api/v1/accounts/:id/unmute
POST user /api/v1/accounts/:id/note
POST user /api/v1/follow_requests/:id/authorize
POST user /api/v1/follow_requests/:id/reject
GET user /api/v1/follow_requests
GET user /api/v1/blocks
GET user /api/v1/mutes
POST open /api/v1/apps
GET token /api/v1/apps/verify_credentials
GET user /api/v1/conversations
POST user /api/v1/conversations/:id/read
DELETE user /api/v1/conversations/:id
GET user /api/v1/timelines/direct
GET optional /api/v1/directory
GET user /api/v1/suggestions
GET user /api/v2/suggestions
DELETE user /api/v1/suggestions/:id
GET user /api/v2/filters
POST user /api/v2/filters
GET user /api/v2/filters/:id
PUT user /api/v2/filters/:id
DELETE user /api/v2/filters/:id
GET user /api/v2/filters/:id/keywords
POST user /api/v2/filters/:id/keywords
GET user /api/v2/filters/keywords/:id
PUT user /api/v2/filters/keywords/:id
DELETE user /api/v2/filters/keywords/:id
GET user /api/v2/filters/:id/statuses
POST user /api/v2/filters/:id/statuses
GET user /api/v2/filters/statuses/:id
DELETE user /api/v2/filters/statuses/:id
GET user /api/v1/filters
POST user /api/v1/filters
GET user /api/v1/filters/:id
PUT user /api/v1/filters/:id
DELETE user /api/v1/filters/:id
GET user /api/v1/lists
POST user /api/v1/lists
GET user /api/v1/lists/:id
PUT user /api/v1/lists/:id
DELETE user /api/v1/lists/:id
GET user /api/v1/lists/:id/accounts
POST user /api/v1/lists/:id/accounts
DELETE user /api/v1/lists/:id/accounts
GET user /api/v1/timelines/list/:id
GET user /api/v1/markers
POST user /api/v1/markers
GET user /api/v2/notifications/policy
PATCH user /api/v2/notifications/policy
GET user /api/v1/notifications/policy
PATCH user /api/v1/notifications/policy
PUT user /api/v1/notifications/policy
GET user /api/v1/notifications
GET user /api/v1/notifications/:id
POST user /api/v1/notifications/clear
POST user /api/v1/notifications/:id/dismiss
GET user /api/v1/notifications/unread_count
GET user /api/v1/notifications/requests
GET user /api/v1/notifications/requests/merged
GET user /api/v1/notifications/requests/:id
POST user /api/v1/notifications/requests/:id/accept
POST user /api/v1/notifications/requests/:id/dismiss
POST user /api/v1/notifications/requests/accept
POST user /api/v1/notifications/requests/dismiss
GET user /api/v2/notifications
GET user /api/v2/notifications/unread_count
GET user /api/v2/notifications/:group_key
GET user /api/v2/notifications/:group_key/accounts
POST user /api/v2/notifications/:group_key/dismiss
POST user /api/v1/reports
GET user /api/v1/admin/accounts
GET user /api/v2/admin/accounts
GET user /api/v1/admin/accounts/:id
POST user /api/v1/admin/accounts/:id/action
POST user /api/v1/admin/accounts/:id/unsuspend
GET user /api/v1/admin/reports
GET user /api/v1/admin/reports/:id
POST user /api/v1/admin/reports/:id/assign_to_self
POST user /api/v1/admin/reports/:id/unassign
POST user /api/v1/admin/reports/:id/resolve
POST user /api/v1/admin/reports/:id/reopen
GET optional /api/rookery/v1/accounts/:id/similar
GET optional /api/rookery/v1/accounts/:id/mutuals
GET user /api/rookery/v1/accounts/:id/paths
GET user /api/rookery/v1/sessions
DELETE user /api/rookery/v1/sessions/:id
GET user /api/rookery/v1/metrics
GET user /api/rookery/v1/admin/limits
GET optional /api/v2/search
GET optional /api/v1/search
POST user /api/v1/statuses/:id/favourite
POST user /api/v1/statuses/:id/unfavourite
POST user /api/v1/statuses/:id/bookmark
POST user /api/v1/statuses/:id/unbookmark
POST user /api/v1/statuses/:id/pin
POST user /api/v1/statuses/:id/unpin
POST user /api/v1/statuses/:id/reblog
POST user /api/v1/statuses/:id/unreblog
POST user /api/v1/statuses/:id/mute
POST user /api/v1/statuses/:id/unmute
GET user /api/v1/favourites
GET user /api/v1/bookmarks
GET optional /api/v1/statuses/:id/favourited_by
GET optional /api/v1/statuses/:id/reblogged_by
GET optional /api/v1/statuses
GET optional /api/v1/statuses/:id
GET optional /api/v1/statuses/:id/context
GET optional /api/v1/statuses/:id/history
GET user /api/v1/statuses/:id/source
GET optional /api/v1/statuses/:id/quotes
POST optional /api/v1/statuses/:id/translate
POST user /api/v1/statuses
PUT user /api/v1/statuses/:id
DELETE user /api/v1/statuses/:id
PUT user /api/v1/statuses/:id/interaction_policy
GET token /api/v1/tags/:name
POST user /api/v1/tags/:name/follow
POST user /api/v1/tags/:name/unfollow
GET user /api/v1/followed_tags
GET user /api/v1/timelines/home
GET optional /api/v1/timelines/public
GET optional /api/v1/timelines/tag/:hashtag
GET optional /api/v1/timelines/link
GET user /api/v1/domain_blocks
POST user /api/v1/domain_blocks
DELETE user /api/v1/domain_blocks
POST user /api/v1/announcements/:id/dismiss
PUT user /api/v1/announcements/:id/reactions/:name
DELETE user /api/v1/announcements/:id/reactions/:name
GET user /api/v1/featured_tags
POST user /api/v1/featured_tags
DELETE user /api/v1/featured_tags/:id
GET user /api/v1/featured_tags/suggestions
GET user /api/v1/endorsements
GET user /api/v1/scheduled_statuses
GET user /api/v1/scheduled_statuses/:id
PUT user /api/v1/scheduled_statuses/:id
DELETE user /api/v1/scheduled_statuses/:id
GET user /api/v1/push/subscription
POST user /api/v1/push/subscription
PUT user /api/v1/push/subscription
DELETE user /api/v1/push/subscription
POST user /api/v1/media
POST user /api/v2/media
GET user /api/v1/media/:id
PUT user /api/v1/media/:id
DELETE user /api/v1/media/:id
GET optional /api/v1/polls/:id
POST user /api/v1/polls/:id/votes
POST token /api/v1/emails/confirmations
GET token /api/v1/announcements
GET user /api/v1/admin/trends/tags
POST user /api/v1/admin/trends/tags/:id/approve
POST user /api/v1/admin/trends/tags/:id/reject
GET user /api/v1/admin/trends/links
POST user /api/v1/admin/trends/links/:id/approve
POST user /api/v1/admin/trends/links/:id/reject
GET user /api/v1/admin/trends/statuses
POST user /api/v1/admin/trends/statuses/:id/approve
POST user /api/v1/admin/trends/statuses/:id/reject
GET token /api/v1/emails/check_confirmation
"""
OPEN_GETS = """
/api/v1/instance /api/v2/instance /api/v1/instance/rules /api/v1/instance/extended_description
/api/v1/instance/privacy_policy /api/v1/instance/terms_of_service /api/v1/instance/peers
/api/v1/instance/terms_of_service/:date
/api/v1/instance/domain_blocks /api/v1/instance/activity /api/v1/instance/translation_languages
/api/v1/custom_emojis /api/v1/trends /api/v1/trends/tags /api/v1/trends/statuses /api/v1/trends/links
/api/v1/accounts/:id/featured_tags /api/v1/accounts/:id/endorsements
/api/v1/accounts/:id/identity_proofs
"""
TABLE = [line.split() for line in ROUTES.split("\n") if line]
GARBAGE = ["0", "-1", "abc", "99999999999999999999999", "18446744073709551615", "%00", "%ff%fe", "1e3",
           "1;drop", "..%2f..%2fetc", "%F0%9F%90%A6", "9" * 300]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("contract") / "data").start()
    yield running
    running.end()


@pytest.fixture(scope="module")
def ada(house):
    return house.account("ada")


@pytest.fixture(scope="module")
def profile_token(house):
    """Granted for nothing but `profile`."""
    house.account("limited", password="correct horse battery")
    app = register(house, scopes="profile read write")
    browser = Browser(house)
    browser.sign_in("limited")
    consent = browser.get("/oauth/authorize", **authorize(app, scope="profile")).text
    back = browser.submit("/oauth/authorize", consent, 302, decision="allow")
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    return redeem(house, app, code)["access_token"]


def call(server, method, path, token=None, **options):
    headers = dict(options.pop("headers", {}))
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return requests.request(method, server.url + path, headers=headers, timeout=20,
                            allow_redirects=False, **options)


def filled(path, value="1"):
    return re.sub(r":\w+", lambda _: value, path)


def check_error(answer, what):
    """An error of the API in its own form."""
    assert 400 <= answer.status_code < 500, (what, answer.status_code, answer.text[:300])
    body = answer.json()
    assert isinstance(body["error"], str) and body["error"], (what, body)


def test_the_table_here_holds_every_route():
    known = {path for _, _, path in TABLE} | set(OPEN_GETS.split())
    found = set()
    for source in (ROOT / "src/api/mastodon").glob("*.cc"):
        if not source.name.endswith("_test.cc"):
            found |= set(re.findall(r'"(/api/v\d/[a-z0-9_/:]+[a-z_])"', source.read_text()))
    missing = {path for path in found - known if not path.startswith("/api/v1/streaming")}
    assert not missing


@pytest.mark.parametrize("method,auth,path", TABLE)
def test_who_may_call(house, ada, profile_token, method, auth, path):
    path = filled(path)
    nobody = call(house, method, path)
    limited = call(house, method, path, profile_token)
    wrong = call(house, method, path, "nonsense")
    if auth == OPEN:
        assert nobody.status_code != 401
        return
    check_error(wrong, path)
    assert wrong.status_code == 401, wrong.text
    if auth in (USER, TOKEN) and not (auth == TOKEN and "/tags/" in path):
        check_error(nobody, path)
        assert nobody.status_code == 401, nobody.text
    if auth in (USER, OPTIONAL):
        check_error(limited, path)
        assert limited.status_code == 403, limited.text
    else:
        assert limited.status_code != 401


@pytest.mark.parametrize("path", ["user", "user/notification", "public", "public/local", "hashtag?tag=x", "direct"])
def test_who_may_stream(house, profile_token, path):
    path = "/api/v1/streaming/" + path
    assert call(house, "GET", path).status_code == 401
    assert call(house, "GET", path, "nonsense").status_code == 401
    with call(house, "GET", path, profile_token, stream=True) as limited:
        assert limited.status_code in (401, 403)


@pytest.mark.parametrize("method,auth,path", [row for row in TABLE if ":" in row[2]])
def test_ids_that_are_none(house, ada, method, auth, path):
    names_anything = ":name" in path or ":hashtag" in path  # of a tag: any text
    for garbage in GARBAGE:
        answer = call(house, method, filled(path, garbage), ada.token)
        assert answer.status_code < 500, (method, path, garbage, answer.text[:300])
        if answer.status_code >= 400:
            check_error(answer, (path, garbage))
        is_for_all = "/translate" not in path and "/admin/" not in path
        if not names_anything and is_for_all and method == "GET":
            assert answer.status_code in (400, 404, 422), (path, garbage, answer.text[:300])
        if not names_anything and answer.status_code >= 400:
            assert answer.status_code in (400, 403, 404, 422), (path, garbage, answer.text[:300])


BODIES = [
    ("application/json", b'{"status": "x'),
    ("application/json", b"[1,2,3]"),
    ("application/json", b"null"),
    ("application/json", b'"text"'),
    ("application/json", b"\xff\xfe\x00"),
    ("application/json", b"[" * 5000),
    ("application/json", b'{"a":' * 5000),
    ("application/json", b'{"status":"\xc3\x28"}'),
    ("application/x-www-form-urlencoded", b"status=%ff%fe&a[b[c]]]=1&&&=&%zz"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends"),
    ("text/plain", b"status=x"),
    ("application/json; charset=utf-16", b"{}"),
]
NAMES = ("status spoiler_text in_reply_to_id visibility language sensitive title phrase context keywords_attributes "
         "replies_policy account_id status_ids account_ids id comment home notifications username email password "
         "agreement locale client_name redirect_uris scopes duration reblogs notify languages note display_name "
         "locked bot fields_attributes source keyword status_id whole_word filter_action expires_in limit "
         "media_ids poll scheduled_at choices name domain subscription policy for_not_following category").split()
VALUES = [{"a": [1, {"b": None}]}, [[[]]], 10**30, -1, 1.5, True, "", "\u0000", "x" * 70000, ["x"] * 300]


@pytest.mark.parametrize("method,auth,path", [row for row in TABLE if row[0] != "GET"])
def test_bodies_that_are_wrong(house, ada, method, auth, path):
    path = filled(path, ada.id)
    for kind, body in BODIES:
        answer = call(house, method, path, ada.token, data=body, headers={"Content-Type": kind})
        assert answer.status_code < 500, (path, kind, body[:40], answer.text[:300])
        if answer.status_code >= 400:
            check_error(answer, (path, kind, body[:40]))
        if body == BODIES[0][1]:
            assert answer.status_code in (400, 422), (path, answer.status_code, answer.text[:300])
    for value in VALUES:
        answer = call(house, method, path, ada.token, json={name: value for name in NAMES})
        assert answer.status_code < 500, (path, str(value)[:40], answer.text[:300])
        if answer.status_code >= 400:
            check_error(answer, (path, str(value)[:40]))


@pytest.mark.parametrize("path", [row[2] for row in TABLE if row[0] == "GET"] + OPEN_GETS.split())
def test_queries_that_are_wrong(house, ada, path):
    path = filled(path, ada.id)
    for query in ("max_id=x", "min_id=-1", "since_id=99999999999999999999999", "limit=x", "limit=-5", "limit=0",
                  "limit=99999999999999999999", "offset=-1", "offset=x", "q=%ff%fe", "q=" + "x" * 5000, "id[]=x",
                  "id=%00", "types[]=x&exclude_types[]=y", "acct=%00", "pinned=x", "any[]=%00&all[]=", "&&=&%zz",
                  "timeline[]=moods", "resolve=x", "max_id=0&min_id=0", "max_id=5&min_id=9"):
        answer = call(house, "GET", f"{path}?{query}", ada.token)
        assert answer.status_code < 500, (path, query, answer.text[:300])
        if answer.status_code >= 400:
            check_error(answer, (path, query))


@pytest.mark.parametrize("method,path,fields,word", [
    ("POST", "/api/v1/statuses", {}, "ext"),
    ("POST", "/api/v1/statuses", {"status": "x" * 501}, "500"),
    ("POST", "/api/v1/statuses", {"status": "x", "visibility": "some"}, "visibility"),
    ("POST", "/api/v1/statuses", {"status": "x", "language": "12"}, "language"),
    ("POST", "/api/v1/statuses", {"status": "x", "sensitive": "perhaps"}, "sensitive"),
    ("POST", "/api/v1/statuses", {"status": "x", "in_reply_to_id": "x"}, "in_reply_to_id"),
    ("POST", "/api/v1/statuses", {"status": "x", "media_ids": ["1"]}, "media_ids"),
    ("POST", "/api/v1/statuses", {"status": "x", "poll": {"options": ["a", "b"]}}, "poll"),
    ("POST", "/api/v1/lists", {}, "itle"),
    ("POST", "/api/v1/lists", {"title": "x", "replies_policy": "some"}, "replies_policy"),
    ("POST", "/api/v2/filters", {"context": ["home"]}, "itle"),
    ("POST", "/api/v2/filters", {"title": "x"}, "ontext"),
    ("POST", "/api/v2/filters", {"title": "x", "context": ["mood"]}, "ontext"),
    ("POST", "/api/v1/reports", {}, "account_id"),
    ("POST", "/api/v1/apps", {"redirect_uris": CALLBACK}, "name"),
    ("GET", "/api/v2/search", {}, "q"),
    ("GET", "/api/v1/timelines/home?max_id=x", {}, "max_id"),
    ("GET", "/api/v1/notifications?min_id=x", {}, "min_id"),
    ("GET", "/api/v1/blocks?limit=x", {}, "limit"),
    ("PATCH", "/api/v1/accounts/update_credentials", {"display_name": "x" * 2000}, "isplay"),
    ("PATCH", "/api/v1/accounts/update_credentials", {"note": "x" * 20000}, "ote"),
    ("PATCH", "/api/v1/accounts/update_credentials", {"source": {"privacy": "some"}}, "privacy"),
    ("POST", "/api/v1/markers", {"home": {"last_read_id": "x"}}, "last_read_id"),
])
def test_errors_name_the_field(house, ada, method, path, fields, word):
    answer = call(house, method, path, ada.token, json=fields)
    assert answer.status_code == 422, answer.text[:300]
    assert word in answer.json()["error"], answer.text


def test_methods_and_paths_that_are_not_there(house, ada):
    for method, path in (("GET", "/api/v1/nothing"), ("POST", "/api/v9/statuses"), ("DELETE", "/api/v1/x/y/z")):
        answer = call(house, method, path, ada.token)
        assert answer.status_code == 404
        check_error(answer, path)
    answer = call(house, "PUT", "/api/v1/timelines/home", ada.token)
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]
    check_error(answer, "405")


# Paging.

@pytest.fixture(scope="module")
def crowd(house):
    return [house.account(f"crowd{number}") for number in range(24)]


def link(response, rel):
    found = re.search(rf'<([^>]+)>; rel="{rel}"', response.headers.get("Link", ""))
    return found and found.group(1)


class Growing:
    """A list and a way to put one more entry on top of it; `expected` is newest first."""

    def __init__(self, client, path, id_of, add):
        self.client, self.path, self.id_of = client, path, id_of
        self.add_one = add
        self.expected = []

    def add(self, count):
        for _ in range(count):
            self.expected.insert(0, self.add_one())
        self.client.server.drain_events()

    def ask(self, url, **params):
        response = self.client.request("GET", url, params=params)
        return response, [self.id_of(item) for item in response.json()]


def marks(action):
    def make(house, crowd):
        reader, author = house.account("r" + secrets.token_hex(4)), crowd[0]

        def add():
            post = author.publish("marked")
            reader.post(f"/api/v1/statuses/{post['id']}/{action}")
            return post["id"]
        return reader, f"/api/v1/{action}s", lambda item: item["id"], add
    return make


def posts(path_of, setup=None):
    def make(house, crowd):
        author, tag = house.account("p" + secrets.token_hex(4)), "t" + secrets.token_hex(4)
        reader = house.account("q" + secrets.token_hex(4))
        reader.follow(author)
        made = reader.post("/api/v1/lists", title="x")
        reader.post(f"/api/v1/lists/{made['id']}/accounts", account_ids=[author.id])
        path = path_of(author=author.id, tag=tag, list=made["id"])
        return reader, path, lambda item: item["id"], lambda: author.publish(f"more #{tag}")["id"]
    return make


def relations(path_of, act):
    """Lists of accounts; each of the crowd joins in turn."""
    def make(house, crowd):
        owner = house.account("o" + secrets.token_hex(4))
        post = owner.publish("of mine")
        if path_of(owner=owner, post=post) == "/api/v1/follow_requests":
            owner.patch("/api/v1/accounts/update_credentials", locked=True)
        rest = iter(crowd)

        def add():
            other = next(rest)
            act(owner, other, post)
            return other.id
        return owner, path_of(owner=owner, post=post), lambda item: item["id"], add
    return make


def notifications(house, crowd):
    owner = house.account("n" + secrets.token_hex(4))
    post = owner.publish("of mine")
    rest = iter(crowd)

    def add():
        other = next(rest)
        other.post(f"/api/v1/statuses/{post['id']}/favourite")
        return other.id
    return owner, "/api/v1/notifications", lambda item: item["account"]["id"], add


def conversations(house, crowd):
    owner = house.account("c" + secrets.token_hex(4))

    def add():
        return crowd[1].publish(f"@{owner.name} psst", visibility="direct")["id"]
    return owner, "/api/v1/conversations", lambda item: item["last_status"]["id"], add


def fixed(path):
    return lambda **_: path


LISTS = {
    "favourites": marks("favourite"),
    "bookmarks": marks("bookmark"),
    "account": posts(lambda author, **_: f"/api/v1/accounts/{author}/statuses"),
    "tag": posts(lambda tag, **_: f"/api/v1/timelines/tag/{tag}"),
    "home": posts(fixed("/api/v1/timelines/home")),
    "list": posts(lambda list, **_: f"/api/v1/timelines/list/{list}"),
    "public": posts(fixed("/api/v1/timelines/public")),
    "notifications": notifications,
    "conversations": conversations,
    "followers": relations(lambda owner, **_: f"/api/v1/accounts/{owner.id}/followers",
                           lambda owner, other, post: other.follow(owner)),
    "following": relations(lambda owner, **_: f"/api/v1/accounts/{owner.id}/following",
                           lambda owner, other, post: owner.follow(other)),
    "blocks": relations(fixed("/api/v1/blocks"),
                        lambda owner, other, post: owner.post(f"/api/v1/accounts/{other.id}/block")),
    "mutes": relations(fixed("/api/v1/mutes"),
                       lambda owner, other, post: owner.post(f"/api/v1/accounts/{other.id}/mute")),
    "follow_requests": relations(fixed("/api/v1/follow_requests"),
                                 lambda owner, other, post: other.follow(owner)),
    "favourited_by": relations(lambda post, **_: f"/api/v1/statuses/{post['id']}/favourited_by",
                               lambda owner, other, post: other.post(f"/api/v1/statuses/{post['id']}/favourite")),
    "reblogged_by": relations(lambda post, **_: f"/api/v1/statuses/{post['id']}/reblogged_by",
                              lambda owner, other, post: other.post(f"/api/v1/statuses/{post['id']}/reblog")),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", [1, 4])
def test_paging_neither_skips_nor_repeats_while_the_list_grows(house, crowd, name, limit):
    growing = Growing(*LISTS[name](house, crowd))
    growing.add(10)
    before = list(growing.expected)
    response, got = growing.ask(growing.path, limit=limit)
    first = response
    for page in itertools.count():
        if page in (1, 2):
            growing.add(1)
        following = link(response, "next")
        if not following:
            break
        response, more = growing.ask(following)
        assert len(more) <= limit
        got += more
    if name == "public":
        got = [one for one in got if one in before]  # others post there, too
    assert got == before

    newer = []
    response = first
    while link(response, "prev"):
        response, more = growing.ask(link(response, "prev"))
        if not more:
            break
        newer = more + newer
        if "since_id" in response.url and len(newer) >= limit:
            break  # such a link leads to the newest, not to the nearest
    if not (limit == 1 and "since_id" in link(first, "prev")):
        assert newer == growing.expected[:2]

    # From the bottom up, by the nearest above.
    if "min_id" in link(first, "prev"):
        upwards = []
        response, page = growing.ask(growing.path, limit=limit, min_id=1)
        while page:
            upwards = page + upwards
            response, page = growing.ask(link(response, "prev"))
        mine = [one for one in upwards if one in growing.expected]
        assert mine == growing.expected


def test_links_keep_the_other_parameters_and_are_absolute(house, ada):
    ada.publish("one")
    ada.publish("two")
    response = ada.request("GET", "/api/v1/timelines/public?local=true&limit=1&access_token=" + ada.token)
    for rel in ("next", "prev"):
        assert link(response, rel).startswith(house.url + "/api/v1/timelines/public?")
        assert "local=true" in link(response, rel) and "limit=1" in link(response, rel)
        assert ada.token not in link(response, rel)


def test_limits_are_clamped(house, crowd, ada):
    for number in range(42):
        crowd[2].publish(f"post {number}")
    assert len(ada.get(f"/api/v1/accounts/{crowd[2].id}/statuses", limit=1000)) == 40
    assert len(ada.get(f"/api/v1/accounts/{crowd[2].id}/statuses")) == 20
    assert len(ada.get(f"/api/v1/accounts/{crowd[2].id}/statuses", limit=0)) == 1


# Repeats.

def test_concurrent_repeats_of_a_post_are_one_post(house):
    eve, bob = house.account("eve"), house.account("bob")
    key = secrets.token_hex(8)

    def post(_):
        return call(house, "POST", "/api/v1/statuses", eve.token, json={"status": "only once"},
                    headers={"Idempotency-Key": key})
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(post, range(36)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(eve.get(f"/api/v1/accounts/{eve.id}/statuses")) == 1
    other = call(house, "POST", "/api/v1/statuses", bob.token, json={"status": "mine"},
                 headers={"Idempotency-Key": key})
    assert other.json()["id"] != answers[0].json()["id"]
    failed = call(house, "POST", "/api/v1/statuses", bob.token, json={"status": ""},
                  headers={"Idempotency-Key": "fresh"})
    assert failed.status_code == 422
    assert call(house, "POST", "/api/v1/statuses", bob.token, json={"status": "better"},
                headers={"Idempotency-Key": "fresh"}).status_code == 200


def test_concurrent_reactions_count_once(house, crowd):
    post = crowd[3].publish("popular")

    def favourite(client):
        return call(house, "POST", f"/api/v1/statuses/{post['id']}/favourite", client.token).status_code
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        assert set(pool.map(favourite, crowd * 2)) == {200}
    assert crowd[3].get(f"/api/v1/statuses/{post['id']}")["favourites_count"] == len(crowd)


# OAuth.

@pytest.fixture(scope="module")
def signed_in(house):
    house.account("oscar", password="correct horse battery")
    browser = Browser(house)
    browser.sign_in("oscar")
    return browser


def code_for(browser, app, **more):
    consent = browser.get("/oauth/authorize", **authorize(app, **more)).text
    back = browser.submit("/oauth/authorize", consent, 302, decision="allow")
    return parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]


def test_pkce(house, signed_in):
    app = register(house)
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    pkce = {"code_challenge": challenge, "code_challenge_method": "S256"}
    for wrong in ({"code_verifier": verifier + "x"}, {}, {"code_verifier": challenge}, {"code_verifier": ""}):
        answer = redeem(house, app, code_for(signed_in, app, **pkce), 400, **wrong)
        assert answer["error"] in ("invalid_grant", "invalid_request") and answer["error_description"]
    redeem(house, app, code_for(signed_in, app, **pkce), code_verifier=verifier)
    plain = signed_in.session.get(house.url + "/oauth/authorize", allow_redirects=False, params=authorize(
        app, code_challenge=verifier, code_challenge_method="plain"))
    assert plain.status_code in (302, 303, 400, 422)
    assert "code=" not in plain.headers.get("Location", "")


def test_a_code_is_good_once_for_its_own_app_and_address(house, signed_in):
    app = register(house, [CALLBACK, "https://client.example/other"])
    other = register(house)
    code = code_for(signed_in, app)
    assert redeem(house, app, code, 400, redirect_uri="https://client.example/other")["error"] == "invalid_grant"
    code = code_for(signed_in, app)
    assert redeem(house, other, code, 400)["error"] == "invalid_grant"
    code = code_for(signed_in, app)
    assert redeem(house, app, code, 401, client_secret="wrong")["error"] == "invalid_client"
    code = code_for(signed_in, app)
    redeem(house, app, code)
    assert redeem(house, app, code, 400)["error"] == "invalid_grant"
    assert redeem(house, app, "no-such-code", 400)["error"] == "invalid_grant"


def test_an_address_that_is_not_registered_gets_nothing(house, signed_in):
    app = register(house)
    for wrong in ("https://evil.example/", CALLBACK + "/more", CALLBACK + "?x=1", "javascript:alert(1)", ""):
        answer = signed_in.session.get(house.url + "/oauth/authorize", allow_redirects=False,
                                       params=authorize(app, redirect_uri=wrong))
        assert answer.status_code in (400, 422), (wrong, answer.status_code)
        assert "Location" not in answer.headers
    answer = signed_in.session.get(house.url + "/oauth/authorize", allow_redirects=False,
                                   params={**authorize(app), "client_id": "nobody"})
    assert answer.status_code in (400, 401, 422) and "Location" not in answer.headers


def test_a_scope_that_the_app_has_not(house, signed_in):
    app = register(house, scopes="read")
    answer = signed_in.session.get(house.url + "/oauth/authorize", allow_redirects=False, params=authorize(app))
    assert "invalid_scope" in answer.headers.get("Location", "") or answer.status_code in (400, 422)


def test_grants_that_are_wrong(house):
    app = register(house)
    ids = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    for fields, status, error in [
        ({"grant_type": "telepathy", **ids}, 400, "unsupported_grant_type"),
        ({**ids}, 400, "invalid_request"),
        ({"grant_type": "authorization_code", **ids}, 400, "invalid_request"),
        ({"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials", "scope": "admin:write", **ids}, 400, "invalid_scope"),
        ({"grant_type": "password", "username": "ada", "password": "x", **ids}, 400, "unsupported_grant_type"),
    ]:
        answer = requests.post(house.url + "/oauth/token", data=fields)
        assert (answer.status_code, answer.json()["error"]) == (status, error), fields
        assert answer.json()["error_description"]


def test_a_revoked_token_is_worth_nothing(house, signed_in):
    app = register(house)
    token = redeem(house, app, code_for(signed_in, app))["access_token"]
    assert call(house, "GET", "/api/v1/timelines/home", token).status_code == 200
    stranger = register(house)
    refused = requests.post(house.url + "/oauth/revoke", data={
        "token": token, "client_id": stranger["client_id"], "client_secret": stranger["client_secret"]})
    assert refused.status_code in (200, 403)
    assert call(house, "GET", "/api/v1/timelines/home", token).status_code == 200
    for _ in range(2):  # revoking again is no error (RFC 7009, section 2.2)
        done = requests.post(house.url + "/oauth/revoke", data={
            "token": token, "client_id": app["client_id"], "client_secret": app["client_secret"]})
        assert done.status_code == 200 and done.json() == {}
        assert call(house, "GET", "/api/v1/timelines/home", token).status_code == 401


def test_an_apps_own_token_is_no_person(house):
    app = register(house)
    token = requests.post(house.url + "/oauth/token", data={
        "grant_type": "client_credentials", "client_id": app["client_id"],
        "client_secret": app["client_secret"], "scope": "read write"}).json()["access_token"]
    assert call(house, "GET", "/api/v1/apps/verify_credentials", token).status_code == 200
    for method, path in (("GET", "/api/v1/timelines/home"), ("POST", "/api/v1/statuses")):
        answer = call(house, method, path, token)
        assert answer.status_code in (401, 403, 422)
        check_error(answer, path)


# HTTP.

def raw(house, method, path, headers=None, body=None):
    """The answer with its headers as they came, repeats and all."""
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.getheaders(), content


def header(headers, name):
    return [value for key, value in headers if key.lower() == name.lower()]


@pytest.mark.parametrize("method,path", [
    ("GET", "/api/v1/instance"), ("GET", "/api/v1/timelines/home"), ("GET", "/api/v1/nothing"),
    ("POST", "/api/v1/statuses"), ("OPTIONS", "/api/v1/statuses"), ("PUT", "/api/v1/instance"),
    ("POST", "/oauth/token"), ("OPTIONS", "/oauth/token"), ("POST", "/oauth/revoke"),
    ("GET", "/.well-known/oauth-authorization-server"), ("GET", "/nodeinfo/2.0"),
    ("GET", "/.well-known/nodeinfo"), ("HEAD", "/api/v2/instance"), ("GET", "/api/v1/streaming/health"),
])
def test_other_sites_may_call_with_one_header(house, method, path):
    status, headers, _ = raw(house, method, path, {
        "Origin": "https://web.example", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key"})
    assert header(headers, "Access-Control-Allow-Origin") == ["*"], (status, headers)
    assert header(headers, "Access-Control-Allow-Credentials") == []
    if method == "OPTIONS":
        assert status in (200, 204)
        assert "POST" in header(headers, "Access-Control-Allow-Methods")[0]
        allowed = header(headers, "Access-Control-Allow-Headers")[0].lower()
        assert allowed == "*" or all(name in allowed for name in ("authorization", "idempotency-key"))
        assert int(header(headers, "Access-Control-Max-Age")[0]) > 0
    else:
        exposed = header(headers, "Access-Control-Expose-Headers")[0].lower()
        assert "link" in exposed and "x-ratelimit-remaining" in exposed


@pytest.mark.parametrize("path", ["/", "/auth/sign_in", "/oauth/authorize", "/@ada"])
def test_pages_are_not_for_other_sites_scripts(house, ada, path):
    _, headers, _ = raw(house, "GET", path, {"Origin": "https://web.example"})
    assert header(headers, "Access-Control-Allow-Origin") == []


def test_trailing_slashes(house, ada):
    assert call(house, "GET", "/api/v1/instance/").json()["uri"]
    assert call(house, "POST", "/api/v1/statuses/", ada.token, json={"status": "slash"}).status_code == 200
    assert call(house, "GET", f"/api/v1/accounts/{ada.id}/", ada.token).json()["id"] == ada.id
    assert call(house, "GET", "/api/v1/timelines/home/?limit=1", ada.token).status_code == 200


def test_head_is_get_without_a_body(house, ada):
    for path in ("/api/v1/instance", f"/api/v1/accounts/{ada.id}", "/api/v1/nothing", "/@ada"):
        get_status, get_headers, body = raw(house, "GET", path)
        status, headers, nothing = raw(house, "HEAD", path)
        assert (status, nothing) == (get_status, b"")
        assert header(headers, "Content-Type") == header(get_headers, "Content-Type")
        assert header(headers, "Content-Length") in ([], [str(len(body))])


def test_every_answer_tells_its_id_and_of_no_limits_where_there_are_none(house, ada):
    for method, path in (("GET", "/api/v1/timelines/home"), ("GET", "/api/v1/instance"), ("GET", "/api/v1/nothing")):
        answer = call(house, method, path, ada.token)
        assert answer.headers["X-Request-Id"]
        assert not [name for name in answer.headers if "ratelimit" in name.lower()], path


def test_what_has_not_changed_is_not_sent_again(house, ada, crowd):
    post = ada.publish("watched")
    for path in (f"/api/v1/statuses/{post['id']}", f"/api/v1/statuses/{post['id']}/context",
                 f"/api/v1/accounts/{ada.id}/statuses", "/api/v1/timelines/home"):
        first = call(house, "GET", path, ada.token)
        tag = first.headers["ETag"]
        again = call(house, "GET", path, ada.token, headers={"If-None-Match": tag})
        assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == tag
        listed = call(house, "GET", path, ada.token, headers={"If-None-Match": f'"other", {tag}'})
        assert listed.status_code == 304
    path = f"/api/v1/statuses/{post['id']}"
    tag = call(house, "GET", path, ada.token).headers["ETag"]
    crowd[0].post(path + "/favourite")
    changed = call(house, "GET", path, ada.token, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and changed.headers["ETag"] != tag
    assert changed.json()["favourites_count"] == 1


def test_gzip_where_it_is_asked_for_and_pays(house, ada):
    for _ in range(20):
        ada.publish("something that compresses " * 10)
    path = f"/api/v1/accounts/{ada.id}/statuses"
    _, plain_headers, plain = raw(house, "GET", path)
    status, headers, packed = raw(house, "GET", path, {"Accept-Encoding": "gzip, deflate"})
    assert status == 200 and header(headers, "Content-Encoding") == ["gzip"]
    assert gzip.decompress(packed) == plain and len(packed) < len(plain) / 3
    assert "accept-encoding" in ",".join(header(headers, "Vary")).lower()
    assert "accept-encoding" in ",".join(header(plain_headers, "Vary")).lower()
    assert header(plain_headers, "Content-Encoding") == []
    for refused in ("identity", "gzip;q=0", "br"):
        _, headers, _ = raw(house, "GET", path, {"Accept-Encoding": refused})
        assert header(headers, "Content-Encoding") == []
    tag = header(raw(house, "GET", path, {"Accept-Encoding": "gzip"})[1], "ETag")[0]
    status, _, body = raw(house, "GET", path, {"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert (status, body) == (304, b"")


def test_parameters_come_in_every_form(house, ada):
    for options in ({"json": {"status": "json"}}, {"data": {"status": "form"}},
                    {"files": {"status": (None, "multipart")}}, {"params": {"status": "query"}}):
        assert call(house, "POST", "/api/v1/statuses", ada.token, **options).status_code == 200
