// The recipe that makes an image of a drawing: docs/own-pictures.md, step by step.

import { facts, SIZE } from './facts.js';
import { say } from './words.js';

/** Return a / b to the nearest whole number, a half up. @param {number} a @param {number} b */
export function halfUp(a, b) {
  return Math.floor((2 * a + b) / (2 * b));
}

/**
 * Bring grey levels to the form of the set's images.
 * @param {Uint8Array} grey Row by row.
 * @param {number} height
 * @param {number} width
 * @returns {Uint8Array<ArrayBuffer> | string} (height, width) of the images; or the reason why there is none.
 */
export function imageForm(grey, height, width) {
  const inks = inkOfLevels(grey, height, width);
  if (typeof inks === 'string') return inks;
  const crop = cropped(grey, height, width, inks);
  const box = Math.max(1, halfUp(facts.form.box * Math.min(facts.height, facts.width), facts.form.field));
  const fit = fitted(crop, box);
  const most = fit.levels.reduce((most, level) => Math.max(most, level), 0);
  if (!most) return say('The lines are too thin for their length: nothing is left of them.');
  return centred({ ...fit, levels: fit.levels.map((level) => halfUp(255 * level, most)) });
}

/**
 * Return the ink of each of the 256 levels, or the reason why there is none.
 * @param {Uint8Array} grey
 * @param {number} height
 * @param {number} width
 */
function inkOfLevels(grey, height, width) {
  const counts = countsOf(grey);
  const background = twiceBackground(grey, height, width);
  const sides = [1, -1].map((sign) =>
    Array.from(counts, (_, level) => Math.max(0, sign * (2 * level - background))),
  );
  const [light, dark] = sides.map((contrasts) => total(counts, (level) => contrasts[level] ** 2));
  if (light === dark) return light ? say('Half is light and half dark: which is the drawing?') : say('Nothing is drawn.');
  const contrasts = light > dark ? sides[0] : sides[1];
  const full = fullContrast(counts, contrasts);
  if (full < 2 * facts.form.leastContrast) return say('The drawing does not stand out.');
  return Uint8Array.from(contrasts, (contrast) =>
    facts.form.paperDivisor * contrast < full ? 0 : Math.min(255, halfUp(255 * contrast, full)),
  );
}

/** Return how many pixels have each level. @param {Uint8Array} grey */
function countsOf(grey) {
  const counts = new Uint32Array(256);
  for (let at = 0; at < grey.length; at++) counts[grey[at]]++;
  return counts;
}

/**
 * Return the sum over all pixels of a value of their level.
 * @param {Uint32Array} counts
 * @param {(level: number) => number} value
 */
export function total(counts, value) {
  return counts.reduce((sum, count, level) => sum + count * value(level), 0);
}

/**
 * Return twice the median of the border.
 * @param {Uint8Array} grey
 * @param {number} height
 * @param {number} width
 */
function twiceBackground(grey, height, width) {
  const border = new Uint8Array(2 * (width + height));
  border.set(grey.subarray(0, width));
  border.set(grey.subarray((height - 1) * width), width);
  for (let y = 0; y < height; y++) {
    border[2 * (width + y)] = grey[y * width];
    border[2 * (width + y) + 1] = grey[(y + 1) * width - 1];
  }
  border.sort();
  return border[border.length / 2 - 1] + border[border.length / 2];
}

/**
 * Return the contrast of full ink.
 * @param {Uint32Array} counts Pixels of each level.
 * @param {number[]} contrasts
 */
function fullContrast(counts, contrasts) {
  const cubes = total(counts, (level) => contrasts[level] ** 3);
  const squares = total(counts, (level) => contrasts[level] ** 2);
  const strong = [...contrasts.keys()].filter((level) => contrasts[level] >= cubes / (2 * squares));
  strong.sort((a, b) => contrasts[a] - contrasts[b]);
  const half = Math.floor((strong.reduce((sum, level) => sum + counts[level], 0) - 1) / 2);
  let below = 0;
  return contrasts[strong.find((level) => (below += counts[level]) > half) ?? strong[0]];
}

/** @typedef {{levels: Float64Array | Uint8Array, height: number, width: number}} Levels */

/**
 * Return the ink of the smallest rectangle that holds all of it.
 * @param {Uint8Array} grey
 * @param {number} height
 * @param {number} width
 * @param {Uint8Array} inks Of each level.
 * @returns {Levels}
 */
function cropped(grey, height, width, inks) {
  let [first, last] = [0, grey.length - 1];
  while (!inks[grey[first]]) first++;
  while (!inks[grey[last]]) last--;
  const [top, bottom] = [Math.floor(first / width), Math.floor(last / width)];
  let [left, right] = [first % width, last % width];
  for (let y = top; y <= bottom; y++) {
    for (let x = 0; x < left; x++) if (inks[grey[y * width + x]]) left = x;
    for (let x = width - 1; x > right; x--) if (inks[grey[y * width + x]]) right = x;
  }
  const [rows, columns] = [bottom - top + 1, right - left + 1];
  const levels = new Uint8Array(rows * columns);
  for (let y = 0, at = 0; y < rows; y++) {
    const start = (top + y) * width + left;
    for (let x = 0; x < columns; x++, at++) levels[at] = inks[grey[start + x]];
  }
  return { levels, height: rows, width: columns };
}

/**
 * Scale the longer side to that of the box; a pixel is the mean of the area that it covers.
 * @param {Levels} crop
 * @param {number} box
 */
function fitted({ levels, height, width }, box) {
  const longer = Math.max(height, width);
  const [rows, columns] = [height, width].map((side) => Math.max(1, halfUp(box * side, longer)));
  const down = resampled(levels, height, rows, width);
  const across = resampled(transposed(down, rows, width), width, columns, rows);
  const means = transposed(across, columns, rows).map((sum) => halfUp(sum, height * width));
  return { levels: means, height: rows, width: columns };
}

/** @param {Float64Array} levels @param {number} height @param {number} width */
function transposed(levels, height, width) {
  const turned = new Float64Array(levels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = levels[y * width + x];
  }
  return turned;
}

/**
 * Resample rows: a new row is the sum of the old ones, weighted by how much it covers of each.
 * @param {Levels['levels']} levels (sources, length).
 * @param {number} sources @param {number} targets @param {number} length
 */
function resampled(levels, sources, targets, length) {
  const sums = new Float64Array(targets * length);
  for (let target = 0; target < targets; target++) {
    const [start, end] = [target * sources, (target + 1) * sources];
    for (let source = Math.floor(start / targets); source * targets < end; source++) {
      const common = Math.min(end, (source + 1) * targets) - Math.max(start, source * targets);
      for (let at = 0; at < length; at++) sums[target * length + at] += common * levels[source * length + at];
    }
  }
  return sums;
}

/**
 * Put the pixel of the centre of mass in the middle of an image; what is outside is lost.
 * @param {Levels} fit
 */
function centred({ levels, height, width }) {
  let [mass, down, across] = [0, 0, 0];
  levels.forEach((level, at) => {
    mass += level;
    down += Math.floor(at / width) * level;
    across += (at % width) * level;
  });
  const top = Math.floor(facts.height / 2) - halfUp(down, mass);
  const left = Math.floor(facts.width / 2) - halfUp(across, mass);
  const image = new Uint8Array(SIZE);
  levels.forEach((level, at) => {
    const [y, x] = [Math.floor(at / width) + top, (at % width) + left];
    if (y >= 0 && y < facts.height && x >= 0 && x < facts.width) image[y * facts.width + x] = level;
  });
  return image;
}
