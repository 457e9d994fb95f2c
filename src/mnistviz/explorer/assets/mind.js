// Its mind, changed: the button, the pixels that do it, marked on the pad, and how many they are.

import { closeCloser } from './closer.js';
import { byId, make, setText } from './dom.js';
import { facts } from './facts.js';
import { canLose } from './flip.js';
import { nameOf } from './names.js';
import { paintPad } from './pad.js';
import { pen } from './pen.js';
import { view } from './picture.js';
import { stop } from './play.js';
import { sheet, state } from './state.js';
import { placeOf } from './strokes.js';
import { say, sayCounted } from './words.js';
import { goTo } from './work.js';

/** Change the fewest pixels that change the answer; undo changes them back. */
export function changeMind() {
  stop();
  if (pen.stroke) return;
  const { base, strokes } = state.drawing;
  state.past.push({ base, strokes: [...strokes] });
  goTo({ base, strokes: [...strokes, { tool: 'flip', radius: 0, points: [] }] });
  closeCloser(); // a sheet on a phone
  byId('flipped').scrollIntoView({ block: 'nearest' }); // on a phone it is below the pad
}

/** Return from the changed image of a drawing to the paper: its pixels are not those of the next image. Return whether it did. */
export function leaveFlips() {
  const { base, strokes } = state.drawing;
  const left = strokes.filter(({ tool }) => tool !== 'flip');
  if (base >= 0 || left.length === strokes.length) return false;
  state.drawing.strokes = left;
  paintPad();
  return true;
}

/** Mark the pixels of a change, and say what it does; of anything else, no longer. @param {boolean} [isBack] From a change to the paper. */
export function showFlip(isBack = false) {
  const { flip } = sheet;
  byId('marks').replaceChildren(...(flip ? flip.places.map(makeMark) : []));
  setText(byId('flipped'), flip ? flipText(flip.places.length, flip.before) : isBack ? backText() : '');
  enableFlip();
}

/** Enable the button where another answer is possible. */
export function enableFlip() {
  /** @type {HTMLButtonElement} */ (byId('flip')).disabled = view.nothing || !canLose(view.predicted);
}

/** @param {number} place */
function makeMark(place) {
  const mark = make('span');
  const [row, column] = placeOf(place);
  mark.style.top = `${(100 * row) / facts.height}%`;
  mark.style.left = `${(100 * column) / facts.width}%`;
  mark.style.height = `${100 / facts.height}%`;
  mark.style.width = `${100 / facts.width}%`;
  return mark;
}

function backText() {
  return say('Your drawing is back, without the changed pixels.');
}

/** @param {number} count @param {number} before */
function flipText(count, before) {
  const names = { name: nameOf(before), other: nameOf(view.predicted) };
  // Translators: the model's answer to an image, a class.
  return sayCounted(
    '{number} pixel changes the answer from {name} to {other}',
    '{number} pixels change the answer from {name} to {other}',
    count,
    names,
  );
}
