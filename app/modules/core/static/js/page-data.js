/** What the server wrote into the page for scripts: JSON blocks and meta entries. */

export function json(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : {};
}

export function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content ?? null;
}
