"""Checks answers against the entity schemas of the Mastodon API.

The description is an OpenAPI 3.1 file that is no part of this repository: ROOKERY_API_SCHEMAS names
it, or it lies in ../shared/api beside the repository. Without it nothing is checked, and the run's
header says so. It says nothing of what extensions add, so unknown members are always right.

What is this server's own is checked against docs/api/rookery-openapi.json, which is always there.
"""
import functools
import json
import os
import pathlib
import re

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE_NAME = "mastodon-openapi.json"
OWN_FILE = ROOT / "docs/api/rookery-openapi.json"
OWN_PREFIX = "/api/rookery/"

# Route -> entity. "[X]" is a list of X. The first pattern that matches counts; ":id" is one part of
# the path.
ENTITIES = [
    ("POST /api/v1/apps", "CredentialApplication"),
    ("GET /api/v1/apps/verify_credentials", "Application"),
    ("POST /oauth/token", "Token"),
    ("GET /api/v1/instance", "V1Instance"),
    ("GET /api/v2/instance", "Instance"),
    ("GET /api/v1/instance/rules", "[Rule]"),
    ("GET /api/v1/accounts/verify_credentials", "CredentialAccount"),
    ("PATCH /api/v1/accounts/update_credentials", "CredentialAccount"),
    ("GET /api/v1/accounts/relationships", "[Relationship]"),
    ("GET /api/v1/accounts/lookup", "Account"),
    ("GET /api/v1/accounts/search", "[Account]"),
    ("GET /api/v1/accounts/familiar_followers", "[FamiliarFollowers]"),
    ("GET /api/v1/accounts/:id", "Account"),
    ("GET /api/v1/accounts/:id/statuses", "[Status]"),
    ("GET /api/v1/accounts/:id/followers", "[Account]"),
    ("GET /api/v1/accounts/:id/following", "[Account]"),
    ("POST /api/v1/accounts/:id/(follow|unfollow|block|unblock|mute|unmute|note|remove_from_followers)",
     "Relationship"),
    ("GET /api/v1/follow_requests", "[Account]"),
    ("POST /api/v1/follow_requests/:id/(authorize|reject)", "Relationship"),
    ("GET /api/v1/(blocks|mutes)", "[Account]"),
    ("GET /api/v1/(favourites|bookmarks)", "[Status]"),
    ("POST /api/v1/statuses", "Status"),
    ("GET /api/v1/statuses", "[Status]"),
    ("GET /api/v1/statuses/:id", "Status"),
    ("PUT /api/v1/statuses/:id", "Status"),
    ("DELETE /api/v1/statuses/:id", "Status"),
    ("GET /api/v1/statuses/:id/context", "Context"),
    ("GET /api/v1/statuses/:id/history", "[StatusEdit]"),
    ("GET /api/v1/statuses/:id/source", "StatusSource"),
    ("GET /api/v1/statuses/:id/(favourited_by|reblogged_by)", "[Account]"),
    ("POST /api/v1/statuses/:id/"
     "(reblog|unreblog|favourite|unfavourite|bookmark|unbookmark|pin|unpin|mute|unmute)", "Status"),
    ("GET /api/v1/timelines/(home|public)", "[Status]"),
    ("GET /api/v1/timelines/(tag|list)/:id", "[Status]"),
    ("GET /api/v1/notifications", "[Notification]"),
    ("GET /api/v1/notifications/requests", "[NotificationRequest]"),
    ("GET /api/v1/notifications/requests/\\d+", "NotificationRequest"),
    ("GET /api/v1/notifications/unread_count", "CountResponse"),
    ("(GET|PATCH|PUT) /api/v1/notifications/policy", "V1NotificationPolicy"),
    ("GET /api/v1/notifications/:id", "Notification"),
    ("GET /api/v2/notifications", "GroupedNotificationsResults"),
    ("(GET|PATCH) /api/v2/notifications/policy", "NotificationPolicy"),
    ("GET /api/v2/notifications/unread_count", "CountResponse"),
    ("GET /api/v2/notifications/:key", "GroupedNotificationsResults"),
    ("GET /api/v2/notifications/:key/accounts", "[Account]"),
    ("GET /api/v1/conversations", "[Conversation]"),
    ("GET /api/v2/search", "Search"),
    ("GET /api/v1/custom_emojis", "[CustomEmoji]"),
    ("GET /api/v1/lists", "[List]"),
    ("POST /api/v1/lists", "List"),
    ("GET /api/v1/lists/:id", "List"),
    ("PUT /api/v1/lists/:id", "List"),
    ("GET /api/v1/lists/:id/accounts", "[Account]"),
    ("GET /api/v1/accounts/:id/lists", "[List]"),
    ("POST /api/v1/conversations/:id/read", "Conversation"),
    ("GET /api/v2/filters", "[Filter]"),
    ("POST /api/v2/filters", "Filter"),
    ("GET /api/v2/filters/:id", "Filter"),
    ("PUT /api/v2/filters/:id", "Filter"),
    ("GET /api/v1/preferences", "Preferences"),
    ("GET /api/v1/profile", "Profile"),
    ("GET /api/v1/directory", "[Account]"),
    ("GET /api/v1/accounts", "[Account]"),
    ("GET /api/v1/suggestions", "[Account]"),
    ("GET /api/v2/suggestions", "[Suggestion]"),
    ("POST /api/v1/reports", "Report"),
    ("GET /api/v1/instance/privacy_policy", "PrivacyPolicy"),
    ("GET /api/v1/instance/extended_description", "ExtendedDescription"),
    ("POST /api/v1/tags/:id/(follow|unfollow)", "Tag"),
    ("GET /api/v1/tags/:id", "Tag"),
    ("GET /api/v1/followed_tags", "[Tag]"),
    ("GET /api/v[12]/admin/accounts", "[AdminAccount]"),
    ("GET /api/v1/admin/accounts/:id", "AdminAccount"),
    ("POST /api/v1/admin/accounts/:id/unsuspend", "AdminAccount"),
    ("GET /api/v1/admin/trends/tags", "[Tag]"),
    ("POST /api/v1/admin/trends/tags/:id/(approve|reject)", "Tag"),
    ("GET /api/v1/admin/trends/links", "[TrendsLink]"),
    ("POST /api/v1/admin/trends/links/:id/(approve|reject)", "TrendsLink"),
    ("GET /api/v1/admin/trends/statuses", "[Status]"),
    ("POST /api/v1/admin/trends/statuses/:id/(approve|reject)", "Status"),
    ("GET /api/v1/trends(/tags)?", "[Tag]"),
    ("GET /api/v1/trends/links", "[TrendsLink]"),
    ("GET /api/v1/trends/statuses", "[Status]"),
    ("GET /api/v1/timelines/link", "[Status]"),
    ("GET /api/v1/admin/reports", "[AdminReport]"),
    ("GET /api/v1/admin/reports/:id", "AdminReport"),
    ("POST /api/v1/admin/reports/:id/(assign_to_self|unassign|resolve|reopen)", "AdminReport"),
]


