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
  const left = browsed();
  const at = left.indexOf(state.drawing.base);
  const all = toBrowse(left.length);
  // Translators: {images} is a number of images, as in "7 mistakes of class 4"; this, "2 of 7 mistakes of class 4".
  setText(byId('place'), at < 0 ? all : say('{place} of {images}', { place: grouped(at + 1), images: all }));
  for (const id of ['previous', 'next', 'play']) {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = left.length === 0;
  }
}

/** Return how many images of which kind there are to browse. @param {number} count */
function toBrowse(count) {
  const images =
    state.only === 'wrong' ? sayCounted('{number} mistake', '{number} mistakes', count)
    : state.only === 'right' ? sayCounted('{number} hit', '{number} hits', count)
    : sayCounted('{number} {noun}', '{number} {noun}s', count, { noun: facts.noun });
  // Translators: {images} is a number of images, as in "7 mistakes".
  return state.of < 0 ? images : say('{images} of class {name}', { images, name: nameOf(state.of) });
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
  setText(byId('play'), say('Stop'));
}

function stop() {
  clearInterval(playing);
  playing = 0;
  setText(byId('play'), say('Play'));
}

/** Take what is selected in the lists, and show the first image that fits. */
function takeFilters() {
  const [only, of, order] = ['only', 'of', 'order'].map((id) => /** @type {HTMLSelectElement} */ (byId(id)).value);
  Object.assign(state, { only, of: of === '' ? -1 : Number(of), order });
  stop();
  const left = browsed();
  setText(byId('nothing'), left.length ? '' : say('No image of this page is like that.'));
  if (left.length) showImage(left[0]);
  else writePlace();
  keepAddress();
}

/** @param {string} id @param {string} value */
function setSelect(id, value) {
  const select = /** @type {HTMLSelectElement} */ (byId(id));
  if (select.value !== value) select.value = value;
}
