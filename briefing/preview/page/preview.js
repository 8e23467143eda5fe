/* Asks the server what to show, shows it, and asks again when it says that something has changed.
   Text of templates and sources is only ever set as text. */
"use strict";

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
const LISTED = 5; // of what was left out of a section
const byId = (id) => document.getElementById(id);
const view = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
let options = JSON.parse(view.options || "{}");
let shown = 0; // number of the output on the page
let formShown = "";
let asking = false;
let askAgain = false;
let typing = 0;

/** An element with attributes, properties such as textContent, and children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Render what is looked at; one question at a time, the last one always asked. */
async function refresh() {
  askAgain = true;
  if (asking) return;
  asking = true;
  while (askAgain) {
    askAgain = false;
    await ask();
  }
  asking = false;
}

async function ask() {
  const query = new URLSearchParams({
    fixture: view.fixture || "",
    page: view.page || "",
    language: view.language || "",
    options: JSON.stringify(options),
    scale: String(window.devicePixelRatio),
  });
  say("loading", "Rendering");
  try {
    const answer = await fetch(`state?${query}`);
    if (!answer.ok) throw new Error(await answer.text());
    await show(await answer.json());
  } catch (error) {
    say("lost", "No answer: is the preview still running?");
    console.warn(error);
  }
}

function say(state, text) {
  document.body.dataset.state = state;
  byId("status-text").textContent = text;
}

async function show(state) {
  Object.assign(view, state.view, { options: JSON.stringify(options) });
  history.replaceState(null, "", `#${new URLSearchParams(view)}`);
  document.title = `${state.template.title}: preview`;
  byId("title").textContent = state.template.title;
  byId("folder").textContent = state.template.folder;
  showForm(state);
  showChecks(state.checks);
  showTrouble(state.trouble);
  document.body.classList.toggle("stale", Boolean(state.trouble));
  if (state.output && state.output.number !== shown) {
    await Promise.all([showHtml(state.output.html), showPictures(state.output)]);
    showRoom(state.output);
    shown = state.output.number;
    document.body.dataset.shown = String(shown);
  }
  if (askAgain) return;
  if (state.trouble) say("trouble", "Template error");
  else say("good", `Up to date, rendered in ${state.output.seconds.toFixed(1)} s`);
}

/* The controls */

function showForm(state) {
  const { template, samples } = state;
  if (!template.options) return;
  const drawn = JSON.stringify([template, samples]);
  if (drawn !== formShown) {
    const focused = document.activeElement && document.activeElement.id;
    byId("samples").replaceChildren(...samples.map(sampleChoice));
    fill(byId("page"), template.pages, (page) => page);
    fill(byId("language"), template.languages, (code) => LANGUAGES.of(code));
    byId("options").replaceChildren(...template.options.map(optionField));
    byId("options-group").hidden = !template.options.length;
    formShown = drawn;
    if (focused && byId(focused)) byId(focused).focus();
  }
  for (const radio of document.getElementsByName("fixture")) {
    radio.checked = radio.value === view.fixture;
  }
  byId("page").value = view.page;
  byId("language").value = view.language;
}

function fill(select, values, name) {
  select.replaceChildren(...values.map((value) => make("option", { value }, name(value))));
}

function sampleChoice({ name, title }) {
  const radio = make("input", { type: "radio", name: "fixture", value: name, id: `sample-${name}` });
  return make("label", {}, radio, make("span", {}, title), make("span", { className: "tally" }));
}

function optionField(option) {
  const id = `option-${option.name}`;
  const helpId = `${id}-help`;
  const value = option.name in options ? options[option.name] : String(option.default);
  const shared = { id, name: option.name, "aria-describedby": helpId };
  const name = option.name.replaceAll("_", " ");
  const label = make("label", { htmlFor: id }, name[0].toUpperCase() + name.slice(1));
  const help = make("p", { id: helpId }, option.help);
  let control;
  if (option.kind === "boolean") {
    control = make("input", { ...shared, type: "checkbox", checked: value === "true" });
    label.prepend(control);
    return make("div", { className: "field check" }, label, help); // the box stands before its name
  }
  if (option.kind === "choice") {
    control = make("select", shared);
    fill(control, option.choices, (choice) => choice);
    control.value = value;
  } else {
    const number = option.kind === "string" ? {} : { step: option.kind === "integer" ? 1 : "any" };
    control = make("input", { ...shared, type: number.step ? "number" : "text", ...number, value });
  }
  return make("div", { className: "field" }, label, control, help);
}