def _pattern(route):
    method, path = route.split(" ", 1)
    return re.compile(method + "$"), re.compile(re.sub(r":\w+", "[^/]+", path) + r"/?$")


@functools.cache
def own_document():
    return json.loads(OWN_FILE.read_text())


def check_own(method, path, response):
    """An answer of the server's own API against its description: path, status and body."""
    document = own_document()
    for pattern, operations in document["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) and method.lower() in operations:
            break
    else:
        assert response.status_code in (404, 405), f"{method} {path} is not described"
        return
    described = operations[method.lower()]["responses"]
    assert str(response.status_code) in described, f"{method} {path}: {response.status_code} is not described"
    answer = described[str(response.status_code)]
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    kind = response.headers["Content-Type"].split(";")[0]
    assert kind in answer["content"], f"{method} {path}: {kind} is not described"
    if kind == "application/json":
        resolver = jsonschema.RefResolver("", document)
        jsonschema.Draft202012Validator(answer["content"][kind]["schema"], resolver=resolver).validate(response.json())


class Schemas:
    def __init__(self, path):
        self.path = path
        self.available = path is not None
        self.checked = 0
        if not self.available:
            return
        self.document = json.loads(path.read_text())
        entities = self.document["components"]["schemas"]
        self.routes = []
        for route, entity in ENTITIES:
            assert entity.strip("[]") in entities, f"{path} has no entity {entity}"
            self.routes.append((*_pattern(route), entity))
        resolver = jsonschema.RefResolver("", self.document)
        self.validators = {}
        for name in {entity.strip("[]") for _, _, entity in self.routes} | {"Error"}:
            if name in entities:
                schema = {"$ref": f"#/components/schemas/{name}"}
                self.validators[name] = jsonschema.Draft202012Validator(schema, resolver=resolver)

    @staticmethod
    @functools.cache
    def load():
        named = os.environ.get("ROOKERY_API_SCHEMAS")
        places = [pathlib.Path(named)] if named else []
        places += [folder / "shared/api" / FILE_NAME for folder in list(ROOT.parents)[:2]]
        for place in places:
            if place.is_dir():
                place = place / FILE_NAME
            if place.is_file():
                return Schemas(place)
        return Schemas(None)

    def report(self):
        if self.available:
            return f"answers are checked against {self.path.name}"
        return f"SKIPPED: {FILE_NAME} is not there, answers are not checked against the schemas"

    def entity_of(self, method, path):
        for route_method, pattern, entity in self.routes:
            if route_method.match(method) and pattern.match(path):
                return entity
        return None

    def check(self, method, path, response):
        """Raises AssertionError if the answer is not what the description says."""
        if not self.available:
            return
        body = response.json()
        if response.status_code >= 400:
            if path.startswith("/api/"):
                assert isinstance(body.get("error"), str) and body["error"], f"{path}: {body}"
            return
        entity = self.entity_of(method, path)
        if entity is None or response.status_code != 200:
            return
        items = [body]
        if entity.startswith("["):
            assert isinstance(body, list), f"{method} {path} must be a list"
            items = body
        validator = self.validators[entity.strip("[]")]
        for item in items:
            error = jsonschema.exceptions.best_match(validator.iter_errors(item))
            if error is not None:
                where = "/".join(map(str, error.absolute_path))
                raise AssertionError(
                    f"{method} {path}: {entity} is wrong at '{where}': {error.message[:400]}"
                )
            self.checked += 1

