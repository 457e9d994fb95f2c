// Own pictures that were opened: their images have places after those of the page's test images.

import { imageAt, PLACES, SIZE } from './facts.js';

const UNKNOWN = 'picture.png'; // of a picture that a link holds, or one of several drawings

/** @type {{levels: Uint8Array, name: string}[]} */
const opened = [];

/** Return the place of an opened image. @param {Uint8Array} levels @param {string} [name] Of its file, if it has one drawing. */
export function placeOfOwn(levels, name = UNKNOWN) {
  const known = opened.findIndex((other) => other.levels.every((level, at) => level === levels[at]));
  return PLACES + (known < 0 ? opened.push({ levels, name }) - 1 : known);
}

/** Return the name of the file of an opened image. @param {number} place */
export function fileOfOwn(place) {
  return opened[place - PLACES].name;
}

/** @param {number} place */
export function isOwn(place) {
  return place >= PLACES;
}

/** Return the levels of the image in a place, of the page or opened. @param {number} place */
export function levelsAt(place) {
  return isOwn(place) ? opened[place - PLACES].levels : imageAt(place);
}

const MOST_TEXT = 8000; // letters: longer links are cut by some of the programs that pass them on

/** Return an image as text that a link can hold, or nothing if it is too long for that. @param {number} place */
export function ownAsText(place) {
  const text = btoa(String.fromCharCode(...packed(levelsAt(place))));
  return text.length > MOST_TEXT ? '' : text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Return the place of the image in a text, or -1 if it is damaged. @param {string} text */
export function ownOfText(text) {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1 || text.length > MOST_TEXT) return -1;
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const levels = levelsOf([...letters].map((letter) => letter.charCodeAt(0)));
  return levels.length === SIZE ? placeOfOwn(Uint8Array.from(levels)) : -1;
}

/** Return levels with how many there are after each first 0, since most are 0. @param {Uint8Array} levels */
function packed(levels) {
  const bytes = [];
  for (let at = 0; at < SIZE; at++) {
    bytes.push(levels[at]);
    if (levels[at]) continue;
    let run = 1;
    while (run < 255 && levels[at + run] === 0) run++;
    bytes.push(run);
    at += run - 1;
  }
  return bytes;
}

/** @param {number[]} bytes */
function levelsOf(bytes) {
  const levels = [];
  for (let at = 0; at < bytes.length && levels.length <= SIZE; at++) {
    if (bytes[at]) levels.push(bytes[at]);
    else levels.push(...new Array(bytes[++at] ?? 0).fill(0));
  }
  return levels;
}
