// Somebody else saved the page while it was open here: says so, and hands over what was typed.

const form = document.querySelector("[data-edit-form]");
const sessions = document.getElementById("w-editing-sessions");
const before = new Map();
const SAVED = ".w-editing-sessions__session--saved";

const editable = (element) =>
  element?.closest?.('[contenteditable="true"], textarea, input:not([type="hidden"], [type="checkbox"], [type="radio"], [type="file"])');
const wordsOf = (element) => (element.value ?? element.innerText).trim();

function nameOf(element) {
  const heading = element.closest(".w-panel")?.querySelector("[data-panel-heading-text]");
  const words = element.labels?.[0]?.textContent || heading?.textContent || element.getAttribute("aria-label") || "";
  return words.replace("*", "").trim();
}

function typed() {
  return [...before]
    .filter(([element, words]) => element.isConnected && wordsOf(element) !== words)
    .map(([element]) => `${nameOf(element)}\n${wordsOf(element)}`.trim())
    .join("\n\n");
}

function make(tag, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

async function copied(words, area) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    area.select();
    document.execCommand("copy");
  }
}

function tell(who) {
  const area = make("textarea", { readOnly: true, rows: 5 });
  area.setAttribute("aria-label", "What you typed");
  const refresh = () => { area.value = typed(); mine.hidden = !area.value; };
  const copy = make("button", { type: "button", className: "button button-small" }, "Copy what you typed");
  const mine = make("div", { className: "conflict__typed" }, area, copy);
  const open = make("a", { className: "button button-small button-secondary", href: location.pathname, target: "_blank" }, "Open the newest version");
  const notice = make("section", { className: "conflict" },
    make("h2", {}, `${who} while you had this page open.`),
    make("p", {}, "Nothing you typed is lost: it stays in this form, but it is not saved by itself any more. Open the newest version in a new tab and put your words in there. Or press Save here: your version becomes the newest, and theirs stays under History."),
    mine, open);
  notice.setAttribute("role", "alert");
  copy.addEventListener("click", async () => {
    await copied(area.value, area);
    copy.textContent = "Copied";
  });
  form.addEventListener("input", refresh);
  form.prepend(notice);
  refresh();
}

if (form && sessions) {
  document.addEventListener("focusin", (event) => {
    const element = form.contains(event.target) && editable(event.target);
    if (element && !element.closest(".conflict") && !before.has(element)) before.set(element, wordsOf(element));
  });
  const look = () => {
    const saved = sessions.querySelector(SAVED);
    if (!saved || form.querySelector(".conflict")) return;
    const who = saved.querySelector(".w-editing-sessions__message")?.textContent ?? saved.querySelector("[aria-label]")?.getAttribute("aria-label");
    tell((who ?? "Somebody saved a new version").trim());
  };
  new MutationObserver(look).observe(sessions, { childList: true, subtree: true });
  look();
}
