// The guided walk through the page.

/** @import { Drawing } from './state.js' */
/** @import { Spot, Step } from './steps.js' */
import { beginEntry, keepAddress } from './address.js';
import { showImage } from './browsing.js';
import { closeCloser, openCloser, showCloser } from './closer.js';
import { columns } from './columns.js';
import { byId, setText } from './dom.js';
import { grouped } from './numbers.js';
import { pad } from './pad.js';
import { pin } from './pixel.js';
import { stop } from './play.js';
import { forceVersion, putBack } from './sliders.js';
import { isUntouched, lookAtAnswer, state } from './state.js';
import { STEPS } from './steps.js';
import { say } from './words.js';
import { clear, goTo } from './work.js';

/** @type {{drawing: Drawing, past: Drawing[], column: number, against: number, version: number} | null} */
let beforeWalk = null;

/**
 * Go to a step of the walk, or with -1 end it.
 * @param {number} step
 * @param {boolean} [alone] Whether to leave the rest as it is.
 */
export function walk(step, alone = false) {
  if (!alone) beginEntry();
  if (!alone && state.step < 0) keepView();
  state.step = step;
  const { spot, place, column, against } = writeStep(step);
  byId('bands').dataset.spot = spot;
  keepAddress();
  if (step < 0) beforeWalk = null;
  if (step < 0 || alone) return;
  stop();
  putBack();
  pin(-1);
  if (place < 0) clear();
  else showImage(place);
  Object.assign(state, { column, against });
  showCloser();
  const onPhone = byId('bands').classList.contains('narrow'); // where the pad stands between header and columns
  byId(onPhone ? 'bands' : 'header').scrollIntoView({ block: 'start' });
  if (against >= 0) openCloser();
  else closeCloser();
  for (const part of partsOfSpot(spot, Math.max(column, 0))) part.scrollIntoView({ block: 'nearest' });
  byId('walk-title').focus({ preventScroll: true });
}

/** Keep what is shown, to return to it after the walk. */
function keepView() {
  const { drawing, past, column, against, version } = state;
  beforeWalk = { drawing, past: [...past], column, against, version };
}

/** Write what the step says of what is shown now. */
export function followStep() {
  if (state.step >= 0) writeStep(state.step);
}

/**
 * Return what must be in sight, however low the window is.
 * @param {Spot} spot
 * @param {number} column
 * @returns {HTMLElement[]}
 */
function partsOfSpot(spot, column) {
  const [, weights, products] = columns[column].canvases;
  if (spot === 'column') return [weights, products];
  if (spot === 'weights') return [weights];
  return spot === 'mistake' ? ['loupe', 'closer-title'].map(byId) : [];
}

/**
 * Write the text of a step, and leave room below it for what it is about.
 * @param {number} step
 * @returns {Step}
 */
function writeStep(step) {
  const [panel, shown] = [byId('walk'), STEPS[Math.max(step, 0)]()];
  panel.hidden = step < 0;
  const values = { step: grouped(step + 1), steps: grouped(STEPS.length), title: shown.title };
  setText(byId('walk-title'), say('{step} of {steps}: {title}', values));
  setText(byId('walk-text'), shown.text);
  /** @type {HTMLButtonElement} */ (byId('walk-back')).disabled = step === 0;
  setText(byId('walk-next'), step + 1 < STEPS.length ? say('Next step') : say('Draw'));
  const { style } = document.documentElement;
  style.scrollPaddingTop = `${panel.offsetHeight + 16}px`;
  style.setProperty('--walk', `${panel.offsetHeight}px`);
  return step < 0 ? { ...shown, spot: '' } : shown;
}

/** Go to the next step; after the last one, the reader draws. */
export function walkOn() {
  if (state.step + 1 < STEPS.length) return walk(state.step + 1);
  walk(-1);
  pad.focus();
}

/** End the walk, and return to what was shown before; what the reader has made of a step stays. */
export function endWalk() {
  const before = isUntouched(STEPS[state.step]().place) ? beforeWalk : null;
  stop();
  walk(-1);
  closeCloser();
  lookAtAnswer();
  Object.assign(state, before);
  forceVersion();
  goTo(state.drawing);
  byId('walk-start').focus();
}
