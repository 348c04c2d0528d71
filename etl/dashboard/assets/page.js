"use strict";
// All that the pages can do beyond plain HTML: suggest counties, filter rows, save a view as a picture.
// Nothing is requested from anywhere; counties.js is a file beside the pages. Every page works without this script.

const body = document.body.dataset;

// ---- counties: by code, name of any time, short name, pinyin or its initials (as etl/dashboard/pages/search.py) ----

const folded = (text) => text.toLowerCase().replace(/ü/g, "v").normalize("NFD").replace(/[’'`-]|[\u0300-\u036f]/g, "");

let waiting = null;
function counties() {
  waiting ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = body.root + "counties.js";
    script.onload = () => resolve(window.goujiCounties.map(([code, name, place, years, keys, spelled, isKnown]) =>
      ({ code, name, place, years, spelled, isKnown, keys: [code, ...keys.split(" ")] })));
    script.onerror = reject;
    document.head.append(script);
  });
  return waiting;
}

function rank(county, word) {
  if (county.keys.includes(word) || county.place.includes(word) || county.spelled.includes(word)) return 0;
  if (county.keys.some((key) => key.startsWith(word))) return 1;
  return county.keys.some((key) => key.includes(word)) ? 2 : null;
}

function found(all, asked, most) {
  const words = folded(asked).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const ranked = [];
  for (const county of all) {
    const ranks = words.map((word) => rank(county, word));
    if (!ranks.includes(null)) ranked.push([ranks.reduce((sum, one) => sum + one), county]);
  }
  ranked.sort((one, other) => one[0] - other[0] || (one[1].code < other[1].code ? -1 : 1));
  return ranked.slice(0, most).map(([, county]) => county);
}

function entry(county) {
  const isThere = county.isKnown || !body.suffix;  // files are written only where something is known
  const link = document.createElement(isThere ? "a" : "span");
  if (isThere) link.href = `${body.root}${body.lang}/county/${county.code}${body.suffix}`;
  link.textContent = county.name;
  const note = document.createElement("small");
  note.textContent = [county.code, county.place, county.years, isThere ? "" : body.unknown].filter(Boolean).join(" · ");
  link.append(" ", note);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

for (const form of document.querySelectorAll("form.search")) {
  const input = form.querySelector("input");
  const list = form.querySelector(".suggestions");
  const close = () => { list.hidden = true; list.replaceChildren(); };
  const suggest = async () => {
    const asked = input.value;
    const items = asked.trim() ? found(await counties(), asked, 12).map(entry) : [];
    if (asked !== input.value) return;
    list.replaceChildren(...items);
    list.hidden = !items.length;
  };
  input.addEventListener("focus", () => counties().catch(() => {}), { once: true });
  input.addEventListener("input", () => suggest().catch(close));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); input.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) { stops[next].focus(); event.preventDefault(); }
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
}

const results = document.getElementById("results");
const asked = new URLSearchParams(location.search).get("q");
if (results && asked && body.suffix) {  // of files: no server has looked
  document.querySelector("form.search input").value = asked;
  counties().then((all) => {
    const items = found(all, asked, 50).map(entry);
    const list = document.createElement(items.length ? "ul" : "p");
    list.className = items.length ? "plain" : "empty";
    items.length ? list.append(...items) : list.append(body.noMatch);
    results.replaceChildren(list);
  });
}

// ---- filters: rows carry data-…, fields name them; what is set stands in the address ----

