// Where on the pad the pixels of an image come from: of an own drawing, the recipe scales and moves what is drawn.

/** @import { Area } from './recipe.js' */
import { byId } from './dom.js';
import { facts } from './facts.js';
import { sheet, state } from './state.js';
import { PAD, placeOf, UNITS } from './strokes.js';

/** @type {Area} */
const WHOLE = { top: 0, left: 0, down: UNITS, across: UNITS };

/** Return the area of the pad that is in the image: on paper, which shows what was drawn, another than all. */
function areaOfImage() {
  return (state.drawing.base < 0 && !sheet.flip && sheet.area) || WHOLE;
}

/**
 * Return the pixel in a place, or -1.
 * @param {number} x Share of the picture's width.
 * @param {number} y Share of its height.
 * @param {boolean} onPad Whether the picture is the pad; else it is the image.
 */
export function pixelIn(x, y, onPad) {
  const { top, left, down, across } = onPad ? areaOfImage() : WHOLE;
  const [row, column] = [Math.floor((y * PAD.height - top) / down), Math.floor((x * PAD.width - left) / across)];
  const inside = row >= 0 && row < facts.height && column >= 0 && column < facts.width;
  return inside ? row * facts.width + column : -1;
}

/** Mark on the pad where a pixel comes from, if that is on it. @param {number} pixel */
export function markOnPad(pixel) {
  const { top, left, down, across } = areaOfImage();
  const [row, column] = placeOf(pixel);
  const [x, y] = [(left + column * across) / PAD.width, (top + row * down) / PAD.height];
  const [dx, dy] = [across / PAD.width, down / PAD.height];
  const { style, classList } = byId('paper');
  for (const [name, share] of Object.entries({ x, y, dx, dy })) style.setProperty(`--${name}`, String(share));
  const isOn = [x + dx / 2, y + dy / 2].every((middle) => middle >= 0 && middle < 1);
  classList.toggle('off', !isOn);
}
