// The header: what is shown, and what the network says.

/** @import { View } from './state.js' */
import { byId, make, setText } from './dom.js';
import { facts } from './facts.js';
import { nameOf } from './names.js';
import { grouped, probability } from './numbers.js';
import { isOwn } from './own.js';
import { view } from './picture.js';
import { say } from './words.js';

/** Write what the page is about, of what is shown; a page with a title of its own keeps that. */
function writeQuestion() {
  if (!facts.title && !view.whole) setText(byId('title'), questionText());
}

function questionText() {
  const { label, predicted } = view;
  const name = nameOf(predicted);
  if (view.nothing) return say('What will it see here?');
  // Translators: {name} is a class, as "7" or "Trouser".
  return label === predicted ? say('How does it know this is “{name}”?', { name }) : say('Why does it say “{name}”?', { name });
}

/** Write the header: the predicted class, the true one where that is another, and which image it is. */
export function writeVerdict() {
  byId('bands').dataset.outcome = outcomeOf();
  writeQuestion();
  setText(byId('answer'), answerText());
  setText(byId('position'), positionText());
  const [verdict, parts] = [byId('verdict'), verdictParts()];
  const written = parts.join();
  if (verdict.dataset.written === written) return;
  verdict.dataset.written = written;
  verdict.replaceChildren(...parts.map(([kind, text]) => make('span', kind, text)));
}

/** Return what came out: 'right', a 'mistake' or 'nothing', of a part of an image 'part', or of an own drawing ''. */
export function outcomeOf() {
  if (view.nothing) return 'nothing';
  if (view.whole) return 'part';
  return view.label < 0 ? '' : view.label === view.predicted ? 'right' : 'mistake';
}

/**
 * Return what the network says of what is on the pad, or of another image.
 * @param {{nothing: boolean, predicted: number, share: number, whole?: View}} [of]
 */
export function answerText({ nothing, predicted, share, whole } = view) {
  if (nothing) return '';
  if (whole) return leaderText();
  const answer = say('It says {name}', { name: nameOf(predicted) });
  return facts.link ? `${answer} · ${probability(share)}` : answer;
}

function leaderText() {
  // Translators: of the pixels that have been added to the scores; {name} is the class with the highest score.
  return say('So far, {name} leads', { name: nameOf(view.predicted) });
}

export function nothingText() {
  return say('Nothing drawn. Only the biases speak.');
}

/** Return which image is shown. */
export function positionText() {
  const { place, changed } = view;
  if (place < 0) return changed ? say('your drawing') : say('blank paper');
  if (isOwn(place)) return changed ? say('your picture, changed') : say('your picture');
  const values = { index: grouped(facts.indices[place]), total: grouped(facts.total) };
  return changed ? say('image {index} of {total}, changed', values) : say('image {index} of {total}', values);
}

/** Return the parts of the verdict, each its kind and its text. */
export function verdictParts() {
  const { label, predicted, share, nothing } = view;
  if (nothing) return [['nothing', nothingText()]];
  if (view.whole) return [['own', leaderText()]];
  const prediction = say('predicted {name}', { name: nameOf(predicted) });
  const sure = facts.link ? [['share', probability(share)]] : [];
  if (label < 0) return [['own', prediction], ...sure];
  if (label === predicted) return [['mark true', facts.words.right], ['true', prediction], ...sure];
  return [['mark wrong', facts.words.wrong], ['wrong', prediction], ...sure, ['true', say('true {name}', { name: nameOf(label) })]];
}

/** Say what is shown, for screen readers. */
export function announce() {
  setText(byId('said'), saidText());
}

/** Return the prediction, and the true class or that of the image before it was changed. */
function saidText() {
  const { label, predicted, share, changed, nothing } = view;
  if (nothing) return nothingText();
  const name = nameOf(predicted);
  const prediction = facts.link
    ? say('predicted {name}, {number} percent', { name, number: grouped(Math.round(100 * share)) })
    : say('predicted {name}', { name });
  if (label < 0) return prediction;
  const values = { prediction, name: nameOf(label) };
  // Translators: {prediction} is a text as "predicted 6, 93 percent"; "was" is of an image that the reader has changed.
  return changed ? say('{prediction}; was {name}', values) : say('{prediction}; true {name}', values);
}
