// A blank form is there to be typed into: its first field has the cursor as soon as it is drawn,
// and again when the next blank form takes its place.
(() => {
  "use strict";
  const first = ".st-key-crm-blank input";
  const soon = 100; // milliseconds; a dialog that opens takes the cursor for itself first
  let begun = null;
  new MutationObserver(() => {
    const field = document.querySelector(first);
    if (field && field !== begun)
      setTimeout(() => (field.focus(), field.scrollIntoView({ block: "center" })), soon);
    begun = field;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
