// A message as the page shows it: the same as `parts.html` draws. `words` are the thread's data attributes.
"use strict";

const drawing = (words) => {
  const element = (tag, className, content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  };

  const PHONE = /(\+\d[\d ()-]{8,16}\d|\b0 ?800(?: \d{2,3}){2,3}\b|\(0\d\d\) ?\d{3}[ -]?\d\d[ -]?\d\d)/;

  /** Text in which a telephone number can be pressed, as `views.py` draws it. */
  const withPhones = (made, content) => {
    content.split(PHONE).forEach((part, index) => {
      if (index % 2 === 0) { made.append(part); return; }
      const link = element("a", "", part);
      link.href = `tel:${part.replace(/[^0-9+]/g, "")}`;
      made.append(link);
    });
    return made;
  };

  const bubble = (from, content) => {
    const made = element("div", `message ${from}`);
    made.tabIndex = -1;
    made.append(element("p", from === "staff" ? "who" : "who unseen", words[from]));
    for (const paragraph of content.split("\n\n")) if (paragraph.trim()) made.append(withPhones(element("p", "words"), paragraph));
    return made;
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
    if (message.attachments.length) {
      const list = element("ul", "attachments");
      for (const file of message.attachments) {
        const item = element("li");
        const link = element("a", "", file.name);
        link.href = file.url;
        item.append(link);
        const kind = file.type.split("/")[0];
        if (kind === "audio" || kind === "video") {
          const player = element(kind);
          player.controls = true;
          player.preload = "none";
          player.src = file.url;
          item.append(player);
        }
        list.append(item);
      }
      made.append(list);
    }
    if (message.buttons.length) {
      const form = element("form", "choices");
      form.method = "post";
      form.action = "/say";
      for (const button of message.buttons) {
        const key = element("button", button.id.includes(".~") ? "quiet" : "", button.label);
        key.name = "choice";
        key.value = button.id;
        form.append(key);
      }
      made.append(form);
    }
    made.append(clock(message.at));
    return made;
  };

  return { bubble, drawn };
};
