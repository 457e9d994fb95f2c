// What is said of the version of the network that is in force.

/** @import { About } from './versions.js' */
import { facts } from './facts.js';
import { decimal, grouped, percent } from './numbers.js';
import { state } from './state.js';
import { aboutVersion, STEP_COUNT, TRAINED } from './versions.js';
import { say, sayCounted } from './words.js';

/** Return the smoothness of a version. @param {About} about */
export function factorOf({ smoothness }) {
  return decimal(String(facts.versions?.smoothness[smoothness]));
}

/** Return which version is in force. */
export function versionText() {
  const about = aboutVersion(state.version);
  const step = facts.versions?.steps[about.step] ?? 0;
  // Translators: in the header, of the network: how it was trained.
  if (state.version >= STEP_COUNT) return say('trained with a smoothness of {number}', { number: factorOf(about) });
  // Translators: in the header, of the network: for how long it was trained.
  if (state.version === TRAINED) return sayCounted('trained, after {number} step', 'trained, after {number} steps', step);
  // Translators: in the header, of the network, which is not trained to the end.
  return sayCounted('after {number} step of training', 'after {number} steps of training', step);
}

/** Return which version is in force, and how good it is. */
export function accuracyText() {
  const about = aboutVersion(state.version);
  const values = { percent: percent(100 * about.accuracy), number: grouped(facts.total), noun: facts.noun };
  if (state.version >= STEP_COUNT) {
    return say('Smoothness {factor}: {percent} of {number} test {noun}s right', { ...values, factor: factorOf(about) });
  }
  const [at, last] = [about.step, STEP_COUNT].map((place) => grouped(facts.versions?.steps[place] ?? 0));
  return say('Step {step} of {steps}: {percent} of {number} test {noun}s right', { ...values, step: at, steps: last });
}
