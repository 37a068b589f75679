// Small courtesies; every page does its work without them.
"use strict";

// A field is told about once only: leaving the error summary puts the cursor where the fault is.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

// Two quick presses are one act: the server refuses the second anyway, this spares the message.
// The form opens again after a moment, for downloads leave the page standing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// A phone begins with the items alone; their measures unfold at a touch.
if (matchMedia("(max-width: 48em)").matches) {
  document.querySelectorAll("details[data-fold]").forEach((each) => { each.open = false; });
}

// What is folded on screen is part of the printed record.
addEventListener("beforeprint", () => {
  document.querySelectorAll("details[data-print], details[data-fold]").forEach((each) => { each.open = true; });
});
