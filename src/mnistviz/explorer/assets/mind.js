// Its mind, changed: the button, the pixels that do it, marked on the pad, and how many they are.

import { byId, make, setText } from './dom.js';
import { facts } from './facts.js';
import { canLose } from './flip.js';
import { nameOf } from './names.js';
import { pen } from './pen.js';
import { view } from './picture.js';
import { stop } from './play.js';
import { sheet, state } from './state.js';
import { placeOf } from './strokes.js';
import { sayCounted } from './words.js';
import { goTo } from './work.js';

/** Change the fewest pixels that change the answer; undo changes them back. */
export function changeMind() {
  stop();
  if (pen.stroke) return;
  const { base, strokes } = state.drawing;
  state.past.push({ base, strokes: [...strokes] });
  goTo({ base, strokes: [...strokes, { tool: 'flip', radius: 0, points: [] }] });
}

/** Mark the pixels of a change, and say what it does; of anything else, no longer. */
export function showFlip() {
  const { flip } = sheet;
  byId('marks').replaceChildren(...(flip ? flip.places.map(makeMark) : []));
  setText(byId('flipped'), flip ? flipText(flip.places.length, flip.before) : '');
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
