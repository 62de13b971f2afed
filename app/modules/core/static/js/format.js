/**
 * Numbers, money and dates as the server writes them.
 *
 * Browsers know Luxembourgish poorly, so the patterns, names and symbols come from the server
 * (`format_json`). Intl only converts an instant to the clock of a time zone.
 */

import { json } from "./page-data.js";

const rules = json("formats");

/** What stands before the decimals. */
export const decimalMark = rules.decimal;

/** 1234.5 → "1.234,5"; `digits` fixes the number of decimals. */
export function number(value, digits = null) {
  if (value === null || value === undefined) return "";
  const text = digits === null ? String(Math.abs(value)) : Math.abs(value).toFixed(digits);
  const [whole, fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, rules.group);
  const sign = value < 0 ? "-" : "";
  return sign + grouped + (fraction ? rules.decimal + fraction : "");
}

/** Minor units and an ISO code → "1.234,50 €". */
export function money(cents, currency) {
  if (cents === null || cents === undefined) return "";
  const digits = digitsOf(currency);
  const amount = number(Math.abs(cents) / 10 ** digits, digits);
  const symbol = rules.currencies[currency] ?? currency;
  const [positive, negative] = rules.currency.split(";");
  const pattern = cents < 0 ? (negative ?? `-${positive}`) : positive;
  return pattern.replace(/[#0.,]+/, amount).replace("¤", symbol);
}

/** An instant, or a day as "2026-11-22", with its month's name. `style`: long or medium. */
export function date(value, style = "long", zone = rules.zone) {
  if (!value) return "";
  return write(rules.dates[style], parts(value, zone));
}

/** An instant to the minute, on the clock of `zone`. */
export function datetime(value, zone = rules.zone) {
  return value ? write(rules.dates.minute, parts(value, zone)) : "";
}

function digitsOf(currency) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits;
}

function parts(value, zone) {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: isDay ? "UTC" : zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const found = format.formatToParts(new Date(value));
  return Object.fromEntries(found.map((part) => [part.type, Number(part.value)]));
}

// The letters of Unicode's date patterns; text between quotes stands for itself.
function write(pattern, { year, month, day, hour, minute }) {
  const letters = {
    y: year,
    yy: two(year % 100),
    yyyy: year,
    MMMM: rules.months.wide[month - 1],
    MMM: rules.months.abbreviated[month - 1],
    MM: two(month),
    M: month,
    dd: two(day),
    d: day,
    HH: two(hour),
    H: hour,
    mm: two(minute),
  };
  return pattern.replace(/'([^']*)'|([a-zA-Z])\2*/g, (run, quoted) => quoted ?? letters[run] ?? run);
}

function two(value) {
  return String(value).padStart(2, "0");
}
