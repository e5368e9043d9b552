"""Signing in, over real HTTP: nothing is to be had without it, and nobody gets at anybody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import RunningPage, run_page, running_page
from web import HTML, ask_api, send, sign_in

from page.attempts import FOR_ADDRESS, FOR_BOTH, SECONDS, Attempts
from page.sessions import Sessions
from qa.settings import Settings
from qa.users.accounts import UsersFile

pytestmark = pytest.mark.thorough

WORDS = "蓝色的船在河上2026"
SMART_HOMES = "杨浦2023年建设智慧养老院几家？"


@dataclass
class Place:
    page: RunningPage
    users: UsersFile

    @property
    def address(self) -> str:
        return self.page.address


@pytest.fixture(scope="module")
def place(seeds_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A page with sign-in that every address of this machine could reach."""
    users = UsersFile(tmp_path_factory.mktemp("conf") / "users")
    users.add("张三", WORDS)
    settings = {
        "QA_LIBRARY": str(seeds_settings.library),
        "QA_INDEX_DIR": str(seeds_settings.index_dir),
        "QA_USERS": str(users.path),
        "QA_HOST": "0.0.0.0",
    }
    with running_page(**settings) as running:
        yield Place(running, users)
    assert not running.errors, running.errors


_visitors = iter(range(1, 250))


def elsewhere() -> dict[str, str]:
    """Headers as a proxy on this machine sends them for a visitor from an address of his own."""
    return {"x-forwarded-for": f"10.0.0.{next(_visitors)}"}


def signed_in(place: Place, name: str = "张三", password: str = WORDS) -> dict[str, str]:
    """The headers of somebody who has signed in."""
    reply = sign_in(place.address, name, password, **elsewhere())
    assert reply.status == 303, reply.text
    return {"cookie": reply.cookie}


# ── the door ──


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/config", None),
        ("/gradio_api/info", None),
        ("/gradio_api/call/ask", {"data": [SMART_HOMES, None, None]}),
        ("/gradio_api/queue/join", {"data": [], "fn_index": 0, "session_hash": "x"}),
        ("/gradio_api/queue/data?session_hash=x", None),
        ("/gradio_api/heartbeat/x", None),
        ("/gradio_api/startup-events", None),
        ("/gradio_api/upload", {}),
        ("/gradio_api/file=/etc/hostname", None),
        ("/document?name=x", None),
        ("/page/server.py", None),
        ("/theme.css", None),
        ("/assets/index.js", None),
        ("/static/img/logo.svg", None),
        ("/manifest.json", None),
        ("/documents", None),
        ("/documents/state", None),
        ("/documents/batch", {}),
        ("/documents/file?batch=x&name=y", {}),
        ("/documents/add", {"batch": "x"}),
        ("/documents/remove", {"name": "杨浦"}),
        ("/documents/stop", {}),
        ("/login/", None),
        ("//config", None),
        ("/page/../config", None),
        ("/page/style.css/../../config", None),
        ("/nowhere", None),
        ("/", None),
    ],
)
def test_without_signing_in_nothing_but_the_form_is_served(place: Place, path: str, body: object) -> None:
    for headers in ({}, {"cookie": "qa_session=made-up"}, {"cookie": "qa_session="}, {"cookie": "=;;\x01"}):
        reply = send(place.address, path, json_body=body, headers=headers)
        assert reply.status in (401, 404), (path, reply.status)
        assert len(reply.text) < 500
        assert "杨浦" not in reply.text
        moved = send(place.address, path, json_body=body, headers=headers | HTML)
        assert moved.status in (303, 404)
        assert moved.headers.get("location", "/login") == "/login"


