import assert from 'node:assert/strict';
import test from 'node:test';

import { makePage } from './page.js';

makePage({ classes: ['{number}', 'שלום', 'a\u202eb'], messages: { '{before} {next}': '{before}{next}' } });
const { isolated, nameOf, sharedBeginning } = await import('../../../src/mnistviz/explorer/assets/names.js');
const { fine, signed } = await import('../../../src/mnistviz/explorer/assets/numbers.js');
const { inTurn, sayCounted } = await import('../../../src/mnistviz/explorer/assets/words.js');

test('a class whose name looks like a place in a message is only a name', () => {
  const said = sayCounted('{number} pixel for {name}', '{number} pixels for {name}', 3, { name: nameOf(0) });
  assert.equal(said, '3 pixels for {number}');
});

test('sentences follow each other as the language has it', () => {
  assert.equal(inTurn('一。', '二。', '三。'), '一。二。三。');
});

test('a name of another script is isolated, and turns nothing around itself', () => {
  assert.equal(nameOf(1), '\u2068שלום\u2069');
  assert.equal(nameOf(2), '\u2068ab\u2069');
  assert.equal(isolated('T-shirt (top)'), 'T-shirt (top)');
});

test('names share whole words at their beginning, and each keeps something', () => {
  assert.equal(sharedBeginning(['letter a', 'letter b']), 'letter ');
  assert.equal(sharedBeginning(['magpie', 'magic']), '');
  assert.equal(sharedBeginning(['No.', 'No. 2']), '');
  assert.equal(sharedBeginning(['7', '8']), '');
});

test('a number has as many digits as its size needs', () => {
  assert.deepEqual([0.041, -1.2, 9.994, 9.996, 99.94, 543.2].map(fine), ['+0.04', '−1.20', '+9.99', '+10.0', '+99.9', '+543']);
  assert.deepEqual([999.6, -1e5, 12345].map((each) => signed(each)), ['+1e3', '−1e5', '+1e4']);
  assert.deepEqual([0, -0.04, 0.001].map((each) => signed(each)), ['0.0', '0.0', '0.0']);
});
