// Puts the page together.
import { get, hasToken, isReadOnly, setToken } from './api.js';
import { Attention } from './attention.js';
import { afterwards, reload, rollback } from './controls.js';
import { Detail } from './detail.js';
import { byId, setText, show } from './dom.js';
import { Explain } from './explain.js';
import { Feed } from './feed.js';
import { findings, levels } from './findings.js';
import { clock } from './format.js';
import { Head } from './head.js';
import { History } from './history.js';
import { Listeners, ListenerTracks } from './listeners.js';
import { Log } from './log.js';
import { Pools } from './pools.js';
import { Timeline } from './timeline.js';
import { afterwards as afterBack } from './view.js';

const head = new Head();
const history = new History();
const timeline = new Timeline();
const tracks = new ListenerTracks();
const log = new Log();
const detail = new Detail();
const listeners = new Listeners((name) => detail.listener(name));
const pools = new Pools((pool, name) => detail.backend(pool, name));
const attention = new Attention(({ pool, backend }) => pools.go(pool, backend));
const explain = new Explain();
const feed = new Feed({ status: showStatus, event: happened, failed });
let latest = null;
let lostAt = null;

function reasonsOf(pool, name) {
  const backend = latest.pools.find((p) => p.name === pool)?.backends.find((b) => b.name === name);
  return backend && log.reasons(pool, name, backend.state);
}

function showStatus(status) {
  latest = status;
  found();
  history.add(status);
  tracks.add(status);
  timeline.update(status);
  draw();
}

function draw() {
  const hurting = findings(latest, history, tracks, reasonsOf);
  head.update(latest, history);
  attention.update(latest, hurting);
  listeners.update(latest, tracks);
  pools.update(latest, history, levels(hurting, latest), reasonsOf);
  detail.update({ status: latest, history, listeners: tracks, reasonsOf });
  explain.update(latest);
}

function happened(event) {
  log.add(event);
  feed.nudge();
}

function found() {
  lostAt = null;
  show(byId('lost'), false);
  show(byId('login'), false);
  show(byId('app'), true);
  show(byId('actions'), true);
  show(byId('logout'), hasToken());
  show(byId('readonly'), isReadOnly());
  document.body.classList.toggle('readonly', isReadOnly());
  document.body.classList.remove('old');
}

function failed(cause) {
  if (cause.status === 401) {
    askForToken(hasToken() ? 'The balancer refuses this token; it may have been changed.' : '');
    return;
  }
  lostAt ??= Date.now();
  const reason = cause.status === 0 || cause.status === undefined
    ? `Not reachable since ${clock(lostAt)}`
    : `Refused since ${clock(lostAt)}`;
  const old = latest === null ? '' : ' What you see is from before.';
  setText(byId('lost'), `${reason}: ${cause.message}.${old} Trying again each second.`);
  show(byId('lost'), true);
  document.body.classList.toggle('old', latest !== null);
}

function askForToken(reason) {
  feed.stop();
  setToken(null);
  show(byId('app'), false);
  show(byId('actions'), false);
  show(byId('about'), false);
  show(byId('login'), true);
  show(byId('lost'), false);
  setText(byId('login-wrong'), reason);
  byId('token').value = '';
  byId('token').focus();
}

async function login(event) {
  event.preventDefault();
  setToken(byId('token').value.trim());
  try {
    await get('status');
    byId('token').value = '';
    feed.start();
  } catch (cause) {
    askForToken(cause.status === 401 ? 'Wrong token: the balancer refuses it.' : cause.message);
  }
}

byId('login').addEventListener('submit', login);
byId('logout').addEventListener('click', () => {
  // Nothing is left of what was seen.
  setToken(null);
  location.reload();
});
byId('reload').addEventListener('click', () => reload(latest));
byId('rollback').addEventListener('click', () => rollback());
byId('all-connections').addEventListener('click', () => detail.connections());
afterwards(() => feed.nudge());
afterBack(() => {
  pools.restore();
  detail.restore();
  if (latest !== null) {
    listeners.update(latest, tracks);
  }
});

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea, dialog');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId('filter').focus();
  }
});

feed.start();
