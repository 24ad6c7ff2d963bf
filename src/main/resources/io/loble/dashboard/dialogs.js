// Asks before something is done, and tells how it went.
import { byId, el } from './dom.js';

const TOLD_MS = 6000;
const FAILED_MS = 20000;

/**
 * Asks.
 * @param body what is to be known before, as nodes
 * @param danger whether it cuts something: then Cancel has the focus
 * @param check called with the values before the answer counts; what it throws is shown
 * @returns the values of the fields, or null
 */
export function ask({ title, body = [], confirm, danger = false, check = null, wide = false }) {
  const wrong = el('p', { class: 'wrong', role: 'alert' });
  const cancel = el('button', { type: 'button', autofocus: danger }, 'Cancel');
  const accept = el(
    'button',
    { type: 'submit', class: danger ? 'danger' : 'primary', autofocus: !danger, 'data-test': 'confirm' },
    confirm,
  );
  const form = el(
    'form',
    { method: 'dialog' },
    el('h2', {}, title),
    ...body,
    wrong,
    el('div', { class: 'buttons' }, cancel, accept),
  );
  const dialog = el('dialog', { 'aria-label': title, class: wide ? 'wide' : null }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = null;
    cancel.addEventListener('click', () => dialog.close());
    form.addEventListener('submit', (submitted) => {
      const values = Object.fromEntries(new FormData(form));
      try {
        check?.(values);
        answer = values;
      } catch (cause) {
        submitted.preventDefault();
        wrong.textContent = cause.message;
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.showModal();
  });
}

/** So many lines of a list are shown. */
const LINES = 500;

/** Shows a list that is to be read, and nothing else. */
export function tellMore(title, lines, note) {
  const dialog = el(
    'dialog',
    { class: 'wide', 'aria-label': title },
    el('h2', {}, title),
    el('ol', { class: 'lines', tabindex: 0 }, lines.slice(0, LINES).map((line) => el('li', {}, line))),
    lines.length > LINES ? el('p', { class: 'muted' }, `and ${lines.length - LINES} more`) : null,
    el('p', { class: 'muted' }, note),
    el('form', { method: 'dialog' }, el('div', { class: 'buttons' }, el('button', { type: 'submit', autofocus: true }, 'Close'))),
  );
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

/** A field with its label, and what there is to say about it. */
export function field(label, input, hint = null) {
  return el(
    'label',
    { class: 'field' },
    el('span', {}, label),
    input,
    hint === null ? null : el('small', {}, hint),
  );
}

function toast(text, kind, time) {
  const node = el(
    'div',
    { class: `toast ${kind}` },
    el('span', {}, text),
    el('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => node.remove() }, '×'),
  );
  byId(kind === 'failed' ? 'alerts' : 'notes').append(node);
  setTimeout(() => node.remove(), time);
}

export const tell = (text) => toast(text, 'done', TOLD_MS);

/** Says why something was not done. */
export function complain(what, cause) {
  const lines = (cause.errors ?? []).map((error) => error.reason).filter(Boolean);
  toast(`${what}: ${[cause.message, ...lines].join('; ')}`, 'failed', FAILED_MS);
}

/** For those who hear the page; it shows the same elsewhere. */
export function announce(text) {
  byId('announcer').textContent = text;
}
