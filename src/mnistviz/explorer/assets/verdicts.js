// What the network says of each image of the page, as far as Python wrote it down.

import { bytes, facts } from './facts.js';

const ranks = new Uint32Array(bytes(facts.ranks).buffer);

/** Return whether the image in a place is predicted right. @param {number} place */
export function isRight(place) {
  return facts.predicted[place] === facts.labels[place];
}

/** Return how many images of the page the network is surer of. @param {number} place */
export function rankOf(place) {
  return ranks[place];
}
