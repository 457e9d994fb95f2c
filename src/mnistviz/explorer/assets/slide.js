// The slide: the film part of the page as a picture of its own, drawn from the state.

import { aboutText, captions } from './caption.js';
import { columns } from './columns.js';
import { byId } from './dom.js';
import { CLASSES, facts } from './facts.js';
import { positionText, verdictParts } from './header.js';
import { slideColumn, slideLabels, slideRows } from './slidecolumn.js';
import { asText, shortened, lined, pixelsOf, roomFor, shape } from './svg.js';

export const SLIDE_WIDTH = 1920;
const SLIDE_MARGIN = 60;
const LABELS = 160; // room of the words before the rows
const PITCH = { least: 90, most: 240 }; // from one column to the next
const INSIDE = SLIDE_WIDTH - 2 * SLIDE_MARGIN;
const RIGHT_TO_LEFT = document.dir === 'rtl';
const START = RIGHT_TO_LEFT ? SLIDE_WIDTH - SLIDE_MARGIN : SLIDE_MARGIN; // where lines of text begin
const END = SLIDE_WIDTH - START;

/** @typedef {Record<string, string>} Ink Colours of the page's theme. */

/** Return the colours of the theme. @returns {Ink} */
function inkOfTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ['background', 'ink', 'muted', 'line', 'bar', 'true', 'wrong', 'true-text', 'wrong-text'];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Return the slide, as the text of an SVG file. */
export function slideText() {
  const ink = inkOfTheme();
  const header = headerOf(ink);
  const bands = bandsOf(ink, header.bottom);
  const footer = footerOf(ink, bands.bottom);
  const height = 2 * Math.ceil(footer.bottom / 2);
  const parts = [...header.parts, ...bands.parts, ...footer.parts];
  return asText(shape(
    'svg',
    {
      width: SLIDE_WIDTH, height, viewBox: `0 0 ${SLIDE_WIDTH} ${height}`, lang: document.documentElement.lang,
      direction: RIGHT_TO_LEFT ? 'rtl' : 'ltr', role: 'img', 'font-family': 'system-ui, sans-serif',
    },
    shape('title', {}, byId('title').textContent ?? ''),
    shape('desc', {}, [positionText(), ...verdictParts().map(([, text]) => text), ...captions()].join(' ')),
    shape('rect', { width: SLIDE_WIDTH, height, fill: ink.background }),
    ...parts,
  ));
}

/** Return title, position and verdict, and what else there is to say. @param {Ink} ink */
function headerOf(ink) {
  const { parts, bottom } = questionOf(ink);
  const lines = captions().map((line, at) => captionOf(ink, line, bottom + 40 * (at + 1)));
  return { parts: [...parts, ...lines], bottom: bottom + 40 * lines.length };
}

/** @param {Ink} ink @param {string} line @param {number} y */
function captionOf(ink, line, y) {
  const [text, size] = shortened(line, 30, INSIDE);
  return shape('text', { x: START, y, 'font-size': size, fill: ink.ink }, text);
}

/** Return title, position and verdict: on one line, or below each other. @param {Ink} ink */
function questionOf(ink) {
  /** @type {Element[]} */
  const parts = [];
  let bottom = 40;
  for (const line of facts.title ? lined(facts.title, 40, INSIDE) : []) {
    const [text, size] = shortened(line, 40, INSIDE);
    parts.push(shape('text', { x: START, y: (bottom += 50), 'font-size': size, 'font-weight': 700, fill: ink.ink, 'unicode-bidi': 'plaintext' }, text));
  }
  const verdict = verdictParts();
  const [position, size] = [positionText(), 34];
  parts.push(shape('text', { x: START, y: (bottom += 62), 'font-size': size, fill: ink.muted }, position));
  if (roomFor(position, size) + 60 + roomOf(verdict, 52) <= INSIDE) {
    parts.push(shape('text', { x: END, y: bottom, 'font-size': 52, 'text-anchor': 'end' }, ...spansOf(ink, verdict)));
    return { parts, bottom: bottom + 20 };
  }
  const other = verdict.findIndex(([kind], at) => kind === 'true' && at > 1); // the true class of a mistake
  for (const line of other < 0 ? [verdict] : [verdict.slice(0, other), verdict.slice(other)]) {
    const fitting = Math.min(44, Math.max(20, (44 * INSIDE) / roomOf(line, 44)));
    const short = line.map(([kind, text]) => [kind, shortened(text, fitting, 0.85 * INSIDE)[0]]);
    parts.push(shape('text', { x: START, y: (bottom += 60), 'font-size': fitting }, ...spansOf(ink, short)));
  }
  return { parts, bottom: bottom + 20 };
}

