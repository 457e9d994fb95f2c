// The versions of the network: after fewer steps of its training, and of other smoothness.

import { bias, CLASSES, drawn, facts, floats, inflated, SIZE, weights } from './facts.js';

/** The version that is the trained network; the others are numbered, those by step first. */
export const TRAINED = -1;

export const STEP_COUNT = facts.versions ? facts.versions.steps.length - 1 : 0; // without the last, which is trained

/** @type {{levels: Int8Array, scales: Float32Array, biases: Float32Array, ink: Float32Array} | null} */
let unpacked = null;

/** @type {Promise<void> | null} */
let unpacking = null;

const trained = { weights: new Float32Array(), drawn: new Float32Array(), bias: new Float32Array() };

/** Unpack the versions, when they are first wanted. */
export function unpackVersions() {
  unpacking ??= unpackOnce();
  return unpacking;
}

async function unpackOnce() {
  const { versions } = facts;
  if (!versions) return;
  const levels = new Int8Array(await inflated(versions.levels));
  unpacked = { levels, scales: floats(versions.scales), biases: floats(versions.bias), ink: floats(versions.ink) };
  Object.assign(trained, { weights: weights.slice(), drawn: drawn.slice(), bias: bias.slice() });
}

/** Return whether the versions are unpacked. */
export function areUnpacked() {
  return unpacked !== null;
}

/** Put the weights of a version in the place of those in force; the trained ones are exact. @param {number} version */
export function takeWeights(version) {
  if (!unpacked) return; // the trained ones are in force
  if (version === TRAINED) {
    weights.set(trained.weights);
    drawn.set(trained.drawn);
    bias.set(trained.bias);
    return;
  }
  const { levels, scales, biases, ink } = unpacked;
  const first = version * CLASSES;
  for (let label = 0, at = 0; label < CLASSES; label++) {
    const scale = scales[first + label];
    for (let pixel = 0; pixel < SIZE; pixel++, at++) {
      weights[at] = scale * levels[first * SIZE + at];
      if (drawn !== weights) drawn[at] = weights[at] * ink[pixel];
    }
  }
  bias.set(biases.subarray(first, first + CLASSES));
}

/**
 * @typedef {{step: number, smoothness: number, accuracy: number}} About
 *   The places of a version on the two sliders, and its accuracy; one of the places is that of the trained network.
 */

/** @param {number} version @returns {About} */
export function aboutVersion(version) {
  const { stepAccuracies, smoothnessAccuracies, own } = facts.versions ?? NO_VERSIONS;
  if (version < STEP_COUNT) {
    const step = version === TRAINED ? STEP_COUNT : version;
    return { step, smoothness: own, accuracy: stepAccuracies[step] };
  }
  const place = version - STEP_COUNT;
  const smoothness = place < own ? place : place + 1;
  return { step: STEP_COUNT, smoothness, accuracy: smoothnessAccuracies[smoothness] };
}

const NO_VERSIONS = { stepAccuracies: [], smoothnessAccuracies: [], own: 0 };

/** Return the version at a place of the slider of steps. @param {number} place */
export function versionOfStep(place) {
  return place < STEP_COUNT ? place : TRAINED;
}

/** Return the version at a place of the slider of smoothness. @param {number} place */
export function versionOfSmoothness(place) {
  const own = facts.versions?.own ?? 0;
  return place === own ? TRAINED : STEP_COUNT + (place < own ? place : place - 1);
}

/** Return the version that an address names, by a step or by a smoothness. @param {URLSearchParams} given */
export function versionIn(given) {
  const named = (/** @type {string} */ name, /** @type {number[]} */ values) =>
    values.findIndex((value) => given.get(name) === String(value));
  const step = named('at', facts.versions?.steps ?? []);
  const smoothness = named('smooth', facts.versions?.smoothness ?? []);
  if (step >= 0) return versionOfStep(step);
  return smoothness >= 0 ? versionOfSmoothness(smoothness) : TRAINED;
}
