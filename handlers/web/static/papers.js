// The papers of a claim beside its words, for staff: one picture at a time, which can be turned and enlarged. Each look is
// recorded by the server. It opens by itself while a question asks to compare, and by a press on a paper's name.
"use strict";

(() => {
  const WIDE = window.matchMedia("(min-width: 64rem)");
  const SIZES = [100, 150, 200, 300];
  const thread = document.getElementById("thread");
  const panel = document.getElementById("papers");
  const home = panel.parentElement;
  const claim = panel.querySelector(".claim");
  const which = panel.querySelector(".which");
  const stage = panel.querySelector(".stage");
  const canvas = panel.querySelector("canvas");
  const told = panel.querySelector(".told");
  const apart = panel.querySelector("a");
  const words = panel.dataset;
  const key = (does) => panel.querySelector(`[data-does="${does}"]`);

  let message = null;
  let opened = null;
  let papers = [];
  let at = 0;
  let page = 1;
  let pages = 1;
  let size = 0;
  let turn = 0;
  let asked = 0;

  /** On a wide screen it stands beside the talk and stays; else within the message, under its first sentence. */
  const settle = () => {
    const within = Boolean(message) && !WIDE.matches;
    if (within) message.querySelector(".words").after(panel);
    else home.insertBefore(panel, home.firstChild);
    document.documentElement.classList.toggle("comparing", Boolean(message));
  };

  const say = () => {
    const parts = [`${words.paper} ${at + 1}/${papers.length}`];
    if (pages > 1) parts.push(`${words.page} ${page}/${pages}`);
    parts.push(`${SIZES[size]} %`, `${turn * 90}°`);
    told.textContent = parts.join(", ");
    canvas.setAttribute("aria-label", told.textContent);
    key("larger").disabled = size === SIZES.length - 1;
    key("smaller").disabled = size === 0;
    key("before").hidden = key("next").hidden = pages < 2;
    key("before").disabled = page === 1;
    key("next").disabled = page === pages;
  };

  /** Another size keeps the middle in the middle. */
  const draw = (now) => {
    const ratio = SIZES[now] / SIZES[size];
    const x = (stage.scrollLeft + stage.clientWidth / 2) * ratio;
    const y = (stage.scrollTop + stage.clientHeight / 2) * ratio;
    size = now;
    stage.dataset.size = SIZES[size];
    stage.dataset.turn = turn;
    stage.scrollTo(x - stage.clientWidth / 2, y - stage.clientHeight / 2);
    say();
  };

  const look = async () => {
    const mine = ++asked;
    canvas.hidden = true;
    told.textContent = words.coming;
    apart.href = papers[at].href;
    for (const one of which.children) one.setAttribute("aria-pressed", String(Number(one.dataset.at) === at));
    try {
      const response = await fetch(`${papers[at].pathname}?page=${page}`);
      if (!response.ok) throw new Error(String(response.status));
      const picture = await createImageBitmap(await response.blob());
      if (mine !== asked) return;
      pages = Number(response.headers.get("X-Pages"));
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      picture.close();
      canvas.hidden = false;
      draw(0);
    } catch (broken) {
      if (mine === asked) told.textContent = words.failed;
    }
  };

  const open = (shown, first) => {
    message = shown;
    papers = Array.from(message.querySelectorAll("a.paper"));
    claim.textContent = message.querySelector(".words").textContent;
    which.replaceChildren(...papers.map((paper, number) => {
      const one = document.createElement("button");
      one.type = "button";
      one.dataset.at = number;
      one.textContent = `${words.paper} ${number + 1}`;
      one.addEventListener("click", () => choose(number));
      return one;
    }));
    which.hidden = papers.length < 2;
    panel.hidden = false;
    settle();
    choose(first);
  };

  const choose = (number) => {
    [at, page, pages, turn] = [number, 1, 1, 0];
    look();
  };

  const close = () => {
    panel.hidden = true;
    message = null;
    asked += 1;
    settle();
  };

  const does = {
    turn: () => { turn = (turn + 1) % 4; draw(size); },
    larger: () => draw(Math.min(size + 1, SIZES.length - 1)),
    smaller: () => draw(Math.max(size - 1, 0)),
    before: () => { page -= 1; look(); },
    next: () => { page += 1; look(); },
    close: () => { const back = papers[at]; close(); back.focus(); },
  };
  panel.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-does]");
    if (pressed) does[pressed.dataset.does]();
  });

  /** A mouse drags what is larger than its frame; a finger does so by itself. */
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 1) stage.scrollBy(-event.movementX, -event.movementY);
  });

  thread.addEventListener("click", (event) => {
    const paper = event.target.closest("a.paper");
    if (!paper || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const from = paper.closest(".message");
    open(from, Array.from(from.querySelectorAll("a.paper")).indexOf(paper));
    panel.scrollIntoView({ block: "nearest" });
    key("turn").focus({ preventScroll: true });
  });

  /** The newest question compares: its papers, or those of the claim above it. Any other question ends that. */
  const follow = () => {
    const asking = Array.from(thread.querySelectorAll(".message")).filter((one) => one.querySelector(".choices")).pop();
    if (!asking || !("compares" in asking.dataset)) { if (message) close(); return; }
    const claims = Array.from(thread.querySelectorAll(".message[data-compares]")).filter((one) => one.querySelector("a.paper"));
    const latest = claims.pop();
    if (!latest || latest === opened) return;
    opened = latest;
    open(latest, 0);
  };

  document.addEventListener("answered", follow);
  WIDE.addEventListener("change", settle);
  follow();
})();
