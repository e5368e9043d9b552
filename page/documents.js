// The page of the library's files: sends what is dropped, shows how far the work is and what came of it.
// Everything that comes from files, their names included, is put into the page as text.
"use strict";

const $ = (id) => document.getElementById(id);
const limit = Number($("drop").dataset.megabytes) * 1e6;
const FIELDS = { title: "标题", region: "地区", period: "年份", publisher: "发布单位", number: "文号", date: "日期" };
const CORRECTED = { ...FIELDS, genre: "文种" };
const STATES = { ready: "可用", waiting: "待建索引", unreadable: "读不了", hidden: "已隐藏" };
let names = {};
let sending = false;
let refused = []; // of this upload, before the library saw them
let shown = null; // the number of the change whose report is shown
let seen = "";
let count = 0;

function make(tag, text = "", className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

function button(label, act, className = "second") {
  const element = make("button", label, className);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

function say(problem) {
  $("problem").textContent = problem;
}

async function call(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  let reply;
  try {
    reply = await fetch(`/documents/${path}`, options);
  } catch {
    throw new Error("与服务器的连接断开了，请确认程序仍在运行，再刷新本页。");
  }
  const content = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(content.error || "没有成功，请刷新页面再试。");
  return content;
}

async function order(path, body) {
  say("");
  try {
    await call(path, body);
  } catch (error) {
    say(error.message);
  }
  await look();
}

// --- sending ---

function sent(batch, file, part) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ batch, name: file.name });
    request.open("POST", `/documents/file?${query}`);
    request.upload.onprogress = (event) => event.lengthComputable && part(event.loaded);
    request.onerror = () => reject(new Error("没有传完，请检查网络后再试。"));
    request.onload = () => {
      if (request.status === 200) return resolve();
      let told = "";
      try {
        told = JSON.parse(request.responseText).error;
      } catch { /* not ours: a proxy in between has answered */ }
      reject(new Error(told || `没有传成（${request.status}）。`));
    };
    request.send(file);
  });
}

async function bring(files) {
  if (!files.length || sending) return;
  sending = true;
  refused = [];
  say("");
  const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
  let before = 0;
  try {
    const { batch } = await call("batch", {});
    let arrived = 0;
    for (const [position, file] of files.entries()) {
      const part = (bytes) => working(`正在上传 ${position + 1}/${files.length}`, file.name, 100 * (before + bytes) / total);
      part(0);
      try {
        if (file.size > limit) throw new Error(`超过了 ${limit / 1e6} MB。请拆成几个文件，或请管理员调大 QA_MAX_FILE_MB。`);
        await sent(batch, file, part);
        arrived += 1;
      } catch (error) {
        refused.push({ source: file.name, status: "refused", reason: error.message });
      }
      before += file.size;
    }
    if (arrived) await call("add", { batch, replace: $("replace").checked });
    else report({ files: [] }, "没有文件加入");
  } catch (error) {
    say(error.message);
  }
  sending = false;
  await look();
}

// --- what is going on ---

function working(title, file, percent, left) {
  $("work").hidden = false;
  $("stop").hidden = sending;
  if ($("work-title").textContent !== title) $("work-title").textContent = title;
  if (percent === undefined) $("bar").removeAttribute("value");
  else $("bar").value = percent;
  const parts = [file, percent === undefined ? "" : `${Math.floor(percent)}%`, left];
  $("stage").textContent = parts.filter(Boolean).join(" · ");
}

function duration(seconds) {
  if (seconds === null || seconds === undefined) return "";
  return seconds >= 90 ? `约剩 ${Math.round(seconds / 60)} 分钟` : `约剩 ${Math.max(1, Math.round(seconds))} 秒`;
}

function facts(understood) {
  const list = make("ul", "", "facts");
  const stated = Object.entries(FIELDS).map(([field, label]) => understood[field] && `${label}：${understood[field]}`);
  const genres = understood.genres?.length && `文种：${understood.genres.join("、")}`;
  const counted = `${understood.sections} 个章节，${understood.tables} 张表，${understood.passages} 个段落`;
  const version = understood.version && `版本：${understood.version}`;
  list.append(make("li", [...stated, genres, version].filter(Boolean).join("　") || "没有读出标题、地区和年份"), make("li", counted));
  for (const text of understood.unread) list.append(make("li", `没有读出：${text}`, "warning"));
  for (const text of understood.warnings) list.append(make("li", `注意：${text}`, "warning"));
  return list;
}

function report(done, title) {
  const list = $("report").querySelector("ul");
  const files = [...refused, ...(done.files ?? [])];
  list.replaceChildren(
    ...files.map((file) => {
      const item = make("li", "", file.status === "refused" ? "refused" : "taken");
      const name = file.name || file.source.split("/").pop();
      item.append(make("strong", name), make("span", names[file.status] ?? file.status, "badge"));
      if (file.other) item.append(make("p", `另见“${file.other}”`));
      if (file.replaced?.length) item.append(make("p", `替换了：${file.replaced.join("、")}`));
      if (file.reason) item.append(make("p", `${file.reason}${file.hint ?? ""}`));
      if (file.understood) item.append(facts(file.understood));
      return item;
    }),
  );
  refused = [];
  $("report-title").textContent = title;
  $("report").hidden = false;
  $("report-title").focus({ preventScroll: true });
}

