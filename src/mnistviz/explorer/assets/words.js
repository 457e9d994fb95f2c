// What the page says, in its language. A message is English here, as the catalogues have it.

import { facts } from './facts.js';
import { grouped } from './numbers.js';

/**
 * Return a message in the page's language; it stays English where the page has no translation.
 * @param {string} message
 * @param {Record<string, string>} [values] What stands in the place of its {names}.
 */
export function say(message, values = {}) {
  return filled(facts.messages[message] ?? message, values);
}

/**
 * Return a message about a number of something, with the plural of the page's language.
 * @param {string} one About one.
 * @param {string} many About more.
 * @param {number} number It stands in the place of {number}.
 * @param {Record<string, string>} [values]
 */
export function sayCounted(one, many, number, values = {}) {
  const { forms, choice } = facts.counted[one] ?? { forms: [one, many], choice: '' };
  const form = choice ? Number(choice[number < 100 ? number : 100 + (number % 100)]) : Number(number !== 1);
  return filled(forms[form], { number: grouped(number), ...values });
}

/** Put values in their places, in one pass: a class may be called '{number}'. @param {string} message @param {Record<string, string>} values */
function filled(message, values) {
  return message.replace(/{(\w+)}/g, (_, name) => values[name]);
}

/** Return sentences, one after the other. @param {string[]} sentences */
export function inTurn(...sentences) {
  // Translators: two sentences of a text; without the space where a language has none between them.
  return sentences.reduce((before, next) => say('{before} {next}', { before, next }));
}
