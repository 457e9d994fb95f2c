// Windows: the greatest, the least or the mean of the pixels around each; beyond the border its pixels go on.

/** @import { Levels } from './area.js' */

/** @typedef {Levels & {levels: Float64Array}} Numbers */

/**
 * Return the greatest number of a square window around each pixel, or the least.
 * @param {Levels} picture
 * @param {number} side Of the window, odd.
 * @param {boolean} greatest
 * @returns {Generator<void, Numbers>}
 */
export function* extremes({ levels, height, width }, side, greatest) {
  const sign = greatest ? 1 : -1; // the least is the greatest of the negatives
  const found = new Float64Array(levels).map((level) => sign * level);
  yield;
  for (let y = 0; y < height; y++, yield) greatestAlong(found, y * width, 1, width, side);
  for (let x = 0; x < width; x++, yield) greatestAlong(found, x, width, height, side);
  return { levels: found.map((level) => sign * level), height, width };
}

/**
 * Set each number of a row or column to the greatest of a window around it.
 * @param {Float64Array} levels
 * @param {number} first @param {number} step Where they are.
 * @param {number} count
 * @param {number} side
 */
function greatestAlong(levels, first, step, count, side) {
  const half = side >> 1;
  const line = new Float64Array(count + 2 * half);
  for (let at = 0; at < line.length; at++) {
    line[at] = levels[first + step * Math.min(count - 1, Math.max(0, at - half))];
  }
  for (let reach = 1; reach < side; ) { // of how many numbers each is the greatest already
    const further = Math.min(reach, side - reach);
    for (let at = 0; at + further < line.length; at++) line[at] = Math.max(line[at], line[at + further]);
    reach += further;
  }
  for (let at = 0; at < count; at++) levels[first + step * at] = line[at];
}

/** Return the mean of each pixel and its neighbours, against noise. @param {Levels} picture @returns {Numbers} */
export function meanOf9({ levels, height, width }) {
  const means = new Float64Array(levels.length);
  for (let y = 0; y < height; y++) {
    const rows = [Math.max(0, y - 1), y, Math.min(height - 1, y + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      let sum = 0;
      for (const row of rows) sum += levels[row * width + left] + levels[row * width + x] + levels[row * width + right];
      means[y * width + x] = sum / 9;
    }
  }
  return { levels: means, height, width };
}
