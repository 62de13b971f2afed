/** Accounts: list, new admins, and what an account may do. */

import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { editor, etagOf, pick } from "/static/tenancy/js/editor.js";
import { activity } from "/static/tenancy/js/status.js";

const USERS = "/api/v1/admin/users";
const FIELDS = ["display_name", "user_type", "locale", "is_active"];

function users() {
  const list = resourceTable({ url: USERS, filters: ["user_type", "active"], sort: "email" });
  return combine(list, activity(), {
    typeText: (row) => t(`tenancy.tenants.user_type.${row.user_type}`),
    platformNames: (row) => row.platforms.map(({ name }) => name).join(", "),
    edit: (row) => openDialog("user-edit", row),
  });
}

/** Which platforms are ticked, by id, and which permissions, by "id:code". */
function platformChoice() {
  return {
    chosen: {},
    granted: {},

    get isPlatformAdmin() {
      return this.values.user_type === "platform_admin";
    },

    choose(platforms) {
      this.chosen = Object.fromEntries(platforms.map((one) => [one.platform_id, true]));
      this.granted = Object.fromEntries(
        platforms.flatMap((one) => one.granted.map((code) => [`${one.platform_id}:${code}`, true])),
      );
    },

    get platforms() {
      if (!this.isPlatformAdmin) return [];
      const ids = Object.keys(this.chosen).filter((id) => this.chosen[id]);
      return ids.map((id) => ({ platform_id: Number(id), granted: this.grantsOn(id) }));
    },

    grantsOn(id) {
      const ticked = Object.keys(this.granted).filter((key) => this.granted[key]);
      const own = ticked.filter((key) => key.startsWith(`${id}:`));
      return own.map((key) => key.slice(id.length + 1));
    },
  };
}

/** An editor whose ticks join the values as it is sent. */
function withPlatforms(editing, own) {
  const { submit } = editing;
  return combine(editing, platformChoice(), own, {
    submit() {
      this.values.platforms = this.platforms;
      return submit.call(this);
    },
  });
}

function userNew() {
  const initial = { email: "", display_name: "", user_type: "platform_admin" };
  const creating = editor("user-new", {
    url: USERS,
    idempotent: true,
    initial,
    toBody: (values) => ({
      ...pick(values, ["platforms", ...Object.keys(initial)]),
      locale: document.documentElement.lang,
    }),
  });
  return withPlatforms(creating, {
    opened() {
      this.fill({});
      this.choose([]);
    },
  });
}

function userEdit() {
  const editing = editor("user-edit", {
    url: ({ id }) => `${USERS}/${id}`,
    method: "PATCH",
    toBody: (values) => pick(values, ["platforms", ...FIELDS]),
  });
  return withPlatforms(editing, {
    email: "",

    opened(user) {
      this.email = user.email;
      this.fill(pick(user, ["id", ...FIELDS]), { etag: etagOf(user) });
      this.choose(user.platforms);
    },
  });
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("users", users);
  Alpine.data("userNew", userNew);
  Alpine.data("userEdit", userEdit);
});
