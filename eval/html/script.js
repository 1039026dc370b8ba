"use strict";
// Hides the cases that the filters leave out, and tells how many are left.
const cases = [...document.querySelectorAll(".case")].map((element) => ({ element, text: element.textContent.toLowerCase() }));
const value = (id) => document.getElementById(id)?.value ?? "";
function filter() {
  const wanted = ["verdict", "kind", "language"].map((name) => [name, value(`by-${name}`)]);
  const text = value("by-text").trim().toLowerCase();
  let shown = 0;
  for (const one of cases) {
    const fits = wanted.every(([name, chosen]) => !chosen || one.element.dataset[name] === chosen) && one.text.includes(text);
    one.element.hidden = !fits;
    shown += fits;
  }
  document.getElementById("shown").textContent = shown;
}
document.getElementById("filter").addEventListener("input", filter);
document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
filter();
