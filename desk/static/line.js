// The page's WebSocket to the gateway: heartbeat, and reconnection with backoff.

const DEAD_AFTER_MS = 3000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 2000;
// Of desk/page_messages.py.
const CLOSE_SIGN_IN = 4401;
const CLOSE_SUPERSEDED = 4409;

export class Line {
  /** `on` has message(object), up(), down(), signIn(), supersededByOther(). */
  constructor(on) {
    this.on = on;
    this.socket = null;
    this.wait = FIRST_WAIT_MS;
    this.lastHeard = 0;
    this.retry = undefined;
    setInterval(() => this.#watch(), 500);
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  start() {
    this.stop();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws`);
    this.socket = socket;
    this.lastHeard = performance.now();
    socket.onmessage = ({ data }) => this.#heard(JSON.parse(data));
    socket.onclose = ({ code }) => this.#lost(socket, code);
  }

  stop() {
    clearTimeout(this.retry);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Send if the line is open; whoever needs an answer sends again. */
  send(message) {
    if (this.open) this.socket.send(JSON.stringify({ v: 1, ...message }));
  }

  #heard(message) {
    this.lastHeard = performance.now();
    if (message.type === "ping") {
      this.send({ type: "pong", n: message.n });
      return;
    }
    if (message.type === "welcome") {
      this.wait = FIRST_WAIT_MS;
      this.on.up();
    }
    this.on.message(message);
  }

  #watch() {
    if (this.socket && performance.now() - this.lastHeard > DEAD_AFTER_MS) {
      const dead = this.socket;
      dead.close();
      // A dead network never confirms the close: go on without.
      this.#lost(dead, 1006);
    }
  }

  #lost(socket, code) {
    if (socket !== this.socket) return;
    this.socket = null;
    this.on.down();
    if (code === CLOSE_SIGN_IN) this.on.signIn();
    else if (code === CLOSE_SUPERSEDED) this.on.supersededByOther();
    else {
      this.retry = setTimeout(() => this.start(), this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
    }
  }
}
