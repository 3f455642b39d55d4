// What comes from the server: each message goes to `show`. `newest` is the last number that is shown, `over` ends the page,
// and the status line is used only while nothing waits to be sent (`isIdle`).
"use strict";

const listening = ({ words, newest, show, over, tell, isIdle }) => {
  let stream = null;
  let polling = false;

  const poll = async () => {
    if (polling) return;
    polling = true;
    let wait = 1000;
    for (;;) {
      try {
        const response = await fetch(`/api/messages?after=${newest()}&wait=20`);
        if (response.status === 401) { over(); return; }
        if (!response.ok) throw new Error(String(response.status));
        for (const message of (await response.json()).messages) show(message);
        if (isIdle()) tell("");
        wait = 1000;
      } catch (broken) {
        if (isIdle()) tell(words.lost);
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, 15000);
      }
    }
  };

  /** Server-sent events; where a proxy holds them back or a browser has none, long polling. */
  const listen = () => {
    if (polling || (stream && stream.readyState !== 2)) return;
    if (!window.EventSource) { poll(); return; }
    stream = new EventSource(`/api/events?after=${newest()}`);
    let opened = false;
    let failures = 0;
    const fallBack = () => { if (stream) stream.close(); stream = null; poll(); };
    const timer = setTimeout(() => { if (!opened) fallBack(); }, 8000);
    stream.onopen = () => { opened = true; failures = 0; clearTimeout(timer); if (isIdle()) tell(""); };
    stream.onmessage = (event) => show(JSON.parse(event.data));
    stream.onerror = () => {
      failures += 1;
      if (!stream || stream.readyState === 2 || failures > 3) { clearTimeout(timer); fallBack(); }
      else if (isIdle() && !navigator.onLine) tell(words.lost);
    };
  };

  return listen;
};
