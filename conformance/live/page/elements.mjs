/** Makes elements. Whatever comes from outside becomes text, and nothing else. */

/** An element with a class and children, each of which is an element or a text. */
export function element(name, className = "", ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.map((it) => (it instanceof Node ? it : document.createTextNode(String(it)))));
  return made;
}

/** A button with this text. */
export function button(text, click) {
  const made = element("button", "", text);
  made.type = "button";
  made.addEventListener("click", click);
  return made;
}

/** Writes a text, unless it is there already: what is selected stays selected. */
export function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** A number with separators. */
export const number = (value) => Number(value).toLocaleString("en");

/** A count and its noun. */
export const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;