def test_the_form_is_chinese_needs_no_script_and_nothing_from_elsewhere(place: Place) -> None:
    reply = send(place.address, "/login", headers=HTML)
    assert reply.status == 200
    assert 'method="post"' in reply.text
    assert "用户名" in reply.text
    assert "://" not in reply.text
    assert reply.headers["cache-control"] == "no-store"
    for style in ("/page/style.css", "/page/forms.css", "/page/icon.svg"):
        assert send(place.address, style).status == 200


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(place: Place) -> None:
    reply = sign_in(place.address, "张三", WORDS, **elsewhere())
    assert (reply.status, reply.headers["location"]) == (303, "/")
    attributes = {part.strip().lower() for part in reply.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/", "max-age=43200"} <= attributes
    assert "secure" not in attributes
    assert len(reply.cookie.split("=")[1]) >= 40
    behind_https = sign_in(place.address, "张三", WORDS, **elsewhere(), **{"x-forwarded-proto": "https"})
    assert "; Secure" in behind_https.headers["set-cookie"]
    assert behind_https.cookie != reply.cookie


def test_who_has_signed_in_asks_as_usual_and_sees_his_name_and_the_way_out(place: Place) -> None:
    headers = signed_in(place)
    page = send(place.address, "/", headers=headers)
    assert page.status == 200
    assert "张三" in page.text
    assert "退出登录" in page.text
    assert send(place.address, "/login", headers=headers).headers["location"] == "/"
    kind, answer = ask_api(place.address, [SMART_HOMES, None, None], headers=headers)
    assert kind == "complete"
    assert "3家" in answer[0]["text"]


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("张三", "wrong"),
        ("张三", ""),
        ("", ""),
        ("李四", WORDS),
        ("张三\n", WORDS[:-1]),
        ("' or 1=1", "' or 1=1"),
        ('"><script>alert(1)</script>', "x"),
        ("𝕏" * 2000, "x"),
        ("a", "长" * 3000),
    ],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(place: Place, name: str, password: str) -> None:
    reply = sign_in(place.address, name, password, **elsewhere())
    assert reply.status == 401
    assert "用户名或密码不对" in reply.text
    assert "set-cookie" not in reply.headers
    assert "<script>" not in reply.text
    assert not password or f'"{password}"' not in reply.text


@pytest.mark.parametrize(
    "body",
    [b"", b"name", b"\xff\xfe", b"name=%ff%fe&password=%00", b"&" * 5000, b"name=x&" * 300, b'{"name": 1}'],
)
def test_a_form_that_is_none_is_a_wrong_password(place: Place, body: bytes) -> None:
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
        reply = send(place.address, "/login", body=body, headers={"content-type": kind, **elsewhere()})
        assert reply.status == 401
        assert "用户名或密码不对" in reply.text


def test_signing_out_ends_the_session_on_the_server_and_only_by_the_button(place: Place) -> None:
    headers = signed_in(place)
    assert send(place.address, "/logout", headers=headers).status == 405
    assert send(place.address, "/config", headers=headers).status == 200
    left = send(place.address, "/logout", method="POST", headers=headers)
    assert (left.status, left.headers["location"]) == (303, "/login")
    assert "Max-Age=0" in left.headers["set-cookie"]
    assert send(place.address, "/config", headers=headers).status == 401


def test_a_new_sign_in_has_a_new_identifier_and_ends_the_one_before(place: Place) -> None:
    first = signed_in(place)
    again = send(
        place.address,
        "/login",
        form={"name": "张三", "password": WORDS},
        headers=first | elsewhere(),
    )
    assert again.cookie != first["cookie"]
    assert send(place.address, "/config", headers=first).status == 401
    assert send(place.address, "/config", headers={"cookie": again.cookie}).status == 200


def test_removing_a_user_or_changing_his_password_ends_his_sessions_at_once(place: Place) -> None:
    place.users.add("李四", WORDS)
    others = signed_in(place)
    headers = signed_in(place, "李四")
    assert send(place.address, "/config", headers=headers).status == 200
    place.users.set_password("李四", "另一个更长的密码2026")
    assert send(place.address, "/config", headers=headers).status == 401
    headers = signed_in(place, "李四", "另一个更长的密码2026")
    place.users.remove("李四")
    assert send(place.address, "/config", headers=headers).status == 401
    assert send(place.address, "/config", headers=others).status == 200


def test_a_damaged_users_file_lets_nobody_in_and_comes_back(place: Place) -> None:
    headers = signed_in(place)
    sound = place.users.path.read_bytes()
    place.users.path.write_bytes(b"nonsense")
    try:
        reply = send(place.address, "/config", headers=headers)
        assert reply.status == 503
        assert "用户文件" in json.loads(reply.text)["error"]
        assert str(place.users.path) not in reply.text
        assert sign_in(place.address, "张三", WORDS, **elsewhere()).status == 503
    finally:
        place.users.path.write_bytes(sound)
    assert send(place.address, "/config", headers=headers).status == 200


def test_guessing_is_slowed_down_for_the_guesser_and_for_nobody_else(place: Place) -> None:
    guesser = elsewhere()
    replies = [sign_in(place.address, "张三", f"guess {n}", **guesser) for n in range(FOR_BOTH + 1)]
    assert [reply.status for reply in replies] == [401] * FOR_BOTH + [429]
    assert "分钟后再试" in replies[-1].text
    assert int(replies[-1].headers["retry-after"]) <= SECONDS
    assert sign_in(place.address, "张三", WORDS, **guesser).status == 429, "even with the right one"
    assert signed_in(place)


