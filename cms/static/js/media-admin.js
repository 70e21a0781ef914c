// Keeps what the admin says about a video's streams up to date, and tries again without a reload.
const PAUSE = 2000;
const LONGEST_PAUSE = 30000;
const BY_SCRIPT = { "X-Requested-With": "fetch" };

const tokenFor = (button) =>
  button.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function replaced(element, html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const fresh = template.content.firstElementChild;
  element.replaceWith(fresh);
  watch(fresh);
}

function watch(element, pause = PAUSE) {
  if (!element.hasAttribute("data-transcode-live")) return;
  setTimeout(async () => {
    if (!element.isConnected) return;
    if (document.hidden) return watch(element, pause);
    try {
      const answer = await fetch(element.dataset.transcode, { headers: BY_SCRIPT });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      replaced(element, await answer.text());
    } catch {
      watch(element, Math.min(pause * 2, LONGEST_PAUSE));
    }
  }, pause);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-transcode-again]");
  if (!button) return;
  event.preventDefault();
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      headers: { ...BY_SCRIPT, "X-CSRFToken": tokenFor(button) },
    });
    if (!answer.ok) throw new Error(answer.status);
    replaced(button.closest("[data-transcode]"), await answer.text());
  } catch {
    button.disabled = false;
  }
});

document.querySelectorAll("[data-transcode]").forEach((element) => watch(element));
