'use strict';
// The guided walk through the page, in five steps.

/**
 * @typedef {{title: string, text: string, place: number, column: number, against: number, spot: string}} Step
 */

/**
 * Return the first image that is predicted right, of a class or of any.
 * @param {number} [label]
 * @returns {number}
 */
function firstRight(label = -1) {
  const right = verdicts.findIndex((it, place) => it.right && (label < 0 || facts.labels[place] === label));
  return right < 0 && label >= 0 ? firstRight() : Math.max(right, 0);
}

/** Return the most confident mistake of the page, or -1. */
function worstMistake() {
  const wrong = [...verdicts.keys()].filter((place) => !verdicts[place].right);
  wrong.sort((a, b) => verdicts[b].share - verdicts[a].share);
  return wrong[0] ?? -1;
}

/** @type {(() => Step)[]} */
const STEPS = [
  () => ({
    title: 'A column is a class',
    text: `Each column is one output of the network, and stands for a class. All get the same ${facts.noun}. Each has ` +
      `${several(SIZE, 'weight')}, one a pixel; pixel times weight is the product, and the products added up are the ` +
      'sum. The tallest bar is what the network predicts. ' +
      `The true class is ${facts.words.true}, a wrong prediction ${facts.words.false}.`,
    place: firstRight(), column: -1, against: -1, spot: '',
  }),
  () => {
    const place = firstRight(0);
    const name = nameOf(facts.labels[place]);
    const { pro, contra } = facts.words;
    return {
      title: `Why a ${name} lights up column ${name}`,
      text: `Where column ${name} has ${pro} weights, a ${name} has ink: its products are ${pro}, they add up, and the bar ` +
        `grows. What is no ${name} puts its ink on ${contra} weights of this column: its products are ${contra}, and the ` +
        'bar shrinks.',
      place, column: facts.labels[place], against: -1, spot: 'products',
    };
  },
  () => ({
    title: `Seeing ${facts.noun}s in the weights`,
    text: `In the second row, ${facts.words.contra} are the places where a class's ${facts.noun}s tend to have no ink, ` +
      `${facts.words.pro} those where they have ink and the other classes have none; ${facts.words.zero} is no opinion. ` +
      'So the classes can be seen, kind of, in the weights.',
    place: firstRight(), column: -1, against: -1, spot: 'weights',
  }),
  () => mistakeStep(worstMistake()),
  () => ({
    title: 'Try it yourself',
    text: `Draw a ${facts.noun} and watch the sums while the pen moves. Then look for the least change that makes the ` +
      'network change its mind.',
    place: -1, column: -1, against: -1, spot: '',
  }),
];

/** @param {number} place Of the mistake, or -1. @returns {Step} */
function mistakeStep(place) {
  const title = 'A mistake and its cause';
  if (place < 0) {
    const text = 'No image of this page is mistaken. Change one until it is!';
    return { title, text, place: firstRight(), column: -1, against: -1, spot: '' };
  }
  const [label, { predicted, share }] = [facts.labels[place], verdicts[place]];
  const [truth, wrong] = [nameOf(label), nameOf(predicted)];
  const { pro, contra } = facts.words;
  const sure = facts.link ? `is ${probability(share)} sure that it is` : 'takes it for';
  return {
    title,
    text: `This is a ${truth}, and the network ${sure} a ${wrong}. It cannot see shapes: each ` +
      `pixel speaks for itself. Below, ${wrong} is set against ${truth}: the ${pro} pixels spoke for ${wrong}, the ` +
      `${contra} ones for ${truth}; with the biases, ${wrong} is ahead.`,
    place, column: predicted, against: label, spot: 'products',
  };
}

/**
 * Go to a step of the walk, or with -1 end it.
 * @param {number} step
 * @param {boolean} [alone] Whether to leave the rest as it is.
 */
function walk(step, alone = false) {
  state.step = step;
  const { spot, place, column, against } = writeStep(step);
  byId('bands').dataset.spot = spot;
  keepAddress();
  if (step < 0 || alone) return;
  stop();
  Object.assign(state, { column, against });
  if (place < 0) clear();
  else showImage(place);
  byId(against < 0 ? 'header' : 'closer').scrollIntoView({ block: 'start' });
  byId('walk-title').focus({ preventScroll: true });
}

/**
 * Write the text of a step, and leave room below it for what it is about.
 * @param {number} step
 * @returns {Step}
 */
function writeStep(step) {
  const [panel, shown] = [byId('walk'), STEPS[Math.max(step, 0)]()];
  panel.hidden = step < 0;
  setText(byId('walk-title'), `${step + 1} of ${STEPS.length}: ${shown.title}`);
  setText(byId('walk-text'), shown.text);
  /** @type {HTMLButtonElement} */ (byId('walk-back')).disabled = step === 0;
  setText(byId('walk-next'), step + 1 < STEPS.length ? 'Next step' : 'Draw');
  document.documentElement.style.scrollPaddingTop = `${panel.offsetHeight + 16}px`;
  return step < 0 ? { ...shown, spot: '' } : shown;
}

/** Go to the next step; after the last one, the reader draws. */
function walkOn() {
  if (state.step + 1 < STEPS.length) return walk(state.step + 1);
  walk(-1);
  pad.focus();
}

function endWalk() {
  walk(-1);
  byId('walk-start').focus();
}
