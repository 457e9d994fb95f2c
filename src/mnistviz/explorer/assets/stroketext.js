// Strokes as text: how an address holds a drawing.

/** @import { Stroke } from './strokes.js' */
import { penWidth } from './pen.js';
import { PAD } from './strokes.js';

const MOST_POINTS = 20000; // of a drawing in an address

/**
 * Return a stroke as letters and digits: tool, radius, and the coordinates, two digits each.
 * @param {Stroke} stroke
 */
export function strokeAsText({ tool, radius, points }) {
  return tool[0] + [radius, ...points].map((value) => value.toString(36).padStart(2, '0')).join('');
}

/**
 * Return the strokes of an address; none if it is damaged.
 * @param {string} text
 * @returns {Stroke[]}
 */
export function strokesOf(text) {
  if (!/^([be]\w\w(\w{4})+(\.(?!$)|$))+$/.test(text) || text.length > 4 * MOST_POINTS) return [];
  const strokes = text.split('.').map((part) => {
    const [radius, ...points] = (part.slice(1).match(/../g) ?? []).map((pair) => parseInt(pair, 36));
    return { tool: part[0] === 'b' ? /** @type {const} */ ('brush') : /** @type {const} */ ('eraser'), radius, points };
  });
  const fits = strokes.every(
    ({ radius, points }) =>
      radius >= 1 && radius <= Number(penWidth.max) &&
      points.every((value, at) => value >= 0 && value < (at % 2 ? PAD.height : PAD.width)),
  );
  return fits ? strokes : [];
}
