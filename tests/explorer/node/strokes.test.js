import assert from 'node:assert/strict';
import test from 'node:test';

import { makePage } from './page.js';

makePage({ height: 2, width: 4 });
const { PAD, placeOf, stampFrom, touched, UNITS } = await import('../../../src/mnistviz/explorer/assets/strokes.js');

/** @import { Stroke } from '../../../src/mnistviz/explorer/assets/strokes.js' */

const blank = () => new Uint8Array(PAD.width * PAD.height);
/** @type {Stroke} */
const ZIGZAG = { tool: 'brush', radius: 9, points: [10, 10, 60, 90, 60, 90, 200, 30, 150, 100] };

test('a point is a disc', () => {
  const ink = blank();
  stampFrom(ink, { tool: 'brush', radius: 5, points: [20, 30] }, 255);
  const inside = (/** @type {number} */ x, /** @type {number} */ y) => (x - 20) ** 2 + (y - 30) ** 2 <= 25;
  const disc = blank().map((_, at) => (inside(at % PAD.width, Math.floor(at / PAD.width)) ? 255 : 0));
  assert.deepEqual(ink, disc);
});

test('a stroke leaves the same whether it is drawn at once or as the pen moves', () => {
  const [once, moving] = [blank(), blank()];
  stampFrom(once, ZIGZAG, 255);
  for (let points = 1; points <= ZIGZAG.points.length / 2; points++) {
    stampFrom(moving, { ...ZIGZAG, points: ZIGZAG.points.slice(0, 2 * points) }, 255, points - 1);
  }
  assert.deepEqual(moving, once);
});

test('a pen at the border draws nothing on the other side', () => {
  const ink = blank();
  stampFrom(ink, { tool: 'brush', radius: 9, points: [PAD.width - 1, 50] }, 255);
  assert.ok(ink.some((level) => level));
  assert.ok(ink.every((level, at) => !level || at % PAD.width >= PAD.width - 10));
});

test('a brush adds the ink of what it covers of a pixel and an eraser leaves the rest', () => {
  const covered = blank();
  for (let y = 0; y < UNITS; y++) covered.fill(1, y * PAD.width, y * PAD.width + UNITS / 2); // half of the first
  const before = Uint8Array.from([100, 0, 255, 7, 200, 0, 0, 0]);
  assert.deepEqual([...touched(before, covered, 'brush')], [128, 0, 255, 7, 200, 0, 0, 0]);
  before[0] = 255;
  assert.deepEqual([...touched(before, covered, 'eraser')], [127, 0, 255, 7, 200, 0, 0, 0]);
});

test('a pixel has a row and a column', () => {
  assert.deepEqual([0, 3, 4, 7].map(placeOf), [[0, 0], [0, 3], [1, 0], [1, 3]]);
});
