/** The place to drop files: several at once, three of them under way, each with its progress. */

import { ApiError } from "/static/core/js/api.js";
import { number } from "/static/core/js/format.js";
import { t, tn } from "/static/core/js/i18n.js";
import { upload } from "./upload.js";

const AT_ONCE = 3;

export function mediaUpload() {
  const files = new Map(); // beside the component: a reactive File could not be sent
  let counter = 0;
  return {
    folder: "",
    uploads: [],
    isOver: false,

    enter() {
      this.isOver = true;
    },

    leave() {
      this.isOver = false;
    },

    drop(event) {
      this.isOver = false;
      this.add(event.dataTransfer.files);
    },

    choose(event) {
      this.add(event.target.files);
      event.target.value = "";
    },

    add(chosen) {
      for (const file of chosen) {
        const id = ++counter;
        files.set(id, file);
        this.uploads.push({ id, name: file.name, percent: 0, state: "waiting", message: "" });
      }
      this.work();
    },

    /** Begin as many as may be under way; each that ends makes room for the next. */
    work() {
      const running = this.uploads.filter(({ state }) => state === "running").length;
      const waiting = this.uploads.filter(({ state }) => state === "waiting");
      for (const one of waiting.slice(0, AT_ONCE - running)) this.send(one);
    },

    async send(one) {
      one.state = "running";
      try {
        const onProgress = (percent) => Object.assign(one, { percent });
        await upload(files.get(one.id), { folder: this.folder, onProgress });
        one.state = "done";
        window.dispatchEvent(new CustomEvent("media-changed"));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        Object.assign(one, { state: "failed", message: error.message });
      } finally {
        files.delete(one.id);
        this.work();
      }
    },

    isRunning: ({ state }) => state === "running",

    stateText({ state, percent }) {
      if (state === "running" && percent < 100) return `${percent} %`;
      return t(`media.library.script.upload.${state}`);
    },

    get isDone() {
      return this.uploads.every(({ state }) => state === "done" || state === "failed");
    },

    get doneText() {
      const done = this.uploads.filter(({ state }) => state === "done").length;
      const count = number(this.uploads.length);
      return tn("media.library.script.upload.count", this.uploads.length, {
        done: number(done),
        count,
      });
    },

    clearList() {
      this.uploads = [];
    },
  };
}
