import assert from 'node:assert/strict';
import test from 'node:test';

import { makePage, packed } from './page.js';

makePage({ classes: ['a', 'b'], height: 1, width: 3, weights: packed([1, 2, 3, 3, 2, 1]), bias: packed([0.5, 0.5]) });
const { facts } = await import('../../../src/mnistviz/explorer/assets/facts.js');
const { answer, shareOf } = await import('../../../src/mnistviz/explorer/assets/network.js');

test('a score is the sum of the contributions and the bias', () => {
  const { logits, contributions, predicted } = answer(Float32Array.of(0.5, 0, 1));
  assert.deepEqual([...contributions], [0.5, 0, 3, 1.5, 0, 1]);
  assert.deepEqual([...logits], [4, 3]);
  assert.equal(predicted, 0);
});

test('in a tie the first class is predicted, unless Python says which', () => {
  const tied = Float32Array.of(1, 0, 1);
  assert.equal(answer(tied).predicted, 0);
  assert.equal(answer(tied, 1).predicted, 1);
  assert.equal(answer(tied, 1).share, 0.5);
});

for (const link of ['softmax', 'logistic']) {
  test(`the probabilities of ${link} add up to 1, however large the scores are`, () => {
    facts.link = link;
    for (const logits of [[1, 2], [-800, 800], [-1000, -1001]]) {
      const shares = [0, 1].map((label) => shareOf(Float64Array.from(logits), label));
      assert.ok(Math.abs(shares[0] + shares[1] - 1) < 1e-12, String(shares));
      assert.equal(shares[1] > shares[0], logits[1] > logits[0]);
    }
  });
}