/** Return how wide parts of the verdict may be on a line. @param {string[][]} parts @param {number} size */
function roomOf(parts, size) {
  return roomFor(parts.map(([, text]) => text).join('\u2002'), size);
}

/** Return parts of the verdict on a line. @param {Ink} ink @param {string[][]} parts */
function spansOf(ink, parts) {
  return parts.flatMap(([kind, text], at) => [at ? '\u2002' : '', spanOf(ink, kind, text)]);
}

/** Return a part of the verdict. @param {Ink} ink @param {string} kind @param {string} text */
function spanOf(ink, kind, text) {
  const colour = kind.includes('true') ? ink['true-text'] : kind.includes('wrong') ? ink['wrong-text'] : ink.ink;
  /** @type {Record<string, string>} */
  const isolated = kind === 'share' ? { direction: 'ltr', 'unicode-bidi': 'isolate' } : {};
  const weight = kind === 'share' || kind.startsWith('mark') ? 400 : 700;
  return shape('tspan', { fill: colour, 'font-weight': weight, ...isolated }, text);
}

/** Return the columns, in as few bands as keep them legible. @param {Ink} ink @param {number} top */
function bandsOf(ink, top) {
  const room = INSIDE - LABELS;
  const bands = Math.ceil(CLASSES / Math.floor(room / PITCH.least));
  const perBand = Math.ceil(CLASSES / bands);
  const pitch = Math.min(PITCH.most, Math.floor(room / perBand));
  const rows = slideRows(pitch);
  /** @type {Element[]} */
  const parts = [];
  for (let first = 0; first < CLASSES; first += perBand, top += rows.height) {
    parts.push(slideLabels(ink, rows, RIGHT_TO_LEFT ? SLIDE_WIDTH - SLIDE_MARGIN - LABELS : SLIDE_MARGIN, top, LABELS));
    columns.slice(first, first + perBand).forEach((_, at) => {
      const left = SLIDE_MARGIN + (RIGHT_TO_LEFT ? 0 : LABELS) + at * pitch;
      parts.push(slideColumn(ink, rows, first + at, left, top));
    });
  }
  return { parts, bottom: top };
}

/** Return what model it is and how good, and what the levels of the weights mean. @param {Ink} ink @param {number} top */
function footerOf(ink, top) {
  const [size, ramp] = [26, 180];
  const [against, pro] = facts.words.legend;
  const legend = roomFor(against, size) + ramp + roomFor(pro, size) + 30;
  const lines = lined(aboutText(), size, INSIDE - legend - 60);
  const text = { 'font-size': size, fill: ink.muted, direction: 'ltr' };
  const left = RIGHT_TO_LEFT ? END : END - legend;
  const middle = left + roomFor(against, size) + 15;
  const place = { x: middle, y: top + 22, width: ramp, height: 20 };
  const canvas = /** @type {HTMLCanvasElement} */ (byId('legend').querySelector('canvas'));
  const parts = [
    ...lines.map((line, at) => shape('text', { ...text, direction: RIGHT_TO_LEFT ? 'rtl' : 'ltr', x: START, y: top + 40 + 36 * at }, line)),
    shape('text', { ...text, x: middle - 15, y: top + 40, 'text-anchor': 'end' }, against),
    pixelsOf(canvas, place),
    shape('rect', { ...place, fill: 'none', stroke: ink.line }),
    shape('text', { ...text, x: middle + ramp + 15, y: top + 40 }, pro),
  ];
  return { parts, bottom: top + 36 * lines.length + 44 };
}
