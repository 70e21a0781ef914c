// Proposals while somebody types. The form works without them.

const WAIT = 150;
const SHORTEST = 2;
const form = document.querySelector("[data-propose]");
const field = form.querySelector("input[name=q]");
const list = form.querySelector("[role=listbox]");
let waiting = 0;
let asking = null;
let active = -1;

field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", list.id);
close();

function close() {
  list.hidden = true;
  active = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function choose(index) {
  const options = [...list.children];
  active = (index + options.length) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", place === active));
  field.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({ block: "nearest" });
}

function show(results) {
  list.replaceChildren(
    ...results.map(({ title, kind, url }, place) => {
      const option = document.createElement("li");
      option.id = `proposal-${place}`;
      option.role = "option";
      option.ariaSelected = "false";
      option.dataset.url = url;
      const what = document.createElement("span");
      what.className = "muted";
      what.textContent = kind;
      option.append(title, what);
      return option;
    }),
  );
  close();
  if (!results.length) return;
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
}

async function ask() {
  asking?.abort();
  const typed = field.value.trim();
  if (typed.length < SHORTEST) return close();
  asking = new AbortController();
  try {
    const url = `${form.dataset.propose}?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(url, { signal: asking.signal });
    const { results } = await answer.json();
    if (document.activeElement === field) show(results);
  } catch (error) {
    if (error.name !== "AbortError") close(); // the form still works
  }
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
});
field.addEventListener("blur", () => {
  asking?.abort();
  close();
});
field.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  if (event.key === "ArrowDown") choose(active + 1);
  else if (event.key === "ArrowUp") choose(active < 0 ? -1 : active - 1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.url);
  else return;
  event.preventDefault();
});
// Before the field loses its focus, which closes the list.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", ({ target }) => {
  const url = target.closest("[role=option]")?.dataset.url;
  if (url) location.assign(url);
});
