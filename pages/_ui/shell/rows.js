// A table of which one row can be chosen takes a click anywhere on the row, and Enter, for a choice.
// By itself the framework has only the box at the left, and Shift+Space at the keyboard. Its choice
// by cells would choose a row as soon as the keyboard reaches the table.
(() => {
  "use strict";
  const table = '[class*="st-key-crm-rows-"]';
  const grid = '[data-testid="data-grid-canvas"]';
  const head = 35; // pixels of the line of heads, a click on which sorts
  const still = 5; // pixels; what moves further chooses cells to copy
  let pressed = null;

  // The keys that choose the row of the current cell.
  const choose = (canvas) =>
    canvas.dispatchEvent(
      new KeyboardEvent("keydown", { key: " ", code: "Space", keyCode: 32, shiftKey: true, bubbles: true }),
    );

  document.addEventListener("pointerdown", ({ clientX, clientY }) => (pressed = { clientX, clientY }), true);

  document.addEventListener("click", (event) => {
    const field = event.target.closest?.(".dvn-scroller");
    const canvas = field && event.target.closest(table)?.querySelector(grid);
    const { clientX, clientY, detail, shiftKey, ctrlKey, metaKey } = event;
    if (!canvas || !pressed || detail > 1 || shiftKey || ctrlKey || metaKey) return;
    const moved = Math.hypot(clientX - pressed.clientX, clientY - pressed.clientY) > still;
    const { left, top } = field.getBoundingClientRect();
    const onBar = clientX - left > field.clientWidth || clientY - top > field.clientHeight;
    // Above a box, which chooses by itself, the grid shows another cursor.
    const onCell = clientY - top > head && canvas.style.cursor === "default";
    if (onCell && !moved && !onBar) setTimeout(choose, 0, canvas);
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const { target, key, shiftKey, ctrlKey, metaKey, altKey } = event;
      const canvas = target.closest?.(table) && target.closest(grid);
      if (!canvas || key !== "Enter" || shiftKey || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      event.stopPropagation();
      choose(canvas);
    },
    true,
  );
})();
