// What the walk says of percentages: how they come from the scores.

import { facts } from './facts.js';
import { decimal, percent } from './numbers.js';
import { say } from './words.js';

/** Return how percentages come from the scores, if the model has them. @returns {string[]} */
export function percentageTexts() {
  if (!facts.link) return [];
  if (facts.link === 'logistic') {
    // Translators: the percentages are these numbers, divided by their sum.
    return [say('The logistic function turns each score into a number from 0 to 1: the percentages are their shares of the sum.')];
  }
  const values = { percent: percent(100, 0), number: decimal(Math.E.toFixed(1)) };
  // Translators: of two classes, and one image; {percent} is 100 %, and {number} 2.7.
  return [
    say(
      'The softmax makes percentages of the scores, {percent} in all: a class that scores 1 more than another is ' +
        'e ≈ {number} times as probable.',
      values,
    ),
  ];
}
