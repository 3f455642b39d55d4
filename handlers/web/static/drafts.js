// What is typed and not yet sent is kept in this browser, by question, for a day: a reload, another page, the end of a
// session take nothing away. Sending, leaving and the panic word clear it; staff's words and codes never come here.
"use strict";

const drafts = (() => {
  const KEY = "zviazok-drafts";
  const DAY = 86400000;

  const read = () => {
    const kept = {};
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || "{}");
      for (const question of Object.keys(found)) if (Date.now() - found[question].at < DAY) kept[question] = found[question];
    } catch (none) { /* a browser that keeps nothing, or what was kept is broken */ }
    return kept;
  };

  const write = (kept) => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch (full) { /* then it stands in the field only */ }
  };

  const of = (question) => (read()[question] || { text: "" }).text;

  const keep = (question, text) => {
    if (!question) return;
    const kept = read();
    delete kept[question];
    if (text.trim() && !text.startsWith("/")) kept[question] = { text, at: Date.now() };
    write(kept);
  };

  write(read());
  return { of, keep, forget: () => write({}) };
})();
