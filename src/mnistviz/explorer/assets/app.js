// The start: write the fixed texts, listen to the reader, and show the state in the address.

import { isOpening, takeAddress } from './address.js';
import { takeFilters, turnTo, writePlace } from './browsing.js';
import { choose, closeCloser, openCloser, takeRival } from './closer.js';
import { makeColumns, walkColumns } from './columns.js';
import { listenToContact } from './contact.js';
import { byId, setSelect } from './dom.js';
import { tellHeight } from './embed.js';
import { facts, unpackImages } from './facts.js';
import { writeFixed } from './fixed.js';
import { browseByKey, penByKey, placePen } from './keys.js';
import { arrange } from './layout.js';
import { sizeLoupe } from './loupe.js';
import { farthestFromNumPy } from './network.js';
import { changeMind } from './mind.js';
import { listenForPictures } from './open.js';
import { pad, paintPad } from './pad.js';
import { keepDrawing } from './tray.js';
import { takeColours } from './paint.js';
import { listenToPen, penUp, takeTool } from './pen.js';
import { paintWeights, show } from './picture.js';
import { listenToPixels, markPixel, pointByNumber } from './pixel.js';
import { play, stop } from './play.js';
import { listenToShare } from './share.js';
import { pause } from './slices.js';
import { forceVersion, listenToSliders, stopLearning } from './sliders.js';
import { moment, state } from './state.js';
import { TRAINED, unpackVersions } from './versions.js';
import { endWalk, walk, walkOn } from './walk.js';
import { listenToSum, openLinkedSum } from './sum.js';
import { say } from './words.js';
import { clear, goTo, undo } from './work.js';

/** Warn if the page computes other logits than NumPy. */
function checkLogits() {
  const farthest = farthestFromNumPy();
  const alarm = byId('alarm');
  alarm.hidden = farthest <= facts.tolerance;
  if (alarm.hidden) return;
  alarm.textContent = say(
    'This browser computes other scores than NumPy did: they differ by {difference}, and at most {tolerance} was ' +
      'expected. Do not trust what this page shows.',
    { difference: farthest.toPrecision(2), tolerance: facts.tolerance.toPrecision(2) },
  );
}

/** Lay everything out, and draw the weights. */
function prepare() {
  arrange();
  sizeLoupe();
  takeColours();
  paintWeights();
}

/** Draw everything again: for another size, density or theme. */
function redraw() {
  prepare();
  paintPad();
  show(moment());
  writePlace();
}

/**
 * Show the state in an address. That of a link which has been followed is taken from its event: by then, the page
 * may have written an earlier state into its own address.
 * @param {string} [hash]
 */
async function open(hash = location.hash) {
  stop();
  stopLearning();
  keepDrawing();
  takeAddress(hash);
  if (state.version !== TRAINED) await unpackVersions();
  forceVersion();
  setSelect('only', state.only);
  setSelect('of', state.of < 0 ? '' : String(state.of));
  setSelect('as', state.as < 0 ? '' : String(state.as));
  setSelect('order', state.order);
  markPixel();
  walk(state.step, true);
  goTo(state.drawing);
  openLinkedSum(hash);
}

/** @param {string} id @param {string} kind @param {() => void} act */
function on(id, kind, act) {
  byId(id).addEventListener(kind, act);
}

/** Listen to what the reader does. */
function listen() {
  listenToPen();
  pad.addEventListener('keydown', penByKey);
  pad.addEventListener('focus', placePen);
  pad.addEventListener('blur', penUp);
  on('width', 'input', placePen);
  on('brush', 'click', () => takeTool('brush'));
  on('eraser', 'click', () => takeTool('eraser'));
  on('flip', 'click', changeMind);
  listenToSum();
  on('undo', 'click', undo);
  on('clear', 'click', clear);
  on('previous', 'click', () => turnTo(-1));
  on('next', 'click', () => turnTo(1));
  addEventListener('keydown', browseByKey);
  on('play', 'click', play);
  for (const id of ['only', 'of', 'as', 'order']) on(id, 'change', takeFilters);
  for (const id of ['pixel-row', 'pixel-column']) on(id, 'input', pointByNumber);
  on('column', 'change', () => choose(Number(/** @type {HTMLSelectElement} */ (byId('column')).value)));
  on('against', 'change', takeRival);
  on('why', 'click', openCloser);
  on('closer-end', 'click', closeCloser);
  on('walk-start', 'click', () => walk(0));
  on('walk-back', 'click', () => walk(state.step - 1));
  on('walk-next', 'click', walkOn);
  on('walk-end', 'click', endWalk);
  byId('bands').addEventListener('keydown', walkColumns);
  listenToPixels();
  listenForPictures();
  listenToShare();
  listenToSliders();
  listenToContact();
  addEventListener('hashchange', ({ newURL }) => open(new URL(newURL).hash));
  addEventListener('resize', redraw);
  for (const query of ['(prefers-color-scheme: light)', 'print']) matchMedia(query).addEventListener('change', redraw);
}

async function start() {
  writeFixed();
  await unpackImages();
  for (const work of [checkLogits, makeColumns, prepare, listen]) {
    work();
    await pause();
  }
  const greets = isOpening(location.hash);
  await open();
  state.greets = greets;
  tellHeight();
  document.documentElement.dataset.ready = ''; // for those who wait for it
}

start();
