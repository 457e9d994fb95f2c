// The command that draws what is shown: `mnistviz still`, with the model, the data and the looks of this page.

import { looked } from './closer.js';
import { facts } from './facts.js';
import { fileOfOwn, isOwn } from './own.js';
import { isLight } from './paint.js';
import { view } from './picture.js';
import { RIVAL, sheet, state } from './state.js';

export const DRAWING_FILE = 'drawing.png';

/** Return the name of a file of what is shown, without its suffix. */
export function fileName() {
  const { place, changed, nothing } = view;
  if (place < 0) return nothing ? 'mnistviz-blank' : 'mnistviz-drawing';
  return `mnistviz-${isOwn(place) ? 'picture' : facts.indices[place]}${changed ? '-changed' : ''}`;
}

/** Return the command, the files that it reads, and whether it draws just this image: not if strokes changed it. */
export function commandOf() {
  const { place } = view;
  const strokes = state.drawing.strokes;
  const flips = strokes.filter(({ tool }) => tool === 'flip').length;
  const exact = flips <= 1 && (place < 0 || strokes.length === flips);
  const file = place < 0 ? DRAWING_FILE : isOwn(place) ? fileOfOwn(place) : '';
  const image = file ? ['--image', file] : ['--index', String(facts.indices[place])];
  const question = state.sum ? ['--sum', state.sum.order] : flips ? (exact && sheet.flip ? ['--flip'] : []) : whyAsked();
  const parts = ['mnistviz', 'still', ...image, ...question, '--out', `${fileName()}.png`, ...facts.command.arguments];
  if (isLight()) parts.push('--theme', 'light');
  const files = [...(file ? [file] : []), ...facts.command.files];
  return { text: parts.map(quoted).join(' '), files, exact };
}

/** Return the option of the closer look, if the reader has chosen what it looks at. */
function whyAsked() {
  const [label, other] = looked();
  if (other < 0 || (state.column < 0 && state.against === RIVAL)) return [];
  return ['--why', `${classArgument(label)},${classArgument(other)}`];
}

/** Return a class as --why takes it: by its name, or by its number if the name has a comma. @param {number} label */
function classArgument(label) {
  const name = facts.classes[label];
  return name.includes(',') ? String(label) : name;
}

/** Quote an argument for a POSIX shell; what needs no quotes gets none. @param {string} argument */
function quoted(argument) {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'"'"'`)}'`;
}
