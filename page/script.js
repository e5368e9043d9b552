// What the page does by itself: jumps between [n] and its source, follows a new turn, keys. The parts are in scripts/.
// All listeners are delegated, because Gradio replaces the HTML below them at every change.
import { act, exportTurns, leaveEditing } from "./scripts/actions.js";
import { copy } from "./scripts/copying.js";
import { announce, openDocument } from "./scripts/dialogs.js";
import { keep, openList, resume } from "./scripts/memory.js";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const motion = () => (calm.matches ? "auto" : "smooth");

function flash(element, block) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.scrollIntoView({ block, behavior: motion() });
  element.focus({ preventScroll: true });
  element.classList.remove("flash");
  void element.offsetWidth; // restarts the animation
  element.classList.add("flash");
}

const OF_PAGE = {
  conversations: openList,
  "export-docx": () => exportTurns("docx"),
  "export-md": () => exportTurns("md"),
  print: () => window.print(),
  ground: () => document.body.classList.toggle("ground-open"),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (button?.classList.contains("copy")) copy(button);
  else if (button?.dataset.page) OF_PAGE[button.dataset.page]();
  else if (button?.dataset.action) act(button);
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target) || button) menu.open = false;
  const link = event.target.closest?.("a.marker, a.card-number, a.open-document, a.skip");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.classList.contains("open-document")) openDocument(link.href);
  else if (link.classList.contains("skip")) document.querySelector("#question textarea")?.focus();
  else {
    const target = document.getElementById(link.hash.slice(1));
    if (target) flash(target, link.classList.contains("marker") ? "nearest" : "center");
  }
});

// While a word is being composed (Chinese input), Enter accepts the word and must not send the question.
document.addEventListener(
  "keypress",
  (event) => {
    if (event.key === "Enter" && event.isComposing) event.stopPropagation();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
  const menu = document.querySelector("details.menu[open]");
  const stop = document.getElementById("stop");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (stop?.checkVisibility()) stop.click();
});

let turn = "";
let stage = "";

function follow() {
  const current = document.querySelector("#answer section.answer");
  document.body.classList.toggle("has-turn", Boolean(current));
  document.body.classList.toggle("has-earlier", Boolean(document.querySelector("#earlier .turn")));
  if (!current || (current.id === turn && current.dataset.stage === stage)) {
    if (!current) turn = stage = "";
    return;
  }
  const isNew = current.id !== turn || current.dataset.stage === "waiting";
  turn = current.id;
  stage = current.dataset.stage;
  if (isNew) {
    leaveEditing();
    current.scrollIntoView({ block: "start", behavior: motion() });
    // The button that was pressed is gone: keyboards continue in the box. Not on touch, where it would open.
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) {
      document.querySelector("#question textarea")?.focus({ preventScroll: true });
    }
  }
  const said = current.querySelector(".status .badge, .notice");
  announce(said ? said.textContent : "");
}

// On a phone the choices are folded: one line says what they are.
function sumUp() {
  const place = document.getElementById("ground-said");
  if (!place) return;
  const files = [...document.querySelectorAll("#filter .token")].length;
  const others = [...document.querySelectorAll("#ground-row .limit input")].map((one) => one.value).filter((one) => one && !one.startsWith("全部"));
  const said = [files ? `${files} 份文件` : "", ...others].filter(Boolean).join(" · ") || "全部文件";
  if (place.textContent !== said) place.textContent = said;
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

// On paper nothing can be unfolded: the sources of earlier turns are shown there.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".folded details:not([open])")) fold.open = fold.dataset.forPaper = true;
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-for-paper]")) {
    fold.open = false;
    delete fold.dataset.forPaper;
  }
});

let waiting = false;
function look() {
  if (waiting) return;
  waiting = true;
  // A hidden tab draws no frames, and its answer is to be kept all the same.
  (document.hidden ? setTimeout : requestAnimationFrame)(() => {
    waiting = false;
    resume();
    follow();
    keep();
    sumUp();
    translate();
  });
}
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
document.addEventListener("focusout", look);
document.addEventListener("change", look);
