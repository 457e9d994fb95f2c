// SVG: a picture as a document of its own. It has attributes alone, and no style, which the page's policy would refuse.

import { widthOf } from './layout.js';

const SVG = 'http://www.w3.org/2000/svg';
const NO_XML = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // characters that no XML may have
const XLINK = 'http://www.w3.org/1999/xlink';
const BOLD = 1.1; // times as wide, at most, as the same text in letters that are not

/** @typedef {Record<string, string | number>} Attributes */

/**
 * Make an element; a text in it is never markup.
 * @param {string} name
 * @param {Attributes} attributes
 * @param {...(Element | string)} parts
 */
export function shape(name, attributes, ...parts) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === 'number' ? String(Number(value.toFixed(3))) : value);
  }
  element.append(...parts.map((part) => (typeof part === 'string' ? part.replace(NO_XML, '\ufffd') : part)));
  return element;
}

/**
 * Return an image whose pixels stay sharp.
 * @param {HTMLCanvasElement} canvas
 * @param {Attributes} place
 */
export function pixelsOf(canvas, place) {
  const image = shape('image', { ...place, preserveAspectRatio: 'none', 'image-rendering': 'pixelated' });
  image.setAttributeNS(XLINK, 'xlink:href', canvas.toDataURL()); // as older programs need it
  return image;
}

/** Return how wide a text may be, in bold letters too. @param {string} text @param {number} size */
export function roomFor(text, size) {
  return BOLD * widthOf(text, size);
}

/**
 * Return a text for a room, in a smaller size if it has to be; what would be too small to read is cut short.
 * @param {string} text
 * @param {number} size
 * @param {number} room
 * @returns {[string, number]} The text and its size.
 */
export function shortened(text, size, room) {
  const least = Math.min(size, LEAST_SIZE);
  const fitting = Math.max(least, Math.min(size, (size * room) / Math.max(1, roomFor(text, size))));
  if (roomFor(text, fitting) <= room + 0.5) return [text, fitting];
  const letters = [...text];
  while (letters.length > 1 && roomFor(`${letters.join('')}…`, fitting) > room) letters.pop();
  return [`${letters.join('')}…`, fitting];
}

const LEAST_SIZE = 18;

/** Return a text in lines that have room. @param {string} text @param {number} size @param {number} room */
export function lined(text, size, room) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && roomFor(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Return an SVG document as text. @param {Element} root */
export function asText(root) {
  root.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:xlink', XLINK); // once, for all images
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}
