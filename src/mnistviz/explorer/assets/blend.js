// One image turns into the next.

/** @import { Moment } from './state.js' */
import { answer } from './network.js';
import { show } from './picture.js';
import { state } from './state.js';

const MORPH = 400; // milliseconds, as in the film
let morphing = 0;

/**
 * Blend one moment into another. The network runs on each image in between, but what is said of it, the predicted
 * class and its share, is that of the nearer of the two: a blend is of no class.
 * @param {Moment} before
 * @param {Moment} after
 */
export function morph(before, after) {
  cancelAnimationFrame(morphing);
  const start = performance.now();
  const { version } = state;
  const [was, is] = [before, after].map(({ pixels, known }) => {
    const { predicted, share, logits } = answer(pixels, known);
    return { predicted, share, final: logits };
  });
  const frame = () => {
    const share = Math.min(1, (performance.now() - start) / MORPH);
    const { drawing } = state;
    if (drawing.base !== after.place || drawing.strokes.length || state.sum || state.version !== version) return; // the reader went on
    const pixels = after.pixels.map((pixel, at) => before.pixels[at] + share * (pixel - before.pixels[at]));
    show(share === 1 ? after : { ...(share < 0.5 ? before : after), pixels, verdict: share < 0.5 ? was : is });
    if (share < 1) morphing = requestAnimationFrame(frame);
  };
  frame();
}
