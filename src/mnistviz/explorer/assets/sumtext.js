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

/** @param {number} decided @param {number} label */
export function decidedText(decided, label) {
  const name = nameOf(label);
  // Translators: the biases, before any pixel is added; {name} is the class with the highest score.
  if (decided === 0) return say('{name} leads from the start, by the biases', { name });
  return sayCounted(
    'Decided after {number} pixel: from there on {name} leads',
    'Decided after {number} pixels: from there on {name} leads',
    decided,
    { name },
  );
}
