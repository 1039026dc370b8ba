// The page's own behaviour: citations open their source, buttons of a piece become its events.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  let origin = null; // the citation that opened the lit card

  const reveal = (target, block, at = target) => {
    at.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });
    target.focus({ preventScroll: true });
  };

  const light = (card) => {
    all(".sources.current").forEach((other) => other.classList.remove("current"));
    card.closest(".sources").classList.add("current");
    all(".card.lit").forEach((other) => other.classList.remove("lit"));
    card.classList.add("lit");
    reveal(card, "center", card.querySelector("mark") ?? card);
  };

  // The address keeps no fragment: ids belong to one conversation and mean nothing in another.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('#conversation a[href^="#"], #sources a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    const opener = origin?.isConnected && origin.hash === `#${link.closest(".card")?.id}`;
    if (link.matches(".number") && opener) reveal(origin, "center");
    else if (target.matches(".card")) {
      origin = link;
      light(target);
    } else reveal(target, "start");
  });

  // A piece of an answer makes the transcript anew: what a reader has unfolded in it stays so.
  const unfolded = new Set();
  const placeOf = (details) => {
    const turn = details.closest("#conversation .turn");
    return turn && `${turn.closest("[data-conversation]").dataset.conversation} ${turn.id} ${all("details", turn).indexOf(details)}`;
  };
  document.addEventListener("toggle", ({ target }) => {
    const at = target.isConnected && target.matches("details") && placeOf(target);
    if (at) target.open ? unfolded.add(at) : unfolded.delete(at);
    if (target.matches(".menu[open]")) target.querySelector(".acts").scrollIntoView({ block: "nearest" });
  }, true);

  // A menu closes when something else is clicked, and with Escape; the focus stays where it was opened.
  const close = (menu) => {
    if (menu?.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu?.removeAttribute("open");
  };
  document.addEventListener("click", ({ target }) => {
    all(".menu[open]").filter((menu) => !menu.contains(target)).forEach((menu) => menu.removeAttribute("open"));
  });

  // Escape leads back to what was opened from: a source's citation, a menu's button, a document's row.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    all(".menu[open]").forEach(close);
    document.getElementById("columns")?.classList.remove("menu-open");
    if (event.target.closest?.("#sources") && origin?.isConnected) reveal(origin, "center");
    const out = event.target.closest?.(".left-out");
    if (out) reveal(document.querySelector(`#documents [data-act=show][data-id="${out.id.replace("left-out-", "")}"]`) ?? out, "center");
  });

  // What holds the focus may be written anew with its piece: then its like there takes it over, or what stands in its
  // place. The newest turn does for a button that an answer takes away.
  const PIECES = "#list, #past, #transcript, #sources, #documents, #left-out, #places";
  const STOPS = "a, button, summary, [tabindex]";
  const like = (part) => [part.tagName, part.id, part.ariaLabel, ...["href", "data-act", "data-id", "data-text"].map((name) => part.getAttribute(name))].join("|");
  let held = null;
  document.addEventListener("focusin", ({ target }) => {
    const piece = target.closest(PIECES);
    held = piece && { piece, target, like: like(target), at: all(STOPS, piece).indexOf(target) };
  });
  document.addEventListener("pointerdown", ({ target }) => target.closest(PIECES) || (held = null));
  // The button that sends is gone while an answer arrives; who pressed it by keyboard goes on in the box.
  document.addEventListener("click", ({ target, detail }) => {
    if (!detail && target.closest("#send, #stop, #cancel")) document.querySelector("#question textarea").focus();
  });
  const hold = () => {
    if (!held || held.target.isConnected || document.activeElement !== document.body) return;
    const parts = all(STOPS, held.piece);
    const next = parts.find((part) => like(part) === held.like)
      ?? (held.piece.matches("#transcript, #past") ? all("#transcript .turn").at(-1) : parts[Math.min(held.at, parts.length - 1)]);
    next?.focus({ preventScroll: true });
  };

  // What was left out of a document comes below all of them.
  let asked = null;
  const lead = () => {
    const section = asked && document.getElementById(`left-out-${asked}`);
    if (!section) return;
    asked = null;
    reveal(section, "start");
  };

  // The quote behind a citation, beside it: the text stands in its card, so nothing is written as HTML.
  let tip = null;
  const hide = () => {
    tip?.remove();
    all("[aria-describedby=tip]").forEach((link) => link.removeAttribute("aria-describedby"));
  };
  const show = (link) => {
    const mark = document.getElementById(link.getAttribute("href").slice(1))?.querySelector("mark");
    if (!mark) return;
    hide();
    tip = Object.assign(document.createElement("div"), { id: "tip", textContent: mark.textContent });
    tip.setAttribute("role", "tooltip");
    tip.dir = getComputedStyle(mark).direction;
    document.body.append(tip);
    link.setAttribute("aria-describedby", "tip");
    const [at, size, room] = [link.getBoundingClientRect(), tip.getBoundingClientRect(), document.documentElement.clientWidth];
    tip.style.left = `${Math.max(8, Math.min(at.left + at.width / 2 - size.width / 2, room - size.width - 8))}px`;
    tip.style.top = `${at.top - size.height - 8 > 0 ? at.top - size.height - 8 : at.bottom + 8}px`;
  };
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => event.target.closest?.("#conversation .cite") && show(event.target.closest(".cite")));
    document.addEventListener(leave, (event) => event.target.closest?.("#conversation .cite") && hide());
  }

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.text);
    } catch { // without https there is no clipboard but this one
      const field = Object.assign(document.createElement("textarea"), { value: button.dataset.text });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    const words = button.textContent;
    button.textContent = `${button.dataset.done} ✓`;
    setTimeout(() => (button.textContent = words), 2000);
  };

  const walk = (step) => {
    const cards = all(".sources.current .card[id]");
    if (!cards.length) return;
    const at = cards.findIndex((card) => card.matches(".lit"));
    light(cards[at < 0 ? (step > 0 ? 0 : cards.length - 1) : (at + step + cards.length) % cards.length]);
  };

  // N and P, on any layout of the keyboard, walk the citations from an answer or its sources.
  document.addEventListener("keydown", (event) => {
    const step = { KeyN: 1, KeyP: -1 }[event.code];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("#conversation, #sources")) walk(step);
  });

  const rename = (item, trigger) => {
    const title = item.querySelector(".title");
    const field = Object.assign(document.createElement("input"), { className: "title", value: title.textContent, dir: "auto", maxLength: 80 });
    field.setAttribute("aria-label", item.querySelector('[data-act="rename"]').textContent);
    item.querySelector("details").open = false;
    title.replaceWith(field);
    field.select();
    let over = false; // taking the field away takes its focus, which ends it once more
    const done = (keep) => {
      if (over) return;
      over = true;
      const text = field.value;
      field.replaceWith(title);
      if (keep) trigger("click", { act: "rename", id: item.dataset.id, text });
      title.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") done(event.key === "Enter");
    });
    field.addEventListener("blur", () => done(false));
  };

  // What cannot be undone is asked for twice; who turns to something else is asked anew.
  const doubt = (button, sure) => {
    const [words, spoken] = [button.textContent, button.ariaLabel];
    button.textContent = sure;
    button.ariaLabel = null;
    button.addEventListener("blur", () => {
      button.textContent = words;
      button.ariaLabel = spoken;
    }, { once: true });
  };

  // Each piece of HTML calls this once: a click on one of its buttons becomes an event, or is done here.
  window.sanadActs = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-act]");
      if (!button) return;
      const { act, id, text, sure } = button.dataset;
      if (act === "copy") copy(button);
      else if (act === "previous" || act === "next") {
        walk(act === "next" ? 1 : -1);
        button.focus({ preventScroll: true });
      }
      else if (act === "rename") rename(button.closest("li"), trigger);
      else if (sure && button.textContent !== sure) doubt(button, sure);
      else {
        close(button.closest(".menu"));
        trigger("click", { act, id, text });
      }
      if (act === "open") document.getElementById("columns")?.classList.remove("menu-open");
      if (act === "edit") document.querySelector("#question textarea").focus();
      if (act === "show") {
        asked = id;
        lead();
      }
    });
  };

  // Who cannot see the page hears an answer once it is whole: the transcript is written anew with each piece of it.
  let waiting = null;
  const announce = (turn) => {
    const searching = turn?.querySelector(".searching");
    if (turn && (searching ? waiting === turn.id : waiting !== turn.id || !turn.querySelector(".tools"))) return;
    waiting = searching ? turn.id : null;
    if (!turn) return;
    let place = document.getElementById("announced");
    if (!place) {
      place = Object.assign(document.createElement("div"), { id: "announced" });
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    place.lang = turn.querySelector(".sentence")?.lang ?? "";
    place.textContent = (searching ? [searching] : all(".said, .notice", turn)).map((part) => part.textContent).join(" ");
  };

  // A turn begins at the top of the conversation where there is room below for it to; it grows, and then there is.
  const cutOff = (turn) => {
    const [room, box] = [document.getElementById("conversation"), turn].map((part) => part.getBoundingClientRect());
    return box.top >= room.top && box.top < room.bottom && box.bottom > room.bottom;
  };

  // Gradio's own words for where files are dropped follow the browser, not the page's language.
  const drop = () => {
    const [words, place] = ["label", "button"].map((part) => document.querySelector(`#upload ${part}`));
    if (words && place) place.ariaLabel = words.textContent.trim();
  };

  // What Gradio says itself is English; the page says it in its own language.
  const translate = () => {
    const said = Object.entries(sanadSaid[document.documentElement.lang] ?? {});
    const own = (text) => said.find(([begins]) => (begins ? text.startsWith(begins) : !text.trim()))?.[1] ?? text;
    for (const line of all("[data-testid=toast-text]")) if (own(line.textContent) !== line.textContent) line.textContent = own(line.textContent);
    for (const button of all("[data-testid=toast-close]")) {
      button.ariaLabel = own(button.ariaLabel);
      button.parentElement.removeAttribute("role"); // a button in a button is none for who cannot see it
      button.parentElement.removeAttribute("tabindex");
    }
  };

  // What is typed outlives the page, which is opened anew when a lost connection is back.
  let typed = sessionStorage.getItem("typed");
  addEventListener("pagehide", () => sessionStorage.setItem("typed", document.querySelector("#question textarea")?.value ?? ""));
  const keep = () => {
    const box = typed !== null && document.querySelector("#question textarea");
    if (!box) return;
    if (!box.value) {
      box.value = typed;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    typed = null;
  };

  let last = null;
  let whole = true;
  const follow = () => {
    const turn = all("#conversation .turn").at(-1) ?? null;
    hold();
    lead();
    drop();
    translate();
    keep();
    if (tip?.isConnected && !document.querySelector("[aria-describedby=tip]")) hide();
    announce(turn);
    if (unfolded.size) all("#conversation .turn details:not([open])").filter((one) => unfolded.has(placeOf(one))).forEach((one) => (one.open = true));
    const ended = Boolean(turn?.querySelector(".tools"));
    if (turn && (turn.id !== last || (ended && !whole && cutOff(turn)))) {
      turn.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
    }
    last = turn?.id ?? null;
    whole = ended;
    const open = document.querySelector("#transcript [data-conversation]")?.dataset.conversation;
    const address = new URL(location);
    if (open === undefined || open === (address.searchParams.get("c") ?? "")) return;
    open ? address.searchParams.set("c", open) : address.searchParams.delete("c");
    history.replaceState(history.state, "", address);
  };
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
})();

// The conversation that the address names, when the page opens.
window.sanadAddress = () => new URLSearchParams(location.search).get("c") ?? "";

// Called by the language switch: the whole layout follows the interface's direction.
window.sanadLanguage = (code, direction) => {
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
};

window.sanadMenu = () => document.getElementById("columns").classList.toggle("menu-open");

// A conversation as a file: it comes through the page's own events, so that nobody else can fetch it.
window.sanadSave = (parcel) => {
  if (!parcel) return;
  const { name, type, text } = JSON.parse(parcel);
  const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
