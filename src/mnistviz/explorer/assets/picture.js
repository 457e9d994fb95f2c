'use strict';
// The picture: the film's four rows, live.

/** @type {Answer & Moment & {highest: number}} */
let view;
const GREYS = Uint32Array.from({ length: 256 }, (_, level) => colour(level, level, level));
let signedColours = GREYS;
let brightLevels = GREYS.map(isBright); // on which black is more visible than white
const cellImage = new ImageData(facts.width, facts.height);
const cellColours = new Uint32Array(cellImage.data.buffer);

/**
 * Return an opaque colour as an ImageData holds it.
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
function colour(red, green, blue) {
  return new Uint32Array(new Uint8Array([red, green, blue, 255]).buffer)[0];
}

/**
 * Return 1 if the luma of a colour is in the upper half, else 0.
 * @param {number} colour
 */
function isBright(colour) {
  const [red, green, blue] = new Uint8Array(Uint32Array.of(colour).buffer);
  return Number(77 * red + 150 * green + 29 * blue >= 256 * 128);
}

/** Take the colours of weights from the current theme. */
function takeColours() {
  const light = facts.theme === 'light' || matchMedia('print').matches ||
    (facts.theme === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  const coloured = facts.signedColours[light ? 'light' : 'dark'];
  if (!coloured) return;
  const levels = bytes(coloured);
  signedColours = GREYS.map((_, level) => {
    const [red, green, blue] = levels.subarray(3 * level);
    return colour(red, green, blue);
  });
  brightLevels = signedColours.map(isBright);
}

/**
 * Draw levels into a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint32Array} colours
 * @param {(pixel: number) => number} level
 */
function paintCell(canvas, colours, level) {
  for (let pixel = 0; pixel < SIZE; pixel++) cellColours[pixel] = colours[level(pixel)];
  canvas.getContext('2d')?.putImageData(cellImage, 0, 0);
}

/** Draw the weights, and the legend. */
function paintWeights() {
  columns.forEach(({ canvases }, label) =>
    paintCell(canvases[1], signedColours, (pixel) => signedLevel(drawn[label * SIZE + pixel])),
  );
  const ramp = byId('legend').querySelector('canvas');
  if (!ramp) return;
  [ramp.width, ramp.height] = [257, 1]; // linear in the weight, so that it shows the tone curve
  const levels = Uint32Array.from({ length: 257 }, (_, at) => signedColours[signedLevel(at / 128 - 1, 1)]);
  ramp.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(levels.buffer), 257, 1), 0, 0);
}

/** Show a moment. @param {Moment} shown */
function show(shown) {
  const found = answer(shown.pixels, shown.known);
  view = { ...shown, ...found, highest: found.logits[found.predicted], ...shown.verdict };
  paintImages();
  paintBars();
  writeVerdict();
  writePixel();
  showCloser();
}

/** Draw the images and the products. */
function paintImages() {
  const { pixels, contributions } = view;
  paintCell(columns[0].canvases[0], GREYS, (pixel) => Math.round(255 * pixels[pixel]));
  for (const { canvases } of columns) canvases[0].getContext('2d')?.putImageData(cellImage, 0, 0);
  columns.forEach(({ canvases }, label) => {
    const first = label * SIZE;
    paintCell(canvases[2], signedColours, (pixel) => signedLevel(contributions[first + pixel]));
  });
}

const [LOW, HIGH] = facts.range; // scores of the longest bars
const LEAST_SIDE = 0.3; // of the bars' room, on each side of zero: for a number
const ZERO = Math.min(1 - LEAST_SIDE, Math.max(LEAST_SIDE, HIGH / (HIGH - LOW))); // from the top
const UNIT = Math.min(ZERO / HIGH, LOW < 0 ? (1 - ZERO) / -LOW : Infinity); // of the room, for a score of 1

/** Return the share of the bars' room that a bar takes, below zero if it hangs down. @param {number} logit */
function lengthOf(logit) {
  return UNIT * Math.min(HIGH, Math.max(LOW, logit));
}

/** Draw the bars, and mark what is true and what is predicted. */
function paintBars() {
  columns.forEach(({ root, bar, number, line, percent: share, mark }, label) => {
    const logit = view.logits[label];
    const length = lengthOf(logit);
    bar.style.top = `${100 * (ZERO - Math.max(0, length))}%`;
    bar.style.height = `${100 * Math.abs(length)}%`;
    bar.classList.toggle('cut', logit < LOW || logit > HIGH);
    bar.classList.toggle('down', logit < 0);
    line.style.top = `${100 * (ZERO - lengthOf(view.highest))}%`;
    number.classList.toggle('above', logit < 0);
    setLast(number, signed(logit));
    if (facts.link) setLast(share, probability(shareOf(view.logits, label)));
    const [isTrue, isPredicted] = [label === view.label, label === view.predicted];
    root.classList.toggle('true', isTrue);
    root.classList.toggle('predicted', isPredicted);
    root.classList.toggle('wrong', isPredicted && view.label >= 0 && !isTrue);
    setText(mark, marked(isTrue, isPredicted));
  });
}

/** Return what a class is, for screen readers. @param {boolean} isTrue @param {boolean} isPredicted */
function marked(isTrue, isPredicted) {
  if (isTrue) return isPredicted ? say('true class, predicted') : say('true class');
  return isPredicted ? say('predicted') : '';
}

/** Write the header: the predicted class, the true one where that is another, and which image it is. */
function writeVerdict() {
  const outcome = view.label < 0 ? '' : view.label === view.predicted ? 'right' : 'mistake';
  byId('bands').dataset.outcome = outcome;
  setText(byId('position'), positionText());
  const [verdict, parts] = [byId('verdict'), verdictParts()];
  const written = parts.join();
  if (verdict.dataset.written === written) return;
  verdict.dataset.written = written;
  verdict.replaceChildren(...parts.map(([kind, text]) => make('span', kind, text)));
}

/** Return which image is shown. */
function positionText() {
  const { place, changed } = view;
  if (place < 0) return changed ? say('your drawing') : say('blank paper');
  const values = { index: grouped(facts.indices[place]), total: grouped(facts.total) };
  return changed ? say('image {index} of {total}, changed', values) : say('image {index} of {total}', values);
}

/** Return the parts of the verdict, each its kind and its text. */
function verdictParts() {
  const { label, predicted, share } = view;
  const prediction = say('predicted {name}', { name: nameOf(predicted) });
  const sure = facts.link ? [['share', probability(share)]] : [];
  if (label < 0) return [['own', prediction], ...sure];
  if (label === predicted) return [['mark true', facts.words.right], ['true', prediction], ...sure];
  return [['mark wrong', facts.words.wrong], ['wrong', prediction], ...sure, ['true', say('true {name}', { name: nameOf(label) })]];
}

/** Say what is shown, for screen readers. */
function announce() {
  setText(byId('said'), saidText());
}

/** Return the prediction, and the true class or that of the image before it was changed. */
function saidText() {
  const { label, predicted, share, place, changed } = view;
  if (place < 0 && !changed) return say('blank paper');
  const name = nameOf(predicted);
  const prediction = facts.link
    ? say('predicted {name}, {number} percent', { name, number: grouped(Math.round(100 * share)) })
    : say('predicted {name}', { name });
  if (label < 0) return prediction;
  const values = { prediction, name: nameOf(label) };
  // Translators: {prediction} is a text as "predicted 6, 93 percent"; "was" is of an image that the reader has changed.
  return changed ? say('{prediction}; was {name}', values) : say('{prediction}; true {name}', values);
}
