// Numbers as text, as the film writes them in the page's language.

import { facts } from './facts.js';

/** Where groups of digits begin, by their length; the last has three. @type {Record<number, RegExp>} */
const GROUPS = { 2: /\B(?=(\d{2})*\d{3}$)/g, 3: /\B(?=(\d{3})*\d{3}$)/g };

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
  const text = size(value, decimals);
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
  const [number, power] = absolute < 999.5 ? [fixed, ''] : absolute.toExponential(0).split('e+');
  return decimal(number) + (power && `e${power}`);
}

/** Return a small number with two digits, a large one with one. @param {number} value */
export function fine(value) {
  return signed(value, Math.abs(value) < 9.995 ? 2 : 1);
}

/** Return a number of per cent. @param {number} value */
export function percent(value) {
  const [before, after] = facts.numbers.percent;
  return before + decimal(value.toFixed(1)) + after;
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
