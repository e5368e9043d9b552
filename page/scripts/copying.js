// Copying through a copy event: the clipboard API is missing where the page is reached over plain http.
import { announce } from "./dialogs.js";

export function copy(button) {
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
  announce(button.textContent);
  setTimeout(() => (button.textContent = label), 2000);
}
