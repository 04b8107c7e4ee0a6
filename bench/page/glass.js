// Says when a key of the other side has been painted, and when one was pressed here.

const WITHIN_MS = 10_000;
const now = () => performance.timeOrigin + performance.now();
window.glass = { pressedAt: null, painted: null };

document.addEventListener("keydown", ({ timeStamp }) => { window.glass.pressedAt = performance.timeOrigin + timeStamp; }, { capture: true });

// A task after a frame's callbacks runs once that frame has been handed to be drawn.
const afterFrame = (done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(now());
  port2.postMessage(null);
});

window.glass.arm = () => {
  window.glass.painted = new Promise((done, fail) => {
    setTimeout(() => fail(new Error("no key came")), WITHIN_MS);
    const watch = new MutationObserver(() => {
      watch.disconnect();
      afterFrame(done);
    });
    watch.observe(document.getElementById("text-lines"), { subtree: true, childList: true, characterData: true });
  });
};
