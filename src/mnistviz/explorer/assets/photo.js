// A photo: the images of what is drawn in it, as `find_drawings` and `form_of_ink` in Python make them.

/** @import { Levels } from './area.js' */
/** @import { Parts } from './parts.js' */
/** @import { Numbers } from './windows.js' */
import { scaled, broughtTo } from './area.js';
import { hasEdges, isEven, isSharp } from './edges.js';
import { facts } from './facts.js';
import { borderOf, countsOf, inkOfLevels, twiceBackground } from './ink.js';
import { relitOf } from './light.js';
import { partsOf } from './parts.js';
import { median, sortedWhere } from './quantiles.js';
import { formOfInk } from './recipe.js';
import { meanOf9 } from './windows.js';
import { say } from './words.js';

/**
 * @typedef {{images: Uint8Array[], doubts: string[]}} Found
 *   An image of each digit, line by line, and what may be wrong.
 * @typedef {{has: boolean, extent: number, picture: Levels, inks: Uint8Array, parts: Parts}} Reading
 *   Of the ink as dark or as light: whether it has edges, and how far it reaches.
 */

/**
 * Find what is drawn in a picture. A drawing alone on an even background is taken whole.
 * @param {Levels} grey
 * @returns {Generator<void, Found | string>} Or the reason why there is nothing.
 */
export function* drawingsIn(grey) {
  if (isEven(grey)) {
    const inks = inkOfLevels(yield* countsOf(grey), twiceBackground(grey));
    if (typeof inks === 'string') return inks;
    if (!borderOf(grey).some((level) => inks[level]) && (yield* isSharpDrawing(grey, inks))) {
      return yield* imagesOf(grey, inks, yield* partsOf(grey, inks));
    }
  }
  return yield* inEvenLight(yield* reduced(grey));
}

/** @param {Levels} grey @param {Uint8Array} inks */
function* isSharpDrawing(grey, inks) {
  const ink = yield* reduced(grey, inks);
  return yield* isSharp(yield* reduced(grey), new Uint8Array(ink.levels.map((level) => Number(level >= INKED))));
}

const INKED = 128; // the least level of ink that counts where there is only ink or none

/**
 * Return a picture whose longer side is as long as that of a photo at most.
 * @param {Levels} picture
 * @param {Uint8Array} [values] What each level stands for.
 * @returns {Generator<void, Levels>}
 */
function* reduced({ levels, height, width }, values = LEVELS) {
  const { worked } = facts.photo;
  const longer = Math.max(height, width);
  const sides = longer <= worked ? [height, width] : broughtTo(height, width, worked);
  const row = new Uint8Array(width);
  return yield* scaled(height, width, sides, (y) => {
    for (let x = 0; x < width; x++) row[x] = values[levels[y * width + x]];
    return row;
  });
}

const LEVELS = Uint8Array.from({ length: 256 }, (_, level) => level);

/**
 * Find what is drawn, dark or light: that which has edges, or else reaches further.
 * @param {Levels} grey
 * @returns {Generator<void, Found | string>}
 */
function* inEvenLight(grey) {
  const level = meanOf9(grey);
  yield;
  const dark = yield* readingOf(level, false);
  const light = yield* readingOf(level, true);
  if (typeof light === 'string') return typeof dark === 'string' ? light : yield* foundIn(dark);
  if (typeof dark === 'string') return yield* foundIn(light);
  const isLight = light.has === dark.has ? light.extent > dark.extent : light.has;
  return yield* foundIn(isLight ? light : dark);
}

/** @param {Reading} reading */
function* foundIn({ has, picture, inks, parts }) {
  if (!has) parts.doubts.push(say('what looks like ink has no edges'));
  return yield* imagesOf(picture, inks, parts);
}

/**
 * @param {Numbers} level
 * @param {boolean} light Whether ink is light.
 * @returns {Generator<void, Reading | string>}
 */
function* readingOf(level, light) {
  const { paper, window } = facts.photo;
  const side = Math.max(3, Math.floor(Math.min(level.height, level.width) / window)) | 1;
  const picture = yield* relitOf(level, side, light);
  const inks = inkOfLevels(yield* countsOf(picture), 2 * paper);
  if (typeof inks === 'string') return inks;
  const parts = yield* partsOf(picture, inks);
  const kept = new Set(parts.groups.flatMap(({ places }) => places));
  const isInked = parts.labels.map((label, at) => Number(kept.has(label) && inks[picture.levels[at]] >= INKED));
  const inked = new Uint8Array(isInked);
  const boxes = parts.groups.map(({ box }) => box);
  const [top, left] = [0, 1].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [bottom, right] = [2, 3].map((side) => Math.max(...boxes.map((box) => box[side])));
  const extent = (bottom - top) * (right - left) * (paper - median(sortedWhere(picture.levels, inked)));
  yield;
  const has = yield* hasEdges(level, inked, median(sortedWhere(picture.strength, inked)));
  return { has, extent, picture, inks, parts };
}

/**
 * Return an image of each digit.
 * @param {Levels} picture
 * @param {Uint8Array} inks Of each level.
 * @param {Parts} parts
 * @returns {Generator<void, Found | string>}
 */
function* imagesOf({ levels, height, width }, inks, { labels, factor, across, groups, doubts }) {
  const images = [];
  for (const { places, box } of groups) {
    const [top, left, bottom, right] = box.map((edge, at) => Math.min(at % 2 ? width : height, factor * edge));
    const own = new Set(places);
    const row = new Uint8Array(right - left);
    const form = yield* formOfInk([top, left, bottom, right], (y) => {
      row.fill(0);
      for (let column = box[1]; column < box[3]; column++) {
        if (!own.has(labels[Math.floor(y / factor) * across + column])) continue;
        const end = Math.min(width, factor * (column + 1));
        for (let x = factor * column; x < end; x++) row[x - left] = inks[levels[y * width + x]];
      }
      return row;
    });
    if (typeof form === 'string') return form;
    images.push(form.levels);
  }
  return { images, doubts };
}
