// Thumbnails: images of the page in small, and what the network says of each.

import { make, setAttribute } from './dom.js';
import { facts, imageAt } from './facts.js';
import { nameOf } from './names.js';
import { GREYS, paintCell } from './paint.js';
import { state } from './state.js';
import { isRight } from './verdicts.js';
import { say } from './words.js';

const [PICTURE, MARGIN] = [0.62, 0.1]; // height of a picture as a share of its cell's, and its margin of its own

/**
 * Make the thumbnail of an image. The keyboard does not come to it yet.
 * @param {number} place Of the image.
 * @param {number} at Of the thumbnail, from 0.
 * @param {number} count How many thumbnails there are.
 */
export function makeThumbnail(place, at, count) {
  const button = /** @type {HTMLButtonElement} */ (make('button'));
  button.type = 'button';
  button.tabIndex = -1;
  button.title = nameOfImage(place);
  const attributes = { role: 'option', 'aria-label': button.title, 'aria-posinset': at + 1, 'aria-setsize': count, 'data-at': at };
  Object.entries(attributes).forEach(([name, value]) => setAttribute(button, name, String(value)));
  setAttribute(button, 'aria-selected', String(place === state.drawing.base));
  button.append(...verdictOf(place));
  return button;
}

/** @param {number} place */
function nameOfImage(place) {
  const [name, other] = [facts.labels[place], facts.predicted[place]].map(nameOf);
  // Translators: a test image by its number, its true class and the predicted one, as "test digit 8, true 5, predicted 6".
  return say('test {noun} {index}, true {name}, predicted {other}', { noun: facts.noun, index: String(facts.indices[place]), name, other });
}

/**
 * Paint images into one canvas, since one of each would take ten times as long: in rows, each in the upper part of its cell.
 * @param {number[]} places Of the images.
 * @param {number} across Images in a row.
 * @param {number} ratio Width of a cell as a share of its height.
 */
export function paintThumbnails(places, across, ratio) {
  const side = Math.max(facts.width, facts.height);
  const high = Math.round(side / PICTURE);
  const wide = high * ratio;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(across * wide), Math.ceil(places.length / across) * high];
  places.forEach((place, at) => {
    const column = document.dir === 'rtl' ? across - 1 - (at % across) : at % across;
    const levels = imageAt(place);
    const x = Math.round((column + 0.5) * wide - facts.width / 2);
    const y = Math.floor(at / across) * high + Math.round((1 + MARGIN) * side / 2 - facts.height / 2);
    paintCell(canvas, GREYS, (pixel) => levels[pixel], x, y);
  });
  return canvas;
}

/** Return what a mistake is taken for, and what every image is. @param {number} place */
function verdictOf(place) {
  const { classes, labels, predicted, words } = facts;
  const is = make('span', 'true', `${words.right} ${classes[labels[place]]}`);
  return isRight(place) ? [is] : [make('span', 'wrong', `${words.wrong} ${classes[predicted[place]]}`), is];
}
