// Ink: how much of it each grey level is; steps 2 to 5 of the recipe in docs/own-pictures.md.

/** @import { Levels } from './area.js' */
import { halfUp } from './area.js';
import { facts } from './facts.js';
import { say } from './words.js';

/**
 * Return the ink of each of the 256 levels, or the reason why there is none.
 * @param {Uint32Array} counts Pixels of each level.
 * @param {number} background Twice its level.
 */
export function inkOfLevels(counts, background) {
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

/** Return how many pixels have each level. @param {Levels} picture @returns {Generator<void, Uint32Array>} */
export function* countsOf({ levels, height, width }) {
  const counts = new Uint32Array(256);
  for (let y = 0; y < height; y++, yield) {
    for (let at = y * width; at < (y + 1) * width; at++) counts[levels[at]]++;
  }
  return counts;
}

/**
 * Return the sum over all pixels of a value of their level.
 * @param {Uint32Array} counts
 * @param {(level: number) => number} value
 */
function total(counts, value) {
  return counts.reduce((sum, count, level) => sum + count * value(level), 0);
}

/** Return twice the median of the border. @param {Levels} picture */
export function twiceBackground(picture) {
  const border = borderOf(picture);
  return border[border.length / 2 - 1] + border[border.length / 2];
}

/** Return the levels of the border, in order; each corner counts twice. @param {Levels} picture */
export function borderOf({ levels, height, width }) {
  const border = new Uint8Array(2 * (width + height));
  border.set(levels.subarray(0, width));
  border.set(levels.subarray((height - 1) * width), width);
  for (let y = 0; y < height; y++) {
    border[2 * (width + y)] = levels[y * width];
    border[2 * (width + y) + 1] = levels[(y + 1) * width - 1];
  }
  return border.sort();
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
