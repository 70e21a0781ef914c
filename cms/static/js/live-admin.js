// Keeps a part of the page up to date while the queue works: it asks, and puts the answer in place.
const PAUSE = 1000;
const LONGEST_PAUSE = 30000;

function watch(element, pause = PAUSE) {
  if (!element.dataset.live) return;
  setTimeout(async () => {
    if (!element.isConnected) return;
    if (document.hidden) return watch(element, pause);
    try {
      const answer = await fetch(element.dataset.live, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const template = document.createElement("template");
      template.innerHTML = (await answer.text()).trim();
      const fresh = template.content.firstElementChild;
      element.replaceWith(fresh);
      watch(fresh);
    } catch {
      watch(element, Math.min(pause * 2, LONGEST_PAUSE));
    }
  }, pause);
}

document.querySelectorAll("[data-live]").forEach((element) => watch(element));
