// The conversation without reloading. Everything here also works without it: the page is plain forms.
// What is sent waits in a queue with an id of its own, so that on a bad line it can be sent again and is taken once.
"use strict";

(() => {
  const thread = document.getElementById("thread");
  const outbox = document.getElementById("outbox");
  const status = document.getElementById("status");
  const trouble = document.getElementById("trouble");
  const sayForm = document.getElementById("say");
  const text = document.getElementById("text");
  const fileField = document.getElementById("file");
  const limits = document.getElementById("limits");
  const chosenList = document.getElementById("chosen");
  const progress = document.getElementById("progress");
  const place = document.getElementById("place");
  const sections = document.getElementById("sections");
  const words = thread.dataset;
  const KEPT = "zviazok-unsent";
  const PATIENCE = 20000;

  document.documentElement.classList.add("scripted");
  const { bubble, drawn } = drawing(words);
  let newest = Number(words.newest);
  let declined = false;

  const freshId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  // ---- The thread ---------------------------------------------------------------------------------------------

  /** Buttons of earlier screens do nothing any more; those of a reminder or of news stay good. */
  const retire = () => {
    for (const key of thread.querySelectorAll(".choices button")) if (!key.value.startsWith("go.")) key.remove();
    for (const form of thread.querySelectorAll(".choices")) if (!form.querySelector("button")) form.remove();
  };

  /** Whoever has scrolled away to read stays there: the page moves only from where it put itself, or from the end. */
  let put = -1;
  const follows = () =>
    Math.abs(window.scrollY - put) < 4 || window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 300;

  const AT_ONCE = 60000;
  const isOwn = (made) => made.classList.contains("you");
  const cameAt = (made) => {
    const time = made.querySelector("time");
    return time ? Date.parse(time.dateTime) : 0;
  };

  /** The first of the messages that came together with this one: the answer itself stands there, the next question last. */
  const firstOfBatch = (made) => {
    let first = made;
    for (let before = made.previousElementSibling; before; before = before.previousElementSibling) {
      if (isOwn(made) || isOwn(before) || cameAt(first) - cameAt(before) > AT_ONCE) break;
      first = before;
    }
    return first;
  };

  const show = (message) => {
    if (message.number <= newest) return;
    newest = message.number;
    const follow = follows();
    const screen = message.buttons.some((button) => !button.id.startsWith("go."));
    const held = screen && document.activeElement && document.activeElement.closest("#thread .choices");
    if (screen) {
      retire();
      place.hidden = true;
    }
    const made = drawn(message);
    thread.append(made);
    if (message.wants === "location" && navigator.geolocation) place.hidden = false;
    if (message.from === "you") settle(message);
    if (held) made.focus({ preventScroll: true });
    if (follow) reveal(made);
    if (message.from !== "you") refreshBoard();
  };

  /** Bring what came together into view: its end, or its beginning where it is longer than the screen. */
  const reveal = (made) => {
    const composer = document.querySelector(".composer");
    const sticky = getComputedStyle(composer).position === "sticky" ? composer.offsetHeight : 0;
    const room = window.innerHeight - sticky - 24;
    const top = firstOfBatch(made).getBoundingClientRect().top;
    const bottom = made.getBoundingClientRect().bottom;
    if (bottom - top > room || top < 0) window.scrollBy(0, top - 12);
    else if (bottom > room + 12) window.scrollBy(0, bottom - room - 12);
    put = window.scrollY;
  };

  const tell = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };

  const complain = (words) => {
    trouble.textContent = words || "";
    trouble.hidden = !words;
  };

  /** The session has ended: what was not sent must not be said in the next one, which may be another person's. */
  const over = () => {
    queue = [];
    keep();
    location.replace(forgotten ? "/" : declined ? "/?left=declined" : "/?left=left");
  };

  // ---- Sending -------------------------------------------------------------------------------------------------

  let queue = [];
  let forgotten = false;
  let sending = false;
  let pause = 0;
  let wakeUp = () => {};

  const keep = () => {
    try {
      const plain = queue.filter((item) => !item.files);
      if (plain.length) sessionStorage.setItem(KEPT, JSON.stringify(plain.map(({ id, body, label }) => ({ id, body, label }))));
      else sessionStorage.removeItem(KEPT);
    } catch (full) { /* a browser without storage keeps it in this window only */ }
  };

  const enqueue = (item) => {
    complain("");
    item.bubble = bubble("you", item.label);
    item.bubble.classList.add("waiting");
    item.bubble.dataset.label = item.label;
    if (item.files) item.bubble.dataset.files = "yes";
    outbox.append(item.bubble);
    reveal(item.bubble);
    queue.push(item);
    keep();
    work();
  };

  /** What was sent now stands in the thread; its waiting bubble goes. */
  const settle = (message) => {
    for (const waiting of outbox.children) {
      const same = message.attachments.length ? waiting.dataset.files : waiting.dataset.label === message.text;
      if (same) { waiting.remove(); return; }
    }
  };

  const done = (item, number) => {
    queue.shift();
    keep();
    pause = 0;
    tell("");
    if (number && number <= newest) item.bubble.remove();
    else item.bubble.classList.remove("waiting");
    enable();
  };

  const refused = (item, message) => {
    queue.shift();
    keep();
    item.bubble.remove();
    complain(message);
    if (item.body.text && !text.value) text.value = item.body.text;
    enable();
    tell("");
  };

  const enable = () => {
    for (const key of document.querySelectorAll("[aria-disabled]")) key.removeAttribute("aria-disabled");
    progress.hidden = true;
  };

  const later = (after) => {
    pause = Math.min(after || pause * 2 || 1000, 15000);
    tell(words.again);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      wakeUp = () => { clearTimeout(timer); resolve(); };
    });
  };

  const work = async () => {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const item = queue[0];
      const answer = await (item.files ? upload(item) : post(item));
      // Kept nowhere: it was the word after which this browser is nobody's, and nothing here may tell of it.
      if (answer && answer.status === 202 && !answer.body.number) { forgotten = true; over(); return; }
      if (answer && answer.status === 202) done(item, answer.body.number);
      else if (answer && answer.status === 401) { over(); return; }
      else if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 408) refused(item, answer.body && answer.body.error ? answer.body.error.message : words.again);
      else if (answer && answer.status === 429 && answer.wait > 120) refused(item, answer.body.error.message);
      else await later(answer && answer.wait ? answer.wait * 1000 : 0);
    }
    sending = false;
    stillHere();
  };

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

  /** A word in the chat can end the session ("leave"): then nothing of it may stay in this window. */
  const stillHere = async () => {
    const response = await fetch(`/api/messages?after=${newest}`).catch(() => null);
    if (response && response.status === 401) over();
    else if (response && response.ok) for (const message of (await response.json()).messages) show(message);
  };

  // ---- What the person does ------------------------------------------------------------------------------------

  sayForm.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = text.value.trim();
    const files = chosen;
    text.focus();
    if (!said && !files.length) return;
    text.value = "";
    grow();
    choose([]);
    if (!files.length) enqueue({ id: freshId(), body: { text: said }, label: said });
    else enqueue({ id: freshId(), body: { text: said }, files, label: [...files.map((file) => file.name), said].filter(Boolean).join("\n\n") });
  });

  const grow = () => {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 4}px`;
  };
  text.addEventListener("input", grow);

  text.addEventListener("keydown", (event) => {
    const wide = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !wide) return;
    event.preventDefault();
    sayForm.requestSubmit();
  });

  // A press, wherever the button is: under a message, or in a row of the board.
  document.addEventListener("click", (event) => {
    const key = event.target.closest("button[name]");
    if (!key || !key.form || key.form.getAttribute("action") !== "/say") return;
    event.preventDefault();
    if (key.getAttribute("aria-disabled")) return;
    key.setAttribute("aria-disabled", "true");
    declined = key.name === "choice" && key.value.endsWith(".decline");
    const body = key.name === "choice" ? { choice: key.value } : { text: key.value };
    enqueue({ id: freshId(), body, label: key.textContent.trim() });
  });

  // ---- Files ---------------------------------------------------------------------------------------------------

  let chosen = [];

  /** What is chosen, each with a small picture and a way to take it back. */
  const choose = (files) => {
    chosen = files;
    chosenList.replaceChildren(...files.map((file) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const away = document.createElement("button");
      away.type = "button";
      away.textContent = "×";
      away.setAttribute("aria-label", `${words.takeBack}: ${file.name}`);
      away.addEventListener("click", () => { choose(chosen.filter((other) => other !== file)); fileField.focus(); });
      item.append(thumbnail(file), name, away);
      return item;
    }));
    chosenList.hidden = limits.hidden = !files.length;
  };

  const thumbnail = (file) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 96;
    if (!file.type.startsWith("image/") || !window.createImageBitmap) return canvas;
    createImageBitmap(file).then((picture) => {
      const edge = Math.min(picture.width, picture.height);
      canvas.getContext("2d").drawImage(picture, (picture.width - edge) / 2, (picture.height - edge) / 2, edge, edge, 0, 0, 96, 96);
      picture.close();
    }).catch(() => { /* the server says what is wrong with it */ });
    return canvas;
  };

  fileField.addEventListener("change", () => {
    const picked = Array.from(fileField.files);
    const small = picked.filter((file) => file.size <= Number(fileField.dataset.largest));
    const fitting = [...chosen, ...small].slice(0, Number(fileField.dataset.most));
    const missing = picked.length + chosen.length - fitting.length;
    complain(missing ? limits.textContent : "");
    choose(fitting);
    fileField.value = "";
  });

  place.addEventListener("click", () => {
    tell(words.placeWait);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        tell("");
        place.hidden = true;
        const location = { latitude: coords.latitude, longitude: coords.longitude };
        enqueue({ id: freshId(), body: { location }, label: place.textContent.trim() });
      },
      () => { tell(""); complain(words.placeNo); text.focus(); },
      { timeout: 20000, maximumAge: 600000 },
    );
  });

  window.addEventListener("online", () => { wakeUp(); listen(); });
  window.addEventListener("beforeunload", (event) => { if (queue.some((item) => item.files)) event.preventDefault(); });

  // ---- What comes ----------------------------------------------------------------------------------------------

  let stream = null;
  let polling = false;

  const poll = async () => {
    if (polling) return;
    polling = true;
    let wait = 1000;
    for (;;) {
      try {
        const response = await fetch(`/api/messages?after=${newest}&wait=20`);
        if (response.status === 401) { over(); return; }
        if (!response.ok) throw new Error(String(response.status));
        for (const message of (await response.json()).messages) show(message);
        if (!queue.length) tell("");
        wait = 1000;
      } catch (broken) {
        if (!queue.length) tell(words.lost);
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, 15000);
      }
    }
  };

  /** Server-sent events; where a proxy holds them back or a browser has none, long polling. */
  const listen = () => {
    if (polling || (stream && stream.readyState !== 2)) return;
    if (!window.EventSource) { poll(); return; }
    stream = new EventSource(`/api/events?after=${newest}`);
    let opened = false;
    let failures = 0;
    const fallBack = () => { if (stream) stream.close(); stream = null; poll(); };
    const timer = setTimeout(() => { if (!opened) fallBack(); }, 8000);
    stream.onopen = () => { opened = true; failures = 0; clearTimeout(timer); if (!queue.length) tell(""); };
    stream.onmessage = (event) => show(JSON.parse(event.data));
    stream.onerror = () => {
      failures += 1;
      if (!stream || stream.readyState === 2 || failures > 3) { clearTimeout(timer); fallBack(); }
      else if (!queue.length && !navigator.onLine) tell(words.lost);
    };
  };

  let boardTimer = 0;
  const refreshBoard = () => {
    if (!sections) return;
    clearTimeout(boardTimer);
    boardTimer = setTimeout(async () => {
      const response = await fetch("/board/fragment").catch(() => null);
      if (response && response.ok && !sections.contains(document.activeElement)) sections.innerHTML = await response.text();
      refreshBoardLater();
    }, 300);
  };
  const refreshBoardLater = () => { boardTimer = setTimeout(refreshBoard, 60000); };
  if (sections) refreshBoardLater();

  choose([]);

  // ---- Beginning -----------------------------------------------------------------------------------------------

  if (words.wants === "location" && navigator.geolocation) place.hidden = false;
  try {
    for (const item of JSON.parse(sessionStorage.getItem(KEPT) || "[]")) enqueue(item);
  } catch (broken) { sessionStorage.removeItem(KEPT); }
  listen();
  const last = thread.lastElementChild;
  if (last && (!location.hash || location.hash === "#newest")) reveal(last);
})();
