// The code is in the part of the link after #, which browsers send to nobody. It is put into the form, where the press
// that uses the invitation finds it, and taken out of the address, so that no history keeps it.
"use strict";

(() => {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  document.getElementById("code").value = code;
  document.getElementById("code-field").hidden = true;
  history.replaceState(null, "", location.pathname);
})();
