// A whole document or a table of indicators, in the dialog or in a window of its own: search in it, sort by a column.

function pieces(place) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const found = [];
  let length = 0;
  while (walker.nextNode()) {
    found.push({ node: walker.currentNode, start: length });
    length += walker.currentNode.data.length;
  }
  return found;
}

function clear(place) {
  for (const hit of place.querySelectorAll("mark.hit")) hit.replaceWith(...hit.childNodes);
  place.normalize();
}

const MOST_HITS = 2000;

function places(text, wanted) {
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < MOST_HITS; at = text.indexOf(wanted, at + wanted.length)) {
    found.push(at);
  }
  return found;
}

// One hit may lie in several nodes, where the quotation begins or ends inside it: each piece gets its mark.
function wrap(place, starts, length) {
  const nodes = pieces(place);
  const hits = starts.map(() => []);
  for (let at = starts.length - 1; at >= 0; at -= 1) {
    const start = starts[at];
    for (const { node, start: from } of nodes) {
      const first = Math.max(start, from);
      const last = Math.min(start + length, from + node.data.length);
      if (first >= last) continue;
      const range = document.createRange();
      range.setStart(node, first - from);
      range.setEnd(node, last - from);
      const mark = document.createElement("mark");
      mark.className = "hit";
      range.surroundContents(mark);
      hits[at].push(mark);
    }
  }
  return hits;
}

function searchBar(place) {
  const bar = document.createElement("form");
  bar.className = "search-bar";
  bar.setAttribute("role", "search");
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "在本文中查找";
  field.setAttribute("aria-label", "在本文中查找");
  field.autocomplete = "off";
  const count = document.createElement("output");
  count.setAttribute("aria-live", "polite");
  const step = (label, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => move(by));
    return button;
  };
  let hits = [];
  let current = -1;

  function move(by) {
    if (!hits.length) return;
    for (const mark of hits[current] ?? []) mark.classList.remove("current");
    current = (current + by + hits.length) % hits.length;
    for (const mark of hits[current]) mark.classList.add("current");
    hits[current][0].scrollIntoView({ block: "center" });
    count.value = `第 ${current + 1} 处，共 ${hits.length} 处`;
  }

  function search() {
    clear(place);
    hits = [];
    current = -1;
    const wanted = field.value.trim().toLowerCase();
    const text = place.textContent.toLowerCase();
    // A letter whose lower case is longer would move every place behind it.
    const starts = wanted && text.length === place.textContent.length ? places(text, wanted) : [];
    hits = wrap(place, starts, wanted.length);
    count.value = wanted && !hits.length ? "没有找到" : "";
    // From where the reader is: the first hit that is not above what is seen.
    const next = hits.findIndex(([mark]) => mark.getBoundingClientRect().top >= bar.getBoundingClientRect().top);
    current = Math.max(next, 0) - 1;
    if (hits.length) move(1);
  }

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 200);
  });
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    move(1);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      move(-1);
    }
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      search();
    }
  });
  bar.append(field, count, step("上一处", -1), step("下一处", 1));
  return bar;
}

export function equip(container) {
  const place = container.querySelector(".document-text");
  if (place && !container.querySelector(".search-bar")) place.before(searchBar(place));
}

function sort(button) {
  const head = button.closest("th");
  const column = [...head.parentElement.children].indexOf(head);
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.children) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = head.closest("table").tBodies[0];
  const value = (row) => {
    const cell = row.cells[column];
    return "amount" in cell.dataset ? (cell.dataset.amount === "" ? null : Number(cell.dataset.amount)) : cell.textContent;
  };
  const order = (one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return (a === null) - (b === null); // not given: last, whichever way
    const by = typeof a === "number" ? a - b : a.localeCompare(b, "zh-CN");
    return down ? -by : by;
  };
  body.append(...[...body.rows].sort(order));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.('[data-action="sort"]');
  if (button) sort(button);
});

if (document.body.classList.contains("plain")) {
  equip(document.body);
  document.getElementById("quotation")?.scrollIntoView({ block: "center" });
}
