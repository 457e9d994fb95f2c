// Light: a picture as it would be in even light, dark on light; `_relit` in Python says why.

/** @import { Levels } from './area.js' */
/** @import { Numbers } from './windows.js' */
import { facts } from './facts.js';
import { median, quantile } from './quantiles.js';
import { extremes } from './windows.js';

/**
 * @typedef {Levels & {strength: Float64Array}} Relit
 *   Levels in even light, and how much darker the darker one of ink and paper is, as a share of the other.
 */

/**
 * @param {Numbers} picture
 * @param {number} side Of the window that no stroke fills.
 * @param {boolean} light Whether ink is light.
 * @returns {Generator<void, Relit>}
 */
export function* relitOf(picture, side, light) {
  const closed = yield* extremes(picture, side, !light);
  const paper = (yield* extremes(closed, side, light)).levels;
  const shares = yield* (light ? lightShares : darkShares)(picture.levels, paper);
  yield;
  const { darkest } = facts.photo;
  const strength = picture.levels.map((each, at) => Math.abs(each - paper[at]) / (Math.max(each, paper[at]) + darkest));
  return { ...picture, levels: new Uint8Array(shares.map(levelOf)), strength };
}

/**
 * Return how much of the light each pixel has.
 * @param {Float64Array} level
 * @param {Float64Array} paper
 */
function* darkShares(level, paper) {
  const shares = level.map((each, at) => each / Math.max(paper[at], 1));
  yield;
  const usual = Math.max(median(shares.slice().sort()), 0.01);
  yield;
  return shares.map((share) => share / usual);
}

/**
 * Return the same where ink is what is lighter than the paper.
 * @param {Float64Array} level
 * @param {Float64Array} paper
 */
function* lightShares(level, paper) {
  const apart = level.map((each, at) => (each - paper[at]) / (paper[at] + facts.photo.darkest));
  yield;
  const usual = median(apart.slice().sort());
  yield;
  const more = apart.map((each) => Math.max(each - usual, 0));
  yield;
  const most = Math.max(quantile(more.slice().sort(), 0.998), 0.5);
  yield;
  return more.map((each) => 1 - each / most);
}

/** Return the level of a share of the paper's light: the nearest, of two the even one. @param {number} share */
function levelOf(share) {
  const level = facts.photo.paper * Math.min(Math.max(share, 0), 1);
  const below = Math.floor(level);
  if (level - below === 0.5) return below + (below % 2);
  return Math.floor(level + 0.5);
}
