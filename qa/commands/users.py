"""`qa user …`: who may sign in to the page."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from typing import TYPE_CHECKING, Any

from qa.errors import UsersUnusable

if TYPE_CHECKING:
    from qa.users.accounts import UsersFile


def add_user_commands(commands: Any) -> None:
    """Put `user add`, `user password`, `user list` and `user remove` among the commands."""
    described = "管理可以登录网页的用户（写在 QA_USERS 所指的文件里）"
    user = commands.add_parser("user", help="管理网页的用户", description=described)
    actions = user.add_subparsers(metavar="操作", required=True)
    for action, told, run in (
        ("add", "添加用户；密码输入两次，或从标准输入读取一行", _add),
        ("password", "更改密码；此人已有的登录随即失效", _password),
        ("remove", "删除用户；此人已有的登录随即失效", _remove),
    ):
        command = actions.add_parser(action, help=told, description=told)
        command.add_argument("name", metavar="用户名", help="汉字、字母或数字，不能有空格")
        command.set_defaults(run=run)
    listed = actions.add_parser("list", help="列出用户")
    listed.set_defaults(run=_list)


def _add(options: argparse.Namespace) -> int:
    from qa.users.passwords import RULES, checked_name  # noqa: PLC0415

    users = _users()
    name = checked_name(options.name)
    if name in users.names():
        raise UsersUnusable(f"已经有用户“{name}”。", f"要改密码，请运行 qa user password {name}。")
    users.add(name, _asked_password(RULES))
    print(f"已添加用户“{name}”，现在可以用它登录网页。")
    return 0


def _password(options: argparse.Namespace) -> int:
    from qa.users.passwords import RULES  # noqa: PLC0415

    users = _users()
    name = users.known(options.name)
    users.set_password(name, _asked_password(RULES))
    print(f"已更改用户“{name}”的密码，此前的登录已失效。")
    return 0


def _remove(options: argparse.Namespace) -> int:
    print(f"已删除用户“{_users().remove(options.name)}”，此人已有的登录已失效。")
    return 0


def _list(_: argparse.Namespace) -> int:
    names = _users().names()
    print("\n".join(names) if names else "还没有用户。运行 qa user add 用户名 添加。")
    return 0


def _users() -> UsersFile:
    from qa.settings import Settings  # noqa: PLC0415
    from qa.users.accounts import UsersFile  # noqa: PLC0415

    path = Settings().users
    if path is None:
        raise UsersUnusable(
            "没有说明用户文件在哪里。", "请设 QA_USERS=文件名（如 QA_USERS=$HOME/qa-users），再运行这条命令。"
        )
    return UsersFile(path)


def _asked_password(rules: str) -> str:
    """Typed twice without being shown; the first line of what is piped in."""
    if not sys.stdin.isatty():
        return os.fsdecode(sys.stdin.buffer.readline()).rstrip("\r\n")
    print(rules, file=sys.stderr)
    password = getpass.getpass("密码（不显示）：")
    if getpass.getpass("再输入一次：") != password:
        raise UsersUnusable("两次输入的密码不一样。", "没有作任何更改，请重新运行。")
    return password
