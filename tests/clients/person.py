"""Somebody in front of a browser who lets programs in; what person.mjs is for Node."""

import html
import http.cookiejar
import json
import re
import urllib.parse
import urllib.request


class Stay(urllib.request.HTTPRedirectHandler):
    """The place that a browser is sent to is told and not gone to."""

    def redirect_request(self, *_):
        return None


class Person:
    def __init__(self, origin, name):
        self.origin = origin
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.page = urllib.request.build_opener(jar, Stay)
        body = {"name": name, "email": f"{name}@example.com", "password": "correct horse"}
        self.send("/api/auth/sign-up/email", json.dumps(body), "application/json")

    def send(self, path, body=None, kind=None):
        url = path if path.startswith("http") else self.origin + path
        headers = {"origin": self.origin}
        if kind:
            headers["content-type"] = kind
        data = body.encode() if body is not None else None
        try:
            return self.page.open(urllib.request.Request(url, data, headers))
        except urllib.error.HTTPError as answer:
            if answer.code != 303:
                raise
            return answer

    def consent(self, url):
        """Reads the question, agrees, and answers with what stands where the browser is sent."""
        question = self.send(url).read().decode()
        request = html.unescape(re.search(r'name="request" value="([^"]*)"', question)[1])
        fields = {"request": request, "decision": "allow", "write": "on"}
        kind = "application/x-www-form-urlencoded"
        body = urllib.parse.urlencode(fields)
        answer = self.send("/api/auth/oauth2/consent", body, kind)
        place = urllib.parse.urlsplit(answer.headers["location"])
        return dict(urllib.parse.parse_qsl(place.query))


class Storage:
    """What a program keeps of its sign-in."""

    def __init__(self):
        self.tokens = None
        self.client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client
