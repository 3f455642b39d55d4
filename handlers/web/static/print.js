// The sheet's own button; without scripts the browser's menu prints it.
"use strict";

(() => {
  const key = document.getElementById("print");
  key.hidden = false;
  key.addEventListener("click", () => window.print());
})();
