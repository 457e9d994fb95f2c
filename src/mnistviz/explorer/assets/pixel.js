// One pixel: chosen in any picture, and what it adds in each column.

import { keepAddress } from './address.js';
import { columns, sumWords, worded } from './columns.js';
import { byId, setLast, setNumber, setText } from './dom.js';
import { bias, facts, SIZE, weights } from './facts.js';
import { decimal, fine } from './numbers.js';
import { view } from './picture.js';
import { state } from './state.js';
import { placeOf } from './strokes.js';
import { say } from './words.js';

/** Look at a pixel. @param {number} pixel */
export function point(pixel) {
  if (pixel === state.pixel) return;
  state.pixel = pixel;
  markPixel();
  writePixel();
  keepAddress();
}

/** Mark the selected pixel in all cells. */
export function markPixel() {
  const [row, column] = placeOf(state.pixel);
  byId('table').classList.toggle('pointed', state.pixel >= 0);
  if (state.pixel < 0) return;
  const { style } = byId('table');
  style.setProperty('--x', String(column / facts.width));
  style.setProperty('--y', String(row / facts.height));
  setNumber('pixel-row', row);
  setNumber('pixel-column', column);
}

/** Write what the selected pixel adds in each column. */
export function writePixel() {
  const { pixel } = state;
  if (pixel < 0) return setText(byId('pixel-text'), '');
  // Translators: after two fields to fill in: "Pixel in row 5 column 6 has the value 0.50".
  setText(byId('pixel-text'), say('has the value {number}', { number: decimal(view.pixels[pixel].toFixed(2)) }));
  const sums = runningSums(pixel);
  columns.forEach((parts, label) => writeSums(parts.sums, label, pixel, sums[label]));
}

/** @param {HTMLElement} element @param {number} label @param {number} pixel @param {number} sum */
function writeSums(element, label, pixel, sum) {
  const at = label * SIZE + pixel;
  if (!element.firstChild) element.append(...sumWords().map(([, word]) => worded('span', '', word, ' ')));
  const numbers = [weights[at], view.contributions[at], sum];
  numbers.forEach((number, line) => setLast(element.children[line], fine(number)));
}

/**
 * Return the pixel of an image that an event points at.
 * @param {PointerEvent} event
 * @param {Element} picture
 */
export function pixelUnder(event, picture) {
  const box = picture.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * facts.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * facts.height);
  const inside = row >= 0 && row < facts.height && column >= 0 && column < facts.width;
  return inside ? row * facts.width + column : -1;
}

/** @param {PointerEvent} event */
export function pointAtCell(event) {
  const target = event.target instanceof HTMLCanvasElement ? event.target : null;
  if (target) point(pixelUnder(event, target));
}

/** Select the pixel whose row and column were typed. */
export function pointByNumber() {
  const [row, column] = ['pixel-row', 'pixel-column'].map((id) => /** @type {HTMLInputElement} */ (byId(id)));
  point(wholeIn(row) * facts.width + wholeIn(column));
}

/**
 * Return the nearest whole number that a field allows.
 * @param {HTMLInputElement} input
 */
function wholeIn(input) {
  return Math.min(Number(input.max), Math.max(0, Math.floor(Number(input.value) || 0)));
}

/**
 * Return for each class its bias plus all products up to that of a pixel.
 * @param {number} pixel
 */
function runningSums(pixel) {
  return Array.from(bias, (start, label) => {
    const first = label * SIZE;
    return view.contributions.subarray(first, first + pixel + 1).reduce((sum, it) => sum + it, start);
  });
}
