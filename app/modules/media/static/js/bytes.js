/** Bytes as people read them: kilobytes below one megabyte, gigabytes above a thousand. */

import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";

export function bytesText(bytes) {
  if (bytes < 1e6) return unit("kilobytes", number(Math.ceil(bytes / 1e3)));
  if (bytes < 1e9) return unit("megabytes", number(bytes / 1e6, 1));
  return unit("gigabytes", number(bytes / 1e9, 1));
}

function unit(name, count) {
  return t(`media.bytes.script.${name}`, { count });
}
