// The closer look: at a class, and at one class compared with another.

import { keepAddress } from './address.js';
import { showBalance } from './balance.js';
import { columns } from './columns.js';
import { byId, setAttribute, setSelect, setText } from './dom.js';
import { COLOURED, facts, SIZE } from './facts.js';
import { paintLoupe, signsFit } from './loupe.js';
import { nameOf } from './names.js';
import { decimal, grouped, signed } from './numbers.js';
import { view } from './picture.js';
import { state } from './state.js';
import { inTurn, say } from './words.js';

/** Look at a class, or with -1 at the predicted one. @param {number} label */
export function choose(label) {
  state.column = label;
  if (state.against === label) state.against = -1;
  showCloser();
  keepAddress();
}

/** Return the class of the closer look, and the class that it is compared with or -1. */
function looked() {
  const label = state.column >= 0 ? state.column : view.predicted;
  return [label, state.against === label ? -1 : state.against];
}

/**
 * Return the contributions of all pixels to a class, less those to another one.
 * @param {number} label
 * @param {number} other
 */
function contributionsTo(label, other) {
  const own = view.contributions.subarray(label * SIZE, (label + 1) * SIZE);
  if (other < 0) return own;
  return own.map((value, pixel) => value - view.contributions[other * SIZE + pixel]);
}

/** Show which pixels count for a class, and which against it. */
export function showCloser() {
  const [label, other] = looked();
  columns.forEach(({ heading }, each) => setAttribute(heading, 'aria-pressed', String(each === state.column)));
  const values = contributionsTo(label, other);
  paintLoupe(values);
  setText(byId('closer-title'), closerTitle(label, other));
  showBalance(values, label, other);
  const lead = view.logits[label] - view.logits[other < 0 ? runnerUp(label) : other];
  setText(byId('closer-text'), closerText(label, other < 0 ? runnerUp(label) : other, lead));
  setSelect('column', String(state.column));
  setSelect('against', state.against < 0 ? '' : String(state.against));
}

/** Return the class of the largest logit except one class. @param {number} label */
function runnerUp(label) {
  const others = Array.from(view.logits, (logit, each) => (each === label ? -Infinity : logit));
  return others.indexOf(Math.max(...others));
}

/** @param {number} label @param {number} other */
function closerTitle(label, other) {
  const name = nameOf(label);
  if (other < 0) return say('What speaks for {name}, and what against', { name });
  return say('{name} against {other}', { name, other: nameOf(other) });
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
  const values = { ahead: nameOf(label), behind: nameOf(other), lead: signed(lead) };
  const times = Math.exp(lead); // of a softmax alone
  if (facts.link !== 'softmax') return say('{ahead} is {lead} ahead of {behind}.', values);
  if (times < 1000) {
    const number = decimal(times.toFixed(1));
    return say('{ahead} is {lead} ahead of {behind}: {number} times as probable.', { ...values, number });
  }
  const number = grouped(1000);
  return say('{ahead} is {lead} ahead of {behind}: more than {number} times as probable.', { ...values, number });
}
