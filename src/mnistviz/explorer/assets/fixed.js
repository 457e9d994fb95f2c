// What never changes in a page: its fixed texts, the classes in its lists, and the proportions of its images.

import { writeKey } from './columns.js';
import { byId, make } from './dom.js';
import { CLASSES, facts, PLACES } from './facts.js';
import { grouped } from './numbers.js';
import { ZERO } from './picture.js';
import { say } from './words.js';

/** Write what never changes. */
export function writeFixed() {
  if (facts.title) byId('title').append(make('bdi', '', facts.title));
  byId('lead').textContent = say(
    'Each of {number} classes has its own weights, which score every pixel. The highest score wins. Draw a {noun}!',
    { number: grouped(CLASSES), noun: facts.noun },
  );
  byId('facts').textContent = facts.words.footer;
  writeKey();
  byId('browse-title').textContent = browseTitle();
  byId('legend').querySelectorAll('span').forEach((word, at) => (word.textContent = facts.words.legend[at]));
  byId('invitation').textContent = say('Draw a {noun} here', { noun: facts.noun });
  const { style } = byId('table');
  style.setProperty('--zero', `${100 * ZERO}%`);
  style.setProperty('--aspect', `${facts.width} / ${facts.height}`);
  style.setProperty('--dx', String(1 / facts.width));
  style.setProperty('--dy', String(1 / facts.height));
  /** @type {HTMLInputElement} */ (byId('pixel-row')).max = String(facts.height - 1);
  /** @type {HTMLInputElement} */ (byId('pixel-column')).max = String(facts.width - 1);
  // Translators: in the list of the label "Class".
  const predicted = new Option(say('the predicted one'), '-1');
  byId('column').append(predicted);
  for (const id of ['of', 'as', 'column', 'against']) byId(id).append(...facts.classes.map(option));
}

/** Return which images of which can be browsed. */
function browseTitle() {
  const { noun, scope } = facts;
  const [number, total] = [grouped(PLACES), grouped(facts.total)];
  // Translators: {scope} says how the images were selected, as in "surest mistakes 4, 9".
  if (scope) return say('Browse {number} of {total} test {noun}s ({scope})', { number, total, noun, scope });
  return say('Browse {number} of {total} test {noun}s', { number, total, noun });
}

/** @param {string} name @param {number} label */
function option(name, label) {
  return Object.assign(new Option(name, String(label)), { dir: 'auto' });
}
