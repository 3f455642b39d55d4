// The code of the member's app, asked for above the field to write in: what was said waits, and goes on once it is given.
"use strict";

const coding = (composer, words, complain, uncover, goesOn) => {
  let section = document.getElementById("code");

  const give = async (event) => {
    event.preventDefault();
    const field = section.querySelector("#totp");
    const response = await fetch("/api/session/factor", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": words.csrf },
      body: JSON.stringify({ totp: field.value.replace(/\s/g, "") }),
    }).catch(() => null);
    if (response && response.ok) {
      section.remove();
      section = null;
      complain("");
      goesOn();
      return;
    }
    const body = response && await response.json().catch(() => null);
    complain(body && body.error ? body.error.message : words.again);
    field.select();
  };

  const listen = () => section && section.querySelector("form").addEventListener("submit", give);

  const bringIntoView = () => {
    uncover(section);
    section.querySelector("#totp").focus({ preventScroll: true });
  };

  /** The page as it is now asks for the code: its form is put here, where the member looks. */
  const askFor = async () => {
    if (!section) {
      const page = await fetch("/").then((response) => response.text()).catch(() => "");
      section = new DOMParser().parseFromString(page, "text/html").getElementById("code");
      if (!section) return;
      composer.before(section);
      listen();
    }
    bringIntoView();
  };

  listen();
  return { isAsked: () => Boolean(section), askFor, bringIntoView };
};
