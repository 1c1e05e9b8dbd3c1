"""What a person does in the browser when an app sends them to sign in: fill the form, say yes."""
import html.parser
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import requests


class _Forms(html.parser.HTMLParser):
    """The forms of a page: action, fields with their values, and the named buttons."""

    def __init__(self, page):
        super().__init__()
        self.forms = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.forms.append({"action": values.get("action") or "", "fields": {}, "types": {}, "buttons": []})
        elif self.forms and tag == "input" and "name" in values:
            self.forms[-1]["fields"][values["name"]] = values.get("value") or ""
            self.forms[-1]["types"][values["name"]] = values.get("type") or "text"
        elif self.forms and tag == "button" and "name" in values:
            self.forms[-1]["buttons"].append((values["name"], values.get("value") or ""))


def authorization_code(url, name, password):
    """Opens an app's authorization URL, signs in, allows, and returns the code."""
    session = requests.Session()
    response = session.get(url, allow_redirects=False)
    for _ in range(10):
        location = response.headers.get("Location")
        if location:
            target = urljoin(response.url, location)
            code = parse_qs(urlsplit(target).query).get("code")
            if code and urlsplit(target).netloc != urlsplit(url).netloc:
                return code[0]  # the app's own address: nobody listens there
            response = session.get(target, allow_redirects=False)
            continue
        assert response.status_code == 200, response.text[:500]
        shown = re.search(r'class="code"[^>]* value="([^"]+)"', response.text)
        if shown:
            return shown.group(1)
        response = _answer(session, response, name, password)
    raise AssertionError("the sign-in does not end")


def _answer(session, response, name, password):
    for form in _Forms(response.text).forms:
        fields = dict(form["fields"])
        asks_password = [key for key, kind in form["types"].items() if kind == "password"]
        allow = [button for button in form["buttons"] if button[1] == "allow"]
        if asks_password:
            fields[asks_password[0]] = password
            fields["login"] = name
        elif allow:
            fields[allow[0][0]] = allow[0][1]
        else:
            continue
        target = urljoin(response.url, form["action"])
        return session.post(target, data=fields, allow_redirects=False)
    raise AssertionError("a page that asks nothing: " + response.text[:1000])
