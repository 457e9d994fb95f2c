'use strict';
// The address: what is on, behind the # of the page's URL, so that a link opens the same view.

const MOST_POINTS = 20000; // of a drawing in an address

/** Return the address of what is on: what stands behind its #. */
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
  const told = parts.filter(([, , tell]) => tell).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(told).toString();
}

let addressTimer = 0;

/** Write the address when nothing has happened for a moment: browsers refuse too many changes. */
function keepAddress() {
  clearTimeout(addressTimer);
  addressTimer = window.setTimeout(() => {
    try {
      history.replaceState(null, '', `#${addressOf()}`);
    } catch {
      // A frame without an address of its own, as of srcdoc: there is nothing to keep.
    }
  }, 250);
}

/** Take the state from the address; what it tells wrong or not at all is as at the start. */
function takeAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  const strokes = strokesOf(told.get('draw') ?? '');
  const place = facts.indices.indexOf(wholeOf(told.get('image')));
  const blank = told.has('draw') && !told.has('image');
  const [row, column] = (told.get('pixel') ?? '').split('.').map(wholeOf);
  const inside = row >= 0 && row < facts.height && column >= 0 && column < facts.width;
  state.only = oneOf(told.get('only'), ['wrong', 'right']);
  state.order = oneOf(told.get('order'), ['sure', 'unsure']);
  state.of = classOf(told.get('of'));
  state.column = classOf(told.get('class'));
  state.against = classOf(told.get('against'));
  state.pixel = inside ? row * facts.width + column : -1;
  state.step = Math.min(wholeOf(told.get('step')), STEPS.length) - 1;
  state.drawing = { base: blank ? -1 : Math.max(place, 0), strokes: blank || place >= 0 ? strokes : [] };
  state.past = [];
  const missing = told.has('image') && place < 0;
  setText(byId('nothing'), missing ? 'The image of this link is not in this page.' : '');
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
