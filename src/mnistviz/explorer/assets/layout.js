// The layout: every image pixel is k×k pixels of the screen, k a whole number, as in the film.

import { columns, makeLabels, nameColumns, sumWords } from './columns.js';
import { byId, make } from './dom.js';
import { bias, CLASSES, facts } from './facts.js';
import { signed } from './numbers.js';
import { say } from './words.js';

/** Set lengths of the style, in pixels of the page. @param {Record<string, number>} lengths */
function setLengths(lengths) {
  const { style } = byId('table');
  for (const [name, length] of Object.entries(lengths)) style.setProperty(`--${name}`, `${length}px`);
}

/** Place the columns, with cells of whole screen pixels, in as few bands as keep them legible. */
export function arrange() {
  const density = devicePixelRatio;
  const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const { matches: narrow } = matchMedia('(max-width: 40rem)'); // as in the style
  const pad = padWidth(em, density); // which leaves the rest to the grid
  setLengths({ pad, loupe: narrow ? halfOf(pad, density) : pad });
  const { label, labels } = narrow ? { label: 0.9 * em, labels: 1.1 * em } : labelSizes(em);
  const room = byId('bands').clientWidth - labels;
  const least = (narrow ? 2.75 : 1.75) * em;
  const legible = facts.link ? 2.75 * em : least; // room for a percentage
  const { k, gap, perBand } = fittingCells(room * density, 0.6 * innerHeight * density, least * density, legible * density);
  const [width, height] = [(k * facts.width) / density, (k * facts.height) / density];
  const heading = Math.min(1.6 * em, width / 2.2);
  nameColumns((name) => widthOf(name, heading) <= width);
  setLengths({
    'cell-width': width,
    'cell-height': height,
    gap: gap / density,
    label,
    labels,
    film: labels + perBand * (width + gap / density) - gap / density,
    bars: Math.max(5 * em, Math.min(1.2 * height, 12 * em)),
    heading,
    number: Math.min(1.15 * em, width / 2.9),
    small: narrow ? 0.875 * em : Math.min(0.8 * em, width / 3),
  });
  byId('bands').classList.toggle('narrow', narrow || height < 2.8 * em); // no room for words
  byId('bands').classList.toggle('terse', widestSum(em) > labels); // its symbols say it
  byId('bands').classList.toggle('tiny', width < Math.max(4.2 * em, widestBias(em)));
  placeColumns(perBand);
}

const ruler = document.createElement('canvas').getContext('2d');

/** Return the width of a text, in pixels of the page. @param {string} text @param {number} size */
export function widthOf(text, size) {
  if (!ruler) return 0;
  ruler.font = `${size}px system-ui, sans-serif`;
  return ruler.measureText(text).width;
}

/**
 * Return the size and the room of the words before the rows. Longer words than English has are smaller, down to the
 * smallest that can be read well, and only then take room of the columns.
 * @param {number} em
 */
function labelSizes(em) {
  const words = facts.words.rows.flatMap(([, /** @type {string} */ word]) => word.split(/\s/));
  const widest = Math.max(...words.map((/** @type {string} */ word) => widthOf(word, em))) / em; // of its size
  const label = Math.min(0.85 * em, Math.max(0.65 * em, (3.55 * em) / widest));
  return { label, labels: Math.max(3.8 * em, widest * label + 0.25 * em) };
}

/** Return the room that the words before the lines about a pixel need. @param {number} em */
function widestSum(em) {
  const sums = [...sumWords(), ['', say('bias')]];
  return Math.max(...sums.map(([symbol, word]) => widthOf(`${symbol} ${word}`, 0.8 * em)));
}

/** Return the room that the longest bias needs below its column. @param {number} em */
function widestBias(em) {
  return Math.max(...Array.from(bias, (each) => widthOf(`${say('bias')} ${signed(each)}`, 0.8 * em)));
}

/**
 * Return the width of the pad, which has whole screen pixels for an image pixel.
 * @param {number} em
 * @param {number} density
 */
function padWidth(em, density) {
  const room = Math.min(16 * em, byId('film').parentElement?.clientWidth ?? 0) * density;
  return (Math.max(1, Math.floor(room / Math.max(facts.height, facts.width))) * facts.width) / density;
}

/** Return about half of the width of a pad, with whole screen pixels too. @param {number} pad @param {number} density */
function halfOf(pad, density) {
  const k = (pad * density) / facts.width;
  return (Math.max(1, Math.round(k / 2)) * facts.width) / density;
}

/**
 * Return the largest whole number of screen pixels for an image pixel, with the gap between cells
 * and the number of columns of a band.
 * @param {number} width For the columns of a band.
 * @param {number} height For three cells.
 * @param {number} least Width of a cell.
 * @param {number} legible Width of a column that can be read.
 */
function fittingCells(width, height, least, legible) {
  for (let bands = 1; ; bands++) {
    const perBand = Math.ceil(CLASSES / bands);
    const gapOf = (/** @type {number} */ k) =>
      Math.round(Math.min(least / 3, Math.max(least / 8, (k * facts.width) / 21)));
    let k = 1;
    const wider = () => perBand * ((k + 1) * facts.width + gapOf(k + 1)) <= width + gapOf(k + 1);
    const higher = () => 3 * (k + 1) * facts.height <= height || (k + 1) * facts.width <= 2.4 * least;
    while (wider() && higher()) k++;
    const fits = k * facts.width >= legible && perBand * (k * facts.width + gapOf(k)) - gapOf(k) <= width;
    if (fits || perBand === 1) return { k, gap: gapOf(k), perBand };
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
