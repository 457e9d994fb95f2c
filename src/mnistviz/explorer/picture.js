'use strict';
// The picture: the film's four rows, live.

/**
 * @typedef {{root: HTMLElement, heading: HTMLButtonElement, canvases: HTMLCanvasElement[], bar: HTMLElement,
 *   number: HTMLElement, sums: HTMLElement, mark: HTMLElement}} Column
 *   What changes in the column of a class.
 */

/** @type {Answer & Moment} */
let view;
/** @type {Column[]} */
let columns = [];
const GREYS = Uint32Array.from({ length: 256 }, (_, level) => colour(level, level, level));
let signedColours = GREYS;
const cellImage = new ImageData(facts.width, facts.height);
const cellColours = new Uint32Array(cellImage.data.buffer);

/** Return an opaque colour as an ImageData holds it. @param {number} red @param {number} green @param {number} blue */
function colour(red, green, blue) {
  return new Uint32Array(new Uint8Array([red, green, blue, 255]).buffer)[0];
}

/** Whether black is seen better on a colour than white: its luma is above the middle. @param {number} colour */
function isBright(colour) {
  const [red, green, blue] = new Uint8Array(Uint32Array.of(colour).buffer);
  return 77 * red + 150 * green + 29 * blue >= 256 * 128;
}

/** Take the colours of weights from the theme that is on. */
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
}

/** Make an element with a class and a text, which is never markup. @param {string} name @param {string} [kind] @param {string} [text] */
function make(name, kind = '', text = '') {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string} value */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Make the column of a class. @param {string} name @param {number} label @returns {Column} */
function makeColumn(name, label) {
  const root = make('div', 'column');
  const heading = /** @type {HTMLButtonElement} */ (make('button', 'heading', name));
  heading.type = 'button';
  heading.dir = 'auto';
  heading.title = name;
  const mark = make('span', 'unseen');
  const cells = ['images framed', 'weights', 'products'].map((kind) => make('div', `cell ${kind}`));
  if (facts.signedColours.dark) cells.forEach((cell) => cell.classList.add('framed'));
  const canvases = cells.map(makeCanvas);
  const bars = make('div', 'bars');
  const bar = bars.appendChild(make('div', 'bar'));
  const number = make('p', 'number');
  const sums = make('p', 'sums');
  const start = worded('p', 'bias', 'bias', signed(bias[label]));
  root.append(heading, ...cells, bars, number, start, sums, mark, make('div', 'frame'));
  root.addEventListener('click', () => choose(label));
  return { root, heading, canvases, bar, number, sums, mark };
}

/** Make an element of a word, which small columns hide, and a number. @param {string} name @param {string} kind @param {string} word @param {string} number */
function worded(name, kind, word, number) {
  const element = make(name, kind);
  element.append(make('span', 'word', `${word} `), number);
  return element;
}

/** @param {HTMLElement} cell */
function makeCanvas(cell) {
  const canvas = cell.appendChild(document.createElement('canvas'));
  [canvas.width, canvas.height] = [facts.width, facts.height];
  canvas.setAttribute('aria-hidden', 'true');
  return canvas;
}

// Of a pixel: what is told below its column.
const SUMS = [['×', 'weight'], ['=', 'product'], ['Σ', 'so far']];

/** Make the words before the rows of a band. */
function makeLabels() {
  const labels = make('div', 'labels');
  labels.setAttribute('aria-hidden', 'true');
  labels.append(make('span'));
  for (const [symbol, word] of facts.words.rows) {
    const label = labels.appendChild(make('div'));
    label.append(make('b', '', symbol), make('span', '', word));
  }
  const sums = make('div', 'sums');
  for (const [symbol, word] of SUMS) sums.appendChild(make('span', '', symbol)).append(make('span', 'word', ` ${word}`));
  const start = make('span', 'bias', 'b');
  start.append(make('span', 'word', 'ias'));
  labels.append(make('span'), start, sums);
  return labels;
}

/** Set lengths of the style, in pixels of the page. @param {Record<string, number>} lengths */
function setLengths(lengths) {
  const { style } = byId('table');
  for (const [name, length] of Object.entries(lengths)) style.setProperty(`--${name}`, `${length}px`);
}

/** Place the columns, in cells of whole pixels of the screen: as many bands as make them legible. */
function arrange() {
  const density = devicePixelRatio;
  const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const narrow = document.documentElement.clientWidth < 40 * em;
  setLengths({ pad: padWidth(em, density) }); // which leaves the rest to the grid
  const labels = narrow ? 1.1 * em : 3.8 * em;
  const room = byId('bands').clientWidth - labels;
  const { k, gap, perBand } = fittingCells(room * density, 0.6 * innerHeight * density, 1.75 * em * density);
  const [width, height] = [(k * facts.width) / density, (k * facts.height) / density];
  setLengths({
    'cell-width': width,
    'cell-height': height,
    gap: gap / density,
    labels,
    film: labels + perBand * (width + gap / density) - gap / density,
    bars: Math.max(5 * em, Math.min(1.2 * height, 12 * em)),
    heading: Math.min(1.6 * em, width / 2.2),
    number: Math.min(1.15 * em, width / 2.9),
    small: Math.min(0.8 * em, width / 3),
  });
  byId('bands').classList.toggle('narrow', narrow);
  byId('bands').classList.toggle('tiny', width < 4.2 * em);
  placeColumns(perBand);
}

