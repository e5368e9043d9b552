// What the page does by itself: jump between [n] and its source, open a full text, follow a new turn.
// All listeners are delegated, because Gradio replaces the HTML below them at every change.
"use strict";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

function flash(element, block) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
  element.classList.remove("flash");
  void element.offsetWidth; // restarts the animation
  element.classList.add("flash");
}

function dialog() {
  let box = document.getElementById("full-text");
  if (box) return box;
  box = document.createElement("dialog");
  box.id = "full-text";
  box.setAttribute("aria-label", "全文");
  const bar = document.createElement("div");
  const apart = document.createElement("a");
  const close = document.createElement("button");
  bar.className = "bar";
  apart.textContent = "在新窗口打开";
  apart.target = "_blank";
  close.type = "button";
  close.textContent = "关闭";
  close.addEventListener("click", () => box.close());
  bar.append(apart, close);
  box.append(bar, document.createElement("div"));
  // A click on the dialog itself is one on the backdrop: its contents cover the rest.
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  return box;
}

async function openDocument(address) {
  const box = dialog();
  const place = box.lastElementChild;
  box.querySelector("a").href = address;
  place.textContent = "正在打开…";
  box.showModal();
  let content;
  try {
    // A missing document answers with a page too, which says so.
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    content = page.querySelector("main");
  } catch {
    content = null;
  }
  if (content) place.replaceChildren(document.importNode(content, true));
  else place.textContent = "没有打开全文，请检查与服务器的连接后再试。";
  const quotation = place.querySelector("#quotation");
  if (quotation) quotation.scrollIntoView({ block: "center" });
  else place.scrollTop = 0;
}

// Through a copy event: the clipboard API is missing where the page is reached over plain http.
function copy(button) {
  const put = (event) => {
    event.clipboardData.setData("text/plain", button.dataset.text);
    event.clipboardData.setData("text/html", button.dataset.html);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const selection = getSelection();
  const before = selection.rangeCount ? selection.getRangeAt(0) : null;
  selection.selectAllChildren(button); // some browsers copy nothing when nothing is selected
  document.addEventListener("copy", put, { capture: true });
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  selection.removeAllRanges();
  if (before) selection.addRange(before);
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = copied ? "已复制" : "没有复制成功";
  document.getElementById("announcer").textContent = button.textContent;
  setTimeout(() => (button.textContent = label), 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.copy");
  if (button) copy(button);
  const link = event.target.closest?.("a.marker, a.card-number, a.open-document");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.classList.contains("open-document")) {
    openDocument(link.href);
    return;
  }
  const target = document.getElementById(link.hash.slice(1));
  if (target) flash(target, link.classList.contains("marker") ? "nearest" : "center");
});

// While a word is being composed (Chinese input), Enter accepts the word and must not send the question.
document.addEventListener(
  "keypress",
  (event) => {
    if (event.key === "Enter" && event.isComposing) event.stopPropagation();
  },
  true,
);

let turn = "";
let stage = "";

function follow() {
  const current = document.querySelector("#answer section.answer");
  document.body.classList.toggle("has-turn", Boolean(current));
  document.body.classList.toggle("has-earlier", Boolean(document.querySelector("#earlier .turn")));
  if (!current || (current.id === turn && current.dataset.stage === stage)) return;
  if (current.id !== turn) {
    current.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    // The button that was pressed is gone: keyboards continue in the box. Not on touch, where it would open.
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) {
      document.querySelector("#question textarea")?.focus({ preventScroll: true });
    }
  }
  turn = current.id;
  stage = current.dataset.stage;
  const said = current.querySelector(".status .badge, .notice");
  document.getElementById("announcer").textContent = said ? said.textContent : "";
}

// Gradio says in English, and only in English, that the connection is gone.
function translate() {
  for (const text of document.querySelectorAll('[data-testid="toast-text"]')) {
    if (/[\u4e00-\u9fff]/.test(text.textContent)) continue;
    text.textContent = "与服务器的连接断开了，正在重新连接。一直连不上时，请确认程序仍在运行，再刷新本页。";
    const title = text.closest('[data-testid="toast-body"]')?.querySelector(".toast-title");
    if (title) title.textContent = "连接中断";
  }
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
    translate();
  });
}).observe(document.body, { childList: true, subtree: true });
