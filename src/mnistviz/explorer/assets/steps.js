// The steps of the guided walk, and what each says.

import { COLOURED, facts, imageAt } from './facts.js';
import { nameOf } from './names.js';
import { answer, asPixels } from './network.js';
import { probability } from './numbers.js';
import { percentageTexts } from './percentages.js';
import { isUntouched } from './state.js';
import { isRight, rankOf } from './verdicts.js';
import { inTurn, say } from './words.js';

/**
 * @typedef {{title: string, text: string, place: number, column: number, against: number, spot: Spot}} Step
 * @typedef {'' | 'column' | 'weights' | 'mistake' | 'sums'} Spot What it speaks of: the style dims the rest.
 */

/**
 * Return the first image that is predicted right, of a class or of any.
 * @param {number} [label]
 * @returns {number}
 */
function firstRight(label = -1) {
  const right = facts.labels.findIndex((it, place) => isRight(place) && (label < 0 || it === label));
  return right < 0 && label >= 0 ? firstRight() : Math.max(right, 0);
}

/** Return the most confident mistake of the page, or -1. */
function worstMistake() {
  const wrong = [...facts.labels.keys()].filter((place) => !isRight(place));
  return wrong.sort((a, b) => rankOf(a) - rankOf(b))[0] ?? -1;
}

/** @type {(() => Step)[]} */
export const STEPS = [columnStep, productsStep, weightsStep, () => mistakeStep(worstMistake()), drawingStep];

/** @returns {Step} */
function columnStep() {
  const { words } = facts;
  return {
    title: say('A column is a class'),
    text: inTurn(
      say('Each column is a class, with a weight for each pixel; pixel times weight is the product, and all products and the bias add up to the score.'),
      // Translators: {right} and {wrong} are colours: "... green if that is right, orange if not."
      say('The highest bar wins: {right} if that is right, {wrong} if not.', { right: words.true, wrong: words.false }),
      ...percentageTexts(),
    ),
    place: firstRight(), column: -1, against: -1, spot: '',
  };
}

/** @returns {Step} */
function productsStep() {
  const place = firstRight(0);
  const name = nameOf(facts.labels[place]);
  return {
    title: say('Why a {name} lights up column {name}', { name }),
    text: COLOURED
      ? say(
          'Where column {name} has blue weights, a {name} has ink: its products are blue, they add up, and the bar ' +
            'grows. What is no {name} puts its ink on red weights of this column: its products are red, and the bar ' +
            'shrinks.',
          { name },
        )
      : say(
          'Where column {name} has light weights, a {name} has ink: its products are light, they add up, and the bar ' +
            'grows. What is no {name} puts its ink on dark weights of this column: its products are dark, and the bar ' +
            'shrinks.',
          { name },
        ),
    place, column: facts.labels[place], against: -1, spot: 'column',
  };
}

/** @returns {Step} */
function weightsStep() {
  const { noun } = facts;
  return {
    title: say('Seeing {noun}s in the weights', { noun }),
    text: inTurn(
      COLOURED
        ? say(
            "In the second row, red are the places where a class's {noun}s tend to have no ink, blue those where they " +
              'have ink and the other classes have none; the colour of the background is no opinion.',
            { noun },
          )
        : say(
            "In the second row, dark are the places where a class's {noun}s tend to have no ink, light those where they " +
              'have ink and the other classes have none; grey is no opinion.',
            { noun },
          ),
      say('So the classes can be seen, kind of, in the weights.'),
    ),
    place: firstRight(), column: -1, against: -1, spot: 'weights',
  };
}

/** @param {number} place Of the mistake, or -1. @returns {Step} */
function mistakeStep(place) {
  const title = say('A mistake and its cause');
  if (place < 0) {
    const text = say('No image of this page is mistaken. Change one until it is!');
    return { title, text, place: firstRight(), column: -1, against: -1, spot: '' };
  }
  const [label, predicted] = [facts.labels[place], facts.predicted[place]];
  const spot = 'mistake';
  if (!isUntouched(place)) {
    const text = say('The pad does not show the mistake of this step: go to the previous step and on again to see it.');
    return { title, text, place, column: predicted, against: label, spot };
  }
  const { share } = answer(asPixels(imageAt(place)), predicted);
  const names = { truth: nameOf(label), wrong: nameOf(predicted) };
  return {
    title,
    text: inTurn(
      facts.link
        ? say('This is a {truth}, and the network is {percent} sure that it is a {wrong}.', {
            ...names,
            percent: probability(share),
          })
        : say('This is a {truth}, and the network takes it for a {wrong}.', names),
      COLOURED
        ? say('It sees no shapes, only pixels: the blue ones spoke for {wrong}, the red ones for {truth}.', names)
        : say('It sees no shapes, only pixels: the light ones spoke for {wrong}, the dark ones for {truth}.', names),
    ),
    place, column: predicted, against: label, spot,
  };
}

/** @returns {Step} */
function drawingStep() {
  const { noun } = facts;
  return {
    title: say('Try it yourself'),
    text: inTurn(
      say('Draw a {noun} and watch the sums while the pen moves.', { noun }),
      say('Then look for the least change that makes the network change its mind.'),
    ),
    place: -1, column: -1, against: -1, spot: 'sums',
  };
}
