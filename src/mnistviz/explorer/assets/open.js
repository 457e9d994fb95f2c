// Opening: pictures of files, of the clipboard, or dropped onto the page become images to work on.

/** @import { Found } from './photo.js' */
import { greyOf } from './decode.js';
import { byId, setText } from './dom.js';
import { answerText } from './header.js';
import { isolated } from './names.js';
import { answer, asPixels } from './network.js';
import { grouped } from './numbers.js';
import { isOwn, levelsAt, ownAsText, placeOfOwn } from './own.js';
import { penUp } from './pen.js';
import { drawingsIn } from './photo.js';
import { stop } from './play.js';
import { inSlices } from './slices.js';
import { state } from './state.js';
import { keep, MOST_KEPT } from './tray.js';
import { inTurn, say, sayCounted } from './words.js';
import { begin, leave } from './work.js';

let openings = 0;

/** Open pictures: the first drawing is shown; of several, all go to the tray. @param {File[]} files */
async function openPictures(files) {
  const opening = ++openings;
  setText(byId('complaint'), say('Reading the picture …'));
  const places = /** @type {number[]} */ ([]);
  const remarks = /** @type {string[]} */ ([]);
  for (const file of files) {
    const found = await drawingsOf(file);
    if (opening !== openings) return; // the reader has opened another since
    if (typeof found === 'string') {
      remarks.push(inTurn(say('The picture {name} cannot be used.', { name: isolated(file.name) }), found));
    } else {
      const name = found.images.length > 1 ? undefined : file.name;
      places.push(...found.images.map((levels) => placeOfOwn(levels, name)));
      remarks.push(...found.doubts.map((doubt) => say('not sure: {doubt}', { doubt })));
    }
  }
  if (places.length) showOwn(places);
  setText(byId('complaint'), [...countedText(places), ...remarks].join('\n'));
  for (const id of ['complaint', 'paper']) byId(id).scrollIntoView({ block: 'nearest' }); // a drop may be anywhere
}

/** @param {File} file @returns {Promise<Found | string>} */
async function drawingsOf(file) {
  const grey = await greyOf(file);
  return typeof grey === 'string' ? grey : inSlices(drawingsIn(grey));
}

/** @param {number[]} places At least one. */
function showOwn(places) {
  stop();
  penUp();
  leave();
  if (places.length > 1) places.slice(0, MOST_KEPT).reverse().forEach(keepOwn);
  begin({ base: places[0], strokes: [] });
}

/** @param {number} base */
function keepOwn(base) {
  const levels = levelsAt(base);
  keep({ base, strokes: [] }, levels, answerText({ ...answer(asPixels(levels)), nothing: false }));
}

/** Return how many drawings there are, where it is not one, and whether a link can hold what is shown. @param {number[]} places */
function countedText(places) {
  const texts = [];
  if (places.length > 1) {
    texts.push(
      sayCounted(
        '{number} drawing found. The tray has it.',
        '{number} drawings found. This is the first; the tray has them line by line.',
        places.length,
      ),
    );
  }
  if (places.length > MOST_KEPT) {
    texts.push(say('The tray has room for the first {number}.', { number: grouped(MOST_KEPT) }));
  }
  const { base } = state.drawing;
  if (places.length && isOwn(base) && !ownAsText(base)) {
    texts.push(say('The image is too large for a link: the address does not hold it.'));
  }
  return texts;
}

/** Listen for pictures. */
export function listenForPictures() {
  const input = /** @type {HTMLInputElement} */ (byId('open'));
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = ''; // so that the same file can be opened again
    if (files.length) openPictures(files);
  });
  document.addEventListener('paste', ({ clipboardData }) => {
    const files = [...(clipboardData?.files ?? [])];
    if (files.length) openPictures(files);
  });
  listenForDrops();
}

// Milliseconds: browsers repeat dragover more often than that, until what is dragged has left the page or is let go.
const DRAG_PAUSE = 700;

/** Take files that are dropped anywhere on the page, and show that they can be while they are dragged. */
function listenForDrops() {
  let ending = 0;
  const showCue = (/** @type {boolean} */ isOver) => {
    clearTimeout(ending);
    byId('drop').hidden = !isOver;
    if (isOver) ending = window.setTimeout(() => showCue(false), DRAG_PAUSE);
  };
  for (const kind of /** @type {const} */ (['dragenter', 'dragover'])) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault(); // else the browser would leave the page for the file
      showCue(true);
    });
  }
  document.addEventListener('drop', (event) => {
    showCue(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    openPictures(files);
  });
}
