// What a saved picture says of itself where it is not of the trained network, or not of a whole image.

import { facts } from './facts.js';
import { view } from './picture.js';
import { state } from './state.js';
import { addedText } from './sumtext.js';
import { TRAINED } from './versions.js';
import { accuracyText, versionText } from './versiontext.js';

/** Return which version of the network it is of, and of how many pixels. */
export function captions() {
  const version = state.version === TRAINED ? [] : [versionText()];
  return state.sum && view.whole ? [...version, addedText(state.sum.added, state.sum.places.length)] : version;
}

/** Return what model it is and how good, or how good its version is. */
export function aboutText() {
  return state.version === TRAINED ? facts.words.footer : accuracyText();
}