function finished(work) {
  const { done, error, action } = work;
  if (error) {
    say(`${error.message}${error.hint}`);
    if (refused.length) report({}, "没有加入的文件");
  } else if (action === "add") {
    const bad = done.files.filter((file) => file.status === "refused").length + refused.length;
    const good = done.files.length + refused.length - bad;
    const stopped = done.stopped ? "已停止；" : "";
    report(done, `${stopped}${good} 个文件在文件库里${bad ? `，${bad} 个未收入` : ""}`);
  } else {
    report({}, { remove: "已移除", restore: "已恢复", correct: "已更正" }[action] + `：${work.subject}`);
  }
}

// --- the documents ---

function stated(listed, field) {
  const { understood } = listed;
  return (field === "genre" ? understood?.genres?.join("、") : understood?.[field]) ?? "";
}

function correction(item, listed) {
  const form = make("form", "", "correct");
  for (const [field, label] of Object.entries(CORRECTED)) {
    const id = `correct-${field}`;
    const input = make("input");
    Object.assign(input, { id, name: field, value: stated(listed, field), maxLength: 100 });
    if (field === "title") input.maxLength = 300;
    const title = make("label", label);
    title.htmlFor = id;
    const row = make("p");
    row.append(title, input);
    form.append(row);
  }
  const save = make("button", "保存更正");
  save.type = "submit";
  const bar = make("p", "", "actions");
  bar.append(save, button("取消", () => form.remove()));
  form.append(bar);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = {};
    for (const input of form.querySelectorAll("input")) {
      if (input.value.trim() !== stated(listed, input.name)) fields[input.name] = input.value;
    }
    form.remove();
    if (Object.keys(fields).length) order("correct", { name: listed.name, fields });
  });
  document.querySelector("form.correct")?.remove();
  item.append(form);
  form.querySelector("input").focus();
}

function removal(listed) {
  const question = `确定${listed.is_packaged ? "隐藏" : "移除"}？`;
  const first = button(listed.is_packaged ? "隐藏" : "移除", () => {
    if (first.textContent === question) return order("remove", { name: listed.name });
    first.textContent = question;
    first.classList.add("danger");
  });
  first.addEventListener("blur", () => {
    first.textContent = listed.is_packaged ? "隐藏" : "移除";
    first.classList.remove("danger");
  });
  return first;
}

function entry(listed) {
  const item = make("li");
  const title = make("strong");
  if (listed.state === "ready") {
    const link = make("a", listed.name);
    link.href = `/document?${new URLSearchParams({ name: listed.name })}`;
    title.append(link);
  } else title.textContent = listed.name;
  item.append(title, make("span", STATES[listed.state], "badge"));
  if (listed.corrected.length) item.append(make("span", "有人工更正", "badge"));
  if (listed.reason) item.append(make("p", `${listed.reason}${listed.hint}`, "warning"));
  if (listed.understood) item.append(facts(listed.understood));
  const bar = make("p", "", "actions");
  if (listed.state === "hidden") bar.append(button("恢复显示", () => order("restore", { name: listed.name })));
  else bar.append(button("更正", () => correction(item, listed)), removal(listed));
  title.id = `document-${(count += 1)}`;
  for (const each of bar.children) each.setAttribute("aria-describedby", title.id);
  item.append(bar);
  return item;
}

async function look() {
  let now;
  try {
    now = await call("state");
  } catch (error) {
    say(error.message);
    return;
  }
  names = now.names;
  const { work } = now;
  if (work.running) {
    const { stage, file, percent, seconds_left: left, page, pages } = work.progress;
    const paged = pages > 1 ? `第${page}/${pages}页` : "";
    const by = work.user ? `（${work.user}）` : "";
    working(`${work.stopping ? "正在停止" : "正在处理"}：${work.subject}${by}`, [stage, file, paged].filter(Boolean).join(" "), percent, duration(left));
    $("stop").disabled = work.stopping;
  } else if (!sending) $("work").hidden = true;
  if (shown === null) shown = work.running ? work.number - 1 : work.number; // what ended before we came is no news
  if (!work.running && work.number > shown) {
    shown = work.number;
    finished(work);
  }
  if (now.problem) say(now.problem);
  const state = JSON.stringify(now.documents);
  if (state !== seen && !document.querySelector("form.correct")) {
    seen = state;
    $("documents").replaceChildren(...now.documents.map(entry));
    $("list-title").textContent = `文件库（${now.documents.length} 份）`;
  }
}

$("files").addEventListener("change", (event) => {
  const files = [...event.target.files];
  event.target.value = "";
  bring(files);
});
$("stop").addEventListener("click", () => order("stop", {}));
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  // On the whole page: a file that is dropped beside the place would otherwise be opened by the browser.
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") bring([...event.dataTransfer.files]);
  });
}

(async function follow() {
  await look();
  setTimeout(follow, $("work").hidden ? 3000 : 700);
})();
