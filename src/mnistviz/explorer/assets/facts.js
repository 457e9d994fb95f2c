// The data that Python packed into the page.

import { byId } from './dom.js';

/**
 * @typedef {object} Facts What `facts.pack` in Python writes.
 * @property {string} name Of the data set.
 * @property {string} noun What its images show.
 * @property {string} title
 * @property {string[]} classes
 * @property {number} height
 * @property {number} width
 * @property {string} weights Base64 of (classes, pixels) in float32.
 * @property {string} bias
 * @property {string} drawn The effects of the weights, or nothing.
 * @property {number} fullWeight The weight that is white.
 * @property {number} exponent Of the tone curve.
 * @property {[number, number]} range Scores of the longest bars.
 * @property {number} total How many test images there are.
 * @property {string} scope How those of the page were selected.
 * @property {number[]} indices
 * @property {number[]} labels
 * @property {number[]} predicted
 * @property {string} ranks Base64 of (places) in uint32: of how many images the network is surer.
 * @property {string[]} images Parts of (places, pixels), deflated, as base64.
 * @property {number[][]} checks Logits of the first images, as NumPy has them.
 * @property {number} tolerance
 * @property {string} link What makes probabilities of scores: 'softmax', 'logistic' or nothing.
 * @property {{rows: [string, string][], link: string, right: string, wrong: string, legend: string[], footer: string,
 *   true: string, false: string}} words
 * @property {{digits: string[], point: string, group: string, grouped: number, percent: string[], mark: string}} numbers
 * @property {Record<string, string>} messages Translations.
 * @property {Record<string, {forms: string[], choice: string}>} counted
 * @property {{box: number, field: number, leastContrast: number, paperDivisor: number, mostPixels: number}} form
 * @property {Record<'worked' | 'window' | 'even' | 'speck' | 'near' | 'much' | 'darkest' | 'edge' | 'paper' | 'deep' |
 *   'many', number>} photo What `photo.py` says of each.
 * @property {Versions | null} versions Of the model, for sliders.
 * @property {string} theme
 * @property {{arguments: string[], files: string[]}} command What every command of the page is given, and names.
 * @property {Record<string, string>} signedColours Base64 of 256 × (red, green, blue), by theme.
 */

/**
 * @typedef {object} Versions What `versions.pack_versions` in Python writes.
 * @property {number[]} steps The last is the trained model's.
 * @property {number[]} stepAccuracies
 * @property {number[]} smoothness
 * @property {number[]} smoothnessAccuracies
 * @property {number} own Place of the trained model's smoothness.
 * @property {string} levels Base64 of (versions, classes, pixels) in int8, deflated.
 * @property {string} scales Base64 of (versions, classes) in float32: of a level of 1.
 * @property {string} bias Base64 of (versions, classes) in float32.
 * @property {string} ink Base64 of (pixels) in float32: the typical ink, where effects are drawn; or nothing.
 */

/** @type {Facts} */
export const facts = JSON.parse(byId('data').textContent || '');

export const SIZE = facts.height * facts.width;
export const CLASSES = facts.classes.length;

// Of the version in force: see versions.js.
export const weights = floats(facts.weights); // (classes, pixels)
export const drawn = facts.drawn ? floats(facts.drawn) : weights; // in the row of weights: they, or their effects
export const bias = floats(facts.bias);

export const PLACES = facts.indices.length;
const images = new Uint8Array(PLACES * SIZE); // (places, pixels); see `unpackImages`

export const COLOURED = facts.signedColours.dark !== undefined; // else in grey

/** @param {string} text Base64. */
export function bytes(text) {
  const letters = atob(text);
  const array = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) array[at] = letters.charCodeAt(at);
  return array;
}

/** Unpack the images, part by part, so that a page of very many is never busy for long. */
export async function unpackImages() {
  let at = 0;
  for (const part of facts.images) {
    const unpacked = await inflated(part);
    images.set(new Uint8Array(unpacked), at);
    at += unpacked.byteLength;
  }
}

/** @param {string} text Base64 of deflated bytes. */
export function inflated(text) {
  const packed = new Blob([bytes(text)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}

/** @param {string} text Base64 of little-endian float32. */
export function floats(text) {
  return new Float32Array(bytes(text).buffer);
}

/** Return the bytes of the image in a place. @param {number} place */
export function imageAt(place) {
  return images.subarray(place * SIZE, (place + 1) * SIZE);
}
