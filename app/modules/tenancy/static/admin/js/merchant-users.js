/** Owners and team members, with figures that follow the filters. */

import { get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { number } from "/static/core/js/format.js";
import { people } from "/static/tenancy/js/people.js";

const MERCHANT_USERS = "/api/v1/admin/merchant-users";

function merchantUsers() {
  const list = people(MERCHANT_USERS);
  const { load } = list;
  return combine(list, {
    stats: {},

    // The figures of an earlier query never overwrite those of a later one.
    async load() {
      const asked = this.statsAddress();
      const [answer] = await Promise.all([
        get(asked).catch(() => ({ data: {} })),
        load.call(this),
      ]);
      if (asked === this.statsAddress()) this.stats = answer.data;
    },

    statsAddress() {
      const filters = ["search", "type", "active"].filter((name) => this.query[name]);
      const told = filters.map((name) => [name, this.query[name]]);
      return `${MERCHANT_USERS}/stats?${new URLSearchParams(told)}`;
    },

    figure(name) {
      return number(this.stats[name]);
    },
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("merchantUsers", merchantUsers);
});
