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
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token() }, body: data instanceof FormData ? data : new URLSearchParams(data) });

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

async function drafted(field, about) {
  const asked = await post(script.dataset.ask, await about());
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

// ``about`` tells what is asked about in the moment of asking.
function offer(field, spot, about) {
  const box = make("div", { className: "assist" });
  const ask = make("button", { type: "button", className: "button button-small button-secondary assist-ask" }, field.label);
  box.append(ask);
  spot.after.after(box);
  const begin = (...trouble) => {
    box.replaceChildren(ask, ...trouble);
    box.dispatchEvent(new Event("assist:over"));
  };

  ask.addEventListener("click", async () => {
    const bar = make("progress");
    bar.setAttribute("aria-label", "The assistant writes");
    const wait = make("p", { className: "assist-wait" }, bar, "The assistant writes. You can go on.");
    wait.setAttribute("role", "status");
    box.replaceChildren(wait);
    try {
      const answer = await drafted(field, about);
      const draft = shown(answer, field.label);
      const accept = make("button", { type: "button", className: "button button-small" }, answer.blocks ? "Add to the story" : "Use this");
      const dismiss = make("button", { type: "button", className: "button button-small button-secondary" }, "Dismiss");
      const panel = make("section", { className: "assist-box" },
        make("p", { className: "assist-head" }, "A draft by the assistant. Read it before you use it."),
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
  return box;
}

// A picture that lies on the editor's machine still: a small copy of it goes along.
async function chosen(file, kind) {
  if (!file) throw new Error("Choose a picture first.");
  const data = new FormData();
  data.set("kind", kind);
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 768 / Math.max(picture.width, picture.height));
    const canvas = make("canvas", { width: Math.max(1, picture.width * scale), height: Math.max(1, picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    data.set("picture", await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8)), "picture.jpg");
  } catch {
    throw new Error("This picture can be described once it is uploaded.");
  }
  return data;
}

// Pictures in a story and in the chooser's upload form come and go: each is looked at once.
function offerForPictures(field) {
  for (const input of document.querySelectorAll('[data-edit-form] input[name$="-alt_text"], [data-edit-form] textarea[name$="-alt_text"]')) {
    if (input.dataset.assisted) continue;
    input.dataset.assisted = "1";
    const spot = { input, after: input.closest(".w-field") ?? input };
    const box = offer(field, spot, () => {
      const on = document.querySelector(`[name="${CSS.escape(input.name.replace(/-alt_text$/, "-image"))}"]`)?.value;
      if (!on) throw new Error("Choose a picture first.");
      return { kind: field.kind, on };
    });
    const lacks = () => { if (!box.querySelector(".assist-box")) box.hidden = input.value.trim() !== ""; };
    input.addEventListener("input", lacks);
    box.addEventListener("assist:over", lacks);
    lacks();
  }
  for (const input of document.querySelectorAll('[name="image-chooser-upload-description"]')) {
    if (input.dataset.assisted) continue;
    input.dataset.assisted = "1";
    const file = input.form.querySelector('input[type="file"]');
    offer(field, { input, after: input.closest(".w-field") ?? input }, () => chosen(file.files[0], field.kind));
  }
}

const target = edited();
for (const field of target ? fields : []) {
  const isTutorial = document.body.dataset.assistTutorial !== undefined || document.querySelector("main #id_video") !== null;
  const fits = field.on === target.kind || (field.on === "tutorial" && target.kind === "pages" && isTutorial);
  const spot = fits && place(field);
  if (spot) offer(field, spot, () => ({ kind: field.kind, on: target.on }));
}

const pictures = fields.find((field) => field.on === "images");
let isLooking = false;
const look = () => {
  if (isLooking) return;
  isLooking = true;
  requestAnimationFrame(() => { isLooking = false; offerForPictures(pictures); });
};
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
