// Strokes as text: how an address holds a drawing.

/** @import { Stroke } from './strokes.js' */
import { PAD, WIDEST } from './strokes.js';

const MOST_POINTS = 20000; // of a drawing in an address
const MOST_FLIPS = 100; // each takes as long as thousands of points

/**
 * Return a stroke as letters and digits: tool, radius, and the coordinates, two digits each; of a flip only the letter.
 * @param {Stroke} stroke
 */
export function strokeAsText({ tool, radius, points }) {
  if (tool === 'flip') return 'f';
  return tool[0] + [radius, ...points].map((value) => value.toString(36).padStart(2, '0')).join('');
}

/**
 * Return the strokes of an address; none if it is damaged.
 * @param {string} text
 * @returns {Stroke[]}
 */
export function strokesOf(text) {
  if (!/^(([be]\w\w(\w{4})+|f)(\.(?!$)|$))+$/.test(text) || text.length > 4 * MOST_POINTS) return [];
  const strokes = text.split('.').map((part) => {
    if (part === 'f') return { tool: /** @type {const} */ ('flip'), radius: 0, points: [] };
    const [radius, ...points] = (part.slice(1).match(/../g) ?? []).map((pair) => parseInt(pair, 36));
    return { tool: part[0] === 'b' ? /** @type {const} */ ('brush') : /** @type {const} */ ('eraser'), radius, points };
  });
  const fits = strokes.every(
    ({ tool, radius, points }) =>
      (tool === 'flip' || radius >= 1) && radius <= WIDEST &&
      points.every((value, at) => value >= 0 && value < (at % 2 ? PAD.height : PAD.width)),
  );
  const flips = strokes.filter(({ tool }) => tool === 'flip');
  return fits && flips.length <= MOST_FLIPS ? strokes : [];
}
