"""A tiny client of the API. Every answer is checked against the entity schemas."""
import re

import requests

from schemas import OWN_PREFIX, Schemas, check_own


class Client:
    """Speaks for one account, or for nobody. Not for several threads at a time."""

    def __init__(self, server, token, account):
        self.server = server
        self.token = token
        self.account = account
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    @property
    def id(self):
        return self.account["id"]

    @property
    def name(self):
        return self.account["username"]

    def request(self, method, path, expect=200, timeout=30, **options):
        """The response, after checking its status and its body. `expect` None: any status."""
        url = path if path.startswith("http") else self.server.url + path
        response = self.session.request(method, url, timeout=timeout, **options)
        if expect is not None:
            assert response.status_code == expect, (
                f"{method} {path}: {response.status_code} instead of {expect}: {response.text[:500]}"
            )
        at = url[len(self.server.url):].split("?")[0]
        if at.startswith(OWN_PREFIX):
            check_own(method, at, response)
        elif "json" in response.headers.get("Content-Type", ""):
            Schemas.load().check(method, at, response)
        return response

    def get(self, path, expect=200, **params):
        return self.request("GET", path, expect, params=params).json()

    def post(self, path, expect=200, **fields):
        return self.request("POST", path, expect, json=fields).json()

    def put(self, path, expect=200, **fields):
        return self.request("PUT", path, expect, json=fields).json()

    def patch(self, path, expect=200, **fields):
        return self.request("PATCH", path, expect, json=fields).json()

    def delete(self, path, expect=200, **fields):
        return self.request("DELETE", path, expect, json=fields).json()

    # What nearly every test does, by name.

    def publish(self, text, **fields):
        return self.post("/api/v1/statuses", status=text, **fields)

    def follow(self, other):
        return self.post(f"/api/v1/accounts/{other.id}/follow")

    def home(self, **params):
        return self.get("/api/v1/timelines/home", **params)

    def pages(self, path, **params):
        """Walks the Link headers from the first page to the last."""
        response = self.request("GET", path, params=params)
        while True:
            page = response.json()
            if not page:
                return
            yield page
            following = re.search(r'<([^>]+)>; rel="next"', response.headers.get("Link", ""))
            if not following:
                return
            response = self.request("GET", following.group(1))

    def whole_home(self, limit=40):
        """The ids of the whole home feed, newest first."""
        return [post["id"] for page in self.pages("/api/v1/timelines/home", limit=limit) for post in page]
