// Numbers as text, as the film writes them in the page's language.

import { facts } from './facts.js';

/** Where groups of digits begin, by their length; the last has three. @type {Record<number, RegExp>} */
const GROUPS = { 2: /\B(?=(\d{2})*\d{3}$)/g, 3: /\B(?=(\d{3})*\d{3}$)/g };

const LONG = 999.5; // from which on numbers are written in powers of ten

/**
 * Return a number as the language writes it.
 * @param {string} text As JavaScript writes it, without a sign.
 */
export function decimal(text) {
  const { digits, point, group, grouped } = facts.numbers;
  const [whole, part] = text.split('.');
  const groups = whole.replace(GROUPS[grouped], () => group);
  return (part ? groups + point + part : groups).replace(/\d/g, (digit) => digits[Number(digit)]);
}

/**
 * Return a number with its sign.
 * @param {number} value
 * @param {number} [decimals]
 */
export function signed(value, decimals = 1) {
  return withSign(value, size(value, decimals), decimals);
}

/** Put the sign of a number before its text, unless that is zero. @param {number} value @param {string} text @param {number} decimals */
function withSign(value, text, decimals) {
  return text === size(0, decimals) ? text : facts.numbers.mark + (value < 0 ? '−' : '+') + text;
}

/**
 * Return a number without its sign.
 * @param {number} value
 * @param {number} [decimals] None from 100 on, and from 1,000 on as a power of ten.
 */
export function size(value, decimals = 1) {
  const absolute = Math.abs(value);
  const fixed = absolute.toFixed(absolute < 99.95 ? decimals : 0);
  const [number, power] = absolute < LONG ? [fixed, ''] : absolute.toExponential(0).split('e+');
  return decimal(number) + (power && `e${power}`);
}

const MOST_DECIMALS = 6;

/**
 * Return parts and, last, their sum, as text that a reader can add up: as `frame/words.py` has it.
 * @param {number[]} parts
 */
export function addingUp(parts) {
  const values = [...parts, parts.reduce((sum, part) => sum + part)];
  if (values.some((value) => Math.abs(value) >= LONG)) return values.map((value) => signed(value));
  let decimals = 1;
  while (decimals < MOST_DECIMALS && !addUp(values, decimals)) decimals++;
  return values.map((value) => withSign(value, decimal(Math.abs(value).toFixed(decimals)), decimals));
}

/** Return whether the last is the sum of the others, once all are rounded. @param {number[]} values @param {number} decimals */
function addUp(values, decimals) {
  const rounded = values.map((value) => Math.round(Number(value.toFixed(decimals)) * 10 ** decimals));
  return rounded.reduce((sum, each) => sum + each) === 2 * rounded[rounded.length - 1];
}

/** Return a small number with two digits, a large one with one. @param {number} value */
export function fine(value) {
  return signed(value, Math.abs(value) < 9.995 ? 2 : 1);
}

/** Return a number of per cent. @param {number} value @param {number} [decimals] */
export function percent(value, decimals = 1) {
  const [before, after] = facts.numbers.percent;
  return before + decimal(value.toFixed(decimals)) + after;
}

/** Return a probability; what is nearly certain or impossible is not called so. @param {number} share Of 1. */
export function probability(share) {
  const { mark } = facts.numbers;
  if (100 - 100 * share < 0.05) return `${mark}>${percent(99.9)}`;
  return 100 * share < 0.05 ? `${mark}<${percent(0.1)}` : percent(100 * share);
}

/** @param {number} count */
export function grouped(count) {
  return decimal(String(count));
}
