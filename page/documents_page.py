"""The page of the library's files. Its script fills it from `/documents/state`, as text and never as markup."""

from __future__ import annotations

from page.full_text import message_page

_KINDS = "txt、md、docx、pdf（扫描件也可以）、xlsx、csv、html、图片，以及装着它们的 zip"


def documents_page(file_megabytes: int) -> str:
    """The place to drop files, what is going on, what came of it, and the list of documents."""
    return message_page(
        "文件管理",
        '<p><a href="/">← 回到问答页</a></p>'
        "<noscript><p>这一页需要浏览器允许运行脚本；也可以用命令 qa add、qa list、qa remove。</p></noscript>"
        f'<section id="drop" data-megabytes="{file_megabytes}" aria-labelledby="drop-title">'
        '<h2 id="drop-title">加入文件</h2>'
        f"<p>把文件拖到这里，或选择文件（可以多选）。支持 {_KINDS}；每个不超过 {file_megabytes} MB。</p>"
        '<p class="actions"><label class="pick" for="files">选择文件</label>'
        '<input id="files" type="file" multiple class="visually-hidden">'
        '<label class="check"><input id="replace" type="checkbox"> 新版本替换旧版本</label></p></section>'
        '<section id="work" aria-labelledby="work-title" hidden><h2 id="work-title"></h2>'
        '<progress id="bar" max="100" aria-labelledby="work-title"></progress>'
        '<p id="stage" role="status"></p>'
        '<p><button type="button" id="stop" class="second">停止</button></p></section>'
        '<section id="report" aria-labelledby="report-title" hidden><h2 id="report-title" tabindex="-1"></h2>'
        '<ul class="files"></ul></section>'
        '<p id="problem" role="alert"></p>'
        '<section aria-labelledby="list-title"><h2 id="list-title">文件库</h2><ul id="documents" class="files">'
        "</ul></section>"
        '<script src="/page/session.js" defer></script><script src="/page/documents.js" defer></script>',
        style="page/forms.css",
    )
