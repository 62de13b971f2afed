/**
 * Sending one file with progress, which `fetch` cannot tell of. A stale CSRF token is renewed by
 * `api.js`, which then sends the file itself.
 */

import { ApiError, post } from "/static/core/js/api.js";
import { t } from "/static/core/js/i18n.js";
import { meta } from "/static/core/js/page-data.js";

const MEDIA = "/api/v1/store/media";

/** Answers the file; `onProgress(percent)` is called until all of it is sent. */
export async function upload(file, { folder, onProgress }) {
  const body = new FormData();
  body.append("folder", folder);
  body.append("file", file);
  const { status, answer } = await send(body, onProgress);
  if (status < 300) return answer;
  if (answer.error_code === "csrf_invalid") return (await post(MEDIA, body)).data;
  throw new ApiError(answer.detail ?? t("ui.script.failed"), {
    status,
    code: answer.error_code,
    params: answer.params,
  });
}

function send(body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", MEDIA);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.setRequestHeader("X-CSRF-Token", meta("csrf-token"));
    request.setRequestHeader("X-Store-Code", meta("store-code"));
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(Math.round((loaded / total) * 100)),
    );
    request.addEventListener("load", () =>
      resolve({ status: request.status, answer: parsed(request.responseText) }),
    );
    request.addEventListener("error", () => reject(new ApiError(t("ui.script.offline"))));
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
