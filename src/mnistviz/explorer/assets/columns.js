'use strict';
// Columns: one for each class, and the labels before them.

/**
 * @typedef {{root: HTMLElement, heading: HTMLButtonElement, canvases: HTMLCanvasElement[], bar: HTMLElement,
 *   number: HTMLElement, line: HTMLElement, percent: HTMLElement, sums: HTMLElement, mark: HTMLElement}} Column
 *   The parts of a class's column that change.
 */

/** @type {Column[]} */
let columns = [];

/**
 * Make an element with a class and a text; the text is never markup.
 * @param {string} name
 * @param {string} [kind]
 * @param {string} [text]
 */
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

/** Set the text after an element's word. @param {Element} element @param {string} text */
function setLast({ lastChild }, text) {
  if (lastChild && lastChild.nodeValue !== text) lastChild.nodeValue = text;
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
  if (COLOURED) cells.forEach((cell) => cell.classList.add('framed'));
  const canvases = cells.map(makeCanvas);
  const bars = make('div', 'bars');
  const line = bars.appendChild(make('div', 'line'));
  const bar = bars.appendChild(make('div', 'bar'));
  const number = bars.appendChild(worded('p', 'number', say('score'), '0.0'));
  const percent = worded('p', 'percent', facts.words.link, '');
  percent.hidden = !facts.link; // a model without probabilities
  const sums = make('p', 'sums');
  const start = worded('p', 'bias', say('bias'), signed(bias[label]));
  root.append(heading, ...cells, bars, percent, start, sums, mark, make('div', 'frame'));
  root.addEventListener('click', () => choose(label));
  return { root, heading, canvases, bar, number, line, percent, sums, mark };
}

/**
 * Make an element with a word, which small columns hide, and a number.
 * @param {string} name
 * @param {string} kind
 * @param {string} word
 * @param {string} number
 */
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

/** Return symbol and word of the lines about the selected pixel below each column. */
function sumWords() {
  // Translators: below each column: the bias and all products up to the selected pixel.
  const sum = say('so far');
  return [['×', say('weight')], ['=', say('product')], ['Σ', sum]];
}

/** Make the labels before the rows of a band. */
function makeLabels() {
  const labels = make('div', 'labels');
  labels.setAttribute('aria-hidden', 'true');
  labels.append(make('span'));
  const rows = facts.link ? facts.words.rows : [...facts.words.rows, ['', '']]; // the row of probabilities stays
  for (const [symbol, word] of rows) {
    const label = labels.appendChild(make('div'));
    label.append(make('b', '', symbol), make('span', '', word));
  }
  const sums = make('div', 'sums');
  for (const [symbol, word] of sumWords()) {
    sums.appendChild(make('span', '', symbol)).append(make('span', 'word', ` ${word}`));
  }
  const start = make('span', 'bias');
  start.append(make('span', 'symbol', 'b'), make('span', 'word', say('bias')));
  labels.append(start, sums);
  return labels;
}
