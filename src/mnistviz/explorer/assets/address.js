'use strict';
// The address: the state, after the # of the page's URL, so that a link opens the same view.

const MOST_POINTS = 20000; // of a drawing in an address

/** Return the address of the state, without its #. */
function addressOf() {
  const { drawing, column, against, pixel, only, of, order, step } = state;
  /** @type {[string, string | number, boolean][]} */
  const parts = [
    ['image', facts.indices[drawing.base], drawing.base >= 0],
    ['draw', drawing.strokes.map(strokeAsText).join('.'), drawing.base < 0 || drawing.strokes.length > 0],
    ['class', column, column >= 0],
    ['against', against, against >= 0],
    ['pixel', placeOf(pixel).join('.'), pixel >= 0],
    ['only', only, only !== ''],
    ['of', of, of >= 0],
    ['order', order, order !== ''],
    ['step', step + 1, step >= 0],
  ];
  const given = parts.filter(([, , isGiven]) => isGiven).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(given).toString();
}

let addressTimer = 0;

/** Write the address once nothing has changed for a moment: browsers refuse too many changes. */
function keepAddress() {
  clearTimeout(addressTimer);
  addressTimer = window.setTimeout(() => {
    try {
      history.replaceState(null, '', `#${addressOf()}`);
    } catch {
      // A frame without its own address, as with srcdoc: there is nothing to keep.
    }
  }, 250);
}

/** Take the state from an address; what is missing or wrong there is as at the start. @param {string} hash */
function takeAddress(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const strokes = strokesOf(given.get('draw') ?? '');
  const place = facts.indices.indexOf(wholeOf(given.get('image')));
  const blank = given.has('draw') && !given.has('image');
  const [row, column] = (given.get('pixel') ?? '').split('.').map(wholeOf);
  const inside = row >= 0 && row < facts.height && column >= 0 && column < facts.width;
  state.only = oneOf(given.get('only'), ['wrong', 'right']);
  state.order = oneOf(given.get('order'), ['sure', 'unsure']);
  state.of = classOf(given.get('of'));
  state.column = classOf(given.get('class'));
  state.against = classOf(given.get('against'));
  state.pixel = inside ? row * facts.width + column : -1;
  state.step = Math.min(wholeOf(given.get('step')), STEPS.length) - 1;
  state.drawing = { base: blank ? -1 : Math.max(place, 0), strokes: blank || place >= 0 ? strokes : [] };
  state.past = [];
  const missing = given.has('image') && place < 0;
  setText(byId('nothing'), missing ? say('The image of this link is not in this page.') : '');
}

/** @param {string | null} text Returns -1 if it is no whole number. */
function wholeOf(text) {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : -1;
}

/** @param {string | null} text Returns -1 if it is no class. */
function classOf(text) {
  const label = wholeOf(text);
  return label < CLASSES ? label : -1;
}

/** @param {string | null} text @param {string[]} known Returns '' if it is none of them. */
function oneOf(text, known) {
  return known.find((each) => each === text) ?? '';
}

/**
 * Return a stroke as letters and digits: tool, radius, and the coordinates, two digits each.
 * @param {Stroke} stroke
 */
function strokeAsText({ tool, radius, points }) {
  return tool[0] + [radius, ...points].map((value) => value.toString(36).padStart(2, '0')).join('');
}

/**
 * Return the strokes of an address; none if it is damaged.
 * @param {string} text
 * @returns {Stroke[]}
 */
function strokesOf(text) {
  if (!/^([be]\w\w(\w{4})+(\.(?!$)|$))+$/.test(text) || text.length > 4 * MOST_POINTS) return [];
  const strokes = text.split('.').map((part) => {
    const [radius, ...points] = (part.slice(1).match(/../g) ?? []).map((pair) => parseInt(pair, 36));
    return { tool: part[0] === 'b' ? /** @type {const} */ ('brush') : /** @type {const} */ ('eraser'), radius, points };
  });
  const fits = strokes.every(
    ({ radius, points }) =>
      radius >= 1 && radius <= Number(penWidth.max) &&
      points.every((value, at) => value >= 0 && value < (at % 2 ? PAD.height : PAD.width)),
  );
  return fits ? strokes : [];
}
