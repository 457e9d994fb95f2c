// Parts: the ink of each digit in a picture, without specks and without what reaches the border.

/** @import { Levels } from './area.js' */
/** @import { Group } from './groups.js' */
/** @import { Piece } from './pieces.js' */
/** @import { Box } from './recipe.js' */
import { facts } from './facts.js';
import { groupsOf } from './groups.js';
import { grouped } from './numbers.js';
import { piecesOf } from './pieces.js';
import { say } from './words.js';

/**
 * @typedef {{labels: Int32Array, factor: number, across: number, groups: Group[], doubts: string[]}} Parts
 *   The place of the piece of each block, or -1; pixels of its side, and blocks of a row; the pieces of each digit;
 *   and what may be wrong.
 */

/**
 * @param {Levels} picture
 * @param {Uint8Array} inks Of each level.
 * @returns {Generator<void, Parts>}
 */
export function* partsOf(picture, inks) {
  const factor = Math.ceil(Math.max(picture.height, picture.width) / facts.photo.worked);
  const mask = yield* blocksOf(picture, inks, factor);
  const { labels, pieces } = yield* piecesOf(mask.levels, mask.height, mask.width);
  const doubts = [];
  const inked = pieces.reduce((sum, { size }) => sum + size, 0);
  if (inked * facts.photo.much > labels.length) doubts.push(say('ink covers more than a third of the picture'));
  const { kept, bordering } = keptOf(pieces, mask, labels);
  if (bordering) doubts.push(say('ink reaches the border'));
  if (kept.length > facts.photo.many) {
    doubts.push(say('there are {number} pieces of ink', { number: grouped(kept.length) }));
  }
  return { labels, factor, across: mask.width, groups: yield* groupsOf(pieces, kept), doubts };
}

/**
 * Return which blocks of pixels have any ink.
 * @param {Levels} picture
 * @param {Uint8Array} inks
 * @param {number} factor
 */
function* blocksOf({ levels, height, width }, inks, factor) {
  const [down, across] = [height, width].map((side) => Math.ceil(side / factor));
  const mask = new Uint8Array(down * across);
  for (let y = 0; y < height; y++, yield) {
    const first = Math.floor(y / factor) * across;
    for (let column = 0, x = 0; column < across; column++) {
      for (const end = Math.min(width, x + factor); x < end; x++) if (inks[levels[y * width + x]]) mask[first + column] = 1;
    }
  }
  return { levels: mask, height: down, width: across };
}

/**
 * Return the places of the pieces that may be of a digit, and whether much of another reaches the border. Most of what
 * does is a table, or a shadow: it goes, unless there is no more.
 * @param {Piece[]} pieces
 * @param {{height: number, width: number}} size
 * @param {Int32Array} labels
 */
function keptOf(pieces, size, labels) {
  const places = [...pieces.keys()];
  const sizeOf = (/** @type {number} */ place) => pieces[place].size;
  const inside = places.filter((place) => isInside(pieces[place].box, size));
  const deep = deepOf(labels, pieces.length, size);
  const largestInside = Math.max(0, ...inside.map(sizeOf));
  const bordering = places.some(
    (place) => !isInside(pieces[place].box, size) && deep[place] && 4 * deep[place] > largestInside,
  );
  const some = inside.length ? inside : places;
  const largest = Math.max(...some.map(sizeOf));
  return { kept: some.filter((place) => sizeOf(place) * facts.photo.speck >= largest), bordering };
}

/** @param {Box} box @param {{height: number, width: number}} size */
function isInside([top, left, bottom, right], { height, width }) {
  return top > 0 && left > 0 && bottom < height && right < width;
}

/**
 * Return how many blocks of each piece are not near the border.
 * @param {Int32Array} labels
 * @param {number} count
 * @param {{height: number, width: number}} size
 */
function deepOf(labels, count, { height, width }) {
  const margin = Math.max(1, Math.floor(Math.min(height, width) / facts.photo.deep));
  const deep = new Uint32Array(count);
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) if (labels[y * width + x] >= 0) deep[labels[y * width + x]]++;
  }
  return deep;
}
