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
    status.textContent = `${cases} ${cases === 1 ? "case" : "cases"}, ${parts} of ${failures.length} details shown`;
  };
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.scrollIntoView();
    }
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  addEventListener("hashchange", open);
  filter();
  open();
}
