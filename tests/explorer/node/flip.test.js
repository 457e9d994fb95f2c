import assert from 'node:assert/strict';
import test from 'node:test';

import { makePage, packed, randomNumbers } from './page.js';

const [CLASSES, PIXELS] = [3, 8];
const random = randomNumbers(1);
makePage({
  weights: packed(Array.from({ length: CLASSES * PIXELS }, random)),
  bias: packed([0, 0.1, -0.1]),
});
const { canLose, flipAway } = await import('../../../src/mnistviz/explorer/assets/flip.js');
const { answer } = await import('../../../src/mnistviz/explorer/assets/network.js');

const images = Array.from({ length: 50 }, () => Float32Array.from({ length: PIXELS }, () => Math.abs(random())));

/** Return how many pixels are in the smallest set that changes the answer, by trying all sets. @param {Float32Array} image */
function fewestOfAllSets(image) {
  const { predicted } = answer(image);
  let fewest = Infinity;
  for (let set = 0; set < 3 ** PIXELS; set++) { // each pixel as it is, without ink, or with all ink
    const changes = set.toString(3).padStart(PIXELS, '0');
    const changed = image.map((pixel, at) => (changes[at] === '0' ? pixel : Number(changes[at]) - 1));
    const count = PIXELS - [...changes].filter((change) => change === '0').length;
    if (count < fewest && answer(changed).predicted !== predicted) fewest = count;
  }
  return fewest;
}

test('no smaller set of pixels changes the answer', () => {
  const counts = images.slice(0, 10).map((image) => {
    const flip = flipAway(image);
    assert.equal(flip?.places.length ?? Infinity, fewestOfAllSets(image));
    return flip?.places.length;
  });
  assert.ok(new Set(counts).size > 1);
});

test('the pixels that are named change the answer', () => {
  for (const image of images) {
    const flip = flipAway(image);
    assert.ok(flip);
    assert.equal(flip.before, answer(image).predicted);
    flip.places.forEach((place, at) => (image[place] = Number(flip.inked[at])));
    assert.notEqual(answer(image).predicted, flip.before);
  }
});

test('a class that wins whatever is drawn cannot lose', async () => {
  assert.deepEqual([0, 1, 2].map(canLose), [true, true, true]);
  const { bias } = await import('../../../src/mnistviz/explorer/assets/facts.js');
  bias.set([1000, 0, 0]);
  assert.equal(canLose(0), false);
  assert.equal(flipAway(images[0]), null);
});
