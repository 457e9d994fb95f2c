// The sum, pixel after pixel: in which order they are added, and when the lead is settled. As `frame/adding.py` has it.

/** @import { Answer } from './network.js' */
/** @import { Moment, Sum } from './state.js' */
import { bias, SIZE } from './facts.js';

/** @typedef {'rows' | 'influence'} Order */

/** @type {Order[]} */
export const ORDERS = ['rows', 'influence'];

/** Return the class of the largest score except one class. @param {ArrayLike<number>} scores @param {number} label */
export function runnerUp(scores, label) {
  const others = Array.from(scores, (score, each) => (each === label ? -Infinity : score));
  return others.indexOf(Math.max(...others));
}

/**
 * Return the places of the pixels that have ink: row by row, or those first that add most to the lead of the predicted
 * class on the second, or take most from it.
 * @param {Order} order
 * @param {Float32Array} pixels
 * @param {Answer} answer To the image.
 */
export function placesIn(order, pixels, { contributions, logits, predicted }) {
  const places = [...pixels.keys()].filter((place) => pixels[place] > 0);
  if (order === 'rows') return places;
  const [own, other] = [predicted * SIZE, runnerUp(logits, predicted) * SIZE];
  const influence = pixels.map((_, place) => Math.abs(contributions[own + place] - contributions[other + place]));
  return places.sort((a, b) => influence[b] - influence[a]);
}

/**
 * Return the fewest pixels, in their order, from which on no class is ahead of the predicted one.
 * @param {number[]} places
 * @param {Answer} answer
 */
export function settledAfter(places, { contributions, predicted }) {
  const sums = Float64Array.from(bias);
  return places.reduce((settled, place, number) => {
    const isAhead = sums.some((sum) => sum > sums[predicted]);
    sums.forEach((_, label) => (sums[label] += contributions[label * SIZE + place]));
    return isAhead ? number + 1 : settled;
  }, 0);
}

/**
 * Return a moment with the pixels alone that are added to the sum so far: the network runs on these, and what it
 * says of them is neither right nor wrong.
 * @param {Moment} moment
 * @param {Sum} sum
 * @returns {Moment}
 */
export function soFar(moment, { places, added, whole }) {
  const pixels = new Float32Array(SIZE);
  for (const place of places.slice(0, added)) pixels[place] = moment.pixels[place];
  return { ...moment, pixels, label: -1, known: -1, whole };
}
