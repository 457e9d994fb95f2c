// The sliders of time and smoothness: they put another version of the network in the place of the trained one.

import { keepAddress } from './address.js';
import { bringInSight, writeBiases } from './columns.js';
import { byId, setAttribute, setText } from './dom.js';
import { facts } from './facts.js';
import { announce } from './header.js';
import { showFlip } from './mind.js';
import { grouped, percent } from './numbers.js';
import { paintPad } from './pad.js';
import { paintWeights, show, view } from './picture.js';
import { stop } from './play.js';
import { moment, replay, state } from './state.js';
import { endSum } from './sum.js';
import { aboutVersion, areUnpacked, STEP_COUNT, takeWeights, TRAINED, unpackVersions } from './versions.js';
import { versionOfSmoothness, versionOfStep } from './versions.js';
import { accuracyText, factorOf, versionText } from './versiontext.js';
import { say } from './words.js';

const course = /** @type {HTMLDetailsElement} */ (byId('course'));
const steps = /** @type {HTMLInputElement} */ (byId('steps'));
const smoothness = /** @type {HTMLInputElement} */ (byId('smoothness'));

/** Listen to the sliders, if there are any. */
export function listenToSliders() {
  course.hidden = !facts.versions;
  if (!facts.versions) return;
  steps.max = String(STEP_COUNT);
  smoothness.max = String(facts.versions.smoothness.length - 1);
  const trained = aboutVersion(TRAINED); // a tick on each slider, to return to
  byId('trained-steps').append(new Option('', String(trained.step)));
  byId('trained-smoothness').append(new Option('', String(trained.smoothness)));
  course.addEventListener('toggle', () => {
    if (course.open) endSum(); // before a slider is dragged, which would move with it
    unpackVersions();
    writeVersion();
  });
  steps.addEventListener('input', () => slide(versionOfStep(Number(steps.value))));
  smoothness.addEventListener('input', () => slide(versionOfSmoothness(Number(smoothness.value))));
  for (const slider of [steps, smoothness]) slider.addEventListener('change', announce);
  byId('learn').addEventListener('click', learn);
}

/** Move to a version as the reader asks. @param {number} version */
function slide(version) {
  stop();
  stopLearning();
  return moveToVersion(version);
}

/** Put a version in force, and show with it what is on the pad. @param {number} version */
async function moveToVersion(version) {
  state.version = version;
  if (!areUnpacked()) await unpackVersions();
  forceVersion();
  if (state.drawing.strokes.some(({ tool }) => tool === 'flip')) {
    replay(); // other pixels change another answer
    paintPad();
  }
  show(moment());
  showFlip();
  keepAddress();
}

let inForce = TRAINED;

/** Put the version of the state in force; what depends on the image is still to be shown. */
export function forceVersion() {
  if (state.version !== inForce) {
    inForce = state.version;
    takeWeights(inForce);
    paintWeights();
    writeBiases();
  }
  if (state.version !== TRAINED) course.open = true;
  writeVersion();
}

/** Return to the trained network. */
export function putBack() {
  stopLearning();
  if (state.version === TRAINED) return;
  state.version = TRAINED;
  forceVersion();
}

/** Write which version it is: on the sliders, beside them, and in the header. */
function writeVersion() {
  const { versions } = facts;
  byId('version').hidden = !course.open && state.version === TRAINED;
  byId('facts').style.visibility = state.version === TRAINED ? '' : 'hidden'; // they are of the trained network
  if (!versions) return;
  const about = aboutVersion(state.version);
  const share = percent(100 * about.accuracy);
  const step = versions.steps[about.step];
  const factor = factorOf(about);
  setText(byId('version'), versionText());
  setText(byId('version-text'), accuracyText());
  steps.value = String(about.step);
  smoothness.value = String(about.smoothness);
  // Translators: of a slider: the step of a training, and the accuracy.
  setAttribute(steps, 'aria-valuetext', say('step {step}, {percent}', { step: grouped(step), percent: share }));
  // Translators: of a slider: the smoothness of the weights, a factor as 0.01, and the accuracy.
  setAttribute(smoothness, 'aria-valuetext', say('smoothness {number}, {percent}', { number: factor, percent: share }));
}

const TICK = 250; // milliseconds a step
let learning = 0;

/** Go on through the steps, from the first if the network is trained; or stop. */
function learn() {
  if (learning) return stopLearning();
  stop();
  bringInSight(view.predicted, course);
  let place = aboutVersion(state.version).step % STEP_COUNT;
  moveToVersion(versionOfStep(place));
  learning = window.setInterval(() => {
    if (state.sum) return stopLearning(); // the reader watches that
    place += 1;
    moveToVersion(versionOfStep(place));
    if (place === STEP_COUNT) stopLearning();
  }, TICK);
  setText(byId('learn'), say('Stop'));
}

/** Stay at a step. */
export function stopLearning() {
  clearInterval(learning);
  learning = 0;
  setText(byId('learn'), say('Watch it learn'));
}
