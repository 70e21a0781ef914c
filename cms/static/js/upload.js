// Sends a large file in parts and says how far it is. Whatever breaks (the line, the page, the
// machine), the server knows what has arrived, and the same file goes on from there.

const HEAD_BYTES = 12;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
// As long as the server keeps what has arrived.
const REMEMBERED = 24 * 3600 * 1000;

/** The server said no: trying again would not help. */
class Refused extends Error {}
/** Paused, cancelled or replaced by another file. */
class Stopped extends Error {}

class Upload {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input[type=file]");
    this.token = root.querySelector("input[type=hidden]");
    this.progress = root.querySelector(".upload-progress");
    this.bar = root.querySelector("progress");
    this.text = root.querySelector(".upload-state");
    this.pause = root.querySelector("[data-upload-pause]");
    this.name = this.input.name;
    this.isRequired = this.input.required;
    this.isGoing = false;
    this.listen();
    if (this.token.value) this.carry();
  }

  listen() {
    this.input.addEventListener("change", () => this.input.files[0] && this.begin(this.input.files[0]));
    this.pause.addEventListener("click", () => (this.isPaused ? this.go() : this.halt()));
    this.root.querySelector("[data-upload-stop]").addEventListener("click", () => this.cancel());
    addEventListener("online", () => this.wake?.());
    addEventListener("beforeunload", (event) => this.isGoing && event.preventDefault());
    this.input.form?.addEventListener("submit", (event) => {
      if (!this.isGoing && !this.isPaused) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.say("The file is still on its way. Save when it has arrived.", true);
    }, { capture: true });
  }

  async begin(file) {
    this.request?.abort();
    this.file = file;
    this.token.value = "";
    // The form carries the token: the file itself must not be sent a second time.
    this.input.removeAttribute("name");
    this.state = null;
    await this.go();
  }

  /** Send what is missing, through lost connections, until all is there or somebody stops it. */
  async go() {
    const file = this.file;
    this.isPaused = false;
    this.isGoing = true;
    this.progress.hidden = false;
    this.pause.textContent = "Pause";
    this.began = null;
    let wait = FIRST_WAIT;
    while (this.isGoing && file === this.file) {
      try {
        await this.send(file);
        return;
      } catch (error) {
        if (file !== this.file || error instanceof Stopped) return;
        if (error instanceof Refused) return this.fail(error.message);
        this.say(`The connection was lost at ${this.percent()} %. Trying again …`);
        await this.sleep(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
  }

  async send(file) {
    this.state = await this.state_of(file);
    remember(file, this.state.token);
    this.show(this.state.received);
    while (this.state.next) {
      const before = this.state.received;
      const { url, size } = this.state.next;
      await this.put(url, file.slice(before, before + size), before);
      this.state = await ask("GET", this.address());
      if (this.state.received <= before) throw new Error("nothing arrived");
    }
    const { token } = await ask("POST", `${this.address()}finish`);
    forget(file);
    this.token.value = token;
    this.isGoing = false;
    this.carry();
    this.progress.hidden = true;
    this.say(`${this.state.name} has been uploaded. Save to keep it.`);
  }

  /** Where this file stands: as remembered from before a reload, or from the very beginning. */
  async state_of(file) {
    const token = this.state?.token ?? remembered(file);
    if (token) {
      try {
        return await ask("GET", `${this.root.dataset.upload}${token}/`);
      } catch (error) {
        if (error.status !== 410) throw error;
        forget(file);
      }
    }
    const body = new FormData();
    body.set("name", file.name);
    body.set("size", file.size);
    body.set("head", btoa(String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))));
    return ask("POST", this.root.dataset.upload, body);
  }

  put(url, part, offset) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open("PUT", url);
      if (new URL(url, location).origin === location.origin) {
        request.setRequestHeader("X-CSRFToken", csrf());
        request.setRequestHeader("Content-Type", "application/octet-stream");
      }
      request.upload.onprogress = (event) => this.show(offset + event.loaded);
      request.onload = () => (request.status < 300 ? resolve() : reject(this.answered(request)));
      request.onerror = () => reject(new Error("no answer"));
      request.onabort = () => reject(new Stopped());
      request.send(part);
    });
  }

  /** A bucket refuses an address that has ended: asking for a fresh one helps. */
  answered(request) {
    const isOurs = request.responseURL.startsWith(location.origin);
    const isFinal = isOurs && request.status >= 400 && request.status < 500 && request.status !== 409;
    return isFinal ? new Refused(detail(request.responseText)) : new Error(`${request.status}`);
  }

  halt() {
    this.isPaused = true;
    this.isGoing = false;
    this.request?.abort();
    this.wake?.();
    this.pause.textContent = "Go on";
    this.say(`Paused at ${this.percent()} %.`);
  }

  async cancel() {
    const address = this.state && this.address();
    this.isPaused = this.isGoing = false;
    this.request?.abort();
    this.wake?.();
    if (this.file) forget(this.file);
    this.file = null;
    this.reset();
    this.say("The upload was cancelled.");
    if (address) await ask("DELETE", address).catch(() => {});
  }

  fail(message) {
    this.isGoing = false;
    this.file = null;
    this.reset();
    this.say(message, true);
  }

  reset() {
    this.progress.hidden = true;
    this.token.value = "";
    this.input.value = "";
    this.input.name = this.name;
    this.input.required = this.isRequired;
  }

  carry() {
    this.input.removeAttribute("name");
    this.input.required = false;
  }

  show(sent) {
    const now = performance.now();
    this.began ??= { at: now, sent };
    const { size } = this.state;
    this.bar.value = (sent / size) * 100;
    this.sent = sent;
    const rate = (sent - this.began.sent) / (now - this.began.at);
    const left = rate > 0 ? `, ${timeLeft((size - sent) / rate)} left` : "";
    this.say(`${this.percent()} % of ${megabytes(size)}${left}`);
    // Read out when asked for, not with every part.
    this.text.ariaLive = "off";
  }

  percent() {
    return Math.floor(((this.sent ?? 0) / (this.state?.size ?? this.file.size)) * 100);
  }

  say(text, isError = false) {
    this.text.ariaLive = "polite";
    this.text.textContent = text;
    this.text.classList.toggle("is-error", isError);
  }

  address() {
    return `${this.root.dataset.upload}${this.state.token}/`;
  }

  sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function ask(method, address, body) {
  const answer = await fetch(address, { method, body, headers: { "X-CSRFToken": csrf() } });
  if (answer.redirected) throw new Refused("You are signed out. Sign in again, then choose the file again to go on.");
  if (answer.status === 204) return null;
  const text = await answer.text();
  if (answer.status >= 500 || answer.status === 409) throw new Error(`${answer.status}`);
  if (!answer.ok) throw Object.assign(new Refused(detail(text)), { status: answer.status });
  return JSON.parse(text);
}

function detail(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return "The upload was refused. Reload the page and choose the file again.";
  }
}

function csrf() {
  return document.querySelector("input[name=csrfmiddlewaretoken]").value;
}

// The browser gives no file back after a reload: the same one chosen again finds its upload.
const key = (file) => `upload:${file.name}:${file.size}:${file.lastModified}`;

function remember(file, token) {
  localStorage.setItem(key(file), JSON.stringify({ token, at: Date.now() }));
}

function remembered(file) {
  const { token, at } = JSON.parse(localStorage.getItem(key(file)) ?? "{}");
  return Date.now() - at < REMEMBERED ? token : undefined;
}

function forget(file) {
  localStorage.removeItem(key(file));
}

function timeLeft(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function megabytes(bytes) {
  const size = bytes / 2 ** 20;
  return size < 1024 ? `${size.toFixed(size < 10 ? 1 : 0)} MB` : `${(size / 1024).toFixed(1)} GB`;
}

for (const root of document.querySelectorAll("[data-upload]")) new Upload(root);
