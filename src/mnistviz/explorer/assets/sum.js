// Watch the sum: pixels are added one after another, and the bars move from the biases to the scores.

/** @import { Order } from './adding.js' */
import { keepAddress } from './address.js';
import { ORDERS, placesIn, settledAfter } from './adding.js';
import { closeCloser } from './closer.js';
import { bringInSight } from './columns.js';
import { byId, setSelect, setText } from './dom.js';
import { show, view, viewOfAll } from './picture.js';
import { stop } from './play.js';
import { isRunning, run, stopRun } from './run.js';
import { moment, state } from './state.js';
import { addedText, settledText } from './sumtext.js';
import { say } from './words.js';

const LENGTH = 6000; // milliseconds, of all pixels
const slider = /** @type {HTMLInputElement} */ (byId('sum-added'));

/** Open the panel, and play unless less motion is asked for; or close it. */
function watchSum() {
  if (state.sum) return closeSum();
  stop();
  openSum('rows', 0);
  closeCloser();
  bringInSight(viewOfAll().predicted, byId('sum'));
  slider.focus({ preventScroll: true });
  keepAddress();
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) playSum();
}

/** Open the panel that a link names, if it does. @param {string} hash */
export function openLinkedSum(hash) {
  const [, order, added] = /^(\w+)\.(\d{1,9})$/.exec(new URLSearchParams(hash.slice(1)).get('sum') ?? '') ?? [];
  const known = ORDERS.find((each) => each === order);
  if (known && !view.nothing) openSum(known, Number(added));
}

/** @param {Order} order @param {number} added */
function openSum(order, added) {
  state.sum = null;
  show(moment());
  const whole = view;
  const places = placesIn(order, whole.pixels, whole);
  state.sum = { order, places, added: Math.min(added, places.length), whole };
  byId('sum').hidden = false;
  /** @type {HTMLDetailsElement} */ (byId('course')).open = false; // which takes the same room
  byId('sum-start').setAttribute('aria-expanded', 'true');
  setSelect('sum-order', order);
  slider.max = String(places.length);
  const settled = settledAfter(places, whole);
  byId('sum-settled').style.setProperty('--share', String(settled / Math.max(1, places.length)));
  setText(byId('sum-settled-text'), settledText(settled, whole.predicted));
  showSum();
}

/** Show the pixels that are added so far, and what they make. */
function showSum() {
  if (!state.sum) return;
  const { places, added } = state.sum;
  show(moment());
  slider.value = String(added);
  const text = addedText(added, places.length);
  slider.setAttribute('aria-valuetext', text);
  setText(byId('sum-text'), text);
}

/** Play from here, or from the start if all is added; or pause. */
function playSum() {
  if (isRunning()) return pauseSum();
  if (!state.sum) return;
  const { order, added, places } = state.sum;
  const power = order === 'influence' ? 2 : 1; // the first pixels, which decide, one by one
  const from = added < places.length ? (added / places.length) ** (1 / power) : 0;
  setText(byId('sum-play'), say('Pause'));
  run(from, LENGTH, (share) => addUpTo(Math.round(places.length * share ** power)), endRun);
}

/** @param {number} added */
function addUpTo(added) {
  if (!state.sum) return;
  state.sum.added = added;
  showSum();
}

/** Say the end, for screen readers. */
function endRun() {
  pauseSum();
  setText(byId('said'), byId('sum-settled-text').textContent ?? '');
}

export function pauseSum() {
  stopRun();
  setText(byId('sum-play'), say('Play'));
  keepAddress();
}

/** Show as many pixels as the slider says. */
function scrubSum() {
  pauseSum();
  addUpTo(Number(slider.value));
}

/** Add the pixels in the order that was selected, as many as before. */
function orderSum() {
  const { value } = /** @type {HTMLSelectElement} */ (byId('sum-order'));
  pauseSum();
  if (state.sum) openSum(/** @type {Order} */ (value), state.sum.added);
}

/** Show all pixels again, without the panel. */
export function endSum() {
  if (!state.sum) return;
  state.sum = null;
  pauseSum();
  byId('sum').hidden = true;
  byId('sum-start').setAttribute('aria-expanded', 'false');
  show(moment());
}

/** End it as the reader asks, and return to where it began. */
export function closeSum() {
  endSum();
  byId('sum-start').focus();
}

/** Listen to what the reader does with the sum. */
export function listenToSum() {
  const acts = { 'sum-start': watchSum, 'sum-play': playSum, 'sum-end': closeSum };
  for (const [id, act] of Object.entries(acts)) byId(id).addEventListener('click', act);
  slider.addEventListener('input', scrubSum);
  byId('sum-order').addEventListener('change', orderSum);
  byId('sum').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    closeSum();
  });
}
