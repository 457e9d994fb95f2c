// A column of the slide: a class's name, digit, weights and product, its bar and numbers; and the words before the rows.

/** @import { Ink } from './slide.js' */
import { columns } from './columns.js';
import { CLASSES, COLOURED, facts } from './facts.js';
import { outcomeOf } from './header.js';
import { sharedBeginning } from './names.js';
import { shareOf } from './network.js';
import { probability, signed } from './numbers.js';
import { highest, isCut, lengthOf, standingOf, view, ZERO } from './picture.js';
import { shortened, lined, shape, pixelsOf, roomFor } from './svg.js';

const [NAMES, BARS, CELL_ROOM, LEAST_GAP] = [64, 220, 160, 8]; // heights of rows, and of what is between them

/** @typedef {ReturnType<typeof slideRows>} Rows */

/** Return where everything is in a column, from its left and top. @param {number} pitch From a column to the next. */
export function slideRows(pitch) {
  const gap = Math.max(LEAST_GAP, Math.round(0.12 * pitch));
  const width = pitch - gap;
  const k = Math.max(1, Math.floor(Math.min(width / facts.width, CELL_ROOM / facts.height))); // pixels of an image pixel
  const cell = { width: k * facts.width, height: k * facts.height };
  const bars = NAMES + 3 * (cell.height + gap);
  const number = Math.min(32, width / 4.1);
  const bottom = bars + BARS + (facts.link ? 1.5 * number : 0) + 0.3 * number;
  const shared = facts.classes.every((name) => roomFor(name, 44) <= width) ? 0 : sharedBeginning(facts.classes).length;
  return { gap, width, cell, bars, number, bottom, shared, height: bottom + (CLASSES > 1 ? 40 : 0) };
}

/**
 * @param {Ink} ink
 * @param {Rows} rows
 * @param {number} label
 * @param {number} left
 * @param {number} top
 */
export function slideColumn(ink, rows, label, left, top) {
  const { gap, width, cell, number } = rows;
  const standing = standingOf(label);
  const bold = standing ? { fill: ink.ink, 'font-weight': 700 } : { fill: ink.muted, 'font-weight': 400 };
  const middle = { x: left + width / 2, 'text-anchor': 'middle' };
  const [name, size] = shortened(facts.classes[label].slice(rows.shared), 44, width);
  const named = { ...middle, ...bold, y: top + 46, 'font-size': size, 'unicode-bidi': 'plaintext' };
  const parts = [shape('text', { ...named, fill: ink[`${standing}-text`] ?? bold.fill }, name)];
  columns[label].canvases.forEach((canvas, row) => {
    const place = { x: left + Math.floor((width - cell.width) / 2), y: top + NAMES + row * (cell.height + gap), ...cell };
    parts.push(pixelsOf(canvas, place));
    const framed = COLOURED || row === 0; // as on the page
    if (framed) parts.push(shape('rect', { ...place, fill: 'none', stroke: ink.line, 'stroke-width': 2 }));
  });
  parts.push(...barOf(ink, rows, label, left, top + rows.bars));
  const logit = view.logits[label];
  const zero = top + rows.bars + ZERO * BARS;
  const baseline = logit < 0 ? zero - 0.35 * number : zero + 1.05 * number;
  parts.push(shape('text', { ...middle, ...bold, y: baseline, 'font-size': number }, signed(logit)));
  if (facts.link && !view.whole) {
    const share = probability(shareOf(view.logits, label));
    parts.push(shape('text', { ...middle, ...bold, y: top + rows.bars + BARS + 1.2 * number, 'font-size': 0.9 * number }, share));
  }
  if (standing) parts.push(frameOf(ink, rows, standing, left, top));
  return shape('g', { class: `column ${standing}`.trim() }, shape('title', {}, facts.classes[label]), ...parts);
}

