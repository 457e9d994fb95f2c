'use strict';
// Drawing: with mouse, finger, pen or keys.

const pad = /** @type {HTMLCanvasElement} */ (byId('pad'));
const penWidth = /** @type {HTMLInputElement} */ (byId('width'));
const pen = {
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
function penDown(x, y) {
  stop();
  state.past.push({ base: state.drawing.base, strokes: [...state.drawing.strokes] });
  pen.stroke = { tool: pen.tool, radius: Number(penWidth.value), points: [x, y] };
  pen.drawn = 0;
  beginStroke();
  state.drawing.strokes.push(pen.stroke);
  byId('invitation').hidden = true;
  requestPen();
}

/** Continue a stroke. @param {number} x @param {number} y */
function penTo(x, y) {
  const points = pen.stroke?.points;
  if (!points || (points.at(-2) === x && points.at(-1) === y)) return;
  points.push(x, y);
  requestPen();
}

/** End a stroke. */
function penUp() {
  if (!pen.stroke) return;
  drawPen();
  pen.stroke = null;
  announce();
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
function listenToPen() {
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

/**
 * Draw with the keyboard: arrows move, the space bar sets the pen down and lifts it.
 * @param {KeyboardEvent} event
 */
function penByKey(event) {
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
function placePen() {
  const mark = byId('pen');
  mark.style.left = `${(100 * (pen.x + 0.5)) / PAD.width}%`;
  mark.style.top = `${(100 * (pen.y + 0.5)) / PAD.height}%`;
  mark.style.width = `${(200 * Number(penWidth.value)) / PAD.width}%`;
  mark.style.aspectRatio = '1';
  mark.classList.toggle('down', pen.stroke !== null);
}

/** Draw the pad again. */
function paintPad() {
  const blank = state.drawing.base < 0;
  byId('invitation').hidden = !blank || state.drawing.strokes.length > 0;
  if (!blank) return paintPadImage();
  pad.className = '';
  const [width, height] = [pad.clientWidth, pad.clientHeight].map((side) => Math.round(side * devicePixelRatio));
  [pad.width, pad.height] = [width, height]; // which clears it: the paper is black
  pad.getContext('2d')?.scale(width / PAD.width, height / PAD.height);
  for (const stroke of state.drawing.strokes) paintStroke(stroke, 0);
}

/** Draw the image that is being changed. */
function paintPadImage() {
  pad.className = 'image';
  if (pad.width !== facts.width || pad.height !== facts.height) [pad.width, pad.height] = [facts.width, facts.height];
  paintCell(pad, GREYS, (pixel) => sheet.levels[pixel]);
}

/**
 * Draw a stroke from one of its points on; the pad is smooth, the image is made of whole units.
 * @param {Stroke} stroke
 * @param {number} from
 */
function paintStroke({ tool, radius, points }, from) {
  const context = pad.getContext('2d');
  if (!context) return;
  context.strokeStyle = tool === 'brush' ? '#fff' : '#000';
  [context.lineWidth, context.lineCap, context.lineJoin] = [2 * radius + 1, 'round', 'round'];
  context.beginPath();
  const first = 2 * Math.max(0, from - 1);
  context.moveTo(points[first] + 0.5, points[first + 1] + 0.5);
  for (let at = first; at < points.length; at += 2) context.lineTo(points[at] + 0.5, points[at + 1] + 0.5);
  context.stroke();
}

/** Go to a drawing. @param {Drawing} drawing */
function goTo(drawing) {
  state.drawing = drawing;
  setText(byId('complaint'), '');
  replay();
  paintPad();
  show(moment());
  writePlace();
  enableTools();
  announce();
  keepAddress();
}

function undo() {
  stop();
  const before = state.past.pop();
  if (before) goTo(before);
}

/** Start with blank paper. */
function clear() {
  stop();
  state.past.push(state.drawing);
  goTo({ base: -1, strokes: [] });
}

/** @param {Stroke['tool']} tool */
function takeTool(tool) {
  pen.tool = tool;
  for (const id of ['brush', 'eraser']) byId(id).setAttribute('aria-pressed', String(id === tool));
}

/** Enable undo where there is something to undo. */
function enableTools() {
  /** @type {HTMLButtonElement} */ (byId('undo')).disabled = state.past.length === 0;
}
