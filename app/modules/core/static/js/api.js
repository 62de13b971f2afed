/**
 * The JSON API as pages call it.
 *
 * Every call answers `{data, etag, status}` or throws an `ApiError`, whose `message` can be shown
 * as it is and whose `errors` name the fields ("limits.0.value") that the server refused.
 */

import { t } from "./i18n.js";
import { meta } from "./page-data.js";
import { askToSignIn, canAsk } from "./sign-in-again.js";

const SAFE = new Set(["GET", "HEAD"]);
const ME = "/api/v1/auth/me";
const LOGIN = "/api/v1/auth/login";

/** `?lang=` of this page; read at once, for the language switch takes it out of the address. */
const ASKED_LANGUAGE = new URLSearchParams(window.location.search).get("lang");

let csrfToken = meta("csrf-token");

export class ApiError extends Error {
  constructor(message, { status = 0, code = "network", errors = {}, params = {}, requestId } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.params = params;
    this.requestId = requestId;
  }
}

/**
 * Send one request. `body` is JSON, or FormData for files.
 * Options: `etag` becomes If-Match, `idempotencyKey` its header, `signal` aborts.
 */
export async function request(method, url, { body, etag, idempotencyKey, signal } = {}) {
  const send = () =>
    fetchOrFail(inPageLanguage(url), { method, body: encoded(body), signal }, headersFor());
  const headersFor = () => headers(method, { body, etag, idempotencyKey });
  let response = await send();
  if (response.status === 403 && (await problemOf(response.clone())).error_code === "csrf_invalid") {
    await renewToken();
    response = await send();
  }
  if (response.status === 401 && url !== LOGIN && (await isSignedInAgain(method))) {
    response = await send();
  }
  return answer(response);
}

export const get = (url, options) => request("GET", url, options);
export const post = (url, body, options) => request("POST", url, { ...options, body });
export const put = (url, body, options) => request("PUT", url, { ...options, body });
export const patch = (url, body, options) => request("PATCH", url, { ...options, body });
export const remove = (url, options) => request("DELETE", url, options);

/** One key for one intent: keep it over retries of the same press. */
export const newIdempotencyKey = () => crypto.randomUUID();

/** A page that was asked for in a language (`?lang=`) asks on in it, whatever its reader's own is. */
function inPageLanguage(url) {
  if (!ASKED_LANGUAGE) return url;
  const address = new URL(url, window.location.href);
  address.searchParams.set("lang", ASKED_LANGUAGE);
  return address.href;
}

function headers(method, { body, etag, idempotencyKey }) {
  const all = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
    "Content-Type": body === undefined || body instanceof FormData ? null : "application/json",
    "X-CSRF-Token": SAFE.has(method) ? null : csrfToken,
    "X-Store-Code": meta("store-code"),
    "If-Match": etag,
    "Idempotency-Key": idempotencyKey,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function encoded(body) {
  return body === undefined || body instanceof FormData ? body : JSON.stringify(body);
}

async function fetchOrFail(url, options, headers) {
  try {
    return await fetch(url, { ...options, headers, credentials: "same-origin" });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new ApiError(t("ui.script.offline"));
  }
}

async function answer(response) {
  if (response.ok) {
    // An empty answer may be called JSON all the same.
    const hasJson = response.status !== 204 && response.headers.get("Content-Type")?.includes("json");
    const data = hasJson ? await response.json() : null;
    return { data, etag: response.headers.get("ETag"), status: response.status };
  }
  throw await errorOf(response);
}

async function errorOf(response) {
  const problem = await problemOf(response);
  return new ApiError(problem.detail ?? problem.title ?? t("ui.script.failed"), {
    status: response.status,
    code: problem.error_code ?? "unknown",
    errors: fieldErrors(problem.errors ?? []),
    params: problem.params,
    requestId: problem.request_id ?? response.headers.get("X-Request-ID"),
  });
}

async function problemOf(response) {
  return response.json().catch(() => ({}));
}

// "/limits/0/value" → "limits.0.value", the first sentence of each field.
function fieldErrors(list) {
  const errors = {};
  for (const { pointer, detail } of list) {
    errors[pointer.replace(/^#?\/?/, "").replaceAll("/", ".")] ??= detail;
  }
  return errors;
}

async function renewToken() {
  const response = await fetchOrFail(ME, {}, headers("GET", {}));
  if (response.ok) csrfToken = (await response.json()).csrf_token;
}

// What is only read is in the address: it is found again by way of the sign-in page. What is
// being written stays open meanwhile.
async function isSignedInAgain(method) {
  const isReading = SAFE.has(method) && !document.querySelector("dialog[open]");
  if (isReading || !canAsk()) {
    leaveForSignIn();
    return false;
  }
  const token = await askToSignIn();
  csrfToken = token ?? csrfToken;
  return token !== null;
}

function leaveForSignIn() {
  const here = location.pathname + location.search;
  location.assign(`/login?next=${encodeURIComponent(here)}`);
}
