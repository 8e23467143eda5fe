"use strict";
// The sheet works without this. Everything is read from the page: entries link to marks, and marks
// back. What has the focus is what the reader looks at; keys only move the focus.
(() => {
  const entries = [...document.querySelectorAll(".entry")];
  const groups = [...document.querySelectorAll(".group, .under")];
  const buttons = [...document.querySelectorAll("[data-show]")];
  const position = document.getElementById("position");
  const dialog = document.getElementById("keys");
  const goBack = document.getElementById("go-back");
  const useKeys = document.getElementById("use-keys");
  const beside = matchMedia("(min-width: 1000px) and (min-height: 480px)");
  let current = null;
  let link = null;

  const links = (entry) => [...entry.querySelectorAll(".evidence a.to")];
  const target = (one) => document.getElementById(one.hash.slice(1));
  const shown = () => entries.filter((entry) => !entry.hidden);
  const label = (entry) => entry.querySelector(".label").lastChild.textContent.trim();

  function say() {
    const all = shown();
    if (!current) {
      position.textContent = `${all.length} of ${entries.length} shown`;
      return;
    }
    const at = `${label(current)}, ${all.indexOf(current) + 1} of ${all.length}`;
    const places = links(current);
    position.textContent = link
      ? `${at} · evidence ${places.indexOf(link) + 1} of ${places.length}, source ${source(link)}`
      : at;
  }

  function source(one) {
    const article = target(one)?.closest(".source");
    return article ? article.id.replace("source-", "") : "";
  }

  function light() {
    document.querySelectorAll("mark.lit, mark.at").forEach((mark) => mark.classList.remove("lit", "at"));
    if (!current) return;
    for (const one of links(current)) {
      const id = one.hash.slice(1);
      document.querySelectorAll(`[id="${id}"], [data-of="${id}"]`).forEach((mark) => {
        mark.classList.add("lit");
        mark.classList.toggle("at", one === link || mark.classList.contains("at"));
      });
    }
  }

  function look(entry, place) {
    if (current !== entry) {
      current?.removeAttribute("aria-current");
      current?.setAttribute("tabindex", "-1");
      entry?.setAttribute("aria-current", "true");
      entry?.setAttribute("tabindex", "0");
    }
    link?.removeAttribute("aria-current");
    place?.setAttribute("aria-current", "true");
    current = entry;
    link = place;
    goBack.hidden = !place || beside.matches;
    if (entry) goBack.querySelector("span").textContent = label(entry);
    light();
    say();
  }

  function reveal(mark, block) {
    const details = mark.closest("details");
    if (details) details.open = true;
    mark.scrollIntoView({ block });
  }

  function toEntry(entry) {
    if (!entry) return;
    entry.focus({ preventScroll: true });
    entry.scrollIntoView({ block: "nearest" });
  }

  function toEvidence(one) {
    const mark = one && target(one);
    if (!mark) return;
    look(current, one);
    reveal(mark, "center");
    mark.focus({ preventScroll: true });
  }

  function step(by) {
    const all = shown();
    const at = all.indexOf(current);
    toEntry(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by]);
  }

  function turn(by) {
    const places = current ? links(current) : [];
    if (places.length) {
      const at = places.indexOf(link);
      toEvidence(places[at < 0 ? (by > 0 ? 0 : places.length - 1) : (at + by + places.length) % places.length]);
    }
  }

  // The focus decides what is looked at, however it came there: keys, Tab, a click or a link.
  document.addEventListener("focusin", (event) => {
    const entry = event.target.closest(".entry");
    const mark = event.target.closest("mark[id]");
    if (entry) {
      const isNew = entry !== current;
      look(entry, null);
      const first = links(entry)[0];
      if (isNew && first && beside.matches) reveal(target(first), "center");
    } else if (mark) {
      const leads = (one) => links(one).find((each) => target(each) === mark);
      if (link && current && target(link) === mark) return;
      const owner = current && leads(current) ? current : shown().find(leads) || entries.find(leads);
      if (owner) look(owner, leads(owner));
    }
  });

  document.addEventListener("click", (event) => {
    const one = event.target.closest("a.to, a.chip");
    if (!one || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const entry = one.closest(".entry");
    const goal = target(one);
    if (entry && goal) {
      look(entry, one);
      goal.closest("details").open = true;
    } else if (goal?.matches(".entry")) {
      if (goal.hidden) show("");
    } else if (goal?.matches(".source")) {
      goal.querySelector("details").open = true;
    }
  });

  function show(state) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.show === state));
    for (const entry of entries) entry.hidden = state !== "" && !entry.dataset.states.split(" ").includes(state);
    for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden])");
    if (current?.hidden) look(null, null);
    say();
  }

  const moves = {
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    Enter: () => turn(1),
    ArrowRight: () => turn(1),
    n: () => turn(1),
    p: () => turn(-1),
    ArrowLeft: () => toEntry(current),
    Escape: () => toEntry(current),
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const own = event.target.closest("a, button, summary, input, dialog");
    const taken = own && (event.key === "Enter" || own.matches("input, dialog") || own.closest("dialog"));
    if (taken || !useKeys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (!move) return;
    // On the evidence, Enter and → stay where they are: n and p go on.
    if (link && ["Enter", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    move();
  });

  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.show));
  document.getElementById("show-keys").addEventListener("click", () => dialog.showModal());
  document.getElementById("hide-keys").addEventListener("click", () => dialog.close());
  goBack.addEventListener("click", () => toEntry(current));
  document.querySelector(".toolbar").hidden = false;
  say();
})();
