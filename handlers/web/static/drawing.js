// A message as the page shows it: the same as `parts.html` draws. `words` are the thread's data attributes.
"use strict";

const drawing = (words) => {
  const element = (tag, className, content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  };

  // ---- Numbers and languages in a text, as `marking.py` marks them; without look-behind, which old phones lack ------

  const GAP = "[ \\u00a0-]";
  const PHONES = [
    "\\+\\d[\\d \\u00a0()-]{8,16}\\d",
    `\\b0${GAP}?800(?:${GAP}\\d{2,3}){2,3}\\b`,
    "\\b0800\\d{6}\\b",
    `\\(0\\d\\d\\)${GAP}?\\d{3}${GAP}?\\d\\d${GAP}?\\d\\d\\b`,
    `\\b0[3-9]\\d${GAP}?\\d{3}${GAP}?\\d\\d${GAP}?\\d\\d\\b`,
    "\\b380\\d{9}\\b",
  ].join("|");
  const WHOLE = "\\b[0-9A-Z]{4}-[0-9A-Z]{4}\\b";
  const UKRAINIAN = "[\\u0400-\\u04ff][\\u0400-\\u04ff'’ʼ -]*[\\u0400-\\u04ff]|[\\u0400-\\u04ff]";
  const EXAMPLES = ["067 123 45 67", "+48 600 100 200"];
  const known = (words.lines || "").split(" ").filter(Boolean).join("|");
  const foreign = document.documentElement.lang !== "uk";
  const PIECE = new RegExp(
    `(${PHONES})|(${known ? `(?:${known})(?![\\d-]|[.,:]\\d)` : "(?!)"})|(${WHOLE})|(${foreign ? UKRAINIAN : "(?!)"})`, "g",
  );

  /** Text in which a number can be pressed, unless it stands within what is a button itself. */
  const marked = (made, content, pressed) => {
    let end = 0;
    content.replace(PIECE, (piece, phone, short, whole, ukrainian, at) => {
      if (short && /[\d.,:-]/.test(content.charAt(at - 1))) return piece;
      made.append(content.slice(end, at));
      end = at + piece.length;
      const calls = (phone || short) && pressed && !EXAMPLES.includes(piece);
      const part = element(calls ? "a" : "span", phone || ukrainian ? "" : "whole", piece);
      if (part.tagName === "A") part.href = `tel:${piece.replace(/[^0-9+]/g, "")}`;
      if (ukrainian) part.lang = "uk";
      made.append(part);
      return piece;
    });
    made.append(content.slice(end));
    return made;
  };

  // ---- The parts of a message --------------------------------------------------------------------------------------

  const bubble = (from, content) => {
    const made = element("div", `message ${from}`);
    made.tabIndex = -1;
    made.append(element("p", from === "staff" ? "who" : "who unseen", words[from]));
    for (const paragraph of content.split("\n\n")) {
      if (paragraph.trim()) made.append(marked(element("p", "words"), paragraph, true));
    }
    return made;
  };

  /** With a key that copies; an old browser selects it, to be copied by hand. */
  const withCopy = (panel) => {
    const number = panel.querySelector(".number");
    const key = element("button", "", words.copy);
    key.type = "button";
    key.addEventListener("click", () => {
      const copied = () => { key.textContent = words.copied; };
      const byHand = () => {
        const all = document.createRange();
        all.selectNodeContents(number);
        getSelection().removeAllRanges();
        getSelection().addRange(all);
        if (document.execCommand("copy")) copied();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(number.textContent).then(copied, byHand);
      else byHand();
    });
    const ways = panel.querySelector(".ways") || panel.appendChild(element("p", "ways"));
    ways.insertBefore(key, ways.firstChild);
    return panel;
  };

  /** A number or a code to be kept: large, to be copied, and on paper. */
  const held = (holds) => {
    const panel = element("div", "held");
    const number = element("p", "number", holds);
    number.translate = false;
    panel.append(number);
    if (/^\d{4}-\d{4}$/.test(holds)) {
      const ways = element("p", "ways");
      const card = element("a", "button", words.print);
      card.href = `/cards/${holds.replace("-", "")}`;
      ways.append(card);
      panel.append(ways);
    }
    return withCopy(panel);
  };

  const attachment = (message, file) => {
    const item = element("li");
    const link = element("a");
    link.href = file.url;
    if (message.from === "service" && ["image/jpeg", "application/pdf"].includes(file.type)) link.className = "paper";
    if (message.from === "service" && file.type === "image/png") {
      const picture = element("img", "code");
      picture.src = file.url;
      picture.alt = file.name;
      link.append(picture);
    } else marked(link, file.name, false);
    item.append(link);
    const kind = file.type.split("/")[0];
    if (kind === "audio" || kind === "video") {
      const player = element(kind);
      player.controls = true;
      player.preload = "none";
      player.src = file.url;
      item.append(player);
    }
    return item;
  };

  const choices = (buttons) => {
    const ticks = buttons.filter((button) => typeof button.ticked === "boolean");
    const form = element("form", "choices");
    form.method = "post";
    form.action = "/say";
    if (ticks.length) {
      const group = element("fieldset");
      group.append(element("legend", "unseen", words.several));
      for (const { id, label, ticked } of ticks) {
        const line = element("label", "tick");
        const box = element("input");
        box.type = "checkbox";
        box.name = "ticked";
        box.value = id;
        box.checked = ticked;
        line.append(box, marked(element("span"), label, false));
        group.append(line);
      }
      form.append(group);
    }
    const aside = element("span", "aside-ways");
    for (const button of buttons) {
      if (typeof button.ticked === "boolean") continue;
      const quiet = button.id.includes(".~");
      const key = marked(element("button", quiet ? "quiet" : ""), button.label, false);
      key.name = "choice";
      key.value = button.id;
      (quiet ? aside : form).append(key);
    }
    form.append(aside);
    return form;
  };

  /** The question with its buttons: where these are few, both stay in view while a long text above is read. */
  const ask = (question, buttons) => {
    const block = element("div", buttons.length <= 5 && typeof buttons[0].ticked !== "boolean" ? "ask few" : "ask");
    if (question) block.append(question);
    block.append(choices(buttons));
    return block;
  };

  const clock = (at) => {
    const line = element("p", "time");
    const time = element("time", "", new Intl.DateTimeFormat("uk", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" }).format(new Date(at)));
    time.dateTime = at;
    line.append(time);
    return line;
  };

  const drawn = (message) => {
    const made = bubble(message.from, message.text);
    made.id = `m${message.number}`;
    if (message.compares) made.dataset.compares = "yes";
    if (message.holds) made.insertBefore(held(message.holds), made.children[1] || null);
    if (message.attachments.length) {
      const list = element("ul", "attachments");
      for (const file of message.attachments) list.append(attachment(message, file));
      made.append(list);
    }
    if (message.buttons.length) made.append(ask(made.querySelector(".words:last-of-type"), message.buttons));
    made.append(clock(message.at));
    return made;
  };

  return { bubble, drawn, ask, withCopy, marked };
};
