// The fewest pixels that change the network's mind: exact, since it is linear; see `flip_away` in Python.

import { bias, CLASSES, SIZE, weights } from './facts.js';
import { answer } from './network.js';

/**
 * @typedef {{places: number[], inked: boolean[], before: number}} Flip
 *   Pixels to change, the one that gains most first; whether each is to have all ink or none; and the class that is
 *   predicted without the change.
 */

// By how much a class has to lead, so that sums in float32 agree: a multiple of the sum of a class's |weights|.
const SURE = 4 * 2 ** -23;

/**
 * Return the fewest pixels after which any other class is predicted; null if no pixels do it. It is another as soon
 * as one class beats the predicted one, so the smallest set is the smallest of those of all pairs.
 * @param {Float32Array} pixels
 * @param {number} [known] The predicted class if Python decided, as `answer` takes it.
 * @returns {Flip | null}
 */
export function flipAway(pixels, known = -1) {
  const { logits, predicted } = answer(pixels, known);
  const least = sureLead();
  const found = othersThan(predicted).map((target) => {
    const slopes = slopesOf(target, predicted);
    const gains = slopes.map((slope, at) => slope * (Number(slope > 0) - pixels[at]));
    return { slopes, gains, count: countBeating(gains, logits[target] - logits[predicted], least) };
  });
  const { slopes, gains, count } = found.reduce((best, other) => (other.count < best.count ? other : best));
  if (count > SIZE) return null;
  const order = [...gains.keys()].sort((a, b) => gains[b] - gains[a]);
  const places = order.slice(0, count);
  return { places, inked: places.map((place) => slopes[place] > 0), before: predicted };
}

/**
 * Return the fewest pixels after which one class leads another; Infinity if none do. Their difference is linear in the
 * pixels, and each moves it by itself, by at most its gain: |difference of the weights| × the way to 0 or to 1,
 * whichever helps. The k largest gains are the most that k pixels gain: if those are too few, any k are.
 * @param {Float64Array} gains
 * @param {number} lead Before any change.
 * @param {number} least After it; see `sureLead`.
 */
function countBeating(gains, lead, least) {
  const ascending = gains.slice().sort();
  let count = 0;
  while (lead <= least && count < SIZE) lead += ascending[SIZE - ++count];
  return lead > least ? count : Infinity;
}

/** Return whether another class can beat this one in any image; else it is the answer to all. @param {number} label */
export function canLose(label) {
  const most = (/** @type {number} */ sum, /** @type {number} */ slope) => sum + Math.max(0, slope);
  const least = sureLead();
  return othersThan(label).some((other) => slopesOf(other, label).reduce(most, bias[other] - bias[label]) > least);
}

/** @param {number} label */
function othersThan(label) {
  return [...bias.keys()].filter((each) => each !== label);
}

/** Return how much each pixel moves the lead of one class on another. @param {number} target @param {number} rival */
function slopesOf(target, rival) {
  const slopes = new Float64Array(SIZE);
  for (let at = 0; at < SIZE; at++) slopes[at] = weights[target * SIZE + at] - weights[rival * SIZE + at];
  return slopes;
}

/** Return the lead of one class on another from which on it is sure that it leads. */
function sureLead() {
  let sure = 0;
  for (let label = 0; label < CLASSES; label++) {
    const sum = weights.subarray(label * SIZE, (label + 1) * SIZE).reduce((all, weight) => all + Math.abs(weight), 0);
    sure = Math.max(sure, SURE * sum);
  }
  return sure;
}
