// Plays a workout's videos. An address is asked for on play and lives for minutes: when it has
// ended, a new one is asked for and the video goes on where it stood. Streams (HLS) are played by
// the browser itself, or by hls.js, which is fetched only where the browser cannot. Captions and
// chapters come with the address; the language that somebody chose is kept in their browser.

const STREAM = "application/vnd.apple.mpegurl";
const REPORT_EVERY = 10_000;
const LANGUAGE = "captions";
const NOT_REACHED = "The video could not be loaded. Check your connection, then press play again.";

class Player {
  constructor(root) {
    this.root = root;
    this.video = root.querySelector("video");
    this.poster = root.querySelector("[data-player-poster]");
    this.start = root.querySelector("[data-player-start]");
    this.title = root.querySelector("[data-player-title]");
    this.duration = root.querySelector("[data-player-duration]");
    this.trouble = root.querySelector("[data-player-trouble]");
    this.chapters = new Chapters(root.querySelector("[data-player-chapters]"), this.video);
    this.rows = [...root.querySelectorAll("[data-video]")];
    this.current = this.rows[0];
    this.reported = null;
    this.listen();
  }

  listen() {
    this.start.addEventListener("click", () => this.play(this.current));
    for (const row of this.rows) row.addEventListener("click", () => this.play(row));
    this.video.addEventListener("timeupdate", () => this.stand());
    this.video.addEventListener("playing", () => this.playing());
    this.video.addEventListener("pause", () => this.report());
    this.video.addEventListener("ended", () => this.next());
    this.video.addEventListener("error", () => this.renew());
    this.video.textTracks.addEventListener("change", () => this.remember());
    this.video.textTracks.addEventListener("addtrack", ({ track }) => this.prefer(track));
    addEventListener("pagehide", () => this.report());
    setInterval(() => !this.video.paused && this.report(), REPORT_EVERY);
  }

  async play(row) {
    if (row !== this.current) this.report();
    this.current = row;
    this.mark();
    await this.load(Number(row.dataset.position) || 0);
  }

  /** Ask for the address of the current video and play it from a position. */
  async load(position) {
    const row = this.current;
    this.trouble.hidden = true;
    this.root.classList.add("is-loading");
    try {
      const playback = await post(row.dataset.playback, new FormData());
      if (row === this.current) await this.open(playback, position);
    } catch (error) {
      this.fail(error.detail);
    } finally {
      this.root.classList.remove("is-loading");
    }
  }

  async open({ url, kind, captions = [], chapters = [] }, position) {
    this.show();
    this.hls?.destroy();
    this.hls = null;
    this.subtitle(captions);
    this.chapters.show(chapters);
    const seek = () => {
      // Whoever saw it to the end starts again at the beginning.
      this.video.currentTime = position < this.video.duration - 2 ? position : 0;
    };
    this.video.addEventListener("loadedmetadata", seek, { once: true });
    if (kind === "hls" && !this.video.canPlayType(STREAM)) await this.stream(url, position);
    else this.video.src = url;
    // What goes wrong with the file comes as an error event; a browser that wants one more tap
    // shows its own controls.
    this.video.play().catch(() => {});
  }

  /** Play a stream where the browser knows none. */
  async stream(url, startPosition) {
    const { default: Hls } = await import(this.root.dataset.hls);
    // Its worker would be a script from a blob, which our content policy forbids.
    this.hls = new Hls({ enableWorker: false, startPosition });
    this.hls.on(Hls.Events.ERROR, (_, { fatal, response }) => {
      if (!fatal && response?.code !== 403) return;
      this.hls.destroy();
      this.renew();
    });
    this.hls.loadSource(url);
    this.hls.attachMedia(this.video);
  }

  subtitle(captions) {
    this.video.replaceChildren(
      ...captions.map(({ url, language, label }) =>
        Object.assign(document.createElement("track"), {
          kind: "captions",
          src: url,
          srclang: language,
          label,
        }),
      ),
    );
    // One that is hidden is fetched all the same: later its address would have ended.
    for (const { track } of this.video.children) {
      track.mode = track.language === kept(LANGUAGE) ? "showing" : "hidden";
    }
  }

  /** A browser that finds the captions in the stream itself, as Safari does, shows those alone. */
  prefer(track) {
    const isOurs = [...this.video.children].some((child) => child.track === track);
    if (isOurs || ![...this.video.textTracks].includes(track)) return;
    this.video.replaceChildren();
    if (track.language && track.language === kept(LANGUAGE)) track.mode = "showing";
  }

