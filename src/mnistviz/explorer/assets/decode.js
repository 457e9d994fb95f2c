// Decoding: a file becomes the grey levels of its picture, upright, as step 1 of docs/own-pictures.md says.

/** @import { Levels } from './area.js' */
import { facts } from './facts.js';
import { grouped } from './numbers.js';
import { inSlices } from './slices.js';
import { say } from './words.js';

const AT_ONCE = 1 << 17; // pixels that are read at once

/**
 * Return the grey levels of a picture on white, or the reason why there are none.
 * @param {Blob} file
 * @returns {Promise<Levels | string>}
 */
export async function greyOf(file) {
  const picture = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' }).catch(() => null);
  if (!picture) return say('Expected a PNG, JPEG, GIF, BMP or WebP picture, got another kind, or a broken one.');
  try {
    const { width, height } = picture;
    if (width * height > facts.form.mostPixels) {
      const size = { most: grouped(facts.form.mostPixels), width: grouped(width), height: grouped(height) };
      return say('Expected at most {most} pixels, got {width}×{height}. Make it smaller.', size);
    }
    return await inSlices(greyLevels(picture));
  } finally {
    picture.close();
  }
}

/** @param {ImageBitmap} picture @returns {Generator<void, Levels>} */
function* greyLevels(picture) {
  const { width, height } = picture;
  const levels = new Uint8Array(width * height);
  const rows = Math.max(1, Math.floor(AT_ONCE / width));
  const context = bandOf(width, rows);
  for (let top = 0; top < height; top += rows, yield) {
    context.clearRect(0, 0, width, rows);
    context.drawImage(picture, 0, -top);
    const count = Math.min(rows, height - top);
    levels.set(greys(context.getImageData(0, 0, width, count).data), top * width);
  }
  return { levels, height, width };
}

/**
 * Return a canvas to read pixels from. Canvases multiply colours by opacity: with 8 bits, that loses some; a half
 * float gives them back to the last bit. A browser without such canvases takes 8 bits.
 * @param {number} width @param {number} height
 */
function bandOf(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const settings = /** @type {CanvasRenderingContext2DSettings} */ ({ colorType: 'float16', willReadFrequently: true });
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', settings));
}

/** Return the grey levels of pixels on white. @param {Uint8ClampedArray} rgba */
function greys(rgba) {
  const levels = new Uint8Array(rgba.length / 4);
  for (let at = 0; at < levels.length; at++) {
    const [first, opacity] = [4 * at, rgba[4 * at + 3]];
    const grey = (77 * rgba[first] + 150 * rgba[first + 1] + 29 * rgba[first + 2] + 128) >> 8;
    levels[at] = Math.floor((grey * opacity + 255 * (255 - opacity) + 127) / 255);
  }
  return levels;
}
