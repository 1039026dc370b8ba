// The page's own behaviour: citations open their source, and a new turn scrolls into view.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const reveal = (target, block) => {
    target.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });
    target.focus({ preventScroll: true });
  };

  // The address keeps no fragment: ids belong to one conversation and mean nothing after a reload.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('#conversation a[href^="#"], #sources a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    const section = target.closest(".sources");
    if (section) {
      document.querySelectorAll(".sources.current").forEach((other) => other.classList.remove("current"));
      section.classList.add("current");
      document.querySelectorAll(".card.lit").forEach((other) => other.classList.remove("lit"));
      target.classList.add("lit");
    }
    reveal(target, section ? "nearest" : "start");
  });

  let last = null;
  const follow = () => {
    const turns = document.querySelectorAll("#conversation .turn");
    const turn = turns[turns.length - 1] ?? null;
    if (turn && turn.id !== last) {
      turn.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
    }
    last = turn?.id ?? null;
  };
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
})();

// Called by the language switch: the whole layout follows the interface's direction.
window.sanadLanguage = (code, direction) => {
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
};
