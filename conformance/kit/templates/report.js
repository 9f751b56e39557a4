"use strict";
// Shows the cases and failures that contain the text and have a selected verdict. Without JavaScript
// everything is shown.
const form = document.getElementById("filters");
if (form) {
  const text = document.getElementById("text");
  const status = document.getElementById("shown");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const verdict = (element) => boxes.map((box) => box.value).find((name) => element.classList.contains(name));
  const failures = [...document.querySelectorAll(".failure")].map((element) =>
    ({ element, verdict: verdict(element), text: element.textContent.toLowerCase() }));
  const byLink = new Map(failures.map((failure) => ["#" + failure.element.id, failure.text]));
  // The text of the first failure of a case counts as text of the case.
  const about = (cell) => byLink.get(cell.getAttribute("href")) ?? "";
  const rules = [...document.querySelectorAll(".rule")].map((element) => ({
    element,
    text: element.querySelector("code").textContent.toLowerCase(),
    cells: [...element.querySelectorAll(".cell")].map((cell) =>
      ({ element: cell, verdict: verdict(cell), text: cell.title.toLowerCase() + "\n" + about(cell) })),
  }));
  // What holds failures, the innermost first.
  const holders = [...document.querySelectorAll(".findings, .group, .more")].reverse();
  const grouped = (number) => Number(number).toLocaleString("en-US");
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const has = (haystack) => words.every((word) => haystack.includes(word));
    let cases = 0;
    for (const rule of rules) {
      let any = false;
      for (const cell of rule.cells) {
        // A verdict that has no box cannot be deselected.
        const shown = (!cell.verdict || chosen.has(cell.verdict)) && has(rule.text + "\n" + cell.text);
        cell.element.hidden = !shown;
        any ||= shown;
        cases += shown;
      }
      rule.element.hidden = !any;
    }
    let parts = 0;
    for (const failure of failures) {
      const shown = (!failure.verdict || chosen.has(failure.verdict)) && has(failure.text);
      failure.element.hidden = !shown;
      parts += shown;
    }
    for (const holder of holders) {
      const inside = [...holder.querySelectorAll(".failure, .names")];
      const names = (element) => element.matches(".names") && words.length === 0;
      holder.hidden = !inside.some((element) => names(element) || element.matches(".failure:not([hidden])"));
      // What was looked for is shown, unless that is half of the page.
      if (words.length > 0 && parts <= 100 && holder.tagName === "DETAILS") holder.open = true;
    }
    status.textContent =
      `${grouped(cases)} ${cases === 1 ? "case" : "cases"}, ${grouped(parts)} of ${grouped(form.dataset.details)} details shown`;
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  filter();
}
// A link to something that is folded opens it.
const reveal = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let part = target; part; part = part.parentElement) {
    if (part.tagName === "DETAILS") part.open = true;
  }
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
