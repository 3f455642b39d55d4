// The code of the member's app, asked for above the talk: what was said waits, and goes on once the code is given.
"use strict";

const coding = (talk, words, complain, goesOn) => {
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

  /** The page as it is now asks for the code: its form is put above the talk here. */
  const askFor = async () => {
    if (section) return;
    const page = await fetch("/").then((response) => response.text()).catch(() => "");
    section = new DOMParser().parseFromString(page, "text/html").getElementById("code");
    if (!section) return;
    talk.prepend(section);
    listen();
    section.querySelector("#totp").focus();
  };

  listen();
  return { isAsked: () => Boolean(section), askFor };
};
