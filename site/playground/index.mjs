/** The page of the playground by itself, without the site around it. */
import { start } from "./page.mjs";

start(document.getElementById("playground"));