  /** Keep the language that was chosen, or that none was; what a film lacks is not given up. */
  remember() {
    const tracks = [...this.video.textTracks];
    const shown = tracks.find(({ mode }) => mode === "showing");
    if (shown) keep(LANGUAGE, shown.language);
    else if (tracks.some(({ language }) => language === kept(LANGUAGE))) keep(LANGUAGE, "");
  }

  /** An address that ended stops the video with an error: once, try with a new one. */
  renew() {
    if ((!this.video.src && !this.hls) || this.isRenewing) return this.fail();
    this.isRenewing = true;
    return this.load(Number(this.current.dataset.position));
  }

  /** Where the current video stands, for when it has to be loaded again. */
  stand() {
    if (this.video.currentTime) this.current.dataset.position = Math.floor(this.video.currentTime);
  }

  playing() {
    this.isRenewing = false;
  }

  next() {
    this.report();
    const following = this.rows[this.rows.indexOf(this.current) + 1];
    if (following) this.play(following);
  }

  /** Tell the server how far the member came; a closing page does not stop the message. */
  report() {
    const { duration, currentTime } = this.video;
    const address = this.current?.dataset.progress;
    if (!address || !duration || !this.video.played.length) return;
    const seconds = Math.floor(currentTime);
    const state = `${address} ${seconds}`;
    if (state === this.reported) return;
    this.reported = state;
    const body = new FormData();
    body.set("position_seconds", seconds);
    body.set("percent", Math.min(100, Math.round((currentTime / duration) * 100)));
    post(address, body).catch(() => {
      this.reported = null;
    });
  }

  mark() {
    for (const row of this.rows) row.removeAttribute("aria-current");
    this.current.setAttribute("aria-current", "true");
    this.title.textContent = this.current.dataset.title;
    this.duration.textContent = this.current.dataset.duration;
  }

  show() {
    this.poster.hidden = true;
    this.start.hidden = true;
    this.video.poster = this.current.dataset.poster;
    this.video.hidden = false;
    this.video.controls = true;
    this.video.setAttribute("aria-label", this.current.dataset.title);
  }

  fail(detail = NOT_REACHED) {
    this.isRenewing = false;
    this.trouble.hidden = false;
    this.trouble.querySelector("span").textContent = detail;
    this.poster.hidden = false;
    this.start.hidden = false;
    this.video.hidden = true;
  }
}

/** The parts of a film: a list to jump with, and a bar that shows how long each is. */
class Chapters {
  constructor(root, video) {
    this.root = root;
    this.video = video;
    this.marks = [];
    video.addEventListener("loadedmetadata", () => this.measure());
    video.addEventListener("timeupdate", () => this.mark());
  }

  show(chapters) {
    this.root.hidden = chapters.length === 0;
    this.marks = chapters.map(({ start_s, title }) => {
      const button = element("button", { type: "button", className: "chapter" });
      button.append(element("span", { className: "numbers", textContent: clock(start_s) }), title);
      const part = element("span", { className: "chapter-part" });
      for (const way of [button, part]) way.addEventListener("click", () => this.jump(start_s));
      return { start: start_s, button, part };
    });
    this.root.querySelector("div").replaceChildren(...this.marks.map(({ part }) => part));
    this.root.querySelector("ol").replaceChildren(
      ...this.marks.map(({ button }) => {
        const item = element("li", {});
        item.append(button);
        return item;
      }),
    );
    this.measure();
  }

  /** The bar has the film's length, so that a part stands where it is on the scrubber. */
  measure() {
    const end = this.video.duration || 0;
    this.marks.forEach(({ start, part }, place) => {
      const from = place ? start : 0;
      part.style.flexGrow = Math.max((this.marks[place + 1]?.start ?? end) - from, 0.01);
    });
    this.mark();
  }

  mark() {
    const now = this.video.currentTime;
    const current = this.marks.findLast(({ start }) => start <= now) ?? this.marks[0];
    for (const mark of this.marks) {
      mark.part.classList.toggle("is-current", mark === current);
      if (mark === current) mark.button.setAttribute("aria-current", "true");
      else mark.button.removeAttribute("aria-current");
    }
  }

  jump(seconds) {
    this.video.currentTime = seconds;
    this.video.play().catch(() => {});
  }
}

function element(name, fields) {
  return Object.assign(document.createElement(name), fields);
}

function clock(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/** What this browser keeps; a private window may keep nothing. */
function kept(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {}
}

async function post(address, body) {
  const response = await fetch(address, {
    method: "POST",
    body,
    keepalive: true,
    headers: { "X-CSRFToken": token() },
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw Object.assign(new Error(`${response.status}`), { detail: answer.detail });
  return answer;
}

/** A member's page carries the token in its forms; a visitor needs none. */
function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

for (const root of document.querySelectorAll("[data-player]")) {
  if (root.querySelector("[data-video]")) new Player(root);
}
