// Strokes: the ink that a pen leaves on the pad, in whole units.

import { facts } from './facts.js';
import { halfUp } from './area.js';

/**
 * @typedef {{tool: 'brush' | 'eraser' | 'flip', radius: number, points: number[]}} Stroke
 *   A line of the pen: its radius and the x and y of its points, in units of the pad. A flip is no line: it changes
 *   the pixels that change the answer to the image so far.
 */

// The side of an image pixel in units of the pad.
export const UNITS = Math.max(4, Math.floor(224 / Math.max(facts.height, facts.width)));
export const PAD = { width: UNITS * facts.width, height: UNITS * facts.height };
export const WIDEST = 22; // the largest radius of a pen

/**
 * Set all units of the pad that are at most a radius from a line. All numbers are whole, so that any
 * program gets the same result.
 * @param {Uint8Array} ink The pad, row by row.
 * @param {number[]} line x and y of its start, and of its end.
 * @param {number} radius
 * @param {number} value What to set.
 */
function stamp(ink, [x0, y0, x1, y1], radius, value) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length2 = dx * dx + dy * dy;
  const last = { x: Math.max(x0, x1) + radius, y: Math.max(y0, y1) + radius };
  for (let y = Math.max(0, Math.min(y0, y1) - radius); y <= Math.min(PAD.height - 1, last.y); y++) {
    for (let x = Math.max(0, Math.min(x0, x1) - radius); x <= Math.min(PAD.width - 1, last.x); x++) {
      const along = (x - x0) * dx + (y - y0) * dy;
      const across = (x - x0) * dy - (y - y0) * dx;
      const near =
        along <= 0 ? (x - x0) ** 2 + (y - y0) ** 2 <= radius ** 2
        : along >= length2 ? (x - x1) ** 2 + (y - y1) ** 2 <= radius ** 2
        : across ** 2 <= radius ** 2 * length2;
      if (near) ink[y * PAD.width + x] = value;
    }
  }
}

/**
 * Stamp a stroke from one of its points on.
 * @param {Uint8Array} ink
 * @param {Stroke} stroke
 * @param {number} value
 * @param {number} [from]
 */
export function stampFrom(ink, stroke, value, from = 0) {
  const { points, radius } = stroke;
  if (points.length === 2) stamp(ink, [points[0], points[1], points[0], points[1]], radius, value);
  for (let at = Math.max(0, from - 1) * 2; at + 3 < points.length; at += 2) {
    stamp(ink, points.slice(at, at + 4), radius, value);
  }
}

/**
 * Return an image with a stroke on it: each pixel takes or loses as much ink as the stroke covers of it.
 * @param {Uint8Array} before The image.
 * @param {Uint8Array} covered The pad: 1 where the stroke is.
 * @param {Stroke['tool']} tool
 */
export function touched(before, covered, tool) {
  return before.map((level, pixel) => {
    const share = halfUp(255 * coverage(covered, pixel), UNITS * UNITS);
    return tool === 'brush' ? Math.max(level, share) : Math.min(level, 255 - share);
  });
}

/**
 * Return how many units of a pixel a stroke covers.
 * @param {Uint8Array} covered
 * @param {number} pixel
 */
function coverage(covered, pixel) {
  const [row, column] = placeOf(pixel);
  let count = 0;
  for (let y = row * UNITS; y < (row + 1) * UNITS; y++) {
    const start = y * PAD.width + column * UNITS;
    for (let at = start; at < start + UNITS; at++) count += covered[at];
  }
  return count;
}

/** Return row and column of a pixel. @param {number} pixel */
export function placeOf(pixel) {
  return [Math.floor(pixel / facts.width), pixel % facts.width];
}
