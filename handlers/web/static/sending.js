// How a message goes to the server: words as JSON, files as a form. What comes back is a status, how many seconds to wait
// before the next try, and a body; null where the line is broken. Nothing is decided here.
"use strict";

const sending = (words, progress, tell) => {
  const PATIENCE = 20000;

  const post = async (item) => {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE);
    try {
      const response = await fetch("/api/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": words.csrf },
        body: JSON.stringify(Object.assign({ id: item.id }, item.body)),
        signal: control.signal,
      });
      const body = await response.json().catch(() => null);
      return { status: response.status, wait: Number(response.headers.get("Retry-After")), body };
    } catch (broken) {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };

  /** fetch() does not say how far it is; an old friend does. */
  const upload = (item) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("id", item.id);
    if (item.body.text) form.append("caption", item.body.text);
    for (const file of item.files) form.append("file", file, file.name);
    request.open("POST", "/api/files");
    request.setRequestHeader("X-CSRF-Token", words.csrf);
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress.value = (event.loaded / event.total) * 100; };
    request.onload = () => {
      let body = null;
      try { body = JSON.parse(request.responseText); } catch (broken) { body = null; }
      resolve({ status: request.status, wait: Number(request.getResponseHeader("Retry-After")), body });
    };
    request.onerror = request.ontimeout = request.onabort = () => resolve(null);
    progress.value = 0;
    progress.hidden = false;
    item.bubble.append(progress);
    tell(words.sending);
    request.send(form);
  });

  return (item) => (item.files ? upload(item) : post(item));
};
