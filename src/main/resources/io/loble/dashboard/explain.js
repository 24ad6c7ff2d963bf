// Which backend would this client get?
import { get, query } from './api.js';
import { byId, el } from './dom.js';
import { clock, percent, plural } from './format.js';

function candidate(c, chosen, certain) {
  const chance = certain || typeof c.chance !== 'number' ? '' : `, chance ${percent(c.chance)}`;
  return el('li', { class: c.name === chosen ? 'chosen' : null }, el('strong', {}, c.name), ` weight ${c.weight}, ${c.active} open${chance}`);
}

function leftOut(b) {
  return el('li', {}, el('strong', {}, b.name), ` ${[b.reason, b.detail].filter(Boolean).join(': ')}${b.since ? `, since ${clock(b.since)}` : ''}`);
}

function answer(client, said) {
  const { backend, certain, algorithm, candidates = [], left_out: out = [] } = said;
  const verdict = backend
    ? [el('strong', {}, client), certain ? ' gets ' : ' most likely gets ', el('strong', {}, backend), ` (${algorithm}).`]
    : candidates.length > 0
      ? [el('strong', {}, client), ` gets any of these by chance (${algorithm}).`]
      : [el('strong', {}, client), ` is turned away: ${said.rejected ?? 'no backend takes it'}.`];
  return [
    el('p', {}, verdict),
    el('ul', {}, candidates.map((c) => candidate(c, backend, certain))),
    out.length > 0 ? el('p', { class: 'muted' }, `${plural(out.length, 'backend is', 'backends are')} left out:`) : null,
    out.length > 0 ? el('ul', {}, out.map(leftOut)) : null,
  ].filter(Boolean);
}

export class Explain {
  constructor() {
    this.listeners = byId('explain-listener');
    byId('explain').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask(byId('explain-client').value.trim());
    });
  }

  update(status) {
    const names = status.listeners.map((listener) => listener.name);
    if (names.join('\n') !== [...this.listeners.options].map((o) => o.value).join('\n')) {
      const chosen = this.listeners.value;
      this.listeners.replaceChildren(...names.map((name) => el('option', { value: name, selected: name === chosen }, name)));
    }
  }

  async #ask(client) {
    const place = byId('explanation');
    try {
      const said = await get(`explain?${query({ client, listener: this.listeners.value })}`);
      place.replaceChildren(...answer(client, said));
    } catch (cause) {
      const text = cause.status === 404 && /nothing at/.test(cause.message)
        ? 'This balancer does not explain its choices.'
        : cause.message;
      place.replaceChildren(el('p', { class: 'wrong' }, text));
    }
  }
}
