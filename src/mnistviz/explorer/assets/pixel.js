// One pixel: chosen in any picture, and what it adds in each column.

import { keepAddress } from './address.js';
import { looked } from './closer.js';
import { columns, sumWords, worded } from './columns.js';
import { byId, setLast, setNumber, setText } from './dom.js';
import { bias, facts, SIZE, weights } from './facts.js';
import { nameOf } from './names.js';
import { decimal, fine } from './numbers.js';
import { pad } from './pad.js';
import { markOnPad, pixelIn } from './paper.js';
import { view } from './picture.js';
import { state } from './state.js';
import { placeOf } from './strokes.js';
import { say } from './words.js';

const hovered = { pixel: -1, label: -1 }; // under the pointer: goes when it leaves

/** Return the pixel that is looked at, under the pointer or else pinned; or -1. */
function pointed() {
  return hovered.pixel >= 0 ? hovered.pixel : state.pixel;
}

/** Look at a pixel for as long as the pointer is there. @param {number} pixel @param {number} [label] Of its column. */
export function hover(pixel, label = -1) {
  if (pixel === hovered.pixel && label === hovered.label) return;
  Object.assign(hovered, { pixel, label });
  markPixel();
  writePixel();
}

/** Look at a pixel until another one is pinned, or with -1 at none. @param {number} pixel */
export function pin(pixel) {
  state.pixel = pixel;
  markPixel();
  writePixel();
  keepAddress();
}

/** Mark the pixel in all cells. */
export function markPixel() {
  const pixel = pointed();
  const [row, column] = placeOf(pixel);
  byId('table').classList.toggle('pointed', pixel >= 0);
  if (pixel < 0) return;
  const { style } = byId('table');
  style.setProperty('--x', String(column / facts.width));
  style.setProperty('--y', String(row / facts.height));
  setNumber('pixel-row', row);
  setNumber('pixel-column', column);
}

/** Write what the pixel adds in each column. */
export function writePixel() {
  const pixel = pointed();
  setText(byId('pixel-text'), pixel < 0 ? '' : pixelText(pixel));
  if (pixel < 0) return;
  markOnPad(pixel);
  const sums = runningSums(pixel);
  columns.forEach((parts, label) => writeSums(parts.sums, label, pixel, sums[label]));
}

/** @param {number} pixel */
function pixelText(pixel) {
  const label = hovered.label >= 0 ? hovered.label : looked()[0];
  const at = label * SIZE + pixel;
  // Translators: as in "pixel 0.99 × weight −0.82 = −0.81 for 7".
  return say('pixel {pixel} × weight {weight} = {product} for {name}', {
    pixel: decimal(view.pixels[pixel].toFixed(2)),
    weight: fine(weights[at]),
    product: fine(view.contributions[at]),
    name: nameOf(label),
  });
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
 * @param {MouseEvent} event
 * @param {Element} picture
 */
export function pixelUnder(event, picture) {
  const box = picture.getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  return pixelIn(x, y, picture === pad);
}

/** Listen to the pointer over all pictures: it looks at a pixel, and a click pins it. */
export function listenToPixels() {
  const picture = (/** @type {Event} */ { target }) => (target instanceof HTMLCanvasElement ? target : null);
  const labelOf = (/** @type {Element} */ canvas) => columns.findIndex(({ root }) => root.contains(canvas));
  for (const id of ['bands', 'loupe', 'paper']) {
    byId(id).addEventListener('pointermove', (event) => {
      const canvas = picture(event);
      if (canvas && !event.buttons) hover(pixelUnder(event, canvas), labelOf(canvas));
      else hover(-1);
    });
    byId(id).addEventListener('pointerleave', () => hover(-1));
  }
  byId('paper').addEventListener('pointerdown', () => {
    if (view.nothing) pin(-1); // it is of the drawing before
  });
  for (const id of ['bands', 'loupe']) {
    byId(id).addEventListener('click', (event) => {
      const canvas = picture(event);
      if (canvas) pin(pixelUnder(event, canvas));
    });
  }
}

/** Select the pixel whose row and column were typed. */
export function pointByNumber() {
  const [row, column] = ['pixel-row', 'pixel-column'].map((id) => /** @type {HTMLInputElement} */ (byId(id)));
  pin(wholeIn(row) * facts.width + wholeIn(column));
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
