/** Lists of the API that belong to one thing. */

import { combine } from "/static/core/js/component.js";

/** Ask a list always with these parameters, without showing them in the page's address. */
export function narrowed(table, parameters) {
  const { address } = table;
  return combine(table, {
    address() {
      return `${address.call(this)}&${new URLSearchParams(parameters)}`;
    },
  });
}

/** Keep a parameter of the page's address in every address, without counting it as a filter. */
export function keeping(name, table) {
  const { parameters } = table;
  const value = new URLSearchParams(location.search).get(name);
  return combine(table, {
    parameters(defaults) {
      const all = parameters.call(this, defaults);
      if (value) all.set(name, value);
      return all;
    },
  });
}
