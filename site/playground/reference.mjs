/**
 * The JavaScript implementation of this repository. Everything that the playground knows of the bytes
 * comes from here; in the built site, a copy of the implementation lies beside this file.
 */
export * from "../../conformance/implementations/javascript/src/index.mjs";
export { readJson } from "../../conformance/implementations/javascript/src/json.mjs";
