// A page of made-up data, which the explorer's modules read when they are imported.

/** @import { Facts } from '../../../src/mnistviz/explorer/assets/facts.js' */

/** @type {Facts} */
const MADE_UP = {
  name: 'made up',
  noun: 'image',
  title: '',
  classes: ['a', 'b', 'c'],
  height: 2,
  width: 4,
  weights: '',
  bias: '',
  drawn: '',
  fullWeight: 1,
  exponent: 1,
  range: [-1, 1],
  total: 0,
  scope: '',
  indices: [],
  labels: [],
  predicted: [],
  ranks: '',
  images: [],
  checks: [],
  tolerance: 0,
  link: 'softmax',
  words: { rows: [], link: '', right: '', wrong: '', legend: [], footer: '', true: '', false: '' },
  numbers: { digits: [...'0123456789'], point: '.', group: ',', grouped: 3, percent: ['', ' %'], mark: '' },
  messages: {},
  counted: {},
  form: { box: 20, field: 28, leastContrast: 16, paperDivisor: 8, mostPixels: 2 ** 26 },
  photo: {
    worked: 0, window: 0, even: 0, speck: 0, near: 0, much: 0, darkest: 0, edge: 0, paper: 0, deep: 0, many: 0,
  },
  command: { arguments: [], files: [] },
  versions: null,
  theme: 'dark',
  signedColours: {},
};

/** Make a page with data, of which what is not given is made up. @param {Partial<Facts>} given */
export function makePage(given = {}) {
  const data = { textContent: JSON.stringify({ ...MADE_UP, ...given }) };
  Object.assign(globalThis, { document: { dir: 'ltr', getElementById: () => data } });
}

/** Return numbers as a page holds them: base64 of float32. @param {number[]} values */
export function packed(values) {
  return btoa(String.fromCharCode(...new Uint8Array(Float32Array.from(values).buffer)));
}

/**
 * Return a function that gives numbers from -1 to 1, the same in each run.
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
