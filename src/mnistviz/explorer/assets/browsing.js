// Browsing: the test images that the page holds.

import { beginEntry, keepAddress } from './address.js';
import { morph } from './blend.js';
import { showContact } from './contact.js';
import { byId, setText } from './dom.js';
import { facts } from './facts.js';
import { nameOf } from './names.js';
import { grouped } from './numbers.js';
import { stop } from './play.js';
import { moment, state } from './state.js';
import { keepDrawing } from './tray.js';
import { isRight, rankOf } from './verdicts.js';
import { say, sayCounted } from './words.js';
import { begin } from './work.js';

/** Return the places of the images to browse, in order. */
export function browsed() {
  const { only, of, as, order } = state;
  const left = [...facts.labels.keys()].filter(
    (place) =>
      (of < 0 || facts.labels[place] === of) &&
      (as < 0 || facts.predicted[place] === as) &&
      (only === '' || isRight(place) === (only === 'right')),
  );
  const sign = order === 'sure' ? 1 : -1;
  return order ? left.sort((a, b) => sign * (rankOf(a) - rankOf(b))) : left;
}

/** Write how many images there are to browse, and the position of this one among them, if it is one. */
export function writePlace() {
  const left = browsed();
  const at = left.indexOf(state.drawing.base);
  const all = toBrowse(left.length);
  // Translators: {images} is a number of images, as in "7 mistakes of class 4"; this, "2 of 7 mistakes of class 4".
  setText(byId('found'), left.length ? all : say('No image of this page is like that.'));
  setText(byId('place'), at < 0 ? '' : say('{place} of {images}', { place: grouped(at + 1), images: all }));
  for (const id of ['previous', 'next', 'play']) {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = left.length === 0;
  }
  showContact(left);
}

/** Return how many images of which kind there are to browse. @param {number} count */
function toBrowse(count) {
  const images =
    state.only === 'wrong' ? sayCounted('{number} mistake', '{number} mistakes', count)
    : state.only === 'right' ? sayCounted('{number} hit', '{number} hits', count)
    : sayCounted('{number} {noun}', '{number} {noun}s', count, { noun: facts.noun });
  const [of, as] = [state.of, state.as].map((label) => (label < 0 ? '' : nameOf(label)));
  // Translators: {images} is a number of images, as in "7 mistakes"; their true class, and the one they are taken for.
  if (of && as) return say('{images} of class {name} predicted as {other}', { images, name: of, other: as });
  // Translators: {images} is a number of images, as in "7 mistakes".
  if (as) return say('{images} predicted as {name}', { images, name: as });
  // Translators: {images} is a number of images, as in "7 mistakes".
  return of ? say('{images} of class {name}', { images, name: of }) : images;
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
  begin({ base: place, strokes: [] });
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  morph(before, moment());
}

/** Take what is selected in the lists, and show the first image that fits. */
export function takeFilters() {
  const chosen = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (byId(id)).value;
  const [of, as] = ['of', 'as'].map((id) => (chosen(id) === '' ? -1 : Number(chosen(id))));
  beginEntry();
  Object.assign(state, { only: chosen('only'), of, as, order: chosen('order') });
  stop();
  const left = browsed();
  if (left.length) showImage(left[0]);
  else writePlace();
  keepAddress();
}
