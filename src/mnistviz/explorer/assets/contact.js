// The contact sheet: all images to browse, as thumbnails, of which only those in view are made.

import { beginEntry } from './address.js';
import { showImage, writePlace } from './browsing.js';
import { byId, make, setAttribute } from './dom.js';
import { facts } from './facts.js';
import { stop } from './play.js';
import { state } from './state.js';
import { makeThumbnail, paintThumbnails } from './thumbnail.js';

const MOST_OF_PART = 60; // thumbnails that are made in one go, which no one should have to wait for

const contact = {
  /** @type {number[]} */ places: [], // of the images, in order
  at: 0, // which of them the keyboard comes to
  across: 0, // thumbnails in a row
  ratio: 1, // width of one as a share of its height
  /** @type {Set<Element>} */ inView: new Set(), // parts
};

const observer = new IntersectionObserver(takeViews, { root: byId('contact'), rootMargin: '50%' });

/** Listen to the reader; long names need room. */
export function listenToContact() {
  byId('contact-all').classList.toggle('named', facts.classes.some(({ length }) => length > 2));
  byId('contact-all').addEventListener('toggle', writePlace);
  byId('contact').addEventListener('click', ({ target }) => openThumbnail(indexOf(target)));
  byId('contact').addEventListener('keydown', walkContact);
}

/** Show these images, and which of them is shown large; nothing while the sheet is closed. @param {number[]} places */
export function showContact(places) {
  if (!(/** @type {HTMLDetailsElement} */ (byId('contact-all')).open)) return;
  const before = contact.places;
  const same = places.length === before.length && places.every((place, at) => place === before[at]);
  if (!same || rowOfNow().across !== contact.across) layParts(places);
  byId('contact').querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
  const at = places.indexOf(state.drawing.base);
  moveTo(Math.max(at, 0));
  if (at >= 0) reveal(thumbnailAt(at));
}

/** Return how many thumbnails have room in a row, and their width as a share of their height. */
function rowOfNow() {
  const part = byId('contact').firstElementChild ?? byId('contact').appendChild(make('div', 'part'));
  const { gridTemplateColumns, gridAutoRows } = getComputedStyle(part);
  return { across: gridTemplateColumns.split(' ').length, ratio: parseFloat(gridTemplateColumns) / parseFloat(gridAutoRows) };
}

/** Make room for the thumbnails of these images, in parts. @param {number[]} places */
function layParts(places) {
  observer.disconnect();
  contact.inView.clear();
  Object.assign(contact, { places, at: 0, ...rowOfNow() });
  const parts = Array.from({ length: Math.ceil(places.length / partSize()) }, (_, number) => {
    const part = make('div', 'part');
    const left = places.length - number * partSize();
    part.style.setProperty('--rows', String(Math.ceil(Math.min(left, partSize()) / contact.across)));
    return part;
  });
  byId('contact').replaceChildren(...parts);
  parts.forEach((part) => observer.observe(part));
}

/** Return how many thumbnails a part has: whole rows of them. */
function partSize() {
  return contact.across * Math.max(1, Math.floor(MOST_OF_PART / contact.across));
}

/** Make the thumbnails that come into view, and drop those that leave it. @param {IntersectionObserverEntry[]} entries */
function takeViews(entries) {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) contact.inView.add(target);
    else contact.inView.delete(target);
    keepPart(target);
  }
}

/** Make the thumbnails of a part if anyone can come to them, else drop them. @param {Element} part */
function keepPart(part) {
  const first = partSize() * [...byId('contact').children].indexOf(part);
  const holdsKey = first <= contact.at && contact.at < first + partSize();
  if (!contact.inView.has(part) && !holdsKey && !part.contains(document.activeElement)) part.replaceChildren();
  else if (!part.firstChild) {
    const places = contact.places.slice(first, first + partSize());
    const thumbnails = places.map((place, at) => makeThumbnail(place, first + at, contact.places.length));
    part.append(...thumbnails, paintThumbnails(places, contact.across, contact.ratio));
    if (holdsKey) /** @type {HTMLElement} */ (part.children[contact.at - first]).tabIndex = 0;
  }
}

/** Return which thumbnail a part of the page belongs to, or -1. @param {EventTarget | null} target */
function indexOf(target) {
  const found = target instanceof Element && target.closest('[data-at]');
  return found ? Number(found.getAttribute('data-at')) : -1;
}

/** Return a thumbnail, which is made if it is not yet. @param {number} at */
function thumbnailAt(at) {
  const part = byId('contact').children[Math.floor(at / partSize())];
  keepPart(part);
  return /** @type {HTMLElement} */ (part.children[at % partSize()]);
}

/** Have the keyboard come to a thumbnail. @param {number} at */
function moveTo(at) {
  if (!contact.places.length) return;
  const before = contact.at;
  thumbnailAt(before).tabIndex = -1;
  contact.at = at;
  thumbnailAt(at).tabIndex = 0;
  setAttribute(thumbnailAt(at), 'aria-selected', String(contact.places[at] === state.drawing.base));
  keepPart(byId('contact').children[Math.floor(before / partSize())]);
}

/** Scroll the sheet, and not the page, to a thumbnail that is out of view. @param {HTMLElement} thumbnail */
function reveal(thumbnail) {
  const box = byId('contact');
  const above = thumbnail.getBoundingClientRect().top - box.getBoundingClientRect().top;
  const room = box.clientHeight - thumbnail.offsetHeight;
  if (above < 0 || above > room) box.scrollTop += above - room / 2;
}

/** Show the image of a thumbnail. @param {number} at */
function openThumbnail(at) {
  if (at < 0) return;
  stop();
  beginEntry();
  showImage(contact.places[at]);
  byId('header').scrollIntoView({ block: 'nearest' });
}

/** Move among the thumbnails with the keys of a grid. @param {KeyboardEvent} event */
function walkContact(event) {
  const [from, last] = [indexOf(event.target), contact.places.length - 1];
  if (from < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const forward = document.dir === 'rtl' ? -1 : 1;
  const moves = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: contact.across, ArrowUp: -contact.across,
    PageDown: partSize(), PageUp: -partSize(), Home: -last, End: last };
  const by = moves[/** @type {keyof typeof moves} */ (event.key)];
  if (by === undefined) return;
  event.preventDefault();
  moveTo(Math.min(last, Math.max(0, from + by)));
  thumbnailAt(contact.at).focus();
}
