// What is said of a sum that is watched.

import { runnerUp } from './adding.js';
import { nameOf } from './names.js';
import { grouped, size } from './numbers.js';
import { view } from './picture.js';
import { say, sayCounted } from './words.js';

/** @param {number} added @param {number} all */
export function addedText(added, all) {
  const first = view.logits.indexOf(Math.max(...view.logits));
  const lead = size(view.logits[first] - view.logits[runnerUp(view.logits, first)]);
  // Translators: {added} of {total} pixels have been added to the scores; {name} is the class with the highest score.
  return say('{added} of {total} pixels added: {name} leads by {lead}', {
    added: grouped(added), total: grouped(all), name: nameOf(first), lead,
  });
}

/** @param {number} settled @param {number} label */
export function settledText(settled, label) {
  const name = nameOf(label);
  // Translators: the biases, before any pixel is added; {name} is the class with the highest score.
  if (settled === 0) return say('{name} leads from the start, by the biases', { name });
  return sayCounted(
    'After {number} pixel, {name} leads to the end',
    'After {number} pixels, {name} leads to the end',
    settled,
    { name },
  );
}
