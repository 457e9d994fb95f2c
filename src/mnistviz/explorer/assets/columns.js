// Columns: one for each class, and the labels before them.

import { choose } from './closer.js';
import { byId, make, setLast, setText } from './dom.js';
import { bias, CLASSES, COLOURED, facts } from './facts.js';
import { sharedBeginning } from './names.js';
import { signed } from './numbers.js';
import { say } from './words.js';

/** Move among the columns with the arrow keys. @param {KeyboardEvent} event */
export function walkColumns(event) {
  const from = columns.findIndex(({ heading }) => heading === event.target);
  const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: CLASSES - 1 }[event.key];
  if (from < 0 || to === undefined) return;
  event.preventDefault();
  const next = columns[(to + CLASSES) % CLASSES].heading;
  columns.forEach(({ heading }) => (heading.tabIndex = heading === next ? 0 : -1));
  next.focus();
}

/**
 * @typedef {{root: HTMLElement, heading: HTMLButtonElement, canvases: HTMLCanvasElement[], bar: HTMLElement,
 *   number: HTMLElement, line: HTMLElement, percent: HTMLElement, start: HTMLElement, sums: HTMLElement, mark: HTMLElement}} Column
 *   The parts of a class's column that change.
 */

/** @type {Column[]} */
export const columns = [];

/** Make all columns. The keyboard comes to the first of them, and goes on by arrows. */
export function makeColumns() {
  columns.push(...facts.classes.map(makeColumn));
  columns.forEach(({ heading }, label) => (heading.tabIndex = label === 0 ? 0 : -1));
}

/** Scroll until the column of a class is in sight, above a panel that sticks to the bottom. @param {number} label @param {HTMLElement} panel */
export function bringInSight(label, panel) {
  const { root } = columns[label];
  root.style.scrollMarginBottom = `${panel.offsetHeight}px`;
  root.scrollIntoView({ block: 'nearest' });
}

/** Write the biases: those of the version in force. */
export function writeBiases() {
  columns.forEach(({ start }, label) => setLast(start, signed(bias[label])));
}

/** Write the names of the classes; without what all begin with, if they have no room. @param {(name: string) => boolean} fits */
export function nameColumns(fits) {
  const shared = facts.classes.every(fits) ? 0 : sharedBeginning(facts.classes).length;
  columns.forEach(({ heading }, label) => setText(heading, facts.classes[label].slice(shared)));
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
  return { root, heading, canvases, bar, number, line, percent, start, sums, mark };
}

/**
 * Make an element with a word, which small columns hide, and a number.
 * @param {string} name
 * @param {string} kind
 * @param {string} word
 * @param {string} number
 */
export function worded(name, kind, word, number) {
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
export function sumWords() {
  // Translators: below each column: the bias and all products up to the selected pixel.
  const sum = say('so far');
  return [['×', say('weight')], ['=', say('product')], ['Σ', sum]];
}

const PROBABILITIES = 5; // their row

/** Write what the symbols before the rows mean, for where these have no words. */
export function writeKey() {
  const named = facts.words.rows.filter(([symbol]) => symbol);
  if (facts.link) named.push(['%', facts.words.link]);
  for (const [symbol, word] of [...named, ['b', say('bias')]]) {
    byId('key').appendChild(make('span', '', ` ${word}`)).prepend(make('span', 'symbol', symbol));
  }
}

/** Make the labels before the rows of a band. */
export function makeLabels() {
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
  if (facts.link) labels.children[PROBABILITIES].append(make('b', 'symbol', '%'));
  const start = make('span', 'bias');
  start.append(make('span', 'symbol', 'b'), make('span', 'word', say('bias')));
  labels.append(start, sums);
  return labels;
}
