// The tone curve: the level of a weight or a product.

import { facts } from './facts.js';

/**
 * Return the level of a weight or product: 128 is zero. In float32, as NumPy has it.
 * @param {number} value
 * @param {number} [full] The value that is white.
 */
export function signedLevel(value, full = FULL_WEIGHT) {
  const share = Math.min(1, Math.max(-1, Math.fround(value / full)));
  return Math.floor(Math.fround(Math.fround(127.5 * toned(share)) + 128));
}

/**
 * Return a share of full scale on the tone curve, the sign of the share times its size to the exponent.
 * @param {number} share
 */
function toned(share) {
  if (facts.exponent === 1) return share;
  const root = Math.fround(Math.sqrt(Math.abs(share)));
  return Math.sign(share) * (facts.exponent === 0.5 ? root : Math.fround(root * Math.fround(Math.sqrt(root))));
}

const FULL_WEIGHT = Math.fround(facts.fullWeight);
