// Speaks to the balancer. The token lives as long as the tab, and nowhere but here.

const BASE = '/api/v1/';
const TOKEN = 'loble.token';
const ACCESS = 'Loble-Access';
const PATIENCE_MS = 8000;

/** Why a request was not done. Status 0: nobody answered. */
export class ApiError extends Error {
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

export function setToken(token) {
  if (token === null) {
    sessionStorage.removeItem(TOKEN);
  } else {
    sessionStorage.setItem(TOKEN, token);
  }
}

let access = 'full';

/** Whether this token may change nothing, as far as the balancer has said. */
export const isReadOnly = () => access === 'read-only';

/** A header carries bytes: beyond ASCII those of UTF-8, which is what the token's file holds. */
function authorization(token) {
  return `Bearer ${String.fromCharCode(...new TextEncoder().encode(token))}`;
}

/** Sends a request as it is; fails with an ApiError when it is refused. */
export async function request(path, options = {}) {
  const headers = new Headers(options.headers);
  const token = sessionStorage.getItem(TOKEN);
  if (token !== null) {
    headers.set('Authorization', authorization(token));
  }
  let response;
  try {
    response = await fetch(BASE + path, { ...options, headers, cache: 'no-store' });
  } catch (cause) {
    throw new ApiError(0, `no answer (${cause.message})`);
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  access = response.headers.get(ACCESS) ?? 'full';
  return response;
}

async function refusal(response) {
  try {
    const problem = await response.json();
    return new ApiError(response.status, problem.detail ?? problem.title, problem.errors ?? []);
  } catch {
    return new ApiError(response.status, `status ${response.status}`);
  }
}

/** Sends a request whose answer is JSON. */
async function json(method, path, body) {
  const options = { method, signal: AbortSignal.timeout(PATIENCE_MS) };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { 'Content-Type': 'application/json' };
  }
  const response = await request(path, options);
  try {
    return await response.json();
  } catch (cause) {
    throw new ApiError(0, `the answer broke off (${cause.message})`);
  }
}

export const get = (path) => json('GET', path);
export const post = (path, body = {}) => json('POST', path, body);
export const put = (path, body) => json('PUT', path, body);
export const patch = (path, body) => json('PATCH', path, body);
export const remove = (path) => json('DELETE', path);

const part = encodeURIComponent;

export const poolPath = (pool) => `pools/${part(pool)}`;
export const backendPath = (pool, name) => `${poolPath(pool)}/backends/${part(name)}`;
export const query = (values) => new URLSearchParams(values).toString();
