// What came together is brought into view from its beginning: the answer stands first, the next question last.
"use strict";

const scrolling = (composer) => {
  const AT_ONCE = 60000;
  let put = -1;

  /** Whoever has scrolled away to read stays there: the page moves only from where it put itself, or from the end. */
  const follows = () =>
    Math.abs(window.scrollY - put) < 4 || window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 300;

  const isOwn = (made) => made.classList.contains("you");
  const cameAt = (made) => {
    const time = made.querySelector("time");
    return time ? Date.parse(time.dateTime) : 0;
  };

  const firstOfBatch = (made) => {
    let first = made;
    for (let before = made.previousElementSibling; before; before = before.previousElementSibling) {
      if (isOwn(made) || isOwn(before) || cameAt(first) - cameAt(before) > AT_ONCE) break;
      first = before;
    }
    return first;
  };

  /** Its end, or its beginning where it is longer than the screen. */
  const bring = (top, bottom) => {
    const sticky = getComputedStyle(composer).position === "sticky" ? composer.offsetHeight : 0;
    const room = window.innerHeight - sticky - 24;
    if (bottom - top > room || top < 0) window.scrollBy(0, top - 12);
    else if (bottom > room + 12) window.scrollBy(0, bottom - room - 12);
    put = window.scrollY;
  };

  const uncover = (first, last) => bring(first.getBoundingClientRect().top, (last || first).getBoundingClientRect().bottom);
  const reveal = (made) => uncover(firstOfBatch(made), made);

  return { follows, reveal, uncover, isOwn };
};
