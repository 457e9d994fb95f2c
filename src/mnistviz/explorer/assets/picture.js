// The picture: the film's four rows, live.

/** @import { Moment, View } from './state.js' */
import { showCloser } from './closer.js';
import { columns } from './columns.js';
import { byId, setAttribute, setLast, setText } from './dom.js';
import { drawn, facts, SIZE } from './facts.js';
import { writeVerdict } from './header.js';
import { nameOf } from './names.js';
import { answer, shareOf } from './network.js';
import { probability, signed } from './numbers.js';
import { cellImage, GREYS, paintCell, signedColours } from './paint.js';
import { writePixel } from './pixel.js';
import { signedLevel } from './tones.js';
import { say } from './words.js';

/** @type {View} */
export let view;

/** Return the view of all pixels, even before all are added to the sum. */
export function viewOfAll() {
  return view.whole ?? view;
}

/** Draw the weights, and the legend. */
export function paintWeights() {
  columns.forEach(({ canvases }, label) =>
    paintCell(canvases[1], signedColours, (pixel) => signedLevel(drawn[label * SIZE + pixel])),
  );
  const ramp = byId('legend').querySelector('canvas');
  if (!ramp) return;
  [ramp.width, ramp.height] = [257, 1]; // linear in the weight, so that it shows the tone curve
  const levels = Uint32Array.from({ length: 257 }, (_, at) => signedColours[signedLevel(at / 128 - 1, 1)]);
  ramp.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(levels.buffer), 257, 1), 0, 0);
}

/** Show a moment. @param {Moment} shown */
export function show(shown) {
  const found = answer(shown.pixels, shown.known);
  const nothing = shown.place < 0 && !(shown.whole ?? shown).pixels.some((pixel) => pixel > 0);
  view = { ...shown, ...found, nothing, final: found.logits, ...shown.verdict };
  paintImages();
  paintBars();
  writeVerdict();
  writePixel();
  showCloser();
}

/** Draw the images and the products. */
function paintImages() {
  const { pixels, contributions } = view;
  const left = viewOfAll().pixels; // what is not added yet is dim
  paintCell(columns[0].canvases[0], GREYS, (pixel) => Math.round(255 * (pixels[pixel] || DIM * left[pixel])));
  for (const { canvases } of columns) canvases[0].getContext('2d')?.putImageData(cellImage, 0, 0);
  columns.forEach(({ canvases }, label) => {
    const first = label * SIZE;
    paintCell(canvases[2], signedColours, (pixel) => signedLevel(contributions[first + pixel]));
  });
}

const DIM = 0.3; // pixels that are not in the sum yet
const [LOW, HIGH] = facts.range; // scores of the longest bars
const LEAST_SIDE = 0.3; // of the bars' room, on each side of zero: for a number
export const ZERO = Math.min(1 - LEAST_SIDE, Math.max(LEAST_SIDE, HIGH / (HIGH - LOW))); // from the top
const UNIT = Math.min(ZERO / HIGH, LOW < 0 ? (1 - ZERO) / -LOW : Infinity); // of the room, for a score of 1

/** Return the share of the bars' room that a bar takes, below zero if it hangs down. @param {number} logit */
export function lengthOf(logit) {
  return UNIT * Math.min(HIGH, Math.max(LOW, logit));
}

/** Return whether a bar is longer than there is room. @param {number} logit */
export function isCut(logit) {
  return logit < LOW || logit > HIGH;
}

/** Return the score that the dotted line is at: the highest, once all pixels are added. */
export function highest() {
  const { final, predicted } = viewOfAll();
  return final[predicted];
}

/** Draw the bars, and mark what is true and what is predicted. */
function paintBars() {
  const top = `${100 * (ZERO - lengthOf(highest()))}%`;
  columns.forEach(({ root, heading, bar, number, line, percent: share, mark }, label) => {
    const logit = view.logits[label];
    const length = lengthOf(logit);
    bar.style.top = `${100 * (ZERO - Math.max(0, length))}%`;
    bar.style.height = `${100 * Math.abs(length)}%`;
    bar.classList.toggle('cut', isCut(logit));
    bar.classList.toggle('down', logit < 0);
    line.style.top = top;
    number.classList.toggle('above', logit < 0);
    setLast(number, signed(logit));
    if (facts.link) setLast(share, probability(shareOf(view.logits, label)));
    const [isTrue, isPredicted] = [label === view.label, label === view.predicted && !view.nothing];
    root.classList.toggle('predicted', isPredicted);
    for (const standing of ['true', 'own', 'wrong']) root.classList.toggle(standing, standing === standingOf(label));
    setText(mark, marked(isTrue, isPredicted));
    setAttribute(heading, 'aria-label', headingText(label, marked(isTrue, isPredicted)));
  });
}

/** Return what the frame of a column says: that its class is 'true', 'wrong', or the answer to an 'own' drawing; or ''. @param {number} label */
export function standingOf(label) {
  if (label === view.label) return 'true';
  if (label !== view.predicted || view.nothing) return '';
  return view.label < 0 ? 'own' : 'wrong';
}

/** Return the name of a column, for screen readers. @param {number} label @param {string} mark */
function headingText(label, mark) {
  const values = { name: nameOf(label), mark, number: signed(view.logits[label]) };
  // Translators: {mark} is a text as "predicted" or "true class".
  return mark ? say('{name}, {mark}, score {number}', values) : say('{name}, score {number}', values);
}

/** Return what a class is, for screen readers. @param {boolean} isTrue @param {boolean} isPredicted */
function marked(isTrue, isPredicted) {
  // Translators: of the class with the highest score, before all pixels are added to the scores.
  if (view.whole) return isPredicted ? say('leads so far') : '';
  if (isTrue) return isPredicted ? say('true class, predicted') : say('true class');
  return isPredicted ? say('predicted') : '';
}
