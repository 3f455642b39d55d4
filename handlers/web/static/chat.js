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
  const progress = document.getElementById("progress");
  const place = document.getElementById("place");
  const talk = document.getElementById("main");
  const composer = document.querySelector(".composer");
  const words = thread.dataset;
  const KEPT = "zviazok-unsent";

  document.documentElement.classList.add("scripted");
  const { bubble, drawn, ask, withCopy, marked } = drawing(words);
  const { follows, reveal, uncover, isOwn } = scrolling(composer);
  let newest = Number(words.newest);
  let declined = false;
  let hushed = null;

  const freshId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  // ---- The thread ---------------------------------------------------------------------------------------------

  /** Buttons of earlier screens do nothing any more; those of a reminder or of news stay good. */
  const retire = () => {
    for (const key of thread.querySelectorAll(".choices button")) if (!key.value.startsWith("go.")) key.remove();
    for (const form of thread.querySelectorAll(".choices")) if (!form.querySelector("button")) form.remove();
    for (const block of thread.querySelectorAll(".ask")) block.classList.remove("few");
    for (const mark of thread.querySelectorAll(".tick")) mark.remove();
  };

  /** Large letters leave no room to read above what stays in view. */
  const unpin = () => {
    for (const block of thread.querySelectorAll(".few")) if (block.offsetHeight > window.innerHeight * 0.55) block.classList.remove("few");
  };

  const option = (id) => id.slice(id.indexOf(".") + 1);
  const paragraphs = (said) => said.split("\n\n").filter((part) => part.trim()).join("\n\n");

  /** The same question with other buttons: they take the place of those above, and the press is not told. */
  const swap = (message) => {
    const standing = document.getElementById(`m${message.replaces}`);
    const old = standing && standing.querySelector(".ask");
    if (!old) return false;
    const stood = Array.from(standing.querySelectorAll(".words"), (part) => part.textContent).join("\n\n");
    if (stood !== paragraphs(message.text)) return false;
    const held = old.contains(document.activeElement);
    const stale = Array.from(old.querySelectorAll("button"), (key) => key.textContent);
    const made = ask(old.querySelector(".words"), message.buttons);
    old.replaceWith(made);
    for (let after = standing.nextElementSibling; after; after = after.nextElementSibling) {
      if (isOwn(after)) { after.remove(); break; }
    }
    const keys = Array.from(made.querySelectorAll("button"));
    const fresh = keys.filter((key) => !stale.includes(key.textContent));
    if (held) (fresh[0] || keys[0]).focus({ preventScroll: true });
    if (fresh.length) uncover(fresh[0], keys[keys.length - 1]);
    return true;
  };

  const show = (message) => {
    if (message.number <= newest) return;
    newest = message.number;
    if (message.from !== "you") calm();
    if (message.replaces && swap(message)) return;
    const follow = follows();
    const screen = message.buttons.some((button) => !button.id.startsWith("go."));
    const held = screen && document.activeElement && document.activeElement.closest("#thread .choices");
    if (screen) {
      retire();
      place.hidden = true;
      talk.classList.toggle("small", message.pressed && keepsDrafts && !text.value && !chosen().length);
      asked(message.question || "");
    }
    const made = drawn(message);
    if (message.from === "you") {
      made.hidden = message.text === hushed;
      hushed = null;
    } else for (const own of thread.querySelectorAll(".you[hidden]")) own.hidden = false;
    thread.append(made);
    unpin();
    if (message.wants === "location" && navigator.geolocation) place.hidden = false;
    if (message.from === "you") settle(message);
    if (held) made.focus({ preventScroll: true });
    if (follow) reveal(made);
    if (message.from !== "you") document.dispatchEvent(new Event("answered"));
  };

  /** Words beside the thread: numbers in them can be pressed too. */
  const read = (line, words) => {
    line.textContent = "";
    marked(line, words, true);
  };

  const tell = (words) => {
    if (status.textContent !== words) read(status, words);
  };

  const complain = (words) => {
    read(trouble, words);
    trouble.hidden = !words;
  };

  const { chosen, clear } = choosing(words, complain);
  const send = sending(words, progress, tell);
  const code = coding(composer, words, complain, uncover, () => { if (queue.length) work(); else location.replace("/#newest"); });

  /** A sign that an answer is on its way, where it takes a while. */
  let sign = 0;
  const awaitAnswer = () => {
    clearTimeout(sign);
    sign = setTimeout(() => { if (!status.textContent) tell(words.coming); }, 700);
  };
  const calm = () => {
    clearTimeout(sign);
    if (status.textContent === words.coming) tell("");
  };

  // ---- What is typed and not yet sent ------------------------------------------------------------------------------

  const keepsDrafts = "drafts" in words;
  let question = words.question || "";

  const keepDraft = () => { if (keepsDrafts) drafts.keep(question, text.value); };

  /** Another question: what was typed to it before, unless something is being typed just now. */
  const asked = (next) => {
    if (!keepsDrafts || next === question) return;
    keepDraft();
    question = next;
    if (text.value) keepDraft();
    else fill();
  };

  /** Where only buttons answer, the field to write in is small, until somebody wants to. */
  const widen = () => talk.classList.remove("small");

  const fill = () => {
    if (keepsDrafts && !text.value) text.value = drafts.of(question);
    if (text.value) widen();
    grow();
  };

  /** The session has ended: what was not sent must not be said in the next one, which may be another person's. It waits
      in the field, at its question, unless the person has `left`. */
  const over = (left) => {
    if (left) drafts.forget();
    else if (keepsDrafts) for (const item of queue) if (item.body && item.body.text) drafts.keep(item.question, item.body.text);
    queue = [];
    keep();
    location.replace(forgotten ? "/" : declined ? "/?left=declined" : "/?left=left");
  };

  // ---- Sending -------------------------------------------------------------------------------------------------

  let queue = [];
  let forgotten = false;
  let working = false;
  let pause = 0;
  let wakeUp = () => {};

  const keep = () => {
    try {
      const plain = queue.filter((item) => !item.files);
      if (plain.length) sessionStorage.setItem(KEPT, JSON.stringify(plain.map(({ id, body, label, question }) => ({ id, body, label, question }))));
      else sessionStorage.removeItem(KEPT);
    } catch (full) { /* a browser without storage keeps it in this window only */ }
  };

  const enqueue = (item) => {
    complain("");
    item.bubble = bubble("you", item.label);
    item.bubble.classList.add("waiting");
    item.bubble.dataset.label = item.label;
    if (item.files) item.bubble.dataset.files = "yes";
    item.bubble.hidden = Boolean(item.quiet);
    outbox.append(item.bubble);
    uncover(item.quiet ? status : item.bubble, status);
    awaitAnswer();
    queue.push(item);
    keep();
    work();
  };

  /** What was sent now stands in the thread; its waiting bubble goes. */
  const settle = (message) => {
    for (const waiting of outbox.children) {
      const same = message.attachments.length ? waiting.dataset.files : waiting.dataset.label === message.text || waiting.dataset.number === String(message.number);
      if (same) { waiting.remove(); return; }
    }
  };

  const done = (item, number) => {
    queue.shift();
    keep();
    pause = 0;
    tell("");
    if (number && number <= newest) item.bubble.remove();
    else {
      item.bubble.classList.remove("waiting");
      item.bubble.dataset.number = number;
    }
    enable();
  };

  const refused = (item, message) => {
    queue.shift();
    keep();
    item.bubble.remove();
    complain(message);
    if (item.body.text && !text.value) text.value = item.body.text;
    fill();
    keepDraft();
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
    if (working) return;
    if (code.isAsked()) { code.bringIntoView(); return; }
    working = true;
    while (queue.length) {
      const item = queue[0];
      const answer = await send(item);
      if (answer && answer.status === 403 && answer.body && answer.body.error.code === "factor-first") {
        working = false;
        enable();
        calm();
        tell("");
        complain(answer.body.error.message);
        await code.askFor();
        return;
      }
      // Kept nowhere: it was the word after which this browser is nobody's, and nothing here may tell of it.
      if (answer && answer.status === 202 && !answer.body.number) { forgotten = true; over(true); return; }
      if (answer && answer.status === 202) done(item, answer.body.number);
      else if (answer && answer.status === 401) { over(false); return; }
      else if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 408) refused(item, answer.body && answer.body.error ? answer.body.error.message : words.again);
      else if (answer && answer.status === 429 && answer.wait > 120) refused(item, answer.body.error.message);
      else await later(answer && answer.wait ? answer.wait * 1000 : 0);
    }
    working = false;
    stillHere();
  };

  /** A word in the chat can end the session ("leave"): then nothing of it may stay in this window. */
  const stillHere = async () => {
    const response = await fetch(`/api/messages?after=${newest}`).catch(() => null);
    if (response && response.status === 401) over(true);
    else if (response && response.ok) for (const message of (await response.json()).messages) show(message);
  };

  // ---- What the person does ------------------------------------------------------------------------------------

  sayForm.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = text.value.trim();
    const files = chosen();
    text.focus();
    if (!said && !files.length) return;
    text.value = "";
    grow();
    keepDraft();
    clear();
    if (!files.length) enqueue({ id: freshId(), body: { text: said }, label: said, question });
    else enqueue({ id: freshId(), body: { text: said }, files, question, label: [...files.map((file) => file.name), said].filter(Boolean).join("\n\n") });
  });

  const grow = () => {
    text.style.height = "auto";
    if (text.value) text.style.height = `${text.scrollHeight + 4}px`;
  };
  text.addEventListener("input", () => { widen(); grow(); keepDraft(); });
  text.addEventListener("click", () => widen());

  text.addEventListener("keydown", (event) => {
    const wide = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !wide) return;
    event.preventDefault();
    sayForm.querySelector("button.main").click();
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
    let label = key.textContent.trim();
    const boxes = Array.from(key.form.querySelectorAll("input[type=checkbox]"));
    if (boxes.length) {
      const ticked = boxes.filter((box) => box.checked);
      body.ticked = ticked.map((box) => box.value);
      if (ticked.length && option(key.value) === "done") label = ticked.map((box) => box.parentNode.textContent.trim()).join("; ");
    }
    const quiet = key.name === "choice" && ["~more", "change"].includes(option(key.value));
    if (quiet) hushed = label;
    enqueue({ id: freshId(), body, label, quiet });
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

  window.addEventListener("beforeunload", (event) => { if (queue.some((item) => item.files)) event.preventDefault(); });

  const listen = listening({ words, show, tell, newest: () => newest, over: () => over(false), isIdle: () => !queue.length });
  window.addEventListener("online", () => { wakeUp(); listen(); });

  // ---- Beginning -----------------------------------------------------------------------------------------------

  if (words.wants === "location" && navigator.geolocation) place.hidden = false;
  for (const panel of thread.querySelectorAll(".held")) withCopy(panel);
  fill();
  unpin();
  try {
    for (const item of JSON.parse(sessionStorage.getItem(KEPT) || "[]")) enqueue(item);
  } catch (broken) { sessionStorage.removeItem(KEPT); }
  listen();
  const last = thread.lastElementChild;
  if (code.isAsked()) code.bringIntoView();
  else if (last && (!location.hash || location.hash === "#newest")) reveal(last);
})();
