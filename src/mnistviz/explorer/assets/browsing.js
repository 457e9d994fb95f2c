// Browsing: the test images that the page holds.

import { beginEntry, keepAddress } from './address.js';
import { morph } from './blend.js';
import { byId, setText } from './dom.js';
import { facts } from './facts.js';
import { nameOf } from './names.js';
import { grouped } from './numbers.js';
import { stop } from './play.js';
import { moment, state } from './state.js';
import { keepDrawing } from './tray.js';
import { isRight, rankOf } from './verdicts.js';
import { say, sayCounted } from './words.js';
import { goTo } from './work.js';

/** Return the places of the images to browse, in order. */
function browsed() {
  const { only, of, order } = state;
  const left = [...facts.labels.keys()].filter(
    (place) => (of < 0 || facts.labels[place] === of) && (only === '' || isRight(place) === (only === 'right')),
  );
  const sign = order === 'sure' ? 1 : -1;
  return order ? left.sort((a, b) => sign * (rankOf(a) - rankOf(b))) : left;
}

/** Write the position of this image among those to browse. */
export function writePlace() {
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
export function browse(by) {
  const left = browsed();
  if (!left.length) return;
  const at = left.indexOf(state.drawing.base);
  const to = at < 0 ? (by > 0 ? 0 : left.length - 1) : (at + by + left.length) % left.length;
  showImage(left[to]);
}

/** Move among them as the reader asks. @param {number} by */
export function turnTo(by) {
  stop();
  beginEntry();
  browse(by);
}

/** Blend into the image in a place. @param {number} place */
export function showImage(place) {
  const before = moment();
  keepDrawing();
  setText(byId('nothing'), '');
  goTo({ base: place, strokes: [] });
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  morph(before, moment());
}

/** Take what is selected in the lists, and show the first image that fits. */
export function takeFilters() {
  const [only, of, order] = ['only', 'of', 'order'].map((id) => /** @type {HTMLSelectElement} */ (byId(id)).value);
  beginEntry();
  Object.assign(state, { only, of: of === '' ? -1 : Number(of), order });
  stop();
  const left = browsed();
  setText(byId('nothing'), left.length ? '' : say('No image of this page is like that.'));
  if (left.length) showImage(left[0]);
  else writePlace();
  keepAddress();
}
