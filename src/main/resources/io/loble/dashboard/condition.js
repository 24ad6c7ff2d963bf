// How a backend is: what the other modules ask of the status of one.

/** When a backend came into its state, in milliseconds since 1970; null when nothing says. */
export function since(backend, reasons) {
  const told = backend.since ?? reasons?.at;
  const time = typeof told === 'number' ? told : Date.parse(told ?? '');
  return Number.isFinite(time) ? time : null;
}

/** Whether it has failed, rather than being kept out on purpose. */
export const failed = (backend) =>
  backend.state === 'unhealthy' || (backend.state === 'draining' && backend.mode === 'ready');

/** Whether it gets new connections. */
export const takesClients = (backend) => backend.state === 'healthy' && backend.weight > 0;

/** Why a backend is in its state, as far as it is known. */
export const why = (backend, reasons) => String(backend.why ?? reasons?.detail ?? '');

/** Why a client was turned away, by the label that metrics and status use. */
export const REJECTIONS = {
  no_backend: 'no backend in rotation',
  backends_full: 'every backend is full',
  connect_failed: 'no backend could be connected to',
  limit: 'limits.max_connections is reached',
};

export const rejection = (label) => REJECTIONS[label] ?? label.replaceAll('_', ' ');
