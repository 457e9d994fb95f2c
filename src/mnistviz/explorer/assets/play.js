// One image after the other, by itself.

import { browse } from './browsing.js';
import { byId, setText } from './dom.js';
import { endSum } from './sum.js';
import { say } from './words.js';

let playing = 0;

/** Play, or stop playing. */
export function play() {
  const wasPlaying = playing > 0;
  stop();
  if (wasPlaying) return;
  browse(1);
  playing = window.setInterval(() => browse(1), 2400);
  setText(byId('play'), say('Stop'));
}

/** Stop playing, and watching the sum: the reader does something else. */
export function stop() {
  endSum();
  stopPlaying();
}

/** Stop playing. */
export function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  setText(byId('play'), say('Play'));
}
