// The assistant beside a field: it drafts, the editor reads, changes, takes or leaves. It saves nothing.

const script = document.getElementById("assistant");
const fields = JSON.parse(script.dataset.fields);
const token = () => document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "";
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const NOT_REACHED = "The assistant did not answer. Try again.";

function make(tag, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

const post = (url, data) =>
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(data) });

// What is edited: a page that was saved once, or a picture.
function edited() {
  const page = location.pathname.match(/\/pages\/(\d+)\/edit\/$/);
  if (page) return { kind: "pages", on: page[1] };
  const image = location.pathname.match(/\/images\/(\d+)\/$/);
  return image ? { kind: "images", on: image[1] } : null;
}

function place(field) {
  const input = document.querySelector(`main #id_${field.field}`);
  if (input) return { input, after: input.closest(".w-field") ?? input };
  const stream = document.getElementById(field.field)?.matches("[data-block]") ? document.getElementById(field.field) : document.getElementById(`${field.field}-root`)?.parentElement;
  return field.field === "body" && stream ? { after: stream } : null;
}

async function drafted(field, on) {
  const asked = await post(script.dataset.ask, { kind: field.kind, on });
  const told = await asked.json();
  if (!asked.ok) throw new Error(told.trouble);
  for (let waited = 0; waited < 130_000; waited += 700) {
    await pause(700);
    const answer = await (await fetch(told.url)).json();
    if (answer.state === "ready") return answer;
    if (answer.state !== "waiting") throw new Error(answer.trouble);
  }
  throw new Error(NOT_REACHED);
}

function shown(answer, name) {
  if (answer.text !== undefined) {
    const draft = make("textarea", { value: answer.text, rows: 3 });
    draft.setAttribute("aria-label", `${name}: change it as you like`);
    return draft;
  }
  return make("ol", {}, ...answer.blocks.map((block) =>
    make("li", { className: block.type === "heading" ? "is-part" : "" }, block.text ? `${block.title}: ${block.text}` : block.title)));
}

function take(field, spot, answer, draft) {
  if (answer.blocks) {
    const stream = document.getElementById(`${field.field}-root`).rootBlock;
    for (const { type, value } of answer.blocks) {
      stream.insert({ type, value, id: crypto.randomUUID() }, stream.children.length, { animate: false });
    }
    return;
  }
  spot.input.value = draft.value;
  for (const name of ["input", "change"]) spot.input.dispatchEvent(new Event(name, { bubbles: true }));
  spot.input.focus();
}

function offer(field, spot, on) {
  const box = make("div", { className: "assist" });
  const ask = make("button", { type: "button", className: "button button-small button-secondary assist-ask" }, field.label);
  box.append(ask);
  spot.after.after(box);
  const begin = (...trouble) => { box.replaceChildren(ask, ...trouble); };

  ask.addEventListener("click", async () => {
    const bar = make("progress");
    bar.setAttribute("aria-label", "The assistant writes");
    const wait = make("p", { className: "assist-wait" }, bar, "The assistant writes. You can go on.");
    wait.setAttribute("role", "status");
    box.replaceChildren(wait);
    try {
      const answer = await drafted(field, on);
      const draft = shown(answer, field.label);
      const accept = make("button", { type: "button", className: "button button-small" }, answer.blocks ? "Add to the story" : "Use this");
      const dismiss = make("button", { type: "button", className: "button button-small button-secondary" }, "Dismiss");
      const panel = make("section", { className: "assist-box" },
        make("h4", {}, "A draft by the assistant. Read it before you use it."),
        draft, make("div", { className: "assist-keys" }, accept, dismiss));
      panel.setAttribute("aria-label", field.label);
      box.replaceChildren(panel);
      const close = (accepted) => { post(answer.end, { accepted }); begin(); };
      accept.addEventListener("click", () => { take(field, spot, answer, draft); close("1"); });
      dismiss.addEventListener("click", () => { close("0"); ask.focus(); });
      draft.focus?.();
    } catch (error) {
      const said = make("p", { className: "assist-trouble" }, error instanceof TypeError || error instanceof SyntaxError ? NOT_REACHED : error.message);
      said.setAttribute("role", "alert");
      begin(said);
      ask.focus();
    }
  });
}

const target = edited();
if (target) {
  for (const field of fields) {
    const isTutorial = document.body.dataset.assistTutorial !== undefined || document.querySelector("main #id_video") !== null;
    const fits = field.on === target.kind || (field.on === "tutorial" && target.kind === "pages" && isTutorial);
    const spot = fits && place(field);
    if (spot) offer(field, spot, target.on);
  }
}
