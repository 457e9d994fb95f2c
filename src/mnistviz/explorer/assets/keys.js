// The pen, moved by the keyboard.

import { turnTo } from './browsing.js';
import { byId, setText } from './dom.js';
import { pen, penDown, penTo, penUp, penWidth } from './pen.js';
import { PAD, UNITS } from './strokes.js';
import { say } from './words.js';
import { state } from './state.js';
import { closeSum } from './sum.js';
import { pin } from './pixel.js';
import { undo } from './work.js';

/** Browse with the arrows, undo with Ctrl or Cmd and Z, unpin a pixel with Escape, wherever the keys have no other use. @param {KeyboardEvent} event */
export function browseByKey(event) {
  if (event.defaultPrevented || event.altKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.matches('input:not([type="file"]), select, textarea')) return;
  const command = event.ctrlKey || event.metaKey;
  const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (command && event.key === 'z') undo();
  else if (event.key === 'Escape') state.sum ? closeSum() : pin(-1);
  else if (!command && /^Arrow(Left|Right)$/.test(event.key)) turnTo(event.key === forward ? 1 : -1);
  else return;
  event.preventDefault();
}

/**
 * Draw with the keyboard: arrows move, the space bar sets the pen down and lifts it.
 * @param {KeyboardEvent} event
 */
export function penByKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return; // a shortcut of the browser
  const step = UNITS * (event.shiftKey ? 5 : 1) / 2;
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const move = moves[/** @type {keyof typeof moves} */ (event.key)];
  if (move) movePen(move[0] * step, move[1] * step);
  else if (event.key === ' ') togglePen();
  else if (event.key === 'Escape') penUp();
  else return;
  event.preventDefault();
  placePen();
}

/** @param {number} dx @param {number} dy */
function movePen(dx, dy) {
  pen.x = Math.min(PAD.width - 1, Math.max(0, Math.round(pen.x + dx)));
  pen.y = Math.min(PAD.height - 1, Math.max(0, Math.round(pen.y + dy)));
  penTo(pen.x, pen.y);
}

function togglePen() {
  const down = !pen.stroke;
  if (down) penDown(pen.x, pen.y);
  else penUp();
  if (down) setText(byId('said'), say('pen down'));
}

/** Show where the keyboard's pen is. */
export function placePen() {
  const mark = byId('pen');
  mark.style.left = `${(100 * (pen.x + 0.5)) / PAD.width}%`;
  mark.style.top = `${(100 * (pen.y + 0.5)) / PAD.height}%`;
  mark.style.width = `${(200 * Number(penWidth.value)) / PAD.width}%`;
  mark.style.aspectRatio = '1';
  mark.classList.toggle('down', pen.stroke !== null);
}
