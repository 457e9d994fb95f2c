// Scaling by area: each pixel is the mean of the area that it covers. All numbers are whole.

/** @typedef {{levels: Uint8Array | Float64Array, height: number, width: number}} Levels Row by row. */

/** Return a / b to the nearest whole number, a half up. @param {number} a @param {number} b */
export function halfUp(a, b) {
  return Math.floor((2 * a + b) / (2 * b));
}

/**
 * Return height and width with the longer one brought to a length.
 * @param {number} height @param {number} width @param {number} length
 */
export function broughtTo(height, width, length) {
  return [height, width].map((side) => Math.max(1, halfUp(length * side, Math.max(height, width))));
}

/**
 * Bring a picture to another size.
 * @param {number} height @param {number} width Of the picture.
 * @param {number[]} sides Height and width to bring it to.
 * @param {(y: number) => ArrayLike<number>} rowOf Returns a row of it; they are asked for in turn.
 * @returns {Generator<void, Levels & {levels: Float64Array}>}
 */
export function* scaled(height, width, [rows, columns], rowOf) {
  const sums = new Float64Array(rows * columns);
  for (let y = 0; y < height; y++, yield) {
    const sumsOfRow = summedAcross(rowOf(y), width, columns);
    const [start, end] = [y * rows, (y + 1) * rows]; // a target pixel is `height` of these units long
    for (let row = Math.floor(start / height); row * height < end; row++) {
      const common = Math.min(end, (row + 1) * height) - Math.max(start, row * height);
      for (let column = 0; column < columns; column++) sums[row * columns + column] += common * sumsOfRow[column];
    }
  }
  return { levels: sums.map((sum) => halfUp(sum, height * width)), height: rows, width: columns };
}

/**
 * Return the sum of what each target pixel covers of a row, whose pixels are `columns` units long.
 * @param {ArrayLike<number>} row @param {number} width @param {number} columns
 */
function summedAcross(row, width, columns) {
  const sums = new Float64Array(columns);
  for (let column = 0, x = 0, before = 0; column < columns; column++) { // `before` of the pixel at x is done
    const end = (column + 1) * width;
    let sum = -before * row[x];
    for (; (x + 1) * columns <= end; x++) sum += columns * row[x];
    before = end - x * columns;
    sums[column] = before ? sum + before * row[x] : sum;
  }
  return sums;
}
