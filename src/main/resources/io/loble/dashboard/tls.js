// TLS of listeners and pools: a padlock, the days that are left, and handshakes that failed.
import { el, setAttribute, setText, show } from './dom.js';
import { count, plural } from './format.js';

/** From here on the days that are left are a warning. */
const SOON_DAYS = 30;

/** Why a handshake failed, by the label that metrics and status use. */
const FAILURES = {
  expired: 'with an expired certificate',
  not_yet_valid: 'with a certificate that is not valid yet',
  name_mismatch: 'with a certificate for other names',
  unknown_authority: 'with an unknown authority',
  no_shared_version: 'without a version in common',
  no_shared_cipher: 'without a cipher suite in common',
  certificate_missing: 'without a certificate of the client',
  certificate_refused: 'with a certificate that was refused',
  unknown_name: 'for a name that no certificate has',
  closed: 'closed before the end',
  timeout: 'not in time',
  not_tls: 'in another protocol',
  other: 'for another reason',
};

/** The certificate that ends first; null where none is shown. */
export const firstToEnd = (tls) => tls.certificates?.[0] ?? tls.certificate ?? null;

const days = (certificate) => (certificate.days_left < 0 ? 'expired' : `${count(certificate.days_left)} d`);

/** A certificate in words. */
export const ending = (certificate) =>
  `${certificate.file} (${certificate.subject}) ${certificate.days_left < 0 ? 'has expired' : `ends in ${plural(certificate.days_left, 'day')}`}`;

/** Handshakes that failed, by reason; empty where none did. */
export const failures = (tls) =>
  Object.entries(tls.handshakes?.failed_by ?? {})
    .filter(([, amount]) => amount > 0)
    .map(([label, amount]) => `${count(amount)} ${FAILURES[label] ?? label.replaceAll('_', ' ')}`)
    .join(', ');

/** All handshakes in words. */
export const handshakes = (tls) =>
  `${plural(tls.handshakes.ok, 'handshake')}, ${count(tls.handshakes.resumed)} of them resumed`;

function level(tls) {
  const first = firstToEnd(tls);
  if (tls.error || (first !== null && first.days_left < 0)) {
    return 'bad';
  }
  return tls.verify === 'none' || (first !== null && first.days_left < SOON_DAYS) ? 'warn' : null;
}

/** A padlock, with the days that are left of the certificate that ends first. */
export class Lock {
  constructor() {
    this.text = el('span');
    this.node = el('span', { class: 'lock', 'data-test': 'lock', hidden: true }, el('span', { class: 'unseen' }, 'TLS '), this.text);
  }

  /** @param tls of a listener or a pool; null hides it */
  update(tls) {
    show(this.node, Boolean(tls));
    if (!tls) {
      return;
    }
    const first = firstToEnd(tls);
    const failed = tls.handshakes.failed;
    setText(this.text, [first === null ? '' : days(first), tls.verify === 'none' ? 'unverified' : ''].filter(Boolean).join(', '));
    setAttribute(this.node, 'data-level', level(tls));
    setAttribute(
      this.node,
      'title',
      ['TLS', first && ending(first), handshakes(tls), failed > 0 ? `failed: ${failures(tls)}` : 'none failed'].filter(Boolean).join('; '),
    );
  }
}

/** What somebody has to do something about, as findings. */
export function tlsFindings(status) {
  const of = (owner, name, pool) =>
    (owner.tls?.warnings ?? []).map((text) => ({
      key: `tls ${name} ${text}`,
      level: level(owner.tls) === 'bad' ? 'bad' : 'warn',
      ...(pool ? { pool } : {}),
      name: `${name}:`,
      text,
      parts: [],
    }));
  return [
    ...status.listeners.flatMap((listener) => of(listener, `TLS of listener ${listener.name}`, null)),
    ...status.pools.flatMap((pool) => of(pool, `TLS of pool ${pool.name}`, pool.name)),
  ];
}
