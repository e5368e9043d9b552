"""The page to sign in with, and the way out in the header; both work without a script."""

from __future__ import annotations

from html import escape

from page.full_text import message_page
from page.rendering import notice_html


def sign_in_page(problem: str = "", name: str = "") -> str:
    """The form, with what was wrong with the last attempt."""
    focus_name, focus_password = ("", " autofocus") if name else (" autofocus", "")
    return message_page(
        "登录民政规划问答",
        (notice_html(problem) if problem else "") + '<form class="sign-in" method="post" action="login">'
        '<p><label for="name">用户名</label>'
        f'<input id="name" name="name" value="{escape(name)}" autocomplete="username" maxlength="64" '
        f'autocapitalize="none" spellcheck="false" required{focus_name}></p>'
        '<p><label for="password">密码</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" '
        f'maxlength="256" required{focus_password}></p>'
        '<p><button type="submit">登录</button></p>'
        '<p class="facts">没有账号或忘了密码，请联系管理员。</p></form>',
        style="page/forms.css",
    )


def visitor_html(user: str) -> str:
    """Who is signed in and the button that signs out; empty where nobody has to sign in."""
    if not user:
        return ""
    return (
        '<div class="visitor"><form class="signed-in" method="post" action="logout">'
        f'<span>{escape(user)}</span> <button type="submit">退出登录</button></form></div>'
    )
