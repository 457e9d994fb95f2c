'use strict';
// The data that Python packed into the page.

const facts = JSON.parse(byId('data').textContent || '');
const SIZE = facts.height * facts.width;
const CLASSES = facts.classes.length;
const weights = floats(facts.weights); // (classes, pixels)
const drawn = facts.drawn ? floats(facts.drawn) : weights; // in the row of weights: they, or their effects
const bias = floats(facts.bias);
const images = bytes(facts.images); // (places, pixels)
const PLACES = facts.indices.length;
const COLOURED = facts.signedColours.dark !== undefined; // else in grey

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** @param {string} text Base64. */
function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {string} text Base64 of little-endian float32. */
function floats(text) {
  return new Float32Array(bytes(text).buffer);
}

/** Return the bytes of the image in a place. @param {number} place */
function imageAt(place) {
  return images.subarray(place * SIZE, (place + 1) * SIZE);
}

/** Return a class's name for a sentence. @param {number} label */
function nameOf(label) {
  return isolated(facts.classes[label]);
}

/** Isolate a name in a sentence, so that its writing direction does not affect the rest. @param {string} name */
function isolated(name) {
  if (/^[ -~]*$/.test(name) && document.dir !== 'rtl') return name;
  return `\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}
