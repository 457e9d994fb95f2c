// The outline of what is drawn, on the large picture: as stills of `why` have it.

import { facts } from './facts.js';
import { outlineColour } from './paint.js';
import { placeOf } from './strokes.js';

const INK = 0.5; // a pixel of more is inside of the outline

/**
 * Draw a line between each pixel of ink and its neighbours without.
 * @param {CanvasRenderingContext2D} context
 * @param {number} k Its pixels for one of the image.
 * @param {Float32Array} pixels
 */
export function paintOutline(context, k, pixels) {
  const thick = Math.max(2, Math.round(k / 8));
  const half = Math.floor(thick / 2);
  context.beginPath();
  pixels.forEach((pixel, at) => {
    if (pixel <= INK) return;
    const [row, column] = placeOf(at);
    const isInk = (/** @type {number} */ down, /** @type {number} */ right) => inkAt(pixels, row + down, column + right);
    for (const side of [0, 1]) {
      if (!isInk(0, 2 * side - 1)) context.rect((column + side) * k - half, row * k - half, thick, k + thick);
      if (!isInk(2 * side - 1, 0)) context.rect(column * k - half, (row + side) * k - half, k + thick, thick);
    }
  });
  context.fillStyle = outlineColour;
  context.fill();
}

/** @param {Float32Array} pixels @param {number} row @param {number} column */
function inkAt(pixels, row, column) {
  return row >= 0 && row < facts.height && column >= 0 && column < facts.width && pixels[row * facts.width + column] > INK;
}
