/**
 * Component `chart`: a plot of numbers with the table and the CSV behind it.
 *
 * A model is `{kind: "line" | "bar", labels: [text], series: [one], write: (value) => text}`; one
 * series `{label, values, tone, dashed, stack}`, or a band `{label, low, high, tone}`. A value may
 * be null. `limit: {label, value}` draws a line across. Colours come from the page's own, so that
 * they follow its theme; lines differ by their dashes too.
 */

import { saveCsv } from "./csv.js";
import { t } from "./i18n.js";

const DASHES = [[], [6, 4], [2, 3], [8, 3, 2, 3]];

export function chart() {
  return {
    heads: [],
    rows: [],
    asTable: false,
    spoken: "",
    summary: "",
    place: -1,

    show(model) {
      if (!model) return;
      this.fill(model);
      const { $refs } = this;
      queueMicrotask(() => draw($refs.plot, model));
    },

    fill(model) {
      const columns = columnsOf(model);
      this.heads = ["", ...columns.map((one) => one.label)];
      this.rows = model.labels.map((label, place) => [
        label,
        ...columns.map((one) => written(one.values[place], model)),
      ]);
      this.place = -1;
      this.summary = this.rows.length ? this.rows.at(-1).join(", ") : "";
    },

    turn() {
      this.asTable = !this.asTable;
    },

    step(by) {
      const last = this.rows.length - 1;
      this.place = Math.min(last, Math.max(0, this.place + by));
      if (last < 0) return;
      this.spoken = this.rows[this.place]
        .map((cell, place) => (place ? `${this.heads[place]}: ${cell}` : cell))
        .filter((cell) => !cell.endsWith(": "))
        .join(", ");
      point(this.$refs.plot, this.place);
    },

    leave() {
      point(this.$refs.plot, null);
    },

    save(name) {
      saveCsv(name, [this.heads, ...this.rows]);
    },
  };
}

function columnsOf(model) {
  return model.series.flatMap((one) =>
    one.low
      ? [
          { label: t("ui.script.chart_low", { label: one.label }), values: one.low },
          { label: t("ui.script.chart_high", { label: one.label }), values: one.high },
        ]
      : [one],
  );
}

function written(value, model) {
  return value === null || value === undefined ? "" : model.write(value);
}

// Chart.js keeps a plot by its canvas; kept outside Alpine, whose proxies it does not bear.
function draw(canvas, model) {
  window.Chart.getChart(canvas)?.destroy();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plot = new window.Chart(canvas, {
    type: model.kind,
    data: { labels: model.labels, datasets: datasetsOf(model, canvas) },
    options: optionsOf(model, canvas, still),
  });
  followTheme(plot, model, canvas);
}

function datasetsOf(model, canvas) {
  const lines = model.series.flatMap((one, place) =>
    one.low ? band(one, canvas) : [line(one, place, model, canvas)],
  );
  if (model.limit) lines.push(limitLine(model, canvas));
  return lines;
}

function line(one, place, model, canvas) {
  const color = colorOf(canvas, one.tone);
  return {
    label: one.label,
    data: one.values,
    borderColor: color,
    backgroundColor: color,
    borderWidth: model.kind === "bar" ? 0 : 2,
    borderDash: one.dashed ? DASHES[1] : DASHES[model.kind === "bar" ? 0 : place % DASHES.length],
    pointRadius: one.values.length > 40 ? 0 : 2,
    pointHoverRadius: 4,
    stack: one.stack,
  };
}

// Two lines without ink of their own, and what lies between them.
function band(one, canvas) {
  const shade = { backgroundColor: faint(colorOf(canvas, one.tone)) };
  const edge = { borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, isBand: true };
  return [
    { ...edge, label: one.label, data: one.high, ...shade, fill: "+1" },
    { ...edge, label: one.label, data: one.low, backgroundColor: "transparent", isLower: true },
  ];
}

function limitLine(model, canvas) {
  return {
    label: model.limit.label,
    data: model.labels.map(() => model.limit.value),
    type: "line",
    borderColor: colorOf(canvas, "bad"),
    backgroundColor: colorOf(canvas, "bad"),
    borderWidth: 1.5,
    borderDash: DASHES[2],
    pointRadius: 0,
    pointHoverRadius: 0,
  };
}

function optionsOf(model, canvas, still) {
  const muted = colorOf(canvas, "muted");
  const grid = { color: colorOf(canvas, "line") };
  const ticks = { color: muted, maxRotation: 0, autoSkipPadding: 16 };
  const stacked = model.series.some((one) => one.stack);
  return {
    maintainAspectRatio: false,
    animation: still ? false : { duration: 160 },
    interaction: { mode: "index", intersect: false },
    font: { family: getComputedStyle(canvas).fontFamily },
    scales: {
      x: { stacked, grid: { display: false }, ticks },
      y: { stacked, grid, ticks: { ...ticks, callback: (value) => model.write(value) }, border: { display: false } },
    },
    plugins: {
      legend: {
        position: "bottom",
        align: "start",
        labels: { color: muted, boxWidth: 24, boxHeight: 8, filter: (item, data) => !data.datasets[item.datasetIndex].isLower },
        onClick: () => {},
      },
      tooltip: {
        filter: (item) => item.raw !== null && !item.dataset.isBand,
        callbacks: { label: (item) => `${item.dataset.label}: ${model.write(item.raw)}` },
      },
    },
  };
}

function point(canvas, place) {
  const plot = window.Chart.getChart(canvas);
  if (!plot) return;
  const active =
    place === null
      ? []
      : plot.data.datasets
          .map((one, datasetIndex) => ({ datasetIndex, index: place, value: one.data[place], isBand: one.isBand }))
          .filter((one) => one.value !== null && one.value !== undefined && !one.isBand);
  plot.setActiveElements(active);
  plot.tooltip.setActiveElements(active, { x: 0, y: 0 });
  plot.update("none");
}

// The browser resolves light-dark() and var() for us where the colour is used.
function colorOf(canvas, tone) {
  const probe = document.createElement("span");
  probe.style.color = `var(--color-${tone})`;
  canvas.parentElement.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function faint(color) {
  return color.replace("rgb(", "rgba(").replace(")", ", 0.18)");
}

function followTheme(plot, model, canvas) {
  const again = () => {
    if (window.Chart.getChart(canvas) === plot) draw(canvas, model);
  };
  const root = new MutationObserver(again);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", again);
  const { destroy } = plot;
  plot.destroy = () => {
    root.disconnect();
    system.removeEventListener("change", again);
    destroy.call(plot);
  };
}

document.addEventListener("alpine:init", () => window.Alpine.data("chart", chart));
