import assert from 'node:assert/strict';
import test from 'node:test';

import { makePage } from './page.js';

makePage({ height: 28, width: 28 });
const { imageForm } = await import('../../../src/mnistviz/explorer/assets/recipe.js');

const SIDE = 40;

/** Return what the recipe makes of a square of grey levels. @param {(x: number, y: number) => number} level */
function formOf(level) {
  const grey = new Uint8Array(SIDE * SIDE).map((_, at) => level(at % SIDE, Math.floor(at / SIDE)));
  const form = imageForm(grey, SIDE, SIDE);
  return typeof form === 'string' ? form : form.levels;
}

const isInside = (/** @type {number} */ x, /** @type {number} */ y) => x >= 12 && x < 28 && y >= 10 && y < 30;

test('ink on paper and paper on ink are the same drawing', () => {
  const light = formOf((x, y) => (isInside(x, y) ? 250 : 10));
  const dark = formOf((x, y) => (isInside(x, y) ? 10 : 250));
  assert.ok(typeof light !== 'string');
  assert.deepEqual(dark, light);
  assert.equal(Math.max(...light), 255);
});

test('a drawing is as large as the box wherever and however small it is drawn', () => {
  const image = formOf((x, y) => (x >= 1 && x < 5 && y >= 2 && y < 10 ? 255 : 0));
  assert.ok(typeof image !== 'string');
  const inked = [...image.keys()].filter((at) => image[at]);
  assert.equal(inked.length, 20 * 10);
  assert.equal(Math.floor(inked[0] / 28), 4);
});

const REFUSED = {
  'blank paper': { level: () => 0, reason: 'Nothing is drawn.' },
  'paper that is half light and half dark': {
    level: (/** @type {number} */ x, /** @type {number} */ y) => (isInside(x, y) ? (x < 20 ? 200 : 50) : 125),
    reason: 'Half is light and half dark: which is the drawing?',
  },
  'what can hardly be seen': {
    level: (/** @type {number} */ x, /** @type {number} */ y) => (isInside(x, y) ? 125 : 120),
    reason: 'The drawing does not stand out.',
  },
};

for (const [drawing, { level, reason }] of Object.entries(REFUSED)) {
  test(`there is no image of ${drawing}, and the reason is said`, () => assert.equal(formOf(level), reason));
}

test('there is no image of a line that is far too long for its width, and the reason is said', () => {
  const grey = new Uint8Array(3 * 30000);
  grey.fill(255, 30000 + 10, 30000 + 12); // two points, far from each other
  grey.fill(255, 60000 - 12, 60000 - 10);
  const reason = 'The lines are too thin for their length: nothing is left of them.';
  assert.equal(imageForm(grey, 3, 30000), reason);
});