function choose(event) {
  const control = event.target;
  if (["fixture", "page", "language"].includes(control.name)) {
    view[control.name] = control.value;
  } else if (control.id.startsWith("option-")) {
    options[control.name] = control.type === "checkbox" ? String(control.checked) : control.value;
  } else {
    return;
  }
  refresh();
}

/* The output */

function scrolled(frame) {
  const inside = frame && frame.contentWindow;
  return inside ? [inside.scrollX, inside.scrollY] : [0, 0];
}

/** Load the HTML out of sight, then put it where the old one was, scrolled to the same place. */
function showHtml(address) {
  const desk = byId("html-desk");
  byId("html-pane").hidden = !address;
  byId("pdf-pane").classList.toggle("alone", !address);
  byId("open-html").hidden = !address;
  if (!address) return Promise.resolve();
  byId("open-html").href = address;
  const frame = make("iframe", {
    className: "coming",
    title: "The brief as HTML",
    // No scripts; of this origin only so that it can be scrolled to where it was.
    src: address,
  });
  frame.setAttribute("sandbox", "allow-same-origin");
  return new Promise((done) => {
    frame.addEventListener("load", () => {
      const old = desk.querySelector("iframe:not(.coming)");
      const place = scrolled(old);
      for (const other of desk.querySelectorAll("iframe")) if (other !== frame) other.remove();
      frame.classList.remove("coming");
      size();
      colour(frame.contentDocument);
      frame.contentWindow.scrollTo(...place);
      frame.contentDocument.addEventListener("click", leave);
      done();
    }, { once: true });
    desk.append(frame);
  });
}

/** A link of the brief opens in a tab of its own: the frame must not lead elsewhere. */
function leave(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  window.open(link.href, "_blank", "noopener,noreferrer");
}

/** Give the frame the width of the window that was chosen, made smaller where it has no room. */
function size() {
  const desk = byId("html-desk");
  const frame = desk.querySelector("iframe:not(.coming)");
  if (!frame) return;
  const { clientWidth, clientHeight } = desk;
  const wanted = Number(document.querySelector("[name=width]:checked").value);
  const margin = wanted ? 20 : 0;
  const scale = wanted ? Math.min(1, (clientWidth - 2 * margin) / wanted) : 1;
  const width = wanted || clientWidth;
  frame.classList.toggle("framed", Boolean(wanted));
  Object.assign(frame.style, {
    width: `${width}px`,
    height: `${(clientHeight - 2 * margin) / scale}px`,
    transform: `scale(${scale})`,
    left: `${wanted ? (clientWidth - width * scale) / 2 : 0}px`,
    top: `${margin}px`,
  });
}

/** Let the brief have the colours that were chosen, whatever this browser prefers. */
function colour(brief) {
  const scheme = document.querySelector("[name=scheme]:checked").value;
  brief.documentElement.style.colorScheme = scheme;
  const rules = [...brief.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  for (const { media } of rules) {
    if (!media) continue;
    media.mediaText = media.mediaText.replaceAll(
      /\(prefers-color-scheme:\s*(\w+)\)/g,
      (_, wanted) => (wanted === scheme ? "(min-width: 0px)" : "(max-width: 0px)"),
    );
  }
}

async function showPictures(output) {
  const desk = byId("pdf-desk");
  byId("pdf-pane").hidden = !output.pdf;
  byId("html-pane").classList.toggle("alone", !output.pdf);
  byId("open-pdf").hidden = !output.pdf;
  if (!output.pdf) return;
  byId("open-pdf").href = output.pdf;
  const count = output.pictures.length;
  const images = output.pictures.map((src, at) =>
    make("img", { src, alt: `Page ${at + 1} of ${count}` }));
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  desk.replaceChildren(...images);
  zoom();
  byId("page-count").textContent = count === 1 ? "1 page" : `${count} pages`;
}

function zoom() {
  const desk = byId("pdf-desk");
  const wanted = document.querySelector("[name=zoom]:checked").value;
  desk.dataset.zoom = wanted;
  for (const image of desk.querySelectorAll("img")) {
    const real = image.naturalWidth / Math.min(3, Math.max(1, window.devicePixelRatio));
    image.style.width = wanted === "real" ? `${real}px` : "";
  }
}

/* Room, trouble and checks */

function showRoom({ fill: used, pages, budget, cut, pdf }) {
  byId("room").hidden = !pdf;
  const percent = Math.round(used * 100);
  const gauge = byId("gauge");
  gauge.setAttribute("aria-valuenow", String(Math.min(100, percent)));
  gauge.setAttribute("aria-valuetext", `${percent} %`);
  byId("gauge-fill").style.width = `${Math.min(100, percent)}%`;
  byId("room-text").textContent =
    `${percent} % of ${budget === 1 ? "the page" : `${budget} pages`} used`
    + (budget > 1 ? `, ${pages} begun` : "");
  byId("cut").replaceChildren(...leftOut(cut));
}

function leftOut(cut) {
  const total = cut.reduce((sum, { count }) => sum + count, 0);
  if (!total) return [make("p", {}, "Nothing was left out.")];
  const parts = cut.flatMap(({ section, count, items }) => [
    make("h3", {}, `${section.replaceAll("_", " ")}: ${count}`),
    make("ul", {}, ...items.slice(0, LISTED).map((item) => make("li", { dir: "auto" }, item))),
    ...(items.length > LISTED ? [make("p", { className: "hint" }, `and ${items.length - LISTED} more`)] : []),
  ]);
  return [make("details", {}, make("summary", {}, `${total} left out`), ...parts)];
}

function copyButton(place) {
  const button = make("button", { type: "button", className: "place", title: "Copy" }, place);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(place);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = place; }, 1200);
  });
  return button;
}