/** Return the width of the pad, of whole screen pixels for an image pixel. @param {number} em @param {number} density */
function padWidth(em, density) {
  const room = Math.min(16 * em, byId('film').parentElement?.clientWidth ?? 0) * density;
  return (Math.max(1, Math.floor(room / Math.max(facts.height, facts.width))) * facts.width) / density;
}

/**
 * Return the largest whole number of screen pixels for an image pixel, with the gap between cells
 * and the number of columns of a band.
 * @param {number} width For the columns of a band. @param {number} height For three cells. @param {number} least Width of a cell.
 */
function fittingCells(width, height, least) {
  for (let bands = 1; ; bands++) {
    const perBand = Math.ceil(CLASSES / bands);
    const gapOf = (/** @type {number} */ k) => Math.max(Math.ceil(least / 8), Math.round((k * facts.width) / 21));
    let k = 1;
    const wider = () => perBand * ((k + 1) * facts.width + gapOf(k + 1)) <= width + gapOf(k + 1);
    const higher = () => 3 * (k + 1) * facts.height <= height || (k + 1) * facts.width <= least;
    while (wider() && higher()) k++;
    const legible = k * facts.width >= least && perBand * (k * facts.width + gapOf(k)) - gapOf(k) <= width;
    if (legible || perBand === 1) return { k, gap: gapOf(k), perBand };
  }
}

/** Put the columns into bands. @param {number} perBand */
function placeColumns(perBand) {
  const bands = byId('bands');
  if (bands.dataset.perBand === String(perBand)) return;
  bands.dataset.perBand = String(perBand);
  const focused = document.activeElement;
  bands.replaceChildren();
  for (let first = 0; first < CLASSES; first += perBand) {
    const band = bands.appendChild(make('div', 'band'));
    band.append(makeLabels(), ...columns.slice(first, first + perBand).map((column) => column.root));
  }
  if (focused instanceof HTMLElement && bands.contains(focused)) focused.focus();
}

/** Draw levels into a canvas. @param {HTMLCanvasElement} canvas @param {Uint32Array} colours @param {(pixel: number) => number} level */
function paintCell(canvas, colours, level) {
  for (let pixel = 0; pixel < SIZE; pixel++) cellColours[pixel] = colours[level(pixel)];
  canvas.getContext('2d')?.putImageData(cellImage, 0, 0);
}

/** Draw what stays: the weights, and the legend. */
function paintWeights() {
  columns.forEach(({ canvases }, label) =>
    paintCell(canvases[1], signedColours, (pixel) => signedLevel(weights[label * SIZE + pixel])),
  );
  const ramp = byId('legend').querySelector('canvas');
  if (!ramp) return;
  [ramp.width, ramp.height] = [256, 1];
  const image = new ImageData(new Uint8ClampedArray(signedColours.slice().buffer), 256, 1);
  ramp.getContext('2d')?.putImageData(image, 0, 0);
}

/** Show a moment. @param {Moment} shown */
function show(shown) {
  view = { ...shown, ...answer(shown.pixels) };
  paintImages();
  paintBars();
  tellVerdict();
  tellPixel();
  tellCloser();
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

/** Draw the bars, and mark what is true and what is predicted. */
function paintBars() {
  columns.forEach(({ root, bar, number, mark }, label) => {
    const logit = view.logits[label];
    const length = 50 * Math.min(1, Math.abs(logit) / facts.fullLogit);
    bar.style.top = `${logit > 0 ? 50 - length : 50}%`;
    bar.style.height = `${length}%`;
    setText(number, signed(logit));
    const [isTrue, isPredicted] = [label === view.label, label === view.predicted];
    root.classList.toggle('true', isTrue);
    root.classList.toggle('predicted', isPredicted);
    root.classList.toggle('wrong', isPredicted && view.label >= 0 && !isTrue);
    setText(mark, [isTrue ? 'true class' : '', isPredicted ? 'predicted' : ''].filter(Boolean).join(', '));
  });
}

/** Write the header: which image, what it is, what it is taken for. */
function tellVerdict() {
  const { label, place, predicted, share, changed } = view;
  const index = place < 0 ? 'your drawing' : `image ${grouped(facts.indices[place])} of ${grouped(facts.total)}`;
  setText(byId('position'), index + (place >= 0 && changed ? ', changed' : ''));
  const right = label === predicted;
  const parts = [['share', percent(share)]];
  if (label >= 0) parts.unshift([right ? 'mark' : 'mark wrong-mark', right ? facts.words.right : facts.words.wrong]);
  parts.unshift([label < 0 ? 'own' : right ? 'true' : 'wrong', `predicted ${facts.classes[predicted]}`]);
  if (label >= 0) parts.unshift(['true', `true ${facts.classes[label]}`]);
  const verdict = byId('verdict');
  const told = parts.flat().join('\n');
  if (verdict.dataset.told === told) return;
  verdict.dataset.told = told;
  verdict.replaceChildren(...parts.map(([kind, text]) => make('span', kind, text)));
}

/** Tell what is on to who does not see it. */
function announce() {
  const { label, predicted, share, place, changed } = view;
  const taken = `predicted ${facts.classes[predicted]}, ${Math.round(100 * share)} percent`;
  const truth = label < 0 ? '' : `; ${changed ? 'was' : 'true'} ${facts.classes[label]}`;
  setText(byId('said'), place < 0 && !changed ? 'blank paper' : taken + truth);
}
