// Groups: which pieces of ink are of one digit, and in which order one reads the digits of a page.

/** @import { Piece } from './pieces.js' */
/** @import { Box } from './recipe.js' */
import { facts } from './facts.js';

/** @typedef {{places: number[], box: Box}} Group Of pieces. */

/**
 * Return which pieces are of one digit: those over each other, and those next to each other.
 * @param {Piece[]} pieces
 * @param {number[]} kept Places of those that count.
 * @returns {Generator<void, Group[]>} Line by line, from left to right.
 */
export function* groupsOf(pieces, kept) {
  const groups = kept.map((place) => ({ places: [place], box: pieces[place].box }));
  yield* mergeAll(groups);
  const lines = /** @type {Group[][]} */ ([]);
  for (const group of groups.sort((a, b) => a.box[0] + a.box[2] - b.box[0] - b.box[2])) {
    const middle = (group.box[0] + group.box[2]) / 2;
    const line = lines.find((each) => middle < Math.min(...each.map(({ box }) => box[2])));
    if (line) line.push(group);
    else lines.push([group]);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.box[1] - b.box[1]));
}

/**
 * Merge groups that belong together, until none do.
 * @param {Group[]} groups
 * @returns {Generator<void, void>}
 */
function* mergeAll(groups) {
  for (let at = 0; at < groups.length; yield) { // those before it belong to no other
    const other = groups.findIndex(({ box }, each) => each !== at && belong(groups[at].box, box));
    if (other < 0) {
      at++;
      continue;
    }
    const later = Math.max(at, other);
    at = Math.min(at, other);
    const [{ places, box }] = groups.splice(later, 1);
    groups[at] = { places: [...groups[at].places, ...places], box: around(groups[at].box, box) };
  }
}

/** @param {Box} one @param {Box} other */
function belong(one, other) {
  const tallest = Math.max(one[2] - one[0], other[2] - other[0]);
  const narrowest = Math.min(one[3] - one[1], other[3] - other[1]);
  const below = Math.max(one[0], other[0]) - Math.min(one[2], other[2]); // gaps; negative where they overlap
  const beside = Math.max(one[1], other[1]) - Math.min(one[3], other[3]);
  const over = beside < 0 && -2 * beside >= narrowest && 3 * below <= tallest;
  const near = (/** @type {number} */ gap) => facts.photo.near * Math.max(gap, 0) <= tallest;
  return over || (near(below) && near(beside));
}

/** @param {Box} one @param {Box} other @returns {Box} */
function around(one, other) {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}
