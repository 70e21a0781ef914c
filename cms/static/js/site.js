// Small comforts. Every page works without them.

const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

// The choice is a cookie, so that the server renders the next page in it from the first byte.
document.querySelector("[data-theme-switch]")?.addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  root.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
});

function tellTrouble() {
  const note = document.getElementById("trouble").content.firstElementChild.cloneNode(true);
  document.body.append(note);
  setTimeout(() => note.remove(), 6000);
}
document.addEventListener("htmx:sendError", tellTrouble);
document.addEventListener("htmx:responseError", tellTrouble);

// A part of the page that is replaced keeps open what was open in it, and the focus where it was.
let opened = [];
let focused = "";
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  opened = [...detail.target.querySelectorAll("details[id][open]")].map((fold) => fold.id);
  focused = detail.target.contains(document.activeElement) ? document.activeElement.id : "";
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
});

// Whoever signs up starts with the clock of the place they are in.
for (const zone of document.querySelectorAll("input[name=time_zone]")) {
  zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
