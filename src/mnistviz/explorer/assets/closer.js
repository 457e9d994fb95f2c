// The closer look: at a class, and at one class compared with another.

import { keepAddress } from './address.js';
import { runnerUp } from './adding.js';
import { showBalance } from './balance.js';
import { columns } from './columns.js';
import { decisiveText, sumsOf } from './decisive.js';
import { byId, setAttribute, setSelect, setText } from './dom.js';
import { bias, COLOURED, facts, SIZE } from './facts.js';
import { nothingText } from './header.js';
import { paintLoupe, signsFit, sizeLoupe } from './loupe.js';
import { nameOf } from './names.js';
import { decimal, grouped, size } from './numbers.js';
import { view, viewOfAll } from './picture.js';
import { NO_OTHER, RIVAL, state } from './state.js';
import { inTurn, say } from './words.js';

/** Look at a class, or with -1 at the predicted one. @param {number} label */
export function choose(label) {
  state.column = label;
  if (state.against === label) state.against = RIVAL;
  openCloser();
  keepAddress();
}

/** Bring the closer look into view; on a phone it is a sheet at the bottom. */
export function openCloser() {
  byId('table').classList.add('looking');
  sizeLoupe();
  showCloser();
  const { top } = byId('closer').getBoundingClientRect();
  if (top > 0.8 * innerHeight) byId('closer').scrollIntoView({ block: 'nearest' });
}

/** Put the sheet away. */
export function closeCloser() {
  byId('table').classList.remove('looking');
}

/** Compare with the class that was selected. */
export function takeRival() {
  const { value } = /** @type {HTMLSelectElement} */ (byId('against'));
  state.against = value === '' ? RIVAL : value === 'none' ? NO_OTHER : Number(value);
  showCloser();
  keepAddress();
}

/** Return the class of the closer look, and the class that it is compared with or -1. */
export function looked() {
  const label = state.column >= 0 ? state.column : viewOfAll().predicted;
  const other = state.against >= 0 && state.against !== label ? state.against : rivalOf(label);
  return [label, state.against === NO_OTHER ? -1 : other];
}

/** Return the class that says most about another one: the predicted, the true, or the second. @param {number} label */
function rivalOf(label) {
  const { predicted, label: truth, final } = viewOfAll();
  if (label !== predicted) return predicted;
  return truth >= 0 && truth !== label ? truth : runnerUp(final, label);
}

/**
 * Return the contributions of all pixels to a class, less those to another one.
 * @param {number} label
 * @param {number} other
 */
function contributionsTo(label, other) {
  const { contributions } = viewOfAll();
  const own = contributions.subarray(label * SIZE, (label + 1) * SIZE);
  if (other < 0) return own;
  return own.map((value, pixel) => value - contributions[other * SIZE + pixel]);
}

/** Show which pixels count for a class, and which against it. */
export function showCloser() {
  const [label, other] = looked();
  const { pixels, logits, final } = viewOfAll();
  byId('table').classList.toggle('partial', Boolean(view.whole));
  /** @type {HTMLButtonElement} */ (byId('why')).disabled = Boolean(view.whole);
  columns.forEach(({ heading }, each) => setAttribute(heading, 'aria-pressed', String(each === state.column)));
  const values = contributionsTo(label, other);
  paintLoupe(values, pixels);
  const idle = idleText(logits);
  byId('closer').classList.toggle('idle', idle !== '');
  for (const id of ['closer-title', 'why']) setText(byId(id), idle ? say('Nothing to explain yet') : closerTitle(label, other));
  showBalance(values, label, other);
  setText(byId('decisive'), other < 0 || idle ? '' : decisiveText(sumsOf(values, bias[label] - bias[other])));
  const second = other < 0 ? runnerUp(final, label) : other;
  setText(byId('closer-text'), idle || closerText(label, second, logits[label] - logits[second]));
  setSelect('column', String(state.column));
  setSelect('against', state.against === RIVAL ? '' : state.against === NO_OTHER ? 'none' : String(state.against));
}

/** Return why there is nothing to explain, or nothing if there is. @param {Float64Array} logits */
function idleText(logits) {
  if (view.nothing) return nothingText();
  return logits.every((logit) => logit === logits[0]) ? say('All classes score the same: it has no opinion yet.') : '';
}

/** @param {number} label @param {number} other */
function closerTitle(label, other) {
  const name = nameOf(label);
  if (other < 0) return say('What speaks for {name}, and what against', { name });
  const names = { name, other: nameOf(other) };
  const { predicted } = viewOfAll();
  if (label === predicted) return say('Why {name}, not {other}?', names);
  return other === predicted ? say('Why not {name}, but {other}?', names) : say('{name} against {other}', names);
}

/** @param {number} label @param {number} other @param {number} lead */
function closerText(label, other, lead) {
  return inTurn(signsText(), lead >= 0 ? leadText(label, other, lead) : leadText(other, label, -lead));
}

/** Return what the signs and colours of the large picture mean. */
function signsText() {
  if (signsFit()) {
    return COLOURED
      ? say('In the picture, + and blue speak for it, − and red against it.')
      : say('In the picture, + and light speak for it, − and dark against it.');
  }
  return COLOURED
    ? say('In the picture, blue speaks for it, red against it.')
    : say('In the picture, light speaks for it, dark against it.');
}

/** @param {number} label @param {number} other @param {number} lead Of the label's score; at least 0. */
function leadText(label, other, lead) {
  const values = { ahead: nameOf(label), behind: nameOf(other), lead: size(lead) };
  const times = Math.exp(lead); // of a softmax alone
  if (facts.link !== 'softmax') return say('{ahead} is {lead} ahead of {behind}.', values);
  if (times < 1000) {
    const number = decimal(times.toFixed(1));
    return say('{ahead} is {lead} ahead of {behind}: {number} times as probable.', { ...values, number });
  }
  const number = grouped(1000);
  return say('{ahead} is {lead} ahead of {behind}: more than {number} times as probable.', { ...values, number });
}
