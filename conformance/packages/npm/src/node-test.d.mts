import type { Codec, Options } from "./index.mjs";

/**
 * Registers a test of node:test for each check of one topic, or of a list of topics.
 *
 * @throws {TypeError} if the codec is not complete
 * @throws {RangeError} for an unknown topic or revision, and if nothing would be checked
 */
export function vectors(names: string | readonly string[], codec: Codec, options?: Options): void;
