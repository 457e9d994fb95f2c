// The recipe that makes an image of a drawing: docs/own-pictures.md, step by step.

/** @import { Levels } from './area.js' */
import { halfUp, scaled, broughtTo } from './area.js';
import { facts, SIZE } from './facts.js';
import { countsOf, inkOfLevels, twiceBackground } from './ink.js';
import { atOnce } from './slices.js';
import { say } from './words.js';

/**
 * Bring grey levels to the form of the set's images.
 * @param {Uint8Array} levels Row by row.
 * @param {number} height
 * @param {number} width
 * @returns {Form | string} Or the reason why there is none.
 */
export function imageForm(levels, height, width) {
  const picture = { levels, height, width };
  const inks = inkOfLevels(atOnce(countsOf(picture)), twiceBackground(picture));
  if (typeof inks === 'string') return inks;
  const row = new Uint8Array(width);
  return atOnce(
    formOfInk([0, 0, height, width], (y) => {
      for (let x = 0; x < width; x++) row[x] = inks[levels[y * width + x]];
      return row;
    }),
  );
}

/**
 * @typedef {{levels: Uint8Array<ArrayBuffer>, area: Area, scale: number}} Form
 *   Levels (height, width) of the images, the area of the picture that they show, and image pixels for one of it.
 * @typedef {{top: number, left: number, down: number, across: number}} Area
 *   In pixels of the picture, also outside of it: where it begins, and height and width of what an image pixel shows.
 */

/** @typedef {[number, number, number, number]} Box Top, left, bottom and right, the last two outside. */

/**
 * Bring the ink in a box, not all 0, to the form of the set's images.
 * @param {Box} box
 * @param {(y: number) => Uint8Array} rowOf Returns the ink of a row, from the left of the box to its right.
 * @returns {Generator<void, Form | string>} As `imageForm`.
 */
export function* formOfInk(box, rowOf) {
  const [top, left, bottom, right] = yield* boundsOf(box, rowOf);
  const side = Math.max(1, halfUp(facts.form.box * Math.min(facts.height, facts.width), facts.form.field));
  const [height, width, shift] = [bottom - top, right - left, left - box[1]];
  const fit = yield* scaled(height, width, broughtTo(height, width, side), (y) =>
    rowOf(top + y).subarray(shift, shift + width),
  );
  const most = fit.levels.reduce((most, level) => Math.max(most, level), 0);
  if (!most) return say('The lines are too thin for their length: nothing is left of them.');
  const image = centred({ ...fit, levels: fit.levels.map((level) => halfUp(255 * level, most)) });
  const [down, across] = [height / fit.height, width / fit.width];
  const area = { top: top - image.top * down, left: left - image.left * across, down, across };
  return { levels: image.levels, area, scale: side / Math.max(height, width) };
}

/**
 * Return the smallest box that holds all ink in one.
 * @param {Box} box
 * @param {(y: number) => Uint8Array} rowOf
 * @returns {Generator<void, Box>}
 */
function* boundsOf([top, left, bottom, right], rowOf) {
  let [first, last, from, to] = [bottom, top, right, left];
  for (let y = top; y < bottom; y++, yield) {
    const row = rowOf(y);
    let [start, end] = [0, right - left];
    while (start < end && !row[start]) start++;
    if (start === end) continue;
    while (!row[end - 1]) end--;
    [first, last] = [Math.min(first, y), y + 1];
    [from, to] = [Math.min(from, left + start), Math.max(to, left + end)];
  }
  return [first, from, last, to];
}

/** Put the pixel of the centre of mass in the middle of an image; what is outside is lost. @param {Levels} fit */
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
  return { levels: image, top, left };
}
