// What can be done to the balancer. What cuts something is asked about first.
import { takesClients } from './condition.js';
import { ApiError, backendPath, get, patch, poolPath, post, put, query, remove } from './api.js';
import { ask, complain, field, tell } from './dialogs.js';
import { el, setText } from './dom.js';
import { clock, plural } from './format.js';

export const ALGORITHMS = {
  round_robin: ['Round robin', 'Each backend in turn, as often as its weight says.'],
  least_connections: [
    'Least connections',
    'The backend with the fewest open connections for its weight: slow ones get less.',
  ],
  random: ['Random', 'By chance, in proportion to the weights.'],
  source_hash: ['Source hash', 'The same client, the same backend, as long as it is there.'],
  p2c: ['Two choices', 'Of two drawn by weight, the one with fewer open connections.'],
  peak_ewma: ['Peak EWMA', 'The backend that answers fastest for what it has to do.'],
  maglev: ['Maglev', 'The same client, the same backend, by a table: for large pools.'],
  least_bandwidth: ['Least bandwidth', 'The backend that relays the fewest bytes a second.'],
  adaptive: ['Adaptive', 'Each in turn, by weights that are learnt from how fast they answer.'],
};

let changed = () => {};

/** @param then called after everything that was done */
export function afterwards(then) {
  changed = then;
}

async function act(what, done, action) {
  try {
    const answer = await action();
    tell(typeof done === 'function' ? done(answer) : done);
    return true;
  } catch (cause) {
    complain(what, cause);
    if (!(cause instanceof ApiError)) {
      throw cause;
    }
    return false;
  } finally {
    changed();
  }
}

function checkTime(text) {
  if (text !== '' && !/^\d+(ms|s|m|h)?$/.test(text)) {
    throw new Error(`“${text}” is not a time such as 30s or 5m`);
  }
}

/** Seconds, where no unit is given. */
function time(text) {
  return /^\d+$/.test(text) ? `${text}s` : text;
}

function timeField(label, hint) {
  const input = el('input', {
    name: 'timeout', placeholder: 'never', size: 8, autocomplete: 'off', spellcheck: 'false',
  });
  return field(label, input, hint);
}

/** What becomes of a pool that loses that backend. */
function warning(pool, backend) {
  const others = pool.backends.filter((b) => b.name !== backend.name && takesClients(b));
  return takesClients(backend) && others.length === 0
    ? el(
        'p',
        { class: 'warning' },
        `It is the last backend of pool ${pool.name} in rotation: new connections are turned away until another is.`,
      )
    : null;
}

function theirs(backend) {
  return backend.active === 0
    ? 'It has no open connection.'
    : `It has ${plural(backend.active, 'open connection')}.`;
}

/** Takes a backend out, so that it can be worked on. */
async function takeOut(pool, backend, { state, title, text, confirm }) {
  const answer = await ask({
    title,
    body: [
      el('p', {}, `${text} ${theirs(backend)}`),
      warning(pool, backend),
      timeField('Close what is left after', 'such as 30s or 5m; empty: they may stay as long as they like'),
    ].filter(Boolean),
    confirm,
    check: (values) => checkTime(values.timeout.trim()),
  });
  if (answer === null) {
    return;
  }
  const timeout = time(answer.timeout.trim());
  const body = timeout === '' ? { state } : { state, timeout };
  await act(`${backend.name} stays as it is`, `${backend.name}: ${state}`, () =>
    patch(backendPath(pool.name, backend.name), body));
}

export function drain(pool, backend) {
  return takeOut(pool, backend, {
    state: 'drain',
    title: `Drain ${backend.name}?`,
    text: 'It gets no new connections; those it has go on, and it is still probed.',
    confirm: 'Drain',
  });
}

export function maintain(pool, backend) {
  return takeOut(pool, backend, {
    state: 'maintenance',
    title: `Put ${backend.name} into maintenance?`,
    text: 'It gets no new connections and no probes; connections it has go on.',
    confirm: 'Maintenance',
  });
}

export function ready(pool, backend) {
  return act(`${backend.name} stays as it is`, `${backend.name}: ready`, () =>
    patch(backendPath(pool.name, backend.name), { state: 'ready' }));
}

export async function removeBackend(pool, backend) {
  const answer = await ask({
    title: `Remove ${backend.name} from pool ${pool.name}?`,
    body: [
      el('p', {}, `It gets no new connections, and is gone when it has none left. ${theirs(backend)}`),
      warning(pool, backend),
      timeField('Close what is left after', 'empty: the time that timeouts.drain says'),
    ].filter(Boolean),
    confirm: 'Remove',
    danger: true,
    check: (values) => checkTime(values.timeout.trim()),
  });
  if (answer === null) {
    return false;
  }
  const timeout = time(answer.timeout.trim());
  const path = backendPath(pool.name, backend.name) + (timeout === '' ? '' : `?${query({ timeout })}`);
  return act(`${backend.name} is not removed`, `${backend.name} is being removed`, () => remove(path));
}

