// A run of time, frame after frame of the screen.

let frame = 0;

export function isRunning() {
  return frame > 0;
}

/**
 * Run through what is left of a time; another run ends.
 * @param {number} from Share of the time that is over.
 * @param {number} length Of the whole, in milliseconds.
 * @param {(share: number) => void} show Share of the time, in each frame.
 * @param {() => void} end
 */
export function run(from, length, show, end) {
  stopRun();
  const start = performance.now();
  const next = () => {
    const share = Math.min(1, from + (performance.now() - start) / length);
    frame = requestAnimationFrame(next);
    show(share);
    if (share === 1) end();
  };
  frame = requestAnimationFrame(next);
}

export function stopRun() {
  cancelAnimationFrame(frame);
  frame = 0;
}
