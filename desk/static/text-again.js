// Sends what is typed a second time, so that one lost packet is not felt; see kiosk/calls/again.py.

export const LABEL = "text-again";
const AGAIN_MS = 60;

export class Repeats {
  /** Repeat what `lane` says; the call's text goes through `original`. */
  constructor(lane) {
    this.lane = lane;
    this.original = { use: (channel) => this.#useOriginal(channel) };
    this.heard = null;
    this.channel = null;
    this.newest = null;
    this.timer = undefined;
  }

  /** Take the booth's channel for repeats, in place of a former one. */
  use(channel) {
    this.channel = channel;
    channel.onmessage = (event) => channel === this.channel && this.heard?.onmessage?.(event);
  }

  #useOriginal(channel) {
    const heard = {
      get readyState() {
        return channel.readyState;
      },
      send: (data) => {
        channel.send(data);
        this.#said(data);
      },
      onopen: null,
      onmessage: null,
    };
    this.heard = heard;
    channel.onopen = () => heard.onopen?.();
    channel.onmessage = (event) => heard.onmessage?.(event);
    this.lane.use(heard);
  }

  #said(data) {
    this.newest = data;
    this.timer ??= setTimeout(() => this.#repeat(), AGAIN_MS);
  }

  #repeat() {
    this.timer = undefined;
    if (this.channel?.readyState === "open") this.channel.send(this.newest);
    this.newest = null;
  }
}