export async function addBackend(pool) {
  const answer = await ask({
    title: `Add a backend to pool ${pool.name}`,
    body: [
      field('Address', el('input', { name: 'address', required: true, placeholder: '10.0.0.4:8080', autofocus: true })),
      field('Name', el('input', { name: 'name', placeholder: 'the address' })),
      field('Weight', el('input', { name: 'weight', type: 'number', min: 0, max: 256, value: 1, required: true })),
    ],
    confirm: 'Add',
  });
  if (answer === null) {
    return;
  }
  const body = { address: answer.address.trim(), weight: Number(answer.weight) };
  if (answer.name.trim() !== '') {
    body.name = answer.name.trim();
  }
  await act('The backend is not added', `${body.address} is added`, () =>
    post(`${poolPath(pool.name)}/backends`, body));
}

export function weigh(pool, backend, weight) {
  return act(`${backend.name} keeps its weight`, `${backend.name}: weight ${weight}`, () =>
    patch(backendPath(pool.name, backend.name), { weight }));
}

export function choose(pool, algorithm) {
  return act(`Pool ${pool.name} keeps its algorithm`, `Pool ${pool.name}: ${algorithm}`, () =>
    put(`${poolPath(pool.name)}/algorithm`, { algorithm }));
}

/** Closes one connection. */
export async function cut(connection) {
  const answer = await ask({
    title: `Close the connection of ${connection.client}?`,
    body: [el('p', {}, 'It is closed at once, whatever is under way on it.')],
    confirm: 'Close it',
    danger: true,
  });
  return answer !== null && act('It is not closed', `The connection of ${connection.client} is closed`, () =>
    remove(`connections/${encodeURIComponent(connection.id)}`));
}

const EFFECTS = {
  cut: (count) => (count === null ? 'cuts connections' : `cuts ${plural(count, 'connection')}`),
  drained: (count) =>
    count === null ? 'connections may finish' : `${plural(count, 'connection')} may finish, then closed`,
};

function stepItem(step) {
  const effect = step.count === 0 ? undefined : EFFECTS[step.connections];
  return el(
    'li',
    {},
    el('span', { class: `action ${step.action}` }, step.action),
    el('span', {}, step.text.replace(/^[-+~] /, '')),
    effect ? el('strong', { class: `effect ${step.connections}` }, effect(step.count)) : null,
  );
}

/** A place for a plan, which is shown as soon as it is there. */
class Plan {
  constructor() {
    this.node = el('div', { class: 'plan', 'aria-live': 'polite', 'data-test': 'plan' });
    this.asked = 0;
  }

  async show(what) {
    const asked = ++this.asked;
    this.node.replaceChildren(el('p', { class: 'muted' }, 'Looking at what would change …'));
    let shown;
    try {
      const plan = await post('config/plan', what);
      shown = plan.changed
        ? [el('p', {}, 'This is what will be done:'), el('ol', {}, plan.steps.map(stepItem))]
        : [el('p', {}, 'Nothing would change: all is as it says already.')];
    } catch (cause) {
      const errors = cause.errors ?? [];
      shown = [
        el('p', { class: 'wrong' }, cause.message),
        el('ul', {}, errors.map((e) => el('li', {}, [e.line ? `line ${e.line}` : null, e.key, e.reason].filter(Boolean).join(': ')))),
      ];
    }
    if (asked === this.asked) {
      this.node.replaceChildren(...shown);
    }
  }
}

function steps(answer) {
  return answer.changed ? plural(answer.steps.length, 'step') : 'nothing had to change';
}

/** Reads the file, when its plan has been seen. */
export async function reload(status) {
  const plan = new Plan();
  const reset = el('input', { type: 'checkbox', name: 'reset' });
  const look = () => plan.show({ reload: true, reset: reset.checked });
  reset.addEventListener('change', look);
  look();
  const answer = await ask({
    title: 'Reload the configuration file?',
    body: [
      el('p', { class: 'muted' }, status.config.file || 'There is no file.'),
      plan.node,
      el('label', { class: 'check' }, reset, ' give up what was changed at run time as well'),
    ],
    confirm: 'Reload',
    wide: true,
  });
  if (answer !== null) {
    const body = answer.reset ? { reset: true } : {};
    await act('The file is not in force', (done) => `Reloaded: ${steps(done)}`, () =>
      post('config/reload', body));
  }
}

/** Goes back to a version, when what that changes has been seen. */
export async function rollback() {
  let versions;
  try {
    versions = await get('config/versions');
  } catch (cause) {
    complain('The versions are not known', cause);
    return;
  }
  if (versions.length < 2) {
    tell('This is the first version; there is none to go back to.');
    return;
  }
  const plan = new Plan();
  const earlier = versions.slice(1).map((v) =>
    el('option', { value: v.version }, `${v.version} – ${clock(v.at)}, ${v.what} (${v.who})`));
  const choice = el('select', { name: 'version' }, earlier);
  const look = () => plan.show({ version: Number(choice.value) });
  choice.addEventListener('change', look);
  look();
  const now = el('p', { class: 'muted' });
  setText(now, `Version ${versions[0].version} is in force: ${versions[0].what}, ${clock(versions[0].at)}.`);
  const answer = await ask({
    title: 'Go back to an earlier version?',
    body: [now, field('Version', choice), plan.node],
    confirm: 'Roll back',
    danger: true,
    wide: true,
  });
  if (answer !== null) {
    await act('Nothing is rolled back', (done) => `Version ${done.restored} is back: ${steps(done)}`, () =>
      post('config/rollback', { version: Number(answer.version) }));
  }
}
