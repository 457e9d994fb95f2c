'use strict';
// The closer look: at a pixel, at a class, and at one class compared with another.

/** Look at a class, or with -1 at the predicted one. @param {number} label */
function choose(label) {
  state.column = label;
  if (state.against === label) state.against = -1;
  showCloser();
  keepAddress();
}

/** Look at a pixel. @param {number} pixel */
function point(pixel) {
  if (pixel === state.pixel) return;
  state.pixel = pixel;
  markPixel();
  writePixel();
  keepAddress();
}

/** Mark the selected pixel in all cells. */
function markPixel() {
  const [row, column] = placeOf(state.pixel);
  byId('table').classList.toggle('pointed', state.pixel >= 0);
  if (state.pixel < 0) return;
  const { style } = byId('table');
  style.setProperty('--x', String(column / facts.width));
  style.setProperty('--y', String(row / facts.height));
  setNumber('pixel-row', row);
  setNumber('pixel-column', column);
}

/** Write what the selected pixel adds in each column. */
function writePixel() {
  const { pixel } = state;
  if (pixel < 0) return setText(byId('pixel-text'), '');
  // Translators: after two fields to fill in: "Pixel in row 5 column 6 has the value 0.50".
  setText(byId('pixel-text'), say('has the value {number}', { number: decimal(view.pixels[pixel].toFixed(2)) }));
  const sums = runningSums(pixel);
  columns.forEach((parts, label) => writeSums(parts.sums, label, pixel, sums[label]));
}

/** @param {HTMLElement} element @param {number} label @param {number} pixel @param {number} sum */
function writeSums(element, label, pixel, sum) {
  const at = label * SIZE + pixel;
  if (!element.firstChild) element.append(...sumWords().map(([, word]) => worded('span', '', word, ' ')));
  const numbers = [weights[at], view.contributions[at], sum];
  numbers.forEach((number, line) => setLast(element.children[line], fine(number)));
}

/** @param {string} id @param {number} value */
function setNumber(id, value) {
  const input = /** @type {HTMLInputElement} */ (byId(id));
  if (input.value !== String(value)) input.value = String(value);
}

/** Return the class of the closer look, and the class that it is compared with or -1. */
function looked() {
  const label = state.column >= 0 ? state.column : view.predicted;
  return [label, state.against === label ? -1 : state.against];
}

/**
 * Return the contributions of all pixels to a class, less those to another one.
 * @param {number} label
 * @param {number} other
 */
function contributionsTo(label, other) {
  const own = view.contributions.subarray(label * SIZE, (label + 1) * SIZE);
  if (other < 0) return own;
  return own.map((value, pixel) => value - view.contributions[other * SIZE + pixel]);
}

/** Show which pixels count for a class, and which against it. */
function showCloser() {
  const [label, other] = looked();
  columns.forEach(({ heading }, each) => setAttribute(heading, 'aria-pressed', String(each === state.column)));
  const values = contributionsTo(label, other);
  paintLoupe(values);
  setText(byId('closer-title'), closerTitle(label, other));
  showBalance(values, label, other);
  const lead = view.logits[label] - view.logits[other < 0 ? runnerUp(label) : other];
  setText(byId('closer-text'), closerText(label, other < 0 ? runnerUp(label) : other, lead));
  setSelect('column', String(state.column));
  setSelect('against', state.against < 0 ? '' : String(state.against));
}

/** Return the class of the largest logit except one class. @param {number} label */
function runnerUp(label) {
  const others = Array.from(view.logits, (logit, each) => (each === label ? -Infinity : logit));
  return others.indexOf(Math.max(...others));
}

/** @param {number} label @param {number} other */
function closerTitle(label, other) {
  const name = nameOf(label);
  if (other < 0) return say('What speaks for {name}, and what against', { name });
  return say('{name} against {other}', { name, other: nameOf(other) });
}

/** @param {number} label @param {number} other @param {number} lead */
function closerText(label, other, lead) {
  return inTurn(signsText(), lead >= 0 ? leadText(label, other, lead) : leadText(other, label, -lead));
}

