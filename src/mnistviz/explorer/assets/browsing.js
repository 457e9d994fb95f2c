'use strict';
// Browsing: the test images that the page holds.

/** Of each image: the predicted class, its share or its lead, and whether it is right. */
const verdicts = Array.from({ length: PLACES }, (_, place) => {
  const { predicted, share, logits } = answer(asPixels(imageAt(place)), facts.predicted[place]);
  const others = logits.filter((_, label) => label !== predicted);
  const sure = facts.link ? share : logits[predicted] - Math.max(...others); // as `Kind.confidence`
  return { predicted, share: sure, right: predicted === facts.labels[place] };
});

/** Return the places of the images to browse, in order. */
function browsed() {
  const { only, of, order } = state;
  const left = [...verdicts.keys()].filter(
    (place) =>
      (of < 0 || facts.labels[place] === of) && (only === '' || verdicts[place].right === (only === 'right')),
  );
  const sign = order === 'sure' ? -1 : 1;
  return order ? left.sort((a, b) => sign * (verdicts[a].share - verdicts[b].share)) : left;
}

/** Write the position of this image among those to browse. */
function writePlace() {
  const [left, noun] = [browsed(), { '': facts.noun, wrong: 'mistake', right: 'hit' }[state.only] ?? ''];
  const at = left.indexOf(state.drawing.base);
  const kind = state.of < 0 ? '' : ` of class ${facts.classes[state.of]}`;
  setText(byId('place'), (at < 0 ? '' : `${grouped(at + 1)} of `) + several(left.length, noun) + kind);
  for (const id of ['previous', 'next', 'play']) {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = left.length === 0;
  }
}

/** Move among the images to browse. @param {number} by */
function browse(by) {
  const left = browsed();
  if (!left.length) return;
  const at = left.indexOf(state.drawing.base);
  const to = at < 0 ? (by > 0 ? 0 : left.length - 1) : (at + by + left.length) % left.length;
  showImage(left[to]);
}

/** Blend into the image in a place. @param {number} place */
function showImage(place) {
  const before = moment();
  state.past = [];
  setText(byId('nothing'), '');
  goTo({ base: place, strokes: [] });
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  morph(before, moment());
}

const MORPH = 400; // milliseconds, as in the film
let morphing = 0;

/**
 * Blend one moment into another. The network runs on each image in between, but what is said of it, the predicted
 * class and its share, is that of the nearer of the two: a blend is of no class.
 * @param {Moment} before
 * @param {Moment} after
 */
function morph(before, after) {
  cancelAnimationFrame(morphing);
  const start = performance.now();
  const [was, is] = [before, after].map(({ pixels, known }) => {
    const { predicted, share, logits } = answer(pixels, known);
    return { predicted, share, highest: logits[predicted] };
  });
  const frame = () => {
    const share = Math.min(1, (performance.now() - start) / MORPH);
    if (state.drawing.base !== after.place || state.drawing.strokes.length) return; // the reader went on
    const pixels = after.pixels.map((pixel, at) => before.pixels[at] + share * (pixel - before.pixels[at]));
    show(share === 1 ? after : { ...(share < 0.5 ? before : after), pixels, verdict: share < 0.5 ? was : is });
    if (share < 1) morphing = requestAnimationFrame(frame);
  };
  frame();
}

let playing = 0;

/** Play, or stop playing. */
function play() {
  if (playing) return stop();
  browse(1);
  playing = window.setInterval(() => browse(1), 2400);
  setText(byId('play'), 'Stop');
}

function stop() {
  clearInterval(playing);
  playing = 0;
  setText(byId('play'), 'Play');
}

/** Take what is selected in the lists, and show the first image that fits. */
function takeFilters() {
  const [only, of, order] = ['only', 'of', 'order'].map((id) => /** @type {HTMLSelectElement} */ (byId(id)).value);
  Object.assign(state, { only, of: of === '' ? -1 : Number(of), order });
  stop();
  const left = browsed();
  setText(byId('nothing'), left.length ? '' : 'No image of this page is like that.');
  if (left.length) showImage(left[0]);
  else writePlace();
  keepAddress();
}

/** @param {string} id @param {string} value */
function setSelect(id, value) {
  const select = /** @type {HTMLSelectElement} */ (byId(id));
  if (select.value !== value) select.value = value;
}
