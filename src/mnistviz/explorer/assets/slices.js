// Long work in slices, so that the page answers all the while: a generator yields wherever it may be held up.

const SLICE = 12; // milliseconds at a time, so that a fourth of the speed still is smooth

/**
 * Do all of a work at once.
 * @template T
 * @param {Generator<void, T>} work
 * @returns {T}
 */
export function atOnce(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * Do a work in slices, between which the browser does what else there is.
 * @template T
 * @param {Generator<void, T>} work
 * @returns {Promise<T>}
 */
export async function inSlices(work) {
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < end);
    await pause();
  }
}

/** Let the browser do what else there is. A timer would take a second in a tab that is out of sight. */
export function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}