/** Return what the signs and colours of the large picture mean. */
function signsText() {
  if (signsFit()) {
    return COLOURED
      ? say('In the picture, + and blue speak for it, − and red against it.')
      : say('In the picture, + and light speak for it, − and dark against it.');
  }
  return COLOURED
    ? say('In the picture, blue speaks for it, red against it.')
    : say('In the picture, light speaks for it, dark against it.');
}

/** @param {number} label @param {number} other @param {number} lead Of the label's score; at least 0. */
function leadText(label, other, lead) {
  const values = { ahead: nameOf(label), behind: nameOf(other), lead: signed(lead) };
  const times = Math.exp(lead); // of a softmax alone
  if (facts.link !== 'softmax') return say('{ahead} is {lead} ahead of {behind}.', values);
  if (times < 1000) {
    const number = decimal(times.toFixed(1));
    return say('{ahead} is {lead} ahead of {behind}: {number} times as probable.', { ...values, number });
  }
  const number = grouped(1000);
  return say('{ahead} is {lead} ahead of {behind}: more than {number} times as probable.', { ...values, number });
}

/**
 * Show the sums of the contributions for and against, the bias and the score.
 * @param {Float32Array} values
 * @param {number} label
 * @param {number} other
 */
function showBalance(values, label, other) {
  const { plus, minus, more, less } = sidesOf(values);
  const start = bias[label] - (other < 0 ? 0 : bias[other]);
  const alone = other < 0;
  const lines = [
    ['pro', alone ? sayCounted('{number} pixel for', '{number} pixels for', more) : pixelsFor(more, label), plus],
    ['contra', alone ? sayCounted('{number} pixel against', '{number} pixels against', less) : pixelsFor(less, other), minus],
    ['start', alone ? say('bias') : say('difference of the biases'), start],
    ['total', alone ? say('score') : say('difference of the scores'), plus + minus + start],
  ];
  const most = Math.max(plus, -minus, Math.abs(start), 1e-9);
  const list = byId('balance');
  if (!list.firstChild) list.append(...lines.map(([kind]) => makeLine(String(kind))));
  lines.forEach(([, text, value], at) => showLine(list.children[at], String(text), Number(value), most));
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
  const rail = make('span', 'rail');
  rail.append(make('span'));
  line.append(make('span'), make('span'), rail);
  return line;
}

/** @param {Element} line @param {string} text @param {number} value @param {number} most */
function showLine(line, text, value, most) {
  setText(line.children[0], text);
  setText(line.children[1], signed(value));
  const bar = /** @type {HTMLElement} */ (line.children[2].firstChild);
  bar.style.width = `${Math.min(100, (100 * Math.abs(value)) / most)}%`;
}

/**
 * Return the pixel of an image that an event points at.
 * @param {PointerEvent} event
 * @param {Element} picture
 */
function pixelUnder(event, picture) {
  const box = picture.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * facts.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * facts.height);
  const inside = row >= 0 && row < facts.height && column >= 0 && column < facts.width;
  return inside ? row * facts.width + column : -1;
}

/** @param {PointerEvent} event */
function pointAtCell(event) {
  const target = event.target instanceof HTMLCanvasElement ? event.target : null;
  if (target) point(pixelUnder(event, target));
}

/** Select the pixel whose row and column were typed. */
function pointByNumber() {
  const [row, column] = ['pixel-row', 'pixel-column'].map((id) => /** @type {HTMLInputElement} */ (byId(id)));
  point(wholeIn(row) * facts.width + wholeIn(column));
}

/**
 * Return the nearest whole number that a field allows.
 * @param {HTMLInputElement} input
 */
function wholeIn(input) {
  return Math.min(Number(input.max), Math.max(0, Math.floor(Number(input.value) || 0)));
}

/** Move among the columns with the arrow keys. @param {KeyboardEvent} event */
function walkColumns(event) {
  const from = columns.findIndex(({ heading }) => heading === event.target);
  const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: CLASSES - 1 }[event.key];
  if (from < 0 || to === undefined) return;
  event.preventDefault();
  const next = columns[(to + CLASSES) % CLASSES].heading;
  columns.forEach(({ heading }) => (heading.tabIndex = heading === next ? 0 : -1));
  next.focus();
}
