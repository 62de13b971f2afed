/** Background jobs: list, runs of one, and running it now. */

import { ApiError, get, post } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";

const JOBS = "/api/v1/admin/jobs";
const RUNS_SHOWN = 20;
const LOOK_AGAIN_MS = 1500;
const TONES = { done: "good", failed: "bad", running: "info", waiting: "neutral" };
const OPEN = ["waiting", "running"];

const words = {
  statusText: (run) => t(`core.jobs.script.status.${run ? run.status : "never"}`),
  toneOf: (run) => (run ? TONES[run.status] : "neutral"),
  durationText(run) {
    if (!run || run.duration_ms === null) return "–";
    return `${number(run.duration_ms / 1000, 2)} s`; // the unit is the same in every language
  },
};

function jobs() {
  const table = resourceTable({ url: JOBS });
  const { show } = table;
  return combine(table, words, {
    show(page) {
      show.call(this, { ...page, items: page.items.map((job) => ({ ...job, id: job.name })) });
    },
    open: (row) => openDialog("job", row),
  });
}

function jobRuns() {
  return combine(words, once(runNow), {
    job: null,
    runs: [],
    state: "loading",
    error: "",

    opened(job) {
      Object.assign(this, { job, runs: [], state: "loading" });
      this.load();
    },

    async load() {
      const { name } = this.job;
      try {
        const { data } = await get(`${JOBS}/${name}/runs?limit=${RUNS_SHOWN}`);
        if (name !== this.job.name) return;
        const wasUnderWay = this.isUnderWay;
        Object.assign(this, { runs: data.items, state: "filled" });
        if (this.isUnderWay) setTimeout(() => name === this.job.name && this.load(), LOOK_AGAIN_MS);
        else if (wasUnderWay) tellOfChange();
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    /** Its end is then waited for. */
    get isUnderWay() {
      return this.runs.some((run) => OPEN.includes(run.status));
    },

    scheduleText: (job) => `${job.schedule} (${job.zone})`,
    missedText: (job) => t(`core.jobs.script.catch_up.${job.catch_up}`),

    summaryText(run) {
      const counts = Object.entries(run.counts).map(([name, count]) => `${name} ${number(count)}`);
      return [this.durationText(run), ...counts].join(" · ");
    },
  });
}

async function runNow() {
  await post(`${JOBS}/${this.job.name}/run`);
  toast(t("core.jobs.script.started"));
  await this.load();
  tellOfChange();
}

/** Let the list show how it stands now. */
function tellOfChange() {
  window.dispatchEvent(new CustomEvent("job-changed"));
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("jobs", jobs);
  Alpine.data("jobRuns", jobRuns);
});