# ── sessions are separate ──


def test_nobody_can_use_or_overhear_anothers_conversation(place: Place) -> None:
    owner, other = signed_in(place), signed_in(place)
    conversation = "conversation1"
    body = {"data": [SMART_HOMES, None, None], "fn_index": 0, "session_hash": conversation}
    assert (
        send(place.address, "/gradio_api/cancel", json_body=body | {"event_id": "x"}, headers=owner).status
        == 200
    )
    for path, sent in [
        ("/gradio_api/queue/join", body),
        ("/gradio_api/cancel", body | {"event_id": "x"}),
        ("/gradio_api/call/ask", body),
        (f"/gradio_api/queue/data?session_hash={conversation}", None),
        (f"/gradio_api/queue/data?x=1&session_hash=own&session_hash={conversation}", None),
        (f"/gradio_api/heartbeat/{conversation}", None),
    ]:
        reply = send(place.address, path, json_body=sent, headers=other)
        assert reply.status == 403, path
        assert "别人的对话" in reply.text


# ── what is kept ──


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_after_a_working_day(tmp_path: Path) -> None:
    users, clock = UsersFile(tmp_path / "users"), Clock()
    users.add("张三", WORDS)
    sessions = Sessions(users, clock=clock)
    identifier = sessions.begin("张三")
    clock.now = 12 * 3600 - 1
    assert sessions.user_of(identifier) == "张三"
    clock.now += 1
    assert sessions.user_of(identifier) == ""
    assert sessions.user_of("张三") == ""


def test_one_user_cannot_fill_the_table_of_sessions(tmp_path: Path) -> None:
    users = UsersFile(tmp_path / "users")
    users.add("张三", WORDS)
    users.add("李四", WORDS)
    sessions = Sessions(users)
    other = sessions.begin("李四")
    own = [sessions.begin("张三") for _ in range(50)]
    assert sum(bool(sessions.user_of(identifier)) for identifier in own) == 20
    assert sessions.user_of(own[-1]) == "张三"
    assert sessions.user_of(other) == "李四"


def test_attempts_are_counted_by_account_and_by_address_and_forgotten_in_time() -> None:
    clock = Clock()
    attempts = Attempts(clock=clock)
    assert [attempts.begin("a", "10.0.0.1") for _ in range(FOR_BOTH)] == [0] * FOR_BOTH
    assert attempts.begin("a", "10.0.0.1") == SECONDS
    assert attempts.begin("a", "10.0.0.2") == 0
    assert [attempts.begin(f"name {n}", "10.0.0.3") for n in range(FOR_ADDRESS)] == [0] * FOR_ADDRESS
    assert attempts.begin("one more", "10.0.0.3") > 0
    clock.now = SECONDS
    assert attempts.begin("a", "10.0.0.1") == 0


def test_the_addresses_of_one_ipv6_network_are_one_guesser() -> None:
    attempts = Attempts()
    tried = [attempts.begin("a", f"2001:db8::{n:x}") for n in range(1, FOR_BOTH + 2)]
    assert tried[:-1] == [0] * FOR_BOTH
    assert tried[-1] > 0


def test_getting_in_forgets_what_was_mistyped_before() -> None:
    attempts = Attempts()
    for _ in range(100):
        assert attempts.begin("a", "10.0.0.1") == 0
        attempts.succeeded("a", "10.0.0.1")


def test_what_guessing_leaves_behind_is_bounded() -> None:
    attempts = Attempts()
    for n in range(6000):
        attempts.begin(f"name {n}", f"10.{n // 250}.{n % 250}.1")
    assert len(attempts) <= 10_000


# ── starting ──


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_page_does_not_open_to_others_without_users(host: str) -> None:
    ended = run_page(QA_HOST=host)
    assert ended.returncode == 2
    assert "必须设置登录" in ended.stderr
    assert "qa user add" in ended.stderr
    assert "QA_USERS" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
def test_a_users_file_without_users_is_said_before_anybody_is_locked_out(tmp_path: Path, host: str) -> None:
    ended = run_page(QA_HOST=host, QA_USERS=str(tmp_path / "nobody"))
    assert ended.returncode == 2
    assert "还没有用户" in ended.stderr
    assert "qa user add" in ended.stderr
