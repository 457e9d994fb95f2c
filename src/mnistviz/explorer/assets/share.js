// Save or share: what is shown as a picture, a link or a command.

import { addressNow } from './address.js';
import { commandOf, DRAWING_FILE, fileName } from './command.js';
import { byId, setText } from './dom.js';
import { isolated } from './names.js';
import { show, view } from './picture.js';
import { stopPlaying } from './play.js';
import { SLIDE_WIDTH, slideText } from './slide.js';
import { moment, sheet, state } from './state.js';
import { PAD } from './strokes.js';
import { pauseSum } from './sum.js';
import { TRAINED } from './versions.js';
import { inTurn, say } from './words.js';

const field = /** @type {HTMLTextAreaElement} */ (byId('copied'));
const EDGE = 16; // units of paper around a drawing that is saved: ink at the edge of a picture is taken for a table

export function listenToShare() {
  const acts = {
    'save-png': savePng,
    'save-svg': () => save(svgUrl(), `${fileName()}.svg`),
    'save-drawing': () => save(drawingUrl(), DRAWING_FILE),
    'copy-link': copyLink,
    'copy-command': copyCommand,
  };
  for (const [id, act] of Object.entries(acts)) {
    byId(id).addEventListener('click', () => {
      rest();
      act();
    });
  }
  addEventListener('viewchange', forget);
}

/** Come to rest: what plays or blends ends, and what was to be written of it is. */
function rest() {
  stopPlaying();
  pauseSum();
  show(moment());
  addressNow();
  forget();
}

/** Forget what was saved and copied, once another view is shown. */
function forget() {
  setText(byId('shared'), '');
  byId('saved').replaceChildren();
  field.hidden = true;
  byId('save-drawing').hidden = view.place >= 0 || view.nothing;
}

/** Return the slide as a URL. */
function svgUrl() {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(slideText())}`;
}

async function savePng() {
  const name = `${fileName()}.png`;
  const slide = new Image();
  slide.src = svgUrl();
  try {
    await slide.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [SLIDE_WIDTH, slide.naturalHeight];
    canvas.getContext('2d')?.drawImage(slide, 0, 0);
    save(await urlOf(canvas), name);
  } catch {
    setText(byId('shared'), say('This browser cannot make a PNG of it: save it as SVG.'));
  }
}

/** Return the PNG of a canvas as a URL; it is packed beside the page's other work. @param {HTMLCanvasElement} canvas @returns {Promise<string>} */
async function urlOf(canvas) {
  const file = await new Promise((resolve) => canvas.toBlob(resolve));
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = reject;
    reader.readAsDataURL(/** @type {Blob} */ (file));
  });
}

/** Return the ink of a drawing on paper as a PNG, of which the command line makes the same image. */
function drawingUrl() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [PAD.width + 2 * EDGE, PAD.height + 2 * EDGE];
  const context = canvas.getContext('2d');
  context?.fillRect(0, 0, canvas.width, canvas.height); // in black
  const levels = new ImageData(PAD.width, PAD.height);
  sheet.ink.forEach((level, at) => levels.data.set([level, level, level, 255], 4 * at));
  context?.putImageData(levels, EDGE, EDGE);
  return canvas.toDataURL();
}

/** Save a file. A frame may forbid that and not tell: there, the picture is shown too. @param {string} url @param {string} name */
function save(url, name) {
  const link = document.createElement('a');
  [link.href, link.download] = [url, name];
  link.click();
  const file = isolated(name);
  const framed = parent !== window;
  if (framed) byId('saved').append(Object.assign(new Image(), { src: url, alt: name }));
  const saved = say('{file} saved.', { file });
  // Translators: in a frame of another page, which may forbid to save files.
  const otherwise = say('If it was not, this frame forbids it: save the picture below by its menu.');
  setText(byId('shared'), framed ? inTurn(saved, otherwise) : saved);
}

async function copyLink() {
  const hash = addressNow();
  const hasAddress = location.protocol !== 'about:';
  const link = hasAddress ? location.href.replace(/#.*|$/s, hash) : hash;
  const note = say('This frame has no address: append it to that of the page.');
  await copy(link, say('Link copied.'), hasAddress ? [] : [note]);
}

async function copyCommand() {
  if (view.nothing) return setText(byId('shared'), say('Draw something first.'));
  const { text, files, exact } = commandOf();
  const notes = [];
  if (files.length) {
    // Translators: of a command for the terminal; {files} is a list of files that it reads.
    notes.push(say('It reads {files}, in the folder in which you run it.', { files: files.map(isolated).join(', ') }));
  }
  if (!exact) notes.push(say('It draws the image as it was before you changed it.'));
  if (state.version !== TRAINED) notes.push(say('It draws the trained network.'));
  await copy(text, say('Command copied.'), notes);
}

/** Copy a text, and show it: to be read, and to be copied by hand where a browser refuses. @param {string} text @param {string} done @param {string[]} notes */
async function copy(text, done, notes) {
  field.value = text;
  field.hidden = false;
  const refused = say('The browser does not let this page copy: copy the text below.');
  const copied = await writeToClipboard(text);
  if (!copied) field.select();
  setText(byId('shared'), inTurn(copied ? done : refused, ...notes));
}

/** @param {string} text Returns whether it is on the clipboard. */
async function writeToClipboard(text) {
  try {
    await navigator.clipboard.writeText(text); // there is none in an insecure page
    return true;
  } catch {
    return false;
  }
}
