"""The file of the page's users and `qa user`: who may sign in, and that nobody's password can be read from it."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from qa.cli import main
from qa.errors import UsersUnusable
from qa.users.accounts import UsersFile

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parent.parent
WORDS = "蓝色的船在河上2026"


@pytest.fixture
def users(tmp_path: Path) -> UsersFile:
    return UsersFile(tmp_path / "conf" / "users")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, users: UsersFile) -> pytest.MonkeyPatch:
    monkeypatch.setenv("QA_USERS", str(users.path))
    return monkeypatch


def pipe(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


# ── the file ──


def test_a_user_is_known_by_his_password_and_by_nothing_else(users: UsersFile) -> None:
    assert users.add("张三", WORDS) == "张三"
    assert users.verified("张三", WORDS) == "张三"
    assert users.verified("张三", WORDS + " ") == ""
    assert users.verified("张三", "") == ""
    assert users.verified("李四", WORDS) == ""
    assert users.verified("", "") == ""


def test_the_file_holds_no_password_and_is_readable_by_its_owner_alone(users: UsersFile) -> None:
    users.add("张三", WORDS)
    users.add("李四", WORDS)
    text = users.path.read_text(encoding="utf-8")
    assert WORDS not in text
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    first, second = (line.split()[1] for line in text.splitlines() if not line.startswith("#"))
    assert first != second, "the same password twice must not show"


def test_full_width_characters_of_an_input_method_are_the_same_password(users: UsersFile) -> None:
    users.add("ｚｈａｎｇ", "long-password-77")
    assert users.names() == ["zhang"]
    assert users.verified("zhang", "ｌｏｎｇ－ｐａｓｓｗｏｒｄ－７７") == "zhang"


def test_an_unknown_name_takes_as_long_as_a_wrong_password(users: UsersFile) -> None:
    users.add("张三", WORDS)
    users.verified("张三", "warm up")

    def fastest(name: str) -> float:
        times = []
        for _ in range(5):
            started = time.thread_time()
            users.verified(name, "not the password")
            times.append(time.thread_time() - started)
        return min(times)

    known, unknown = fastest("张三"), fastest("没有这个人")
    assert 0.7 < unknown / known < 1.4


def test_changes_count_at_once_for_whoever_has_the_file_open(users: UsersFile) -> None:
    other = UsersFile(users.path)
    users.add("张三", WORDS)
    before = other.record("张三")
    assert before
    users.set_password("张三", "另一个更长的密码2026")
    assert other.record("张三") not in ("", before)
    assert other.verified("张三", WORDS) == ""
    users.remove("张三")
    assert other.record("张三") == ""
    assert other.names() == []


def test_users_who_are_added_at_the_same_time_are_all_there(users: UsersFile) -> None:
    names = [f"用户{number}" for number in range(8)]
    threads = [threading.Thread(target=UsersFile(users.path).add, args=(name, WORDS)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(users.names()) == sorted(names)
    assert not [path for path in users.path.parent.iterdir() if path.name.startswith(".")]


def test_a_damaged_file_lets_nobody_in_and_says_where_it_is_damaged(users: UsersFile) -> None:
    users.add("张三", WORDS)
    users.path.write_text("张三 plain:secret\n", encoding="utf-8")
    with pytest.raises(UsersUnusable, match="第1行") as caught:
        users.verified("张三", "secret")
    assert "secret" not in str(caught.value)
    with pytest.raises(UsersUnusable):
        users.record("张三")


@pytest.mark.parametrize("name", ["", " ", "a b", "a:b", "#x", "a\nb", "../x", "<b>", "字" * 33, ".hidden"])
def test_a_name_that_would_break_the_file_or_the_page_is_refused(users: UsersFile, name: str) -> None:
    with pytest.raises(UsersUnusable, match="用户名"):
        users.add(name, WORDS)
    assert users.names() == []


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "九个字的密码不行呀",
        "aaaaaaaaaaaaaaaa",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "abcdefghijkl",
        "Password1234!",
        "zhangsan-2026",
        "tab\tinside-it",
        "长" * 129,
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_with_the_rules(users: UsersFile, password: str) -> None:
    with pytest.raises(UsersUnusable, match="密码") as caught:
        users.add("zhangsan", password)
    assert "至少 10 个字符" in caught.value.hint
    assert not users.path.exists()


# ── the commands ──


def test_a_user_is_added_listed_and_removed(
    typed: pytest.MonkeyPatch, users: UsersFile, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(typed, f"{WORDS}\n")
    assert main(["user", "add", "张三"]) == 0
    assert main(["user", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "张三"
    assert users.verified("张三", WORDS)

    pipe(typed, "另一个更长的密码2026")
    assert main(["user", "password", "张三"]) == 0
    assert users.verified("张三", "另一个更长的密码2026")

    assert main(["user", "remove", "张三"]) == 0
    assert main(["user", "list"]) == 0
    assert "还没有用户" in capsys.readouterr().out
    assert users.names() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["user", "add", "张三"], "已经有用户“张三”"),
        (["user", "add", "李 四"], "用户名"),
        (["user", "add", "李四"], "密码不能用"),
        (["user", "remove", "李四"], "没有用户“李四”"),
        (["user", "password", "李四"], "没有用户“李四”"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    typed: pytest.MonkeyPatch,
    users: UsersFile,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    users.add("张三", WORDS)
    before = users.path.read_bytes()
    pipe(typed, "short\n")
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert told in err
    assert out == ""
    assert users.path.read_bytes() == before


def test_without_a_users_file_the_command_says_how_to_name_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "list"]) == 2
    assert "QA_USERS" in capsys.readouterr().err


def test_at_a_terminal_the_password_is_asked_twice_and_never_shown(users: UsersFile) -> None:
    shown, code = at_terminal(users, [WORDS, WORDS])
    assert code == 0, shown
    assert users.verified("张三", WORDS)
    assert WORDS not in shown
    assert "至少 10 个字符" in shown
    shown, code = at_terminal(users, [WORDS, "not the same one"], "李四")
    assert code == 2
    assert "不一样" in shown
    assert users.names() == ["张三"]


def at_terminal(users: UsersFile, lines: list[str], name: str = "张三") -> tuple[str, int]:
    """`qa user add` with these lines typed at its questions: what the terminal showed, and the exit code."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "user", "add", name],
        cwd=ROOT,
        env=environment | {"QA_USERS": str(users.path), "PYTHONIOENCODING": "utf-8"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown, asked = b"", 0
    try:
        while select.select([ours], [], [], 30)[0]:
            try:
                shown += os.read(ours, 1000)
            except OSError:
                break
            # An answer is typed when its question is there: what is typed earlier would be thrown away.
            if asked < len(lines) and shown.decode("utf-8", "ignore").count("：") > asked:
                os.write(ours, f"{lines[asked]}\n".encode())
                asked += 1
        return shown.decode("utf-8", "replace"), process.wait(30)
    finally:
        os.close(ours)
        process.kill()
        process.wait()


def test_json_and_the_api_know_nothing_of_users(users: UsersFile) -> None:
    # `qa status --json` is for other programs; whose names they are is none of their business.
    users.add("张三", WORDS)
    done = subprocess.run(
        [sys.executable, "-m", "qa", "status", "--json"],
        cwd=ROOT,
        env=os.environ | {"QA_USERS": str(users.path), "QA_LLM": "none"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert "张三" not in json.dumps(json.loads(done.stdout), ensure_ascii=False)