/** Return the bar of a class, the line of zero and that of the highest score. @param {Ink} ink @param {Rows} rows @param {number} label @param {number} left @param {number} top */
function barOf(ink, { gap, width }, label, left, top) {
  const length = lengthOf(view.logits[label]) * BARS;
  const zero = top + ZERO * BARS;
  const [x, wide] = [left + 0.08 * width, 0.84 * width];
  const [y, high] = [zero - Math.max(0, length), Math.abs(length)];
  const fill = { true: ink.true, wrong: ink.wrong, own: ink.ink, '': ink.bar }[standingOf(label)];
  const parts = [shape('rect', { class: 'bar', x, y, width: wide, height: high, fill })];
  if (isCut(view.logits[label])) { // a longer bar is broken near its end
    const at = (/** @type {number} */ share) => (length < 0 ? y + high * (1 - share) : y + high * share);
    const corners = [[0, 0.14], [0.5, 0.06], [1, 0.14], [1, 0.2], [0.5, 0.12], [0, 0.2]];
    const points = corners.map(([across, share]) => `${(x + across * wide).toFixed(2)},${at(share).toFixed(2)}`).join(' ');
    parts.push(shape('polygon', { points, fill: ink.background }));
  }
  parts.push(shape('line', { x1: left - gap / 2, x2: left + width + gap / 2, y1: zero, y2: zero, stroke: ink.line, 'stroke-width': 2 }));
  if (view.nothing || (label === view.predicted && !view.whole)) return parts;
  /** @type {Record<string, string>} */
  const inOutcome = { right: ink.true, mistake: ink.wrong };
  const height = zero - lengthOf(highest()) * BARS;
  const stroke = inOutcome[outcomeOf()] ?? ink.ink;
  const dots = { stroke, 'stroke-width': 4, 'stroke-linecap': 'round', 'stroke-dasharray': '0 8' };
  return [...parts, shape('line', { x1: left, x2: left + width, y1: height, y2: height, ...dots })];
}

/** Return the frame of a column that is true or predicted. @param {Ink} ink @param {Rows} rows @param {string} standing @param {number} left @param {number} top */
function frameOf(ink, { gap, width, bottom }, standing, left, top) {
  const margin = gap / 4;
  const stroke = ink[standing] ?? ink.ink; // of what is true or wrong; else of an own drawing
  const place = { x: left - margin, y: top + NAMES - margin, width: width + 2 * margin, height: bottom - NAMES + margin };
  const dashes = standing === 'wrong' ? '14 8' : 'none';
  return shape('rect', { class: 'frame', ...place, fill: 'none', stroke, 'stroke-width': Math.max(4, gap / 4), 'stroke-dasharray': dashes });
}

/** Return symbols and words before the rows of a band. @param {Ink} ink @param {Rows} rows @param {number} left @param {number} top @param {number} room */
export function slideLabels(ink, { bars, cell, gap, number }, left, top, room) {
  const middles = [0, 1, 2].map((row) => NAMES + row * (cell.height + gap) + cell.height / 2);
  middles.push(bars + BARS / 2, bars + BARS + 1.2 * number - 8);
  const x = left + (room - 20) / 2;
  const words = view.whole ? facts.words.rows.slice(0, 4) : facts.words.rows; // no probabilities of a part
  const parts = words.flatMap(([symbol, word], row) => {
    const lines = lined(word, 26, room - 20);
    const first = top + middles[row] + (symbol ? 26 : 8) - (lines.length - 1) * 15;
    const text = { x, 'text-anchor': 'middle' };
    return [
      ...(symbol ? [shape('text', { ...text, y: first - 30, 'font-size': 44, fill: ink.ink }, symbol)] : []),
      ...lines.map((line, at) => {
        const [short, size] = shortened(line, 26, room - 20);
        return shape('text', { ...text, y: first + 30 * at, 'font-size': size, fill: ink.muted }, short);
      }),
    ];
  });
  return shape('g', {}, ...parts);
}
