/** The answers on their way to standard output. */

const SIZE = 2 ** 16; // bytes: what a pipe holds

/**
 * Collects the answers, because one write for each would take more time. It does not wait for many,
 * so that the kit can read the first ones meanwhile.
 */
export class Output {
  #stream;
  #buffer = Buffer.allocUnsafe(SIZE);
  #used = 0; // bytes of the buffer

  constructor(stream) {
    this.#stream = stream;
  }

  add(text) {
    const most = 3 * text.length; // bytes of UTF-8
    if (this.#used + most > SIZE) this.flush();
    if (most > SIZE) this.#stream.write(text);
    else this.#used += this.#buffer.write(text, this.#used);
  }

  /** Writes what has been collected. The stream may keep the buffer, so the next one is new. */
  flush() {
    if (this.#used === 0) return;
    this.#stream.write(this.#buffer.subarray(0, this.#used));
    this.#buffer = Buffer.allocUnsafe(SIZE);
    this.#used = 0;
  }
}
