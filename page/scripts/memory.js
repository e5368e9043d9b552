// Conversations stay in this browser: kept as the data of their answers, listed, brought back, deleted.
import { dialog, element, notify } from "./dialogs.js";

// Whoever signs in on a shared computer sees the conversations of that name only.
const reader = () => document.querySelector(".signed-in span")?.textContent ?? "";
const storeKey = () => `civil-affairs-qa.conversations.${reader()}`;
const currentKey = () => `civil-affairs-qa.current.${reader()}`;
const MOST = 100;

let toRestore = "";
// Whether a conversation is on its way back: what is on the page until then is another one.
let awaited = false;
let replaced = "";

function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(storeKey()) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.id === "string" && Array.isArray(one.turns)) : [];
  } catch {
    return [];
  }
}

// When the browser has no more room, the oldest conversations make it.
function store(conversations) {
  let kept = conversations.slice(-MOST);
  for (;;) {
    try {
      localStorage.setItem(storeKey(), JSON.stringify(kept));
      break;
    } catch {
      if (kept.length <= 1) return;
      kept = kept.slice(1);
    }
  }
  const count = document.getElementById("kept-count");
  if (count) count.textContent = kept.length ? `（${kept.length}）` : "";
}

function current() {
  try {
    return sessionStorage.getItem(currentKey()) ?? "";
  } catch {
    return "";
  }
}

function setCurrent(id) {
  try {
    if (id) sessionStorage.setItem(currentKey(), id);
    else sessionStorage.removeItem(currentKey());
  } catch {
    // Without storage nothing is remembered; asking works all the same.
  }
}

export function records(upTo = Infinity) {
  return [...document.querySelectorAll("section.answer[data-record]")]
    .filter((section) => Number(section.id.replace("turn-", "")) <= upTo)
    .map((section) => JSON.parse(section.dataset.record));
}

// What is on the page is the conversation: kept whenever it has changed.
let last = "";
export function keep() {
  const sections = document.querySelectorAll("section.answer");
  if (!sections.length) {
    last = "";
    if (!awaited && restored) setCurrent("");
    return;
  }
  const shown = [...document.querySelectorAll("section.answer[data-record]")].map((one) => one.dataset.record);
  const content = shown.join("\n");
  if (!shown.length || content === last) return;
  last = content;
  awaited = false;
  if (!current()) setCurrent(crypto.randomUUID?.() ?? String(Date.now()) + Math.random());
  const others = stored().filter((one) => one.id !== current());
  store([...others, { id: current(), saved: new Date().toISOString(), turns: shown.map((one) => JSON.parse(one)) }]);
}

let restored = false;
// Once Gradio's button is there: what this tab showed before it was reloaded.
export function resume() {
  if (restored || !document.getElementById("restore")) return;
  restored = true;
  const id = current();
  const known = stored().find((one) => one.id === id);
  if (known) bring(known);
  else setCurrent("");
  store(stored());
}

function bring(conversation) {
  setCurrent(conversation.id);
  awaited = true;
  toRestore = JSON.stringify(conversation.turns.slice(-MOST));
  document.getElementById("restore").click();
}

export function openList() {
  const box = dialog("conversations", "以前的对话");
  draw(box);
  if (!box.open) box.showModal();
}

function draw(box) {
  const kept = stored().reverse();
  const place = box.querySelector(".content");
  if (!kept.length) {
    place.replaceChildren(
      element("p", { text: "还没有保存的对话。问过的问题会自动留在这里，只保存在这台电脑的浏览器里。" }),
    );
    return;
  }
  const list = element("ul", { class: "kept" }, ...kept.map((one) => entry(one, box)));
  const all = element("button", { type: "button", class: "danger", text: "全部删除" });
  let sure = false;
  all.addEventListener("click", () => {
    if (!sure) {
      sure = true;
      all.textContent = "确定删除全部对话？再点一次";
      return;
    }
    store([]);
    if (current()) leave();
    draw(box);
    notify("已删除全部对话。");
  });
  const note = element("p", { class: "facts", text: "只保存在这台电脑的浏览器里，不上传服务器。" });
  place.replaceChildren(note, list, all);
}

function entry(conversation, box) {
  const first = String(conversation.turns[0]?.question ?? "（空）");
  const date = new Date(conversation.saved);
  const when = Number.isNaN(date.getTime()) ? "" : date.toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
  const open = element("button", { type: "button", class: "open", text: first });
  open.addEventListener("click", () => {
    box.close();
    bring(conversation);
  });
  const remove = element("button", { type: "button", class: "danger", text: "删除", "aria-label": `删除对话：${first}` });
  remove.addEventListener("click", () => {
    store(stored().filter((one) => one.id !== conversation.id));
    if (conversation.id === current()) leave();
    draw(box);
    notify("已删除这段对话。");
    (box.querySelector(".kept button") ?? box.querySelector(".bar button")).focus();
  });
  const facts = element("span", { class: "facts", text: `${when} · ${conversation.turns.length} 个问题` });
  const here = conversation.id === current() ? element("span", { class: "label", text: "正在查看" }) : "";
  return element("li", {}, open, element("span", { class: "line" }, facts, here, remove));
}

// The conversation on the page was deleted: it is not shown any longer either, and not kept again.
function leave() {
  setCurrent("");
  document.getElementById("anew")?.click();
}

export function replace(number) {
  replaced = String(number);
}

// Gradio asks for these two when it sends a question or brings a conversation back; see layout.py.
window.page = {
  replaced: () => {
    const number = replaced;
    replaced = "";
    return number;
  },
  kept: () => {
    const content = toRestore;
    toRestore = "";
    return content;
  },
};
