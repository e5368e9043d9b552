// The buttons below answers: ask again, ask otherwise, take along, say whether it was of use.
import { dialog, element, notify } from "./dialogs.js";
import { records, replace } from "./memory.js";

const box = () => document.querySelector("#question textarea");

function write(text) {
  const field = box();
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const isBusy = () => Boolean(document.querySelector("#stop")?.checkVisibility());

export function ask(text, number = 0) {
  if (isBusy()) {
    notify("正在回答，请稍候，或先按“停止”。");
    return;
  }
  leaveEditing();
  if (number) replace(number);
  write(text);
  setTimeout(() => document.getElementById("send").click());
}

const questionOf = (number) => document.querySelector(`#turn-${number} .question`)?.textContent ?? "";

function edit(number) {
  if (isBusy()) document.getElementById("stop").click();
  replace(number);
  let line = document.getElementById("editing");
  if (!line) {
    line = element("div", { id: "editing", class: "editing", role: "status" });
    document.querySelector("#question-row").before(line);
  }
  const cancel = element("button", { type: "button", text: "取消修改" });
  cancel.addEventListener("click", () => {
    leaveEditing();
    write("");
    box().focus();
  });
  const later = document.querySelectorAll("section.answer").length > number;
  const words = `正在修改第 ${number} 个问题${later ? "，发送后它和后面的问答会被替换" : "，发送后替换原来的回答"}`;
  line.replaceChildren(element("span", { text: words }), cancel);
  write(questionOf(number));
  box().focus();
}

export function leaveEditing() {
  document.getElementById("editing")?.remove();
  replace("");
}

async function send(address, content) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(content),
  });
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  throw new Error(said.message ?? "没有成功，请稍后再试。");
}

const words = (error) => (error instanceof TypeError ? "没有连上服务器，请检查网络后再试。" : error.message);

export async function exportTurns(format, number = 0) {
  const turns = number ? records(number).slice(-1) : records().slice(-100);
  if (!turns.some((turn) => turn.answer)) {
    notify("还没有可以导出的回答。");
    return;
  }
  try {
    const response = await send("export", { format, turns });
    const address = URL.createObjectURL(await response.blob());
    const name = (turns[0]?.question ?? "对话").replace(/[\\/:*?"<>|\s]+/g, "").slice(0, 30);
    element("a", { href: address, download: `${name}.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    notify(format === "docx" ? "已存为 Word 文件。" : "已存为 Markdown 文件。");
  } catch (error) {
    notify(words(error));
  }
}

async function judge(button, verdict, said = {}) {
  const number = Number(button.dataset.turn);
  try {
    await send("feedback", { verdict, turns: records(number), ...said });
    for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
    notify("已记录，谢谢。");
    return true;
  } catch (error) {
    notify(words(error));
    return false;
  }
}

const REASONS = ["数字不对", "地区或年份不对", "答非所问", "不完整", "其实有，没有找到", "其他"];

function askWhy(button) {
  const place = dialog("feedback", "这条回答哪里不好？");
  const reasons = REASONS.map((text, at) =>
    element("label", {}, element("input", { type: "radio", name: "reason", value: text, id: `reason-${at}` }), text),
  );
  const more = element("textarea", { rows: "2", maxlength: "2000", id: "feedback-more" });
  const right = element("textarea", { rows: "3", maxlength: "5000", id: "feedback-right" });
  const submit = element("button", { type: "submit", class: "primary", text: "提交" });
  const form = element(
    "form",
    { method: "dialog" },
    element("fieldset", {}, element("legend", { text: "原因" }), ...reasons),
    element("label", { for: "feedback-more", text: "补充说明（可不填）" }),
    more,
    element("label", { for: "feedback-right", text: "正确的回答（可不填；填了可用来改进）" }),
    right,
    element("p", { class: "facts", text: "会把这段对话的问题、回答和您填的内容记在服务器上，不记录您是谁。" }),
    submit,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = form.querySelector("input:checked")?.value ?? "";
    const reason = [chosen, more.value.trim()].filter(Boolean).join("：");
    submit.disabled = true;
    if (await judge(button, "没用", { reason, corrected: right.value })) place.close();
    submit.disabled = false;
  });
  place.querySelector(".content").replaceChildren(form);
  place.showModal();
}

export function act(button) {
  const number = Number(button.dataset.turn ?? 0);
  const action = button.dataset.action;
  if (action === "ask") ask(button.textContent);
  if (action === "again") ask(questionOf(number), number);
  if (action === "edit") edit(number);
  if (action === "export") exportTurns(button.dataset.format, number);
  if (action === "useful") judge(button, "有用");
  if (action === "useless") askWhy(button);
}
