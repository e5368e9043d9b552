"""Plain HTTP requests to the page, with exactly the headers that a test names."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

HTML = {"accept": "text/html"}


@dataclass(frozen=True)
class Reply:
    """Status, headers by lower-case name, and the body as text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def cookie(self) -> str:
        """What a browser would send back."""
        return self.headers.get("set-cookie", "").split(";")[0]


def send(
    address: str,
    path: str,
    *,
    method: str = "",
    body: bytes | None = None,
    json_body: Any = None,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    """One request on a connection of its own; redirects are not followed."""
    fields = dict(headers or {})
    if json_body is not None:
        body, kind = json.dumps(json_body).encode(), "application/json"
    elif form is not None:
        body, kind = urlencode(form).encode(), "application/x-www-form-urlencoded"
    else:
        kind = ""
    if kind:
        fields.setdefault("content-type", kind)
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    try:
        connection.request(method or ("POST" if body is not None else "GET"), path, body, fields)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        return Reply(response.status, {key.lower(): value for key, value in response.getheaders()}, text)
    finally:
        connection.close()


def sign_in(address: str, name: str, password: str, **headers: str) -> Reply:
    """Send the form of the page to sign in with."""
    return send(address, "/login", form={"name": name, "password": password}, headers=headers)


def ask_api(address: str, data: Any, *, headers: dict[str, str] | None = None) -> tuple[str, Any]:
    """Call the public function `ask`: the kind of the last event and its data."""
    called = send(address, "/gradio_api/call/ask", json_body={"data": data}, headers=headers)
    assert called.status == 200, called.text
    event = json.loads(called.text)["event_id"]
    stream = send(address, f"/gradio_api/call/ask/{event}", headers=headers).text
    kind = [line for line in stream.splitlines() if line.startswith("event: ")][-1].removeprefix("event: ")
    sent = [line for line in stream.splitlines() if line.startswith("data: ")][-1].removeprefix("data: ")
    return kind, json.loads(sent)
