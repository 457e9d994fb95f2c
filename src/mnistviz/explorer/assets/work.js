// What the reader works on: from one drawing to another, and back.

/** @import { Drawing } from './state.js' */
import { beginEntry, keepAddress } from './address.js';
import { writePlace } from './browsing.js';
import { byId, setText } from './dom.js';
import { announce } from './header.js';
import { showFlip } from './mind.js';
import { paintPad } from './pad.js';
import { isOwn } from './own.js';
import { show, view } from './picture.js';
import { pen } from './pen.js';
import { pin } from './pixel.js';
import { stop } from './play.js';
import { isUntouched, lookAtAnswer, moment, replay, state } from './state.js';
import { keepDrawing } from './tray.js';
import { followStep } from './walk.js';
import { say } from './words.js';

/** Go to a drawing. @param {Drawing} drawing */
export function goTo(drawing) {
  state.greets = false;
  state.drawing = drawing;
  setText(byId('complaint'), '');
  replay();
  paintPad();
  show(moment());
  showFlip();
  writePlace();
  enableTools();
  followStep();
  announce();
  keepAddress();
}

/** Go to another drawing: what was looked at in the last one is no question here. @param {Drawing} drawing */
export function begin(drawing) {
  lookAtAnswer();
  setText(byId('nothing'), '');
  goTo(drawing);
}

export function undo() {
  stop();
  if (pen.stroke) return;
  const before = state.past.pop();
  if (before) (before.base === state.drawing.base ? goTo : begin)(before);
}

/** Start with blank paper. */
export function clear() {
  stop();
  leave();
  pin(-1);
  begin({ base: -1, strokes: [] });
}

/** Leave what is shown, so that Back and undo return to it. */
export function leave() {
  beginEntry();
  const { length } = state.past;
  keepDrawing();
  if (state.past.length === length) state.past.push(state.drawing);
}

/** Enable undo where there is something to undo, and the sum where there are pixels to add; say what paper is for. */
export function enableTools() {
  const { base } = state.drawing;
  const isTest = isUntouched(base) && base >= 0 && !isOwn(base);
  setText(byId('clear'), isTest ? say('Draw your own') : say('Clear'));
  byId('clear').classList.toggle('primary', isTest);
  /** @type {HTMLButtonElement} */ (byId('sum-start')).disabled = view.nothing;
  /** @type {HTMLButtonElement} */ (byId('undo')).disabled = state.past.length === 0;
}