for (const form of document.querySelectorAll("form[data-filters]")) {
  const target = document.getElementById(form.dataset.filters);
  const rows = [...target.querySelectorAll("[data-text]")];
  const fields = [...form.querySelectorAll("[data-filter]")];
  const year = form.querySelector("[data-filter-year]");
  const count = form.querySelector("output");
  const matches = (row, field) => {
    const name = field.dataset.filter;
    const value = field.value.trim();
    if (!value) return true;
    if (name === "text") return folded(value).split(/\s+/).every((word) => folded(row.dataset.text).includes(word));
    const values = (row.dataset[name] ?? "").split(" ").filter(Boolean);
    if (name === "states" && year?.value) return values[year.selectedIndex ? values.length - year.selectedIndex : 0] === value;
    return row.dataset[name] === value || values.includes(value);
  };
  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fields.every((field) => matches(row, field));
      shown += !row.hidden;
    }
    for (const group of target.querySelectorAll("tbody:has(.over)")) group.hidden = !group.querySelector("[data-text]:not([hidden])");
    count.textContent = count.dataset.count.replace("{shown}", shown).replace("{all}", rows.length);
  };
  const named = [...fields, ...(year ? [year] : [])];
  const keyOf = (field) => field.dataset.filter ?? "year";
  const given = new URLSearchParams(location.hash.slice(1));
  for (const field of named) if (given.has(keyOf(field))) field.value = given.get(keyOf(field));
  form.addEventListener("input", () => {
    apply();
    const kept = new URLSearchParams(named.filter((field) => field.value).map((field) => [keyOf(field), field.value]));
    history.replaceState(null, "", `#${kept}`);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}

// ---- pictures: a chart or a table drawn on a canvas, in the reader's own fonts and colours ----

const SCALE = 2;
const LONGEST = 8000;

function canvasOf(width, height) {
  const scale = Math.min(SCALE, LONGEST / width, LONGEST / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, width, height);
  return [canvas, pen];
}

function isSeen(node, within) {
  for (let one = node.parentElement; one && one !== within; one = one.parentElement) {
    if (one.classList.contains("hidden") || one.hidden || one.tagName === "title") return false;
  }
  return true;
}

function writeTexts(pen, element, left, top) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !isSeen(node, element) || node.parentElement.closest("svg, button, form")) continue;
    const style = getComputedStyle(node.parentElement);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.textBaseline = "middle";
    let line = "", box = null;
    const write = () => { if (box && line.trim()) pen.fillText(line.replace(/\s+/g, " "), box.left - left, (box.top + box.bottom) / 2 - top); };
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const here = range.getClientRects()[0];
      if (!here || !here.width) continue;
      if (!box || Math.abs(here.top - box.top) > here.height / 2) { write(); line = ""; box = here; }
      line += node.data[at];
    }
    write();
  }
}

function drawTable(table) {
  const frame = table.getBoundingClientRect();
  const [canvas, pen] = canvasOf(frame.width, frame.height);
  for (const cell of table.querySelectorAll("th, td")) {
    const box = cell.getBoundingClientRect();
    if (!box.width) continue;
    const style = getComputedStyle(cell);
    pen.fillStyle = style.backgroundColor;
    pen.fillRect(box.left - frame.left, box.top - frame.top, box.width, box.height);
    pen.fillStyle = style.borderBottomColor;
    pen.fillRect(box.left - frame.left, box.bottom - frame.top - 1, box.width, 1);
  }
  writeTexts(pen, table, frame.left, frame.top);
  return Promise.resolve(canvas);
}

const DRAWN = ["fill", "stroke", "stroke-width", "font-size", "font-family", "font-weight"];

async function drawFigure(figure) {
  const frame = figure.getBoundingClientRect();
  const [canvas, pen] = canvasOf(frame.width, frame.height);
  for (const svg of figure.querySelectorAll("svg")) {
    const copy = svg.cloneNode(true);
    const originals = [svg, ...svg.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((one, at) => {
      const style = getComputedStyle(originals[at]);
      for (const name of DRAWN) one.setAttribute(name, style.getPropertyValue(name));
    });
    const box = svg.getBoundingClientRect();
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    await image.decode();
    pen.drawImage(image, box.left - frame.left, box.top - frame.top, box.width, box.height);
  }
  writeTexts(pen, figure, frame.left, frame.top);
  return canvas;
}

for (const button of document.querySelectorAll("button[data-png]")) {
  const target = document.getElementById(button.dataset.png);
  if (!target) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const table = target.matches("figure") ? null : target.querySelector("table");
    const before = [target.scrollLeft, target.scrollTop];
    target.scrollTo(0, 0);  // headings that stay in view stand in their places then
    const canvas = await (table ? drawTable(table) : drawFigure(target));
    target.scrollTo(...before);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${button.dataset.name}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  });
}

// ---- tables of years: where not all fit, the last ones are shown first ----

for (const table of document.querySelectorAll("table.heat, table.matrix")) {
  const last = table.tHead.rows[0].lastElementChild;
  const frame = table.closest(".scroll");
  if (frame && /^\d{4}$/.test(last.textContent.trim())) frame.scrollLeft = frame.scrollWidth;
}
