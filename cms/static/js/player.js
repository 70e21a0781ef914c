// Plays a workout's videos. An address is asked for on play and lives for minutes: when it has
// ended, a new one is asked for and the video goes on where it stood. Streams (HLS) are played by
// the browser itself, or by hls.js, which is fetched only where the browser cannot.

const STREAM = "application/vnd.apple.mpegurl";
const REPORT_EVERY = 10_000;
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

  async open({ url, kind, captions = [] }, position) {
    this.show();
    this.hls?.destroy();
    this.hls = null;
    this.subtitle(captions);
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
