'use strict';
// Numbers as text, as the film writes them.

/**
 * Return a number with its sign, as the film writes it.
 * @param {number} value
 * @param {number} [digits]
 */
function signed(value, digits = 1) {
  const size = Math.abs(value);
  const fixed = size < 99.95 ? digits : 0;
  const text = size < 999.5 ? size.toFixed(fixed) : size.toExponential(0).replace('e+', 'e');
  if (Number(text) === 0) return text;
  return (value < 0 ? '−' : '+') + text.replace('e-', 'e−');
}

/** Return a small number with two digits, a large one with one. @param {number} value */
function fine(value) {
  return signed(value, Math.abs(value) < 9.995 ? 2 : 1);
}

/** Return a probability; what is nearly certain or impossible is not called so. @param {number} share Of 1. */
function probability(share) {
  if (100 - 100 * share < 0.05) return '>99.9 %';
  return 100 * share < 0.05 ? '<0.1 %' : `${(100 * share).toFixed(1)} %`;
}

/** @param {number} count */
function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** @param {number} count @param {string} noun */
function several(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
