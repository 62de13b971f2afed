/** What every page has: the frame's components, texts and formats. Loaded before Alpine. */

import { confirmation } from "./confirm.js";
import { dialog, opener } from "./dialog.js";
import * as format from "./format.js";
import { t, tn } from "./i18n.js";
import { language } from "./language.js";
import { menu } from "./menu.js";
import { meter } from "./meter.js";
import { shell } from "./shell.js";
import { signInAgain } from "./sign-in-form.js";
import { theme } from "./theme.js";
import { toasts } from "./toast.js";

const COMPONENTS = {
  confirmation,
  dialog,
  language,
  menu,
  meter,
  opener,
  shell,
  signInAgain,
  theme,
  toasts,
};

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  for (const [name, component] of Object.entries(COMPONENTS)) Alpine.data(name, component);
  Alpine.magic("t", () => t);
  Alpine.magic("tn", () => tn);
  Alpine.magic("format", () => ({ ...format }));
});
