// The checks beside a page's form: asked for again when a draft was saved, and a way to each field.

const box = () => document.querySelector("[data-findings]");

async function refresh() {
  const place = box();
  if (!place) return;
  const answer = await fetch(place.dataset.findings, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
}

function show(field, block) {
  const path = (name) => document.querySelector(`main [data-contentpath="${CSS.escape(name)}"]`);
  const found = (block && path(block)) || path(field) || document.querySelector(`main #panel-child-content-${CSS.escape(field)}-section`) || document.querySelector(`main [name="${CSS.escape(field)}"]`) || document.querySelector(`main #id_${CSS.escape(field)}-FORMS`);
  if (!found) return;
  const tab = found.closest('[role="tabpanel"]');
  if (tab?.hidden) document.querySelector(`[role="tab"][href="#${tab.id}"], [role="tab"][aria-controls="${tab.id}"]`)?.click();
  for (let panel = found.closest("[data-panel]"); panel; panel = panel.parentElement?.closest("[data-panel]")) {
    const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  found.querySelector('[contenteditable="true"], input:not([type="hidden"]), textarea, select, button')?.focus({ preventScroll: true });
}

document.addEventListener("w-autosave:success", refresh);
document.addEventListener("click", (event) => {
  const finding = event.target.closest("[data-finding-field]");
  if (finding) show(finding.dataset.findingField, finding.dataset.findingBlock);
});
