// Quantiles as NumPy has them, to the last bit: of sorted numbers.

/** @param {ArrayLike<number>} sorted Not empty. @param {number} share */
export function quantile(sorted, share) {
  const at = (sorted.length - 1) * share;
  const [before, part] = [Math.floor(at), at - Math.floor(at)];
  const [low, high] = [sorted[before], sorted[Math.min(before + 1, sorted.length - 1)]];
  return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
}

/** @param {ArrayLike<number>} sorted Returns NaN if it is empty. */
export function median(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Return the numbers of a picture where a mask is set, in order. @param {ArrayLike<number>} numbers @param {Uint8Array} mask */
export function sortedWhere(numbers, mask) {
  const found = new Float64Array(mask.reduce((count, set) => count + set, 0));
  for (let at = 0, next = 0; at < mask.length; at++) if (mask[at]) found[next++] = numbers[at];
  return found.sort();
}
