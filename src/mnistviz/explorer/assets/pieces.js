// Pieces: ink that touches, also at a corner.

/** @import { Box } from './recipe.js' */

/** @typedef {{box: Box, size: number}} Piece */
/** @typedef {{row: number, start: number, end: number, number: number}} Run Of set pixels in a row. */

/**
 * Find the pieces of a mask.
 * @param {Uint8Array} mask
 * @param {number} height
 * @param {number} width
 * @returns {Generator<void, {labels: Int32Array, pieces: Piece[]}>} The place of each pixel's piece, or -1.
 */
export function* piecesOf(mask, height, width) {
  const parents = /** @type {number[]} */ ([]);
  const runs = /** @type {Run[]} */ ([]);
  let above = /** @type {Run[]} */ ([]);
  for (let row = 0; row < height; row++, yield) {
    const here = runsOf(mask, row, width, parents.length);
    for (const run of here) {
      parents.push(run.number);
      for (const other of above) {
        if (other.start <= run.end && run.start <= other.end) parents[rootOf(parents, run.number)] = rootOf(parents, other.number);
      }
    }
    runs.push(...here);
    above = here;
  }
  return gathered(runs, parents, new Int32Array(mask.length).fill(-1), width);
}

/** @param {Uint8Array} mask @param {number} row @param {number} width @param {number} number Of the first. */
function runsOf(mask, row, width, number) {
  const runs = /** @type {Run[]} */ ([]);
  for (let x = 0; x < width; x++) {
    if (!mask[row * width + x]) continue;
    const start = x;
    while (x < width && mask[row * width + x]) x++;
    runs.push({ row, start, end: x, number: number++ });
  }
  return runs;
}

/** Return the run that stands for all that touch a run so far. @param {number[]} parents @param {number} number */
function rootOf(parents, number) {
  while (parents[number] !== number) {
    parents[number] = parents[parents[number]];
    number = parents[number];
  }
  return number;
}

/** @param {Run[]} runs @param {number[]} parents @param {Int32Array} labels @param {number} width */
function gathered(runs, parents, labels, width) {
  const places = new Map();
  const pieces = /** @type {Piece[]} */ ([]);
  for (const { row, start, end, number } of runs) {
    const root = rootOf(parents, number);
    const place = places.get(root) ?? pieces.push({ box: [row, start, row, end], size: 0 }) - 1;
    places.set(root, place);
    const piece = pieces[place];
    const [top, left, , right] = piece.box;
    piece.box = [top, Math.min(left, start), row + 1, Math.max(right, end)];
    piece.size += end - start;
    labels.fill(place, row * width + start, row * width + end);
  }
  return { labels, pieces };
}
