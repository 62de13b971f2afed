/** The team of a store: list, invite, role, remove. */

import { post, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { openDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { editor } from "/static/tenancy/js/editor.js";
import { activity } from "/static/tenancy/js/status.js";

const TEAM = "/api/v1/store/team";

function team() {
  const list = resourceTable({ url: TEAM, filters: ["role", "status"], sort: "email" });
  const { show } = list;
  return combine(list, activity(), once(act), {
    owner: null,

    show(data) {
      this.owner = data.owner;
      show.call(this, data);
    },

    nameOf: ({ display_name: name, email }) => name || email,
    roleText: ({ role }) => t(`tenancy.team.script.role.${role}`),
    isInvited: ({ status }) => status === "invited",
    invite: () => openDialog("team-invite", {}),
    changeRole: (member) => openDialog("team-role", member),

    sinceText(member) {
      const invited = this.isInvited(member);
      const day = this.$format.date(invited ? member.invitation_expires_at : member.joined_at);
      return t(`tenancy.team.script.${invited ? "invited_until" : "member_since"}`, { day });
    },
  });
}

/** One of the row's actions, by name; `once` keeps two from running at the same time. */
function act(name, member) {
  return { resend, leave }[name].call(this, member);
}

async function resend(member) {
  await post(`${TEAM}/${member.id}/resend`);
  toast(t("tenancy.team.script.resent", { email: member.email }));
  await this.load();
}

async function leave(member) {
  const kind = this.isInvited(member) ? "withdraw" : "remove";
  const agreed = await confirm({
    title: t(`tenancy.team.script.${kind}_title`, { name: this.nameOf(member) }),
    text: t(`tenancy.team.script.${kind}_text`),
    action: t(`tenancy.team.script.${kind}`),
    danger: true,
  });
  if (!agreed) return;
  await remove(`${TEAM}/${member.id}`);
  toast(t(`tenancy.team.script.${kind}_done`));
  await this.load();
}

const inviteForm = () =>
  editor("team-invite", {
    url: TEAM,
    initial: { email: "", role: "staff" },
    idempotent: true,
    savedText: t("tenancy.team.script.invited"),
  });

const roleForm = () =>
  editor("team-role", {
    url: ({ id }) => `${TEAM}/${id}`,
    method: "PATCH",
    initial: { role: "staff" },
    fields: ["role"],
    toBody: ({ role }) => ({ role }),
    savedText: t("tenancy.team.script.role_saved"),
  });

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("team", team);
  Alpine.data("inviteForm", inviteForm);
  Alpine.data("roleForm", roleForm);
});
