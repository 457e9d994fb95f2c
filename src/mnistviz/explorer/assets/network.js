// The network: the logits of an image, and the predicted class.

import { bias, CLASSES, facts, imageAt, SIZE, weights } from './facts.js';

/**
 * @typedef {{logits: Float64Array, contributions: Float32Array, predicted: number, share: number}} Answer
 *   Contributions are (classes, pixels); the share is the probability of the predicted class.
 */

const PER_LEVEL = Math.fround(1 / 255);

/** Return pixels in [0, 1], as the model takes them. @param {Uint8Array} levels */
export function asPixels(levels) {
  const pixels = new Float32Array(SIZE);
  for (let pixel = 0; pixel < SIZE; pixel++) pixels[pixel] = levels[pixel] * PER_LEVEL;
  return pixels;
}

/**
 * Run the network on an image.
 * @param {Float32Array} pixels
 * @param {number} [known] The predicted class if Python decided, so that page and film agree in a tie; else -1.
 * @returns {Answer}
 */
export function answer(pixels, known = -1) {
  const contributions = new Float32Array(CLASSES * SIZE);
  const logits = new Float64Array(CLASSES);
  for (let label = 0; label < CLASSES; label++) {
    let sum = bias[label];
    for (let pixel = 0, at = label * SIZE; pixel < SIZE; pixel++, at++) {
      if (pixels[pixel] === 0) continue;
      sum += pixels[pixel] * weights[at];
      contributions[at] = pixels[pixel] * weights[at];
    }
    logits[label] = sum;
  }
  const predicted = known < 0 ? logits.indexOf(Math.max(...logits)) : known;
  return { logits, contributions, predicted, share: shareOf(logits, predicted) };
}

/**
 * Return the probability of one class, if the model has probabilities: see `Kind` in Python.
 * @param {Float64Array} logits
 * @param {number} label
 */
export function shareOf(logits, label) {
  const odds = facts.link === 'logistic' ? logits.map(logOfLogistic) : logits;
  return 1 / odds.reduce((sum, each) => sum + Math.exp(each - odds[label]), 0);
}

/** Return the logarithm of the logistic function. @param {number} score */
function logOfLogistic(score) {
  return Math.min(score, 0) - Math.log1p(Math.exp(-Math.abs(score)));
}

/** Return the largest difference between the page's logits and NumPy's. */
export function farthestFromNumPy() {
  const differences = facts.checks.map((/** @type {number[]} */ expected, /** @type {number} */ place) => {
    const { logits } = answer(asPixels(imageAt(place)));
    return Math.max(...expected.map((logit, label) => Math.abs(logit - logits[label])));
  });
  return Math.max(...differences);
}
