/** Bytes as people read them. */

import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";

const UNITS = [
  [1e9, "gigabytes", 1],
  [1e6, "megabytes", 1],
  [0, "kilobytes", 0],
];

export function bytesText(bytes) {
  const [size, name, digits] = UNITS.find(([least]) => bytes >= least) ?? UNITS.at(-1);
  return t(`monitoring.bytes.script.${name}`, { count: number(bytes / (size || 1e3), digits) });
}
