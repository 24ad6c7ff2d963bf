// What happened, the newest first.
import { isOut } from './condition.js';
import { announce } from './dialogs.js';
import { byId, el, show } from './dom.js';
import { clock } from './format.js';
import { backendKey } from './history.js';
import { isOfSource, levelOf, sourceDetails, sourceWords } from './sources.js';

const KEPT = 200;

function level(event) {
  if (isOfSource(event)) {
    return levelOf(event.to) ?? 'plain';
  }
  if (event.type === 'config.refused' || isOut(event.to)) {
    return 'bad';
  }
  return event.to === 'healthy' ? 'good' : 'plain';
}

function words(event) {
  if (event.type === 'backend.state') {
    return [el('strong', {}, event.backend), ` ${event.from} → ${event.to}`];
  }
  if (isOfSource(event)) {
    return [el('strong', {}, `${event.source} ${event.of}`), ` ${sourceWords(event)}`];
  }
  return [el('strong', {}, event.type), ` ${event.what ?? ''}`];
}

function details(event) {
  if (event.type === 'backend.state') {
    return event.detail ? [event.detail] : [];
  }
  if (isOfSource(event)) {
    return sourceDetails(event);
  }
  if (event.type === 'clients.refused') {
    return [event.detail];
  }
  const steps = (event.steps ?? []).map((step) => step.text);
  const errors = (event.errors ?? []).map((error) => error.reason);
  return steps.concat(errors).slice(0, 4);
}

function item(event) {
  const who = event.type === 'backend.state' || isOfSource(event) ? event.pool : event.who;
  return el(
    'li',
    { class: level(event) },
    el('div', {}, el('time', { datetime: event.at }, clock(event.at)), ' ', ...words(event)),
    ...details(event).map((text) => el('div', { class: 'detail' }, text)),
    el('div', { class: 'by' }, who ?? ''),
  );
}

export class Log {
  #states = new Map();
  #fresh = Date.now();

  add(event) {
    if (event.type === 'backend.state') {
      this.#remember(event);
      // Not what happened before anybody looked.
      if (Date.parse(event.at) >= this.#fresh) {
        announce(`${event.backend} is ${event.to}`);
      }
    }
    const list = byId('events');
    list.prepend(item(event));
    while (list.childElementCount > KEPT) {
      list.lastElementChild.remove();
    }
    show(byId('no-events'), false);
  }

  /** A backend that fails while it has connections drains first, and only that event says why. */
  #remember(event) {
    const key = backendKey(event.pool, event.backend);
    const before = this.#states.get(key);
    const goesOn = event.from === 'draining' && event.to === 'unhealthy' && !event.detail;
    const { at, detail } = goesOn && before?.to === 'draining' ? before : event;
    this.#states.set(key, { to: event.to, at, detail });
  }

  /** Why and since when a backend is as it is, as far as events have told; only if that still holds. */
  reasons(pool, backend, state) {
    const last = this.#states.get(backendKey(pool, backend));
    return last && last.to === state ? last : undefined;
  }
}
