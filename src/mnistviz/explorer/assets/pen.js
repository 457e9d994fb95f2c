// The pen: mouse, finger or stylus.

/** @import { Stroke } from './strokes.js' */
import { keepAddress } from './address.js';
import { byId, setText } from './dom.js';
import { announce } from './header.js';
import { enableFlip, leaveFlips, showFlip } from './mind.js';
import { pad, paintPadImage, paintStroke } from './pad.js';
import { show } from './picture.js';
import { stop } from './play.js';
import { beginStroke, continueStroke, developed, moment, sheet, state } from './state.js';
import { PAD, WIDEST } from './strokes.js';
import { followStep } from './walk.js';
import { say } from './words.js';
import { clear, enableTools } from './work.js';

export const penWidth = /** @type {HTMLInputElement} */ (byId('width'));

export const pen = {
  /** @type {Stroke['tool']} */ tool: 'brush',
  /** @type {Stroke | null} */ stroke: null, // that is being drawn
  pointer: -1, // of the mouse, pen or finger that draws it
  drawn: 0, // how many of its points are in the image
  x: Math.floor(PAD.width / 2), // of the keyboard's pen
  y: Math.floor(PAD.height / 2),
};

/**
 * Measure how long the page works, for whoever observes performance entries.
 * @param {string} name
 * @param {() => void} work
 */
function measured(name, work) {
  const start = performance.now();
  work();
  performance.measure(name, { start });
  performance.clearMeasures(name);
}

/** Begin a stroke. @param {number} x @param {number} y */
export function penDown(x, y) {
  stop();
  if (state.greets && pen.tool === 'brush') clear();
  if (pen.tool === 'eraser' && state.drawing.base < 0 && !sheet.ink.some((ink) => ink)) {
    return setText(byId('complaint'), say('There is nothing to erase.'));
  }
  state.past.push({ base: state.drawing.base, strokes: [...state.drawing.strokes] });
  pen.stroke = { tool: pen.tool, radius: Number(penWidth.value), points: [x, y] };
  pen.drawn = 0;
  beginStroke();
  const isBack = leaveFlips();
  state.drawing.strokes.push(pen.stroke);
  showFlip(isBack);
  byId('invitation').hidden = true;
  requestPen();
}

/** Continue a stroke. @param {number} x @param {number} y */
export function penTo(x, y) {
  const points = pen.stroke?.points;
  if (!points || (points.at(-2) === x && points.at(-1) === y)) return;
  points.push(x, y);
  requestPen();
}

/** End a stroke. */
export function penUp() {
  if (!pen.stroke) return;
  drawPen();
  pen.stroke = null;
  announce();
  enableFlip();
  followStep();
  keepAddress();
  enableTools();
}

let penRequested = false;

/** Draw what the pen did, once for each frame of the screen, however many events there were. */
function requestPen() {
  if (penRequested) return;
  penRequested = true;
  requestAnimationFrame(() => measured('pen-frame', drawPen));
}

/** Draw what the pen did since last time on the pad, and run the network. */
function drawPen() {
  penRequested = false;
  const { stroke, drawn } = pen;
  if (!stroke || stroke.points.length === 2 * drawn) return;
  pen.drawn = stroke.points.length / 2;
  continueStroke(stroke, drawn);
  if (state.drawing.base < 0) {
    paintStroke(stroke, drawn);
    developed();
  } else {
    paintPadImage();
  }
  show(moment());
}

/**
 * Return the place of an event on the pad, in units.
 * @param {PointerEvent} event
 * @param {DOMRect} box
 */
function unitsUnder(event, box) {
  const x = Math.floor(((event.clientX - box.left) / box.width) * PAD.width);
  const y = Math.floor(((event.clientY - box.top) / box.height) * PAD.height);
  return [Math.min(PAD.width - 1, Math.max(0, x)), Math.min(PAD.height - 1, Math.max(0, y))];
}

/** Listen to the pen's events. */
export function listenToPen() {
  penWidth.max = String(WIDEST);
  let box = pad.getBoundingClientRect();
  pad.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pen.stroke) return;
    box = pad.getBoundingClientRect();
    pen.pointer = event.pointerId;
    pad.setPointerCapture(pen.pointer);
    const [x, y] = unitsUnder(event, box);
    measured('pen-event', () => penDown(x, y));
  });
  pad.addEventListener('pointermove', (event) => {
    if (!pen.stroke || event.pointerId !== pen.pointer) return; // another finger does not draw
    measured('pen-event', () => {
      const all = event.getCoalescedEvents?.() ?? [];
      for (const each of all.length ? all : [event]) {
        const [x, y] = unitsUnder(each, box);
        penTo(x, y);
      }
    });
  });
  for (const kind of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    pad.addEventListener(kind, (event) => event.pointerId === pen.pointer && penUp());
  }
}

/** @param {Stroke['tool']} tool */
export function takeTool(tool) {
  pen.tool = tool;
  for (const id of ['brush', 'eraser']) byId(id).setAttribute('aria-pressed', String(id === tool));
}
