// The large picture of contributions: which pixels count for a class, and which against it.

import { byId } from './dom.js';
import { facts } from './facts.js';
import { paintOutline } from './outline.js';
import { brightLevels, paintCell, signedColours } from './paint.js';
import { placeOf } from './strokes.js';
import { signedLevel } from './tones.js';

export const loupe = /** @type {HTMLCanvasElement} */ (byId('loupe'));
const small = document.createElement('canvas'); // an image at its own size, to be drawn larger
[small.width, small.height] = [facts.width, facts.height];

const LEAST_SIGNED = 0.1 * facts.fullWeight; // less is not visible as a grey, either

/** Give the large picture whole pixels of the screen. */
export function sizeLoupe() {
  const k = Math.max(1, Math.round((loupe.clientWidth * devicePixelRatio) / facts.width));
  [loupe.width, loupe.height] = [k * facts.width, k * facts.height];
}

/** Whether a pixel of the large picture has room for a sign. */
export function signsFit() {
  return loupe.width >= 7 * facts.width;
}

/**
 * Draw contributions large, each with its sign, and the outline of what is drawn.
 * @param {Float32Array} values
 * @param {Float32Array} pixels
 */
export function paintLoupe(values, pixels) {
  const k = loupe.width / facts.width;
  const context = loupe.getContext('2d');
  if (!context) return;
  context.imageSmoothingEnabled = false;
  paintCell(small, signedColours, (pixel) => signedLevel(values[pixel]));
  context.drawImage(small, 0, 0, loupe.width, loupe.height);
  if (signsFit()) paintSigns(context, k, values);
  paintOutline(context, k, pixels);
}

/**
 * Draw a plus or a minus on the pixels that contribute enough, white or, on the bright ones, black.
 * @param {CanvasRenderingContext2D} context
 * @param {number} k
 * @param {Float32Array} values
 */
function paintSigns(context, k, values) {
  const [arm, thick] = [Math.max(2, Math.round(k / 4)), Math.max(1, Math.round(k / 10))];
  const inset = Math.floor((k - thick) / 2);
  const signs = [new Path2D(), new Path2D()];
  values.forEach((value, pixel) => {
    if (Math.abs(value) < LEAST_SIGNED) return;
    const sign = signs[brightLevels[signedLevel(value)]];
    const [row, column] = placeOf(pixel);
    const [x, y] = [column * k + inset, row * k + inset];
    sign.rect(x - arm, y, 2 * arm + thick, thick);
    if (value > 0) sign.rect(x, y - arm, thick, 2 * arm + thick);
  });
  signs.forEach((sign, bright) => {
    context.fillStyle = bright ? '#000' : '#fff';
    context.fill(sign);
  });
}
