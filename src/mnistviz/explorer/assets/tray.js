// The tray: the last drawings that were left, to go back to.

/** @import { Drawing } from './state.js' */
import { beginEntry } from './address.js';
import { byId, make } from './dom.js';
import { facts } from './facts.js';
import { answerText } from './header.js';
import { isOwn } from './own.js';
import { GREYS, paintCell } from './paint.js';
import { stop } from './play.js';
import { sheet, state } from './state.js';
import { say } from './words.js';
import { begin } from './work.js';

export const MOST_KEPT = 6;

/** @type {{drawing: Drawing, levels: Uint8Array, answer: string}[]} */
const kept = [];

/** Keep what is drawn, if anything is, before something else is shown: for undo, and in the tray. */
export function keepDrawing() {
  const { base, strokes } = state.drawing;
  if (!(isOwn(base) || strokes.length) || !sheet.levels.some((level) => level > 0)) return;
  state.past.push(state.drawing);
  keep({ base, strokes: [...strokes] }, sheet.levels.slice(), answerText());
}

/**
 * Put a drawing into the tray, at its beginning.
 * @param {Drawing} drawing
 * @param {Uint8Array} levels
 * @param {string} answer
 */
export function keep(drawing, levels, answer) {
  const same = kept.findIndex((each) => JSON.stringify(each.drawing) === JSON.stringify(drawing));
  if (same >= 0) kept.splice(same, 1);
  kept.unshift({ drawing, levels, answer });
  kept.length = Math.min(kept.length, MOST_KEPT);
  byId('tray').hidden = false;
  byId('tray').replaceChildren(...kept.map(makeKept));
}

/** @param {typeof kept[number]} one */
function makeKept({ drawing, levels, answer }) {
  const button = /** @type {HTMLButtonElement} */ (make('button'));
  button.type = 'button';
  // Translators: {answer} is a text as "It says 7 · 99.9 %".
  button.setAttribute('aria-label', say('Back to a drawing: {answer}', { answer }));
  button.title = answer;
  const canvas = button.appendChild(document.createElement('canvas'));
  [canvas.width, canvas.height] = [facts.width, facts.height];
  paintCell(canvas, GREYS, (pixel) => levels[pixel]);
  button.addEventListener('click', () => {
    stop();
    beginEntry();
    keepDrawing();
    begin({ base: drawing.base, strokes: [...drawing.strokes] });
  });
  return button;
}
