import assert from 'node:assert/strict';
import test from 'node:test';

import { makePage } from './page.js';

makePage({ height: 28, width: 28 });
const { strokeAsText, strokesOf } = await import('../../../src/mnistviz/explorer/assets/stroketext.js');

/** @import { Stroke } from '../../../src/mnistviz/explorer/assets/strokes.js' */

/** @type {Stroke[]} */
const DRAWING = [
  { tool: 'brush', radius: 10, points: [0, 0, 223, 223, 37, 4] },
  { tool: 'flip', radius: 0, points: [] },
  { tool: 'eraser', radius: 22, points: [5, 100] },
];

test('strokes are the same after an address has held them', () => {
  assert.deepEqual(strokesOf(DRAWING.map(strokeAsText).join('.')), DRAWING);
});

const DAMAGED = {
  'of nothing': '',
  'with an unknown tool': 'x0a0505',
  'of a stroke without a point': 'b0a',
  'of half a point': 'b0a05',
  'with a dot at the end': 'b0a0505.',
  'of a code that is no digit': 'b0a%000',
  'of a point below the pad': 'b0a0568', // 6×36 + 8 = 224
  'of a point at the right of the pad': 'b0a6805',
  'of no width': 'b000505',
  'of a pen wider than there is': 'b0n0505', // 23
  'of a change with a dot at the end': 'f.',
  'of two changes in one': 'ff',
  'of a change with a radius': 'f0c',
  'of a change after two in one': 'ff.f',
  'of more changes than a page makes in time': Array(101).fill('f').join('.'),
  'of more points than a page draws in time': `b0a${'0505'.repeat(20000)}`,
};

for (const [damage, text] of Object.entries(DAMAGED)) {
  test(`an address ${damage} holds no strokes`, () => assert.deepEqual(strokesOf(text), []));
}

test('an address holds as many changes as a page makes in time', () => {
  assert.equal(strokesOf(Array(100).fill('f').join('.')).length, 100);
});
