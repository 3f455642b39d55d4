// The files chosen to be sent, each with a small picture and a way to take it back; what is too large or too many stays out,
// and is told of before the upload.
"use strict";

const choosing = (words, complain) => {
  const field = document.getElementById("file");
  const limits = document.getElementById("limits");
  const list = document.getElementById("chosen");
  let chosen = [];

  const choose = (files) => {
    chosen = files;
    list.replaceChildren(...files.map((file) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const away = document.createElement("button");
      away.type = "button";
      away.textContent = "×";
      away.setAttribute("aria-label", `${words.takeBack}: ${file.name}`);
      away.addEventListener("click", () => { choose(chosen.filter((other) => other !== file)); field.focus(); });
      item.append(thumbnail(file), name, away);
      return item;
    }));
    list.hidden = limits.hidden = !files.length;
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

  field.addEventListener("change", () => {
    const picked = Array.from(field.files);
    const small = picked.filter((file) => file.size <= Number(field.dataset.largest));
    const fitting = [...chosen, ...small].slice(0, Number(field.dataset.most));
    const missing = picked.length + chosen.length - fitting.length;
    complain(missing ? limits.textContent : "");
    choose(fitting);
    field.value = "";
  });

  choose([]);
  return { chosen: () => chosen, clear: () => choose([]) };
};
