// Which part of the image decides between two classes, in words: as `frame/decisive.py` has it.

import { facts } from './facts.js';
import { placeOf } from './strokes.js';
import { signed } from './numbers.js';
import { say } from './words.js';

const PARTS = 3; // of the image's height and of its width

/**
 * Return what the nine parts of the image and the biases add to a difference of scores.
 * @param {Float32Array} differences What each pixel adds.
 * @param {number} start What the biases add.
 */
export function sumsOf(differences, start) {
  const sums = new Float64Array(PARTS * PARTS + 1);
  differences.forEach((value, pixel) => {
    const [row, column] = placeOf(pixel);
    sums[PARTS * Math.floor((row * PARTS) / facts.height) + Math.floor((column * PARTS) / facts.width)] += value;
  });
  sums[PARTS * PARTS] = start;
  return sums;
}

/** Return which part decides, or that none does. @param {Float64Array} sums */
export function decisiveText(sums) {
  const total = added(sums);
  const pulls = total >= 0 ? sums : sums.map((sum) => -sum);
  const largest = pulls.indexOf(Math.max(...pulls));
  const value = signed(sums[largest]);
  if (2 * pulls[largest] > added(pulls.filter((pull) => pull > 0))) return placeText(largest, { value, total: signed(total) });
  return say('no single part decides: the strongest adds {value}', { value });
}

/** @param {Float64Array} values */
function added(values) {
  return values.reduce((sum, value) => sum + value, 0);
}

/** @param {number} part @param {{value: string, total: string}} values */
function placeText(part, values) {
  return [
    () => say('the top left decides most: {value} (in all {total})', values),
    () => say('the top decides most: {value} (in all {total})', values),
    () => say('the top right decides most: {value} (in all {total})', values),
    () => say('the left decides most: {value} (in all {total})', values),
    () => say('the middle decides most: {value} (in all {total})', values),
    () => say('the right decides most: {value} (in all {total})', values),
    () => say('the bottom left decides most: {value} (in all {total})', values),
    () => say('the bottom decides most: {value} (in all {total})', values),
    () => say('the bottom right decides most: {value} (in all {total})', values),
    () => say('the biases decide most: {value} (in all {total})', values),
  ][part]();
}
