"""What a reader can do with an answer: copy it, take it along, ask again, ask otherwise, say whether it was of use."""

from __future__ import annotations

from page.conversation import Exchange
from page.copying import copy_html


def actions_html(exchange: Exchange) -> str:
    """The buttons below an exchange; none while its answer is awaited. What they do is in the page's script."""
    if exchange.is_open:
        return ""
    number = exchange.number
    again = (
        f'<button type="button" data-action="again" data-turn="{number}">重新回答</button>'
        f'<button type="button" data-action="edit" data-turn="{number}">修改问题</button>'
    )
    answer = exchange.answer
    if answer is None:
        return f'<div class="actions" role="group" aria-label="这一轮">{again}</div>'
    exports = (
        '<details class="menu"><summary>存为</summary><div>'
        f'<button type="button" data-action="export" data-format="docx" data-turn="{number}">Word 文件（.docx）</button>'
        f'<button type="button" data-action="export" data-format="md" data-turn="{number}">Markdown 文件（.md）</button>'
        "</div></details>"
    )
    verdict = (
        f'<button type="button" data-action="useful" data-turn="{number}">有用</button>'
        f'<button type="button" data-action="useless" data-turn="{number}">没用</button>'
    )
    return (
        f'<div class="actions" role="group" aria-label="这条回答">{copy_html(answer)}{exports}{again}'
        f'<span class="verdict">{verdict}</span></div>'
    )
