/** Copies texts, also where the clipboard cannot be written. */
import { button, element, write } from "./elements.mjs";

/** Whether the text is in the clipboard now. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // the browser or the user does not allow it
  }
}

/** A button that copies a violation as a file, and what is said about it. */
export class CaseButton {
  #status = element("span", "quiet");
  #text = element("pre", "case");
  #address;
  element;

  /** @param {string} address where the server has the file */
  constructor(address) {
    this.#address = address;
    this.#status.setAttribute("role", "status");
    this.#text.hidden = true;
    this.#text.tabIndex = 0;
    const click = () => this.#copy();
    this.element = element("div", "copying", button("Copy as case", click), this.#status, this.#text);
    this.element.hidden = true;
  }

  /** Whether there is a file. */
  show(isThere) {
    this.element.hidden = !isThere;
  }

  async #copy() {
    let file;
    try {
      const response = await fetch(this.#address);
      if (!response.ok) throw new Error(await response.text());
      file = await response.json();
    } catch (error) {
      write(this.#status, `It could not be read: ${error.message}`);
      return;
    }
    const isCopied = await copy(file.text);
    const verb = isCopied ? "It is in the clipboard" : "Copy the text below";
    write(this.#status, `${verb}. Save it as ${file.name}, and run: ${file.command}`);
    write(this.#text, file.text);
    this.#text.hidden = false;
  }
}