function showTrouble(trouble) {
  const box = byId("trouble");
  const drawn = JSON.stringify(trouble);
  if (box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  box.hidden = !trouble;
  box.replaceChildren();
  if (!trouble) return;
  box.append(make("p", { className: "message" }, trouble.message));
  if (trouble.hint) box.append(make("p", { className: "hint" }, trouble.hint));
  if (trouble.place) box.append(copyButton(trouble.place));
}

const STATES = {
  none: "not installed",
  waiting: "wait for an output",
  running: "running",
  failed: "could not be run",
};

function showChecks({ state, problems, trouble }) {
  byId("found").dataset.state = state;
  byId("found-count").textContent = STATES[state] || summary(problems);
  const items = problems.map(problemItem);
  const list = byId("problems");
  list.hidden = !items.length && !trouble;
  list.replaceChildren(
    ...(trouble ? [make("p", { className: "none" }, `${trouble.message}: ${trouble.hint}`)] : []),
    ...(items.length ? [make("ul", {}, ...items)] : []),
  );
  for (const radio of document.getElementsByName("fixture")) {
    const count = problems.filter(({ fixtures }) => fixtures.includes(radio.value)).length;
    const tally = radio.parentElement.querySelector(".tally");
    tally.textContent = count ? String(count) : "";
    tally.setAttribute("aria-hidden", String(!count));
    tally.title = count ? `${count} found` : "";
  }
}

function summary(problems) {
  if (!problems.length) return "all passed";
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const others = problems.length - errors;
  const parts = [];
  if (errors) parts.push(errors === 1 ? "1 error" : `${errors} errors`);
  if (others) parts.push(others === 1 ? "1 warning" : `${others} warnings`);
  return parts.join(", ");
}

function problemItem({ severity, kind, message, hint, fixtures, file, line }) {
  const acts = make("div", { className: "acts" });
  const fixture = fixtures.find((name) => byId(`sample-${name}`));
  if (fixture) {
    const button = make("button", { type: "button" }, "Show");
    button.setAttribute("aria-label", `Show with the content ${fixture}`);
    button.addEventListener("click", () => { view.fixture = fixture; refresh(); });
    acts.append(button);
  }
  if (file) acts.append(copyButton(`${file}:${line}`));
  const words = make("div", {}, make("p", {}, message));
  if (hint) words.append(make("p", { className: "hint" }, hint));
  if (fixtures.length) {
    words.append(make("p", { className: "hint" }, `With: ${fixtures.join(", ")}`));
  }
  const label = make("p", { className: "severity", title: kind }, severity);
  return make("li", { className: `problem ${severity}` }, label, words, acts);
}

/* News */

function listen() {
  const news = new EventSource("events");
  let edit = 0;
  news.addEventListener("message", async (event) => {
    const told = JSON.parse(event.data);
    if (told.edit !== edit) {
      edit = told.edit;
      refresh();
    } else {
      const answer = await fetch("checks");
      if (answer.ok) showChecks(await answer.json());
    }
  });
  news.addEventListener("error", () => {
    edit = 0;
    say("lost", "Not connected: is the preview still running?");
  });
}

const form = byId("controls");
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", choose);
form.addEventListener("input", (event) => {
  if (!["text", "number"].includes(event.target.type)) return;
  clearTimeout(typing);
  typing = setTimeout(() => choose(event), 300);
});
byId("reset").addEventListener("click", () => {
  options = {};
  formShown = "";
  refresh();
});
byId("widths").addEventListener("change", size);
byId("schemes").addEventListener("change", () => showHtml(byId("open-html").getAttribute("href")));
byId("zooms").addEventListener("change", zoom);
new ResizeObserver(size).observe(byId("html-desk"));
listen();
