// How a backend is: what the other modules ask of the status of one.

/** When a backend came into its state, in milliseconds since 1970; null when nothing says. */
export function since(backend, reasons) {
  const told = backend.since ?? reasons?.at;
  const time = typeof told === 'number' ? told : Date.parse(told ?? '');
  return Number.isFinite(time) ? time : null;
}

/** States of backends that are out of rotation for how they do with clients. */
const BY_TRAFFIC = ['ejected', 'circuit_open', 'half_open'];

/** Whether it is in rotation. */
export const inRotation = (backend) => backend.state === 'healthy' || backend.state === 'warming';

/** Why a backend gets no new connections, by the labels that explain uses; `available` where it does. */
export function condition(backend) {
  if (BY_TRAFFIC.includes(backend.state)) {
    return backend.state;
  }
  if (!inRotation(backend)) {
    return { ready: 'unhealthy', drain: 'draining' }[backend.mode] ?? backend.mode;
  }
  if (backend.weight === 0) {
    return 'no_weight';
  }
  if (backend.effective_weight === 0) {
    return 'standby';
  }
  return isFull(backend) ? 'full' : 'available';
}

/** Whether it has as many connections as it may have. */
export const isFull = (backend) => backend.max_connections > 0 && backend.active >= backend.max_connections;

/** Whether it has failed, rather than being kept out on purpose. */
export const failed = (backend) =>
  backend.state === 'unhealthy' || BY_TRAFFIC.includes(backend.state) || (backend.state === 'draining' && backend.mode === 'ready');

/** Whether it is out of rotation for what it did, and not on purpose. */
export const isDown = (backend) => BY_TRAFFIC.includes(backend.state) || condition(backend) === 'unhealthy';

/** Its share of new connections against the others of its pool, as it is now; 0 for none. */
export const weightNow = (backend) => backend.effective_weight ?? (inRotation(backend) ? backend.weight : 0);

/** Whether it gets new connections. */
export const takesClients = (backend) => weightNow(backend) > 0;

/** The same, and not only since its pool is in panic. */
export const serves = (backend) => takesClients(backend) && !isDown(backend);

/** Whether that is a state that failures bring about. */
export const isOut = (state) => state === 'unhealthy' || state === 'ejected' || state === 'circuit_open';

/** A state in words. */
export const stateText = (state) => state.replaceAll('_', ' ');

/** Why a backend is in its state, as far as it is known. */
export const why = (backend, reasons) => String(backend.why ?? reasons?.detail ?? '');

/** Why a client was turned away, by the label that metrics and status use. */
export const REJECTIONS = {
  no_backend: 'no backend in rotation',
  backends_full: 'every backend is full',
  queue_timeout: 'waited too long for room',
  connect_failed: 'no backend could be connected to',
  limit: 'limits.max_connections is reached',
  denied: 'network not let in',
  rate: 'over the rate of the listener',
  client_limit: 'client with too many connections',
  client_rate: 'client that comes too often',
  listener_limit: 'max_connections of the listener is reached',
  overload: 'overload',
  no_route: 'no route takes it, and the listener has no pool',
  bad_preface: 'what it says first is malformed or not complete in time',
  tls: 'TLS handshake failed',
};

export const rejection = (label) => REJECTIONS[label] ?? label.replaceAll('_', ' ');
