// One image after the other, by itself.

import { browse } from './browsing.js';
import { byId, setText } from './dom.js';
import { say } from './words.js';

let playing = 0;

/** Play, or stop playing. */
export function play() {
  if (playing) return stop();
  browse(1);
  playing = window.setInterval(() => browse(1), 2400);
  setText(byId('play'), say('Stop'));
}

export function stop() {
  clearInterval(playing);
  playing = 0;
  setText(byId('play'), say('Play'));
}
