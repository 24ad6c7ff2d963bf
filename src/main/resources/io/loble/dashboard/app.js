// Puts the page together.
import { get, hasToken, setToken } from './api.js';
import { Attention, findings } from './attention.js';
import { afterwards, reload, rollback } from './controls.js';
import { Detail } from './detail.js';
import { byId, setText, show } from './dom.js';
import { Explain } from './explain.js';
import { Feed } from './feed.js';
import { clock } from './format.js';
import { Head } from './head.js';
import { History } from './history.js';
import { Log } from './log.js';
import { Pools } from './pools.js';
import { Timeline } from './timeline.js';

const head = new Head();
const history = new History();
const timeline = new Timeline();
const log = new Log();
const detail = new Detail();
const pools = new Pools((pool, name) => detail.open(pool, name));
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
  timeline.update(status);
  draw();
}

function draw() {
  if (latest === null) {
    return;
  }
  const hurting = findings(latest, history, reasonsOf);
  head.update(latest, history);
  attention.update(latest, hurting);
  pools.update(latest, history, hurting, reasonsOf);
  detail.update(latest, history, reasonsOf);
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
    askForToken(cause.status === 401 ? 'This token is not right: the balancer refuses it.' : cause.message);
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
afterwards(() => feed.nudge());

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea, dialog');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId('filter').focus();
  }
});

feed.start();
