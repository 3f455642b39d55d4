// Leaving also forgets what was written and not yet sent.
"use strict";

document.querySelector('form[action="/leave"]').addEventListener("submit", () => {
  sessionStorage.removeItem("zviazok-unsent");
  drafts.forget();
});
