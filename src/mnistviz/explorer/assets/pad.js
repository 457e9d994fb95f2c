// The pad: the paper or the image that is drawn on.

/** @import { Stroke } from './strokes.js' */
import { byId } from './dom.js';
import { facts } from './facts.js';
import { GREYS, paintCell } from './paint.js';
import { sheet, state } from './state.js';
import { PAD } from './strokes.js';

export const pad = /** @type {HTMLCanvasElement} */ (byId('pad'));

/** Draw the pad again. */
export function paintPad() {
  const blank = state.drawing.base < 0;
  byId('invitation').hidden = !blank || state.drawing.strokes.length > 0;
  if (!blank || sheet.flip) return paintPadImage();
  pad.className = '';
  const [width, height] = [pad.clientWidth, pad.clientHeight].map((side) => Math.round(side * devicePixelRatio));
  [pad.width, pad.height] = [width, height]; // which clears it: the paper is black
  pad.getContext('2d')?.scale(width / PAD.width, height / PAD.height);
  for (const stroke of state.drawing.strokes) paintStroke(stroke, 0);
}

/** Draw the image that is being changed, or whose pixels have changed the answer. */
export function paintPadImage() {
  pad.className = 'image';
  if (pad.width !== facts.width || pad.height !== facts.height) [pad.width, pad.height] = [facts.width, facts.height];
  paintCell(pad, GREYS, (pixel) => sheet.levels[pixel]);
}

/**
 * Draw a stroke from one of its points on; the pad is smooth, the image is made of whole units.
 * @param {Stroke} stroke
 * @param {number} from
 */
export function paintStroke({ tool, radius, points }, from) {
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
