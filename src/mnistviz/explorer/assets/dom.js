// The document: its elements, and new ones.

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/**
 * Make an element with a class and a text; the text is never markup.
 * @param {string} name
 * @param {string} [kind]
 * @param {string} [text]
 */
export function make(name, kind = '', text = '') {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set the text after an element's word. @param {Element} element @param {string} text */
export function setLast({ lastChild }, text) {
  if (lastChild && lastChild.nodeValue !== text) lastChild.nodeValue = text;
}

/** @param {Element} element @param {string} name @param {string} value */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @param {string} id @param {number} value */
export function setNumber(id, value) {
  const input = /** @type {HTMLInputElement} */ (byId(id));
  if (input.value !== String(value)) input.value = String(value);
}

/** @param {string} id @param {string} value */
export function setSelect(id, value) {
  const select = /** @type {HTMLSelectElement} */ (byId(id));
  if (select.value !== value) select.value = value;
}
