export { tapPage } from "./page.mjs";
export { Tap, tapChannel } from "./tap.mjs";
