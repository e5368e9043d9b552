// Dialogs: whole documents and tables from the server, and small ones that the script fills itself.
import { equip } from "./paper.js";

export function element(name, { text = "", action = "", ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (action) made.dataset.action = action;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A dialog with a bar on top; the bar's first element may be replaced, its last one closes.
export function dialog(id, label) {
  const known = document.getElementById(id);
  if (known) return known;
  const close = element("button", { type: "button", text: "关闭" });
  const bar = element("div", { class: "bar" }, element("strong", { text: label }), close);
  const box = element("dialog", { id, class: "paper", "aria-label": label }, bar, element("div", { class: "content" }));
  close.addEventListener("click", () => box.close());
  // A click on the dialog itself is one on the backdrop: its contents cover the rest.
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  return box;
}

const before = [];

function fullText() {
  const box = dialog("full-text", "全文");
  if (!box.querySelector(".back")) {
    const back = element("button", { type: "button", class: "back", text: "返回" });
    back.addEventListener("click", () => {
      before.pop();
      show(before.at(-1));
    });
    const apart = element("a", { text: "在新窗口打开", target: "_blank", rel: "noopener" });
    box.querySelector(".bar strong").replaceWith(element("span", {}, back, apart));
    box.addEventListener("close", () => (before.length = 0));
  }
  return box;
}

export function openDocument(address) {
  before.push(address);
  return show(address);
}

async function show(address) {
  const box = fullText();
  const place = box.querySelector(".content");
  box.querySelector(".bar a").href = address;
  box.querySelector(".back").hidden = before.length < 2;
  place.replaceChildren(element("p", { class: "loading", role: "status", text: "正在打开…" }));
  if (!box.open) box.showModal();
  let content;
  try {
    // A missing document answers with a page too, which says so.
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    content = page.querySelector("main");
  } catch {
    content = null;
  }
  if (before.at(-1) !== address) return;
  if (!content) {
    place.replaceChildren(element("p", { role: "alert", text: "没有打开，请检查与服务器的连接后再试。" }));
    return;
  }
  place.replaceChildren(document.importNode(content, true));
  equip(place);
  const quotation = place.querySelector("#quotation");
  if (quotation) quotation.scrollIntoView({ block: "center" });
  else place.scrollTop = 0;
}

export function announce(words) {
  const place = document.getElementById("announcer");
  if (place) place.textContent = words;
}

export function notify(words) {
  let place = document.getElementById("notice-line");
  if (!place) {
    place = element("div", { id: "notice-line" });
    document.body.append(place);
  }
  // A dialog covers everything else: what is said has to stand inside it.
  (document.querySelector("dialog[open]") ?? document.body).append(place);
  place.textContent = words;
  place.classList.add("shown");
  announce(words);
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => place.classList.remove("shown"), 4000);
}
