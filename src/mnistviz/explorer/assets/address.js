// The address: the state, after the # of the page's URL, so that a link opens the same view.

import { browsed } from './browsing.js';
import { byId, setText } from './dom.js';
import { CLASSES, facts } from './facts.js';
import { grouped } from './numbers.js';
import { isOwn, ownAsText, ownOfText } from './own.js';
import { NO_OTHER, RIVAL, state } from './state.js';
import { STEPS } from './steps.js';
import { placeOf } from './strokes.js';
import { strokeAsText, strokesOf } from './stroketext.js';
import { aboutVersion, STEP_COUNT, TRAINED, versionIn } from './versions.js';
import { say } from './words.js';

/** Return the address of the state, without its #. */
function addressOf() {
  const { drawing, column, against, pixel, only, of, as, order, step, sum, version } = state;
  const about = aboutVersion(version);
  /** @type {[string, string | number, boolean][]} */
  const parts = [
    ['image', facts.indices[drawing.base], drawing.base >= 0 && !isOwn(drawing.base)],
    ['own', isOwn(drawing.base) ? ownAsText(drawing.base) : '', isOwn(drawing.base)],
    ['draw', drawing.strokes.map(strokeAsText).join('.'), drawing.base < 0 || drawing.strokes.length > 0],
    ['class', column, column >= 0],
    ['against', against === NO_OTHER ? 'none' : against, against !== RIVAL],
    ['pixel', placeOf(pixel).join('.'), pixel >= 0],
    ['only', only, only !== ''],
    ['of', of, of >= 0],
    ['as', as, as >= 0],
    ['order', order, order !== ''],
    ['step', step + 1, step >= 0],
    ['sum', `${sum?.order}.${sum?.added}`, sum !== null],
    ['at', facts.versions?.steps[about.step] ?? 0, version !== TRAINED && version < STEP_COUNT],
    ['smooth', facts.versions?.smoothness[about.smoothness] ?? 0, version >= STEP_COUNT],
  ];
  const given = parts.filter(([, , isGiven]) => isGiven).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(given).toString();
}

let addressTimer = 0;
let entryBegun = false;

/** Write the address once nothing has changed for a moment: browsers refuse too many changes. */
export function keepAddress() {
  clearTimeout(addressTimer);
  addressTimer = window.setTimeout(writeAddress, 250);
}

/** Begin an entry of the browser's history, before another view is shown: Back returns to this one. */
export function beginEntry() {
  if (addressTimer) writeAddress();
  entryBegun = true;
}

/** Write what has changed into the address, and return it. */
export function addressNow() {
  if (addressTimer) writeAddress();
  return `#${addressOf()}`;
}

/** Write the address, and tell that another view is shown. */
function writeAddress() {
  clearTimeout(addressTimer);
  addressTimer = 0;
  dispatchEvent(new Event('viewchange'));
  const address = `#${addressOf()}`;
  try {
    if (entryBegun && address !== location.hash) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch {
    // A frame without its own address, as with srcdoc: there is nothing to keep.
  }
  entryBegun = false;
}

/**
 * Return whether an address is none, or of what the page opens with by itself: it has written that, and was reloaded.
 * It leaves the state of that.
 * @param {string} hash
 */
export function isOpening(hash) {
  takeAddress('');
  return hash === '' || hash === `#${addressOf()}`;
}

/** Take the state from an address; what is missing or wrong there is as at the start. @param {string} hash */
export function takeAddress(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const strokes = strokesOf(given.get('draw') ?? '');
  const own = given.get('own');
  const place = own === null ? facts.indices.indexOf(wholeOf(given.get('image'))) : ownOfText(own);
  const blank = given.has('draw') && !given.has('image') && own === null;
  const [row, column] = (given.get('pixel') ?? '').split('.').map(wholeOf);
  const inside = row >= 0 && row < facts.height && column >= 0 && column < facts.width;
  state.only = oneOf(given.get('only'), ['wrong', 'right']);
  state.order = oneOf(given.get('order'), ['sure', 'unsure']);
  state.of = classOf(given.get('of'));
  state.as = classOf(given.get('as'));
  state.column = classOf(given.get('class'));
  state.against = given.get('against') === 'none' ? NO_OTHER : classOf(given.get('against'));
  state.pixel = inside ? row * facts.width + column : -1;
  state.step = Math.min(Math.max(0, wholeOf(given.get('step'))), STEPS.length) - 1;
  state.version = state.step < 0 ? versionIn(given) : TRAINED; // which the walk is about
  const [first = 0] = browsed();
  state.drawing = { base: blank ? -1 : place >= 0 ? place : first, strokes: blank || place >= 0 ? strokes : [] };
  const missing = (given.has('image') || own !== null) && place < 0;
  const complaint = own === null ? missingText(wholeOf(given.get('image'))) : brokenText();
  setText(byId('nothing'), missing ? complaint : '');
}

function brokenText() {
  return say('The link does not hold the whole of its picture. Here is another image.');
}

/** @param {number} index */
function missingText(index) {
  if (index < 0) return say('The link names no image. Here is another.');
  return say('Image {index} is not in this page. Here is another.', { index: grouped(index) });
}

/** @param {string | null} text Returns -1 if it is no whole number. */
function wholeOf(text) {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : -1;
}

/** @param {string | null} text Returns -1 if it is no class. */
function classOf(text) {
  const label = wholeOf(text);
  return label < CLASSES ? label : -1;
}

/** @param {string | null} text @param {string[]} known Returns '' if it is none of them. */
function oneOf(text, known) {
  return known.find((each) => each === text) ?? '';
}
