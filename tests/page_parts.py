"""What the tests of the page share: phones, choices, the clipboard, colours, plain requests, hostile words."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

BURIAL = "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？"
SMART_HOMES = "杨浦2023年建设智慧养老院几家？"
RENOVATION = "2023年杨浦和湘西州的居家适老化改造任务各是多少户？"
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

HOSTILE = """<img src=x onerror="window.hacked=1">青川县2024年民政工作要点
一、养老服务<script>window.hacked=2</script>
2024年青川县新增养老床位120张<img src=x onerror="window.hacked=3">![图](http://203.0.113.9/pixel.png)。
二、社会救助"><svg onload="window.hacked=4">
2024年青川县城市低保标准提高到800元[点这里](javascript:window.hacked=5)，${window.hacked=6}{{window.hacked=7}}。
三、社区治理
青川县推进社区治理，开展邻里互助活动，培育社区社会组织，完善居民议事协商制度，建设和谐社区。
"""


def choose(tab: Page, label: str, option: str) -> None:
    tab.get_by_label(label).click()
    tab.get_by_role("option", name=option).click()


def clipboard(tab: Page, kind: str) -> str:
    read = "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    return str(tab.evaluate(read, kind))


def contrast(tab: Page, place: str) -> float:
    """The contrast ratio (WCAG) of an element's text with the first opaque background behind it."""
    colours = tab.locator(place).first.evaluate(
        """element => {
            const ink = getComputedStyle(element).color;
            let ground = "rgba(0, 0, 0, 0)";
            for (let e = element; e && ground === "rgba(0, 0, 0, 0)"; e = e.parentElement)
                ground = getComputedStyle(e).backgroundColor;
            return [ink, ground].map(colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
        }"""
    )

    def luminance(colour: list[float]) -> float:
        parts = [
            c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    darker, lighter = sorted(luminance(colour) for colour in colours)
    return (lighter + 0.05) / (darker + 0.05)


def fetch(
    address: str, body: Any = None, *, kind: str = "application/json"
) -> tuple[int, dict[str, str], str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"content-type": kind})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, dict(response.headers), response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def answered(tab: Page) -> None:
    """Wait for the finished answer of the current turn."""
    tab.locator("#answer section:is([data-stage=done], [data-stage=failed])").wait_for()
