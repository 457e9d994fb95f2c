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
