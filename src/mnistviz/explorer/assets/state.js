// The state: what is shown, and the image that results from a drawing.

/** @import { Order } from './adding.js' */
/** @import { Flip } from './flip.js' */
/** @import { Answer } from './network.js' */
/** @import { Area, Form } from './recipe.js' */
/** @import { Stroke } from './strokes.js' */
import { soFar } from './adding.js';
import { byId, setText } from './dom.js';
import { facts, SIZE } from './facts.js';
import { flipAway } from './flip.js';
import { asPixels } from './network.js';
import { grouped } from './numbers.js';
import { levelsAt } from './own.js';
import { imageForm } from './recipe.js';
import { PAD, stampFrom, touched, UNITS } from './strokes.js';
import { TRAINED } from './versions.js';
import { inTurn, say } from './words.js';

/**
 * @typedef {{base: number, strokes: Stroke[]}} Drawing
 *   Strokes on the image in a place, of the page or opened, or on blank paper, -1.
 * @typedef {{pixels: Float32Array, label: number, place: number, changed: boolean, known: number,
 *   verdict?: Verdict, whole?: View}} Moment
 *   What is shown: pixels in [0, 1], the true class or -1, the image's place or -1, whether there are strokes,
 *   and the predicted class if it is known from Python, or -1; of a blend, what is said of the nearer image; and of
 *   a part of an image, the view of the whole.
 * @typedef {{predicted: number, share: number, final: Float64Array}} Verdict
 *   What is said of an image: the predicted class, its probability, and the scores.
 * @typedef {Answer & Moment & Verdict & {nothing: boolean}} View
 *   A moment, what the network answers to it, and whether there is nothing on the paper.
 * @typedef {{order: Order, places: number[], added: number, whole: View}} Sum
 *   Of how many pixels of the whole image, in their order, the sum is shown.
 */

/** Compared with the class that says most about the one that is looked at, or with none. */
export const [RIVAL, NO_OTHER] = [-1, -2];

export const state = {
  /** @type {Drawing} */ drawing: { base: 0, strokes: [] },
  /** @type {Drawing[]} */ past: [], // for undo
  column: -1, // class of the closer look; -1 is the predicted one
  against: RIVAL, // class that it is compared with, RIVAL or NO_OTHER
  pixel: -1, // selected, or -1
  only: '', // 'wrong' or 'right'
  of: -1, // true class of the images to browse, or -1
  as: -1, // class that they are predicted as, or -1
  order: '', // 'sure' or 'unsure'
  step: -1, // of the guided walk
  greets: false, // whether the image is the page's own choice: the first stroke begins a drawing
  /** @type {Sum | null} */ sum: null, // if it is watched
  version: TRAINED, // of the network
};

/** Look at the answer again, whatever class the reader looked at. */
export function lookAtAnswer() {
  Object.assign(state, { column: -1, against: RIVAL });
}

/** What the pen changes: the ink on the pad, or of one stroke, and the image. */
export const sheet = {
  ink: new Uint8Array(PAD.width * PAD.height),
  before: new Uint8Array(SIZE), // the image without the last stroke
  levels: new Uint8Array(SIZE),
  /** @type {Area | null} */ area: null, // of the paper, which the image shows
  /** @type {Flip | null} */ flip: null, // if changed pixels are the last that was done
};

/** Make the image of a drawing from the start. */
export function replay() {
  const { base, strokes } = state.drawing;
  sheet.ink.fill(0);
  sheet.flip = null;
  sheet.levels = base < 0 ? new Uint8Array(SIZE) : levelsAt(base).slice();
  for (const stroke of strokes) {
    beginStroke();
    continueStroke(stroke, 0);
  }
  if (base >= 0) return;
  developed();
  strokes.filter(({ tool }) => tool === 'flip').forEach(() => flipLevels());
}

/** On an image each stroke is a layer; on blank paper all strokes are one drawing. */
export function beginStroke() {
  sheet.flip = null;
  if (state.drawing.base < 0) return;
  sheet.ink.fill(0);
  sheet.before = sheet.levels;
}

/** Draw a stroke, from one of its points on. @param {Stroke} stroke @param {number} from */
export function continueStroke(stroke, from) {
  const { base, strokes } = state.drawing;
  if (stroke.tool === 'flip') {
    if (base >= 0) flipLevels(stroke === strokes[0] ? knownOf(base) : -1); // on paper, once it is an image
  } else if (base < 0) {
    stampFrom(sheet.ink, stroke, stroke.tool === 'brush' ? 255 : 0, from);
  } else {
    stampFrom(sheet.ink, stroke, 1, from);
    sheet.levels = touched(sheet.before, sheet.ink, stroke.tool);
  }
}

/** Change the fewest pixels that change the answer. @param {number} [known] As `answer` takes it. */
function flipLevels(known = -1) {
  const flip = flipAway(asPixels(sheet.levels), known);
  sheet.flip = flip;
  const levels = sheet.levels.slice();
  flip?.places.forEach((place, at) => (levels[place] = flip.inked[at] ? 255 : 0));
  sheet.levels = levels;
}

/** Make the image of a drawing on blank paper. */
export function developed() {
  const form = state.drawing.strokes.length ? imageForm(sheet.ink, PAD.height, PAD.width) : '';
  const { levels, area } = typeof form === 'string' ? { levels: new Uint8Array(SIZE), area: null } : form;
  Object.assign(sheet, { levels, area });
  setText(byId('complaint'), typeof form === 'string' ? form : formText(form));
}

const LEAST_ENLARGED = 2.5; // less is seen to be the drawing

/** Return what the recipe did to a drawing: if it is small, its pen becomes as thick. @param {Form} form */
function formText({ scale }) {
  // Translators: of a drawing.
  const centred = say('Centred by its mass, as MNIST’s images are.');
  if (UNITS * scale < LEAST_ENLARGED) return centred;
  // Translators: of a drawing; {number} is a factor, as in "5×".
  return inTurn(say('Drawn small, so enlarged {number}×.', { number: grouped(Math.round(UNITS * scale)) }), centred);
}

/** Return the predicted class of the image in a place as Python knows it, of the trained network; else -1. @param {number} place */
function knownOf(place) {
  return state.version === TRAINED ? (facts.predicted[place] ?? -1) : -1;
}

/** Return whether a place's image is on the pad as it is, or with -1 blank paper. @param {number} place */
export function isUntouched(place) {
  return state.drawing.base === place && state.drawing.strokes.length === 0;
}

/** Return what is shown. @returns {Moment} */
export function moment() {
  const { base, strokes } = state.drawing;
  const label = facts.labels[base] ?? -1; // of an own picture, none
  const changed = strokes.length > 0;
  const known = changed ? -1 : knownOf(base);
  const whole = { pixels: asPixels(sheet.levels), label, place: base, changed, known };
  return state.sum && state.sum.added < state.sum.places.length ? soFar(whole, state.sum) : whole;
}
