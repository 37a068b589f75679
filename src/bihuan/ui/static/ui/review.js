// Reading review by keyboard: j/k next and previous undecided, a accept, e correct, x reject; click one side, the
// other follows. Everything it does can be done with the page's own links and buttons.
//
// Markup: [data-review] holds [data-original] with marks (data-proposals="3 7") and the proposals
// (data-proposal="3"), each with controls (data-key="a", "e" or "x") and, once decided, data-decided.
"use strict";

(() => {
  const review = document.querySelector("[data-review]");
  if (!review) return;

  const proposals = () => [...review.querySelectorAll("[data-proposal]")];
  const spansOf = (id) => [...review.querySelectorAll(`[data-proposals~="${CSS.escape(id)}"]`)];
  const find = (id) => review.querySelector(`[data-proposal="${CSS.escape(id)}"]`);
  const isFolded = (each) => each.closest("details:not([open])") !== null;
  // On a phone the original is below its proposals, each of which has its quote: nothing jumps there by itself.
  const stacked = matchMedia("(max-width: 60em)");
  let active = null;

  function activate(id, { follow = "both" } = {}) {
    const proposal = find(id);
    if (!proposal) return;
    for (const old of review.querySelectorAll(".active")) old.classList.remove("active");
    active = id;
    proposal.classList.add("active");
    if (isFolded(proposal)) proposal.closest("details").open = true;
    const spans = spansOf(id);
    for (const span of spans) span.classList.add("active");
    if (follow === "both" || follow === "proposals") proposal.scrollIntoView({ block: "nearest" });
    if ((follow === "both" || follow === "original") && spans[0] && !stacked.matches) spans[0].scrollIntoView({ block: "center" });
  }

  // To the next one that waits for a decision, or, where none waits on that side, to the neighbour.
  function step(by) {
    const all = proposals();
    const at = all.findIndex((each) => each.dataset.proposal === active);
    const side = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
    const seen = side.filter((each) => !isFolded(each));
    const waits = (each) => !("decided" in each.dataset);
    const next = seen.find(waits) || side.find(waits) || seen[0]; // what is folded comes when nothing else waits
    if (next) {
      activate(next.dataset.proposal);
      next.focus({ preventScroll: true });
    }
  }

  function press(key) {
    const control = active && find(active)?.querySelector(`[data-key="${key}"]`);
    if (!control) {
      if (active && find(active) && "decided" in find(active).dataset) step(1);
      return;
    }
    if (control.tagName === "SUMMARY") {
      control.parentElement.open = true;
      control.parentElement.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    } else control.click();
  }

  review.addEventListener("click", (event) => {
    const span = event.target.closest("[data-proposals]");
    if (span) {
      event.preventDefault();
      // Where spans lie over each other, each click takes the next of them.
      const ids = span.dataset.proposals.split(" ");
      activate(ids[(ids.indexOf(active) + 1) % ids.length], { follow: "proposals" });
      return;
    }
    const proposal = event.target.closest("[data-proposal]");
    if (proposal) activate(proposal.dataset.proposal, { follow: "original" });
  });
  // The focus comes when the button goes down, the click when it comes up: scrolling in between would pull what
  // is clicked away from under the pointer.
  let pressed = false;
  review.addEventListener("pointerdown", () => { pressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => { pressed = false; }, true);
  }
  review.addEventListener("focusin", (event) => {
    if (pressed) return;
    const proposal = event.target.closest("[data-proposal]");
    if (proposal && proposal.dataset.proposal !== active) activate(proposal.dataset.proposal, { follow: "original" });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "a" || event.key === "e" || event.key === "x") press(event.key);
    else return;
    event.preventDefault();
  });

  // A proposal that the server answered anew keeps its mark; what was decided hands over to the next.
  document.body.addEventListener("htmx:afterSwap", () => {
    const proposal = active && find(active);
    if (!proposal) return;
    activate(active, { follow: "proposals" });
    proposal.querySelector("form input:not([type=hidden]), form textarea, form select")?.focus();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    // The control itself: by now the answer has replaced it, and detail.elt is whatever still stands around it.
    const control = event.detail.requestConfig.elt;
    const decided = control.closest("[data-proposal]");
    if (!decided || !event.detail.successful || control.matches("[data-stay]")) return;
    if (!find(decided.dataset.proposal)?.querySelector("[role=alert]")) step(1);
  });

  const named = location.hash.match(/^#proposal-(.+)$/);
  const first = proposals()[0];
  if (named) activate(named[1]);
  else if (first) activate(first.dataset.proposal, { follow: "none" });
})();
