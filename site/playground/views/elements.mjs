/** Elements of the page. Whatever was pasted becomes text, and never markup. */

/**
 * Makes an element.
 * @param {string} name  the tag, and classes after points: `span.badge.bad`
 * @param {Record<string, unknown>} attributes  attributes, and listeners such as `onclick`
 * @param {...(Node | string | null | undefined | false)} children
 */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((it) => it !== null && it !== undefined && it !== false));
  return element;
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter((it) => it !== null && it !== undefined && it !== false));
}

/** A button that copies a text. */
export function copyButton(label, text) {
  const button = el("button.small", { type: "button", title: `Copy as ${label}` }, label);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = "copied";
    setTimeout(() => { button.textContent = label; }, 1200);
  });
  return button;
}

/** A choice between options, each a value or a value with its label. */
export function select(attributes, options, chosen) {
  return el("select", attributes, ...options.map((option) => {
    const [value, label] = Array.isArray(option) ? option : [option, option];
    return el("option", { value, selected: String(value) === String(chosen) }, String(label));
  }));
}
