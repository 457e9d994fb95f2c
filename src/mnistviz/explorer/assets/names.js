// Names of classes, for sentences.

import { facts } from './facts.js';

/** Return a class's name for a sentence. @param {number} label */
export function nameOf(label) {
  return isolated(facts.classes[label]);
}

/** Isolate a name in a sentence, so that its writing direction does not affect the rest. @param {string} name */
export function isolated(name) {
  if (/^[ -~]*$/.test(name) && document.dir !== 'rtl') return name;
  return `\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}

/** Return what all names begin with, up to the end of a word, as 'letter ' of 'letter a' and 'letter b'. @param {string[]} names */
export function sharedBeginning(names) {
  let length = 0;
  while (names.every((name) => length < name.length - 1 && name[length] === names[0][length])) length++;
  return names[0].slice(0, length).match(/^.*[^\p{L}\p{N}]/u)?.[0] ?? '';
}
