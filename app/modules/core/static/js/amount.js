/** Amounts as people type them, from and to minor units; `digits` are the currency's decimals. */

import { decimalMark } from "./format.js";

/** "12,5" or "12.50" → 1250; null for what is no amount. Groups are not accepted. */
export function centsOf(text, digits) {
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(String(text).trim());
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > digits) return null;
  return Number(match[1] + fraction.padEnd(digits, "0"));
}

/** 1250 → "12,50" or "12.50", as the reader writes it and `centsOf` reads it. */
export function amountText(cents, digits) {
  const text = String(cents).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return digits ? `${whole}${decimalMark}${text.slice(text.length - digits)}` : whole;
}
