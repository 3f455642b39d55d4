// The board beside the chat: fresh after each answer and each minute, its pages and filters without leaving the chat.
// Without scripts the same links and buttons work on the board's own page.
"use strict";

(() => {
  const sections = document.getElementById("sections");
  const beside = sections.closest(".beside");
  let view = "";
  let timer = 0;

  /** What stands in the focus, found again in what comes: a button by what it says, a link by where it leads. */
  const same = (held) => {
    for (const one of sections.querySelectorAll("button, a")) {
      if (held.value ? one.value === held.value : one.href && one.href === held.href) return one;
    }
    return null;
  };

  const refresh = async () => {
    clearTimeout(timer);
    const response = await fetch(`/board/fragment${view}`).catch(() => null);
    if (response && response.ok && !response.redirected) {  // led away: to give the code first
      const made = await response.text();
      const held = sections.contains(document.activeElement) ? document.activeElement : null;
      const top = beside.scrollTop;
      sections.innerHTML = made;
      beside.scrollTop = top;
      if (held) (same(held) || sections).focus({ preventScroll: true });
    }
    timer = setTimeout(refresh, 60000);
  };

  sections.addEventListener("click", (event) => {
    const link = event.target.closest(".filters a, .pages a");
    if (!link) return;
    event.preventDefault();
    view = new URL(link.href).search;
    refresh();
  });

  document.addEventListener("answered", () => { clearTimeout(timer); timer = setTimeout(refresh, 300); });
  timer = setTimeout(refresh, 60000);
})();
