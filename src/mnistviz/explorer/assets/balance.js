// What speaks for a class and what against it, added up.

import { byId, make, setText } from './dom.js';
import { bias } from './facts.js';
import { nameOf } from './names.js';
import { addingUp } from './numbers.js';
import { say, sayCounted } from './words.js';

/**
 * Show the sums of the contributions for and against, the bias and the score.
 * @param {Float32Array} products
 * @param {number} label
 * @param {number} other
 */
export function showBalance(products, label, other) {
  const { plus, minus, more, less } = sidesOf(products);
  const start = bias[label] - (other < 0 ? 0 : bias[other]);
  const alone = other < 0;
  const lines = [
    ['pro', alone ? sayCounted('{number} pixel for', '{number} pixels for', more) : pixelsFor(more, label)],
    ['contra', alone ? sayCounted('{number} pixel against', '{number} pixels against', less) : pixelsFor(less, other)],
    ['start', alone ? say('bias') : say('difference of the biases')],
    ['total', alone ? say('score') : say('difference of the scores')],
  ];
  const values = addingUp([plus, minus, start]);
  pull(plus + Math.max(0, start), minus + Math.min(0, start));
  const list = byId('balance');
  if (!list.firstChild) list.append(...lines.map(([kind]) => makeLine(kind)));
  lines.forEach(([, text], at) => showLine(list.children[at], text, values[at]));
}

/**
 * Draw the tug of war: what speaks for pulls to the right, what speaks against to the left, and the tick is the result.
 * It hides no sign: these stand at the outer ends, unless the tick is nearer to those.
 * @param {number} plus With the bias, if that speaks for.
 * @param {number} minus With the bias, if that speaks against.
 */
function pull(plus, minus) {
  const most = Math.max(plus, -minus, 1e-9);
  const half = (/** @type {number} */ value) => `${(50 * value) / most}%`;
  const [contra, pro, net] = /** @type {HTMLCollectionOf<HTMLElement>} */ (byId('tug').children);
  contra.style.width = half(-minus);
  pro.style.width = half(plus);
  const result = plus + minus;
  net.style.left = `clamp(2px, 50% + ${half(result)}, 100% - 2px)`;
  contra.style.textAlign = 2 * result < minus ? 'right' : 'left';
  pro.style.textAlign = 2 * result > plus ? 'left' : 'right';
}

/** @param {number} count @param {number} label */
function pixelsFor(count, label) {
  return sayCounted('{number} pixel for {name}', '{number} pixels for {name}', count, { name: nameOf(label) });
}

/**
 * Return the sums and the numbers of the values above and below zero.
 * @param {Float32Array} values
 */
function sidesOf(values) {
  let [plus, minus, more, less] = [0, 0, 0, 0];
  for (const value of values) {
    if (value > 0) [plus, more] = [plus + value, more + 1];
    else if (value < 0) [minus, less] = [minus + value, less + 1];
  }
  return { plus, minus, more, less };
}

/** @param {string} kind */
function makeLine(kind) {
  const line = make('li', kind);
  line.append(make('span'), make('span'));
  return line;
}

/** @param {Element} line @param {string} text @param {string} value */
function showLine(line, text, value) {
  setText(line.children[0], text);
  setText(line.children[1], value);
}
