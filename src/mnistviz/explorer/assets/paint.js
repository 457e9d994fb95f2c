// Levels as colours, and cells of them.

import { byId } from './dom.js';
import { bytes, facts, SIZE } from './facts.js';

export const GREYS = Uint32Array.from({ length: 256 }, (_, level) => colour(level, level, level));

export let signedColours = GREYS;
export let brightLevels = GREYS.map(isBright); // on which black is more visible than white
export let outlineColour = '';
export const cellImage = new ImageData(facts.width, facts.height);
const cellColours = new Uint32Array(cellImage.data.buffer);

/**
 * Return an opaque colour as an ImageData holds it.
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
function colour(red, green, blue) {
  return new Uint32Array(new Uint8Array([red, green, blue, 255]).buffer)[0];
}

/**
 * Return 1 if the luma of a colour is in the upper half, else 0.
 * @param {number} colour
 */
function isBright(colour) {
  const [red, green, blue] = new Uint8Array(Uint32Array.of(colour).buffer);
  return Number(77 * red + 150 * green + 29 * blue >= 256 * 128);
}

/** Return whether the page is light: by its theme, by what the reader's browser asks for, or on paper. */
export function isLight() {
  return facts.theme === 'light' || matchMedia('print').matches ||
    (facts.theme === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
}

/** Take the colours that canvases are drawn with from the current theme. */
export function takeColours() {
  const coloured = facts.signedColours[isLight() ? 'light' : 'dark'];
  if (coloured) {
    const levels = bytes(coloured);
    signedColours = GREYS.map((_, level) => {
      const [red, green, blue] = levels.subarray(3 * level);
      return colour(red, green, blue);
    });
    brightLevels = signedColours.map(isBright);
  }
  outlineColour = getComputedStyle(document.documentElement).getPropertyValue('--wrong');
  setEnd('against', 0);
  setEnd('for', 255);
}

/**
 * Draw levels into a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint32Array} colours
 * @param {(pixel: number) => number} level
 * @param {number} [x] Where, from the left, in whole pixels.
 * @param {number} [y]
 */
export function paintCell(canvas, colours, level, x = 0, y = 0) {
  for (let pixel = 0; pixel < SIZE; pixel++) cellColours[pixel] = colours[level(pixel)];
  canvas.getContext('2d')?.putImageData(cellImage, x, y);
}

/** Give the style an end of the colours, and what is legible on it. @param {string} name @param {number} level */
function setEnd(name, level) {
  const { style } = byId('table');
  const [red, green, blue] = new Uint8Array(Uint32Array.of(signedColours[level]).buffer);
  style.setProperty(`--${name}`, `rgb(${red} ${green} ${blue})`);
  style.setProperty(`--on-${name}`, brightLevels[level] ? '#000' : '#fff');
}
