'use strict';
// Numbers as text, as the film writes them.

/**
 * Return a number with its sign, as the film writes it.
 * @param {number} value
 * @param {number} [digits]
 */
function signed(value, digits = 1) {
  const size = Math.abs(value);
  const text = size < 999.95 ? size.toFixed(digits) : size.toExponential(0).replace('e+', 'e');
  if (Number(text) === 0) return text;
  return (value < 0 ? '−' : '+') + text.replace('e-', 'e−');
}

/** Return a small number with two digits, a large one with one. @param {number} value */
function fine(value) {
  return signed(value, Math.abs(value) < 9.995 ? 2 : 1);
}

/** @param {number} share Of 1. */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** @param {number} count */
function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** @param {number} count @param {string} noun */
function several(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
