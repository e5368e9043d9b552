// Light or dark: as the system says, until the reader chooses. Runs before the page is drawn, so that nothing flashes.
(() => {
  const KEY = "civil-affairs-qa.theme";
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  try {
    const chosen = localStorage.getItem(KEY);
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  const name = () => {
    const button = document.getElementById("theme");
    if (button) button.textContent = isDark() ? "浅色显示" : "深色显示";
  };
  document.addEventListener("DOMContentLoaded", name);
  document.addEventListener("click", (event) => {
    if (event.target.id !== "theme") return;
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(KEY, root.dataset.theme);
    } catch {
      // as above
    }
    name();
  });
})();
