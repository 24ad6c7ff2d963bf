// Which backend would this client get? Answered again whenever something changes that decides it.
import { get, query } from './api.js';
import { isFull, rejection, stateText } from './condition.js';
import { byId, el } from './dom.js';
import { clock, percent, plural } from './format.js';

/** What may be told of a client, by the part of the form in which it is. */
const PARTS = { hello: ['sni', 'alpn'], request: ['host', 'path', 'method'] };

/** So many backends of each list are shown. */
const SHOWN = 50;

function candidate(c, chosen, certain) {
  const chance = certain || typeof c.chance !== 'number' ? '' : `, chance ${percent(c.chance)}`;
  return el('li', { class: c.name === chosen ? 'chosen' : null }, el('strong', {}, c.name), ` weight ${c.weight}, ${c.active} open${chance}`);
}

function leftOut(b) {
  return el('li', {}, el('strong', {}, b.name), ` ${[stateText(b.reason), b.detail].filter(Boolean).join(': ')}${b.since ? `, since ${clock(b.since)}` : ''}`);
}

function list(items, make) {
  const rest = items.length - SHOWN;
  return el('ul', {}, items.slice(0, SHOWN).map(make), rest > 0 ? el('li', { class: 'muted' }, `and ${plural(rest, 'other')}`) : null);
}

function verdict(client, { backend, certain, algorithm, candidates = [], rejected, redirect, waits_behind: before, why }) {
  if (redirect && !rejected) {
    return [el('strong', {}, client), ` is told to come back by ${redirect}.`];
  }
  if (Number.isInteger(before)) {
    return [el('strong', {}, client), ` waits until a backend has room, ${plural(before, 'client')} before it.`];
  }
  if (backend) {
    return [el('strong', {}, client), certain ? ' gets ' : ' most likely gets ', el('strong', {}, backend), ` (${algorithm}).`];
  }
  return candidates.length > 0
    ? [el('strong', {}, client), ` gets any of these by chance (${algorithm}).`]
    : [el('strong', {}, client), ` is turned away: ${[rejected ? rejection(rejected) : 'no backend takes it', why].filter(Boolean).join(': ')}.`];
}

/** Which certificate a listener with TLS shows it, and why. */
function certified({ certificate, certificate_why: reason, agreed_alpn: protocol }) {
  if (!reason) {
    return null;
  }
  const shown = certificate ? el('strong', {}, certificate.file) : 'none';
  return el('p', {}, 'Its certificate: ', shown, `, since ${reason}`, protocol ? `. Protocol: ${protocol}.` : '.');
}

/** How the connection to the backend would begin, where that is not as usual. */
function outbound({ send_proxy: version = 'off', source = [], backend_tls: verify = 'off', path, backend_path: asked }) {
  const header = version === 'off' ? '' : `The backend first gets a PROXY protocol header (${version}) that names the client. `;
  const from = source.length === 0 ? '' : `Connections to it come from ${source.join(', ')}.`;
  const encrypted = verify === 'off' ? '' : `The connection to it is encrypted (verify ${verify}). `;
  const stripped = asked && asked !== path ? `The backend is asked for ${asked}. ` : '';
  return stripped || header || encrypted || from ? el('p', { class: 'muted' }, stripped + header + encrypted + from) : null;
}

/** Which route takes it, and why; nothing for a listener without routes. */
function routed({ route, route_why: reason, pool }) {
  if (!reason) {
    return null;
  }
  const taken = Number.isInteger(route) ? `Route ${route} takes it (${reason})` : 'No route takes it';
  return el('p', {}, taken, pool ? ', to pool ' : '.', pool ? el('strong', {}, pool) : null, pool ? '.' : null);
}

function answer(client, said) {
  const { backend, certain, candidates = [], left_out: out = [] } = said;
  return [
    certified(said),
    routed(said),
    el('p', { class: backend ? 'chosen' : candidates.length > 0 || Number.isInteger(said.waits_behind) || (said.redirect && !said.rejected) ? null : 'wrong' }, verdict(client, said)),
    outbound(said),
    list(candidates, (c) => candidate(c, backend, certain)),
    out.length > 0 ? el('p', { class: 'muted' }, `${plural(out.length, 'backend is', 'backends are')} left out:`) : null,
    out.length > 0 ? list(out, leftOut) : null,
    el('p', { class: 'muted' }, `As of ${clock(Date.now())}; answered again when a state, weight or algorithm changes.`),
  ].filter(Boolean);
}

/** Whether it matters for a listener what a ClientHello says. */
const asksForHello = (listener) => Boolean(listener?.tls) || (listener?.routes ?? []).some((r) => r.sni.length > 0 || r.alpn.length > 0);

/** All in a status that decides who gets a client, but for whose turn it is. */
function deciding(status, name) {
  const listener = status.listeners.find((l) => l.name === name);
  const names = [listener?.pool, ...(listener?.routes ?? []).map((r) => r.pool)];
  const pools = status.pools.filter((p) => names.includes(p.name));
  return JSON.stringify([
    status.snapshot_version,
    listener?.pool,
    listener?.routes,
    listener?.tls?.certificates.map((certificate) => certificate.fingerprint),
    pools.map((pool) => [pool.name, pool.algorithm, pool.backends.filter(isFull).map((b) => b.name)]),
  ]);
}

export class Explain {
  #asked = null;
  #number = 0;
  #status = null;

  constructor() {
    this.listeners = byId('explain-listener');
    byId('explain').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask(this.#question());
    });
    this.listeners.addEventListener('change', () => this.#fields());
  }

  /** What an input that is not shown says is not asked. */
  #question() {
    const question = { client: byId('explain-client').value.trim(), listener: this.listeners.value };
    for (const [part, names] of Object.entries(PARTS)) {
      for (const name of byId(`explain-${part}`).hidden ? [] : names) {
        const value = byId(`explain-${name}`).value.trim();
        if (value) {
          question[name] = value;
        }
      }
    }
    return question;
  }

  #fields() {
    const listener = this.#status?.listeners.find((l) => l.name === this.listeners.value);
    byId('explain-hello').hidden = !asksForHello(listener);
    byId('explain-request').hidden = listener?.mode !== 'http';
  }

  update(status) {
    this.#status = status;
    this.#names(status.listeners.map((listener) => listener.name));
    this.#fields();
    const asked = this.#asked;
    if (asked !== null && asked.deciding !== deciding(status, asked.question.listener)) {
      this.#ask(asked.question);
    }
  }

  #names(names) {
    if (names.join('\n') !== [...this.listeners.options].map((o) => o.value).join('\n')) {
      const chosen = this.listeners.value;
      this.listeners.replaceChildren(...names.map((name) => el('option', { value: name, selected: name === chosen }, name)));
    }
  }

  async #ask(question) {
    const number = ++this.#number;
    const place = byId('explanation');
    this.#asked = { question, deciding: deciding(this.#status, question.listener) };
    // What stands there is about a state that is past.
    place.classList.add('past');
    let shown;
    try {
      shown = answer(question.client, await get(`explain?${query(question)}`));
    } catch (cause) {
      shown = [el('p', { class: 'wrong' }, cause.message)];
    }
    if (number === this.#number) {
      place.classList.remove('past');
      place.replaceChildren(...shown);
    }
  }
}
