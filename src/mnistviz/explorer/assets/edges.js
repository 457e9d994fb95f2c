// Edges: whether the light on a drawing is even, and whether what looks like ink ends as ink does.

/** @import { Levels } from './area.js' */
import { facts } from './facts.js';
import { borderOf } from './ink.js';
import { median, quantile, sortedWhere } from './quantiles.js';
import { extremes } from './windows.js';

/** Return whether the border has one level, apart from a tenth of its pixels. @param {Levels} picture */
export function isEven(picture) {
  const border = borderOf(picture);
  return quantile(border, 0.95) - quantile(border, 0.05) <= facts.photo.even;
}

/**
 * Return whether ink on an even background has edges that are as strong as it is dark, or light.
 * @param {Levels} picture
 * @param {Uint8Array} mask Where ink is.
 * @returns {Generator<void, boolean>}
 */
export function* isSharp(picture, mask) {
  const inked = mask.reduce((count, set) => count + set, 0);
  if (!inked || inked === mask.length) return true;
  const ink = median(sortedWhere(picture.levels, mask));
  yield;
  const paper = median(sortedWhere(picture.levels, mask.map((set) => 1 - set)));
  yield;
  const [dark, light] = [Math.min(ink, paper), Math.max(ink, paper)];
  return yield* hasEdges(picture, mask, (light - dark) / (light + facts.photo.darkest));
}

/**
 * Return whether ink ends within some pixels nearly all around, as strokes do, and light does not: three quarters of
 * the outline have half of a strong edge, which is one of the strongest quarter, or at least the least that is given.
 * @param {Levels} picture
 * @param {Uint8Array} mask
 * @param {number} least
 * @returns {Generator<void, boolean>}
 */
export function* hasEdges(picture, mask, least) {
  const outline = outlineOf(mask, picture);
  if (!outline.includes(1)) return true;
  yield;
  const lightest = (yield* extremes(picture, facts.photo.edge, true)).levels;
  const darkest = (yield* extremes(picture, facts.photo.edge, false)).levels;
  const edges = lightest.map((light, at) => (light - darkest[at]) / (light + facts.photo.darkest));
  yield;
  const sorted = sortedWhere(edges, outline);
  return 2 * quantile(sorted, 0.25) >= Math.max(quantile(sorted, 0.75), least);
}

/** Return where a mask has a neighbour outside of it. @param {Uint8Array} mask @param {Levels} size */
function outlineOf(mask, { height, width }) {
  return mask.map((set, at) => {
    const [y, x] = [Math.floor(at / width), at % width];
    const above = y === 0 || mask[at - width];
    const below = y === height - 1 || mask[at + width];
    const inner = above && below && (x === 0 || mask[at - 1]) && (x === width - 1 || mask[at + 1]);
    return Number(set && !inner);
  });
}
