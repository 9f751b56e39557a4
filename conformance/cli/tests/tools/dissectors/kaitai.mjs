// Compiles descriptions for Kaitai Struct, and parses datagrams with the parsers in JavaScript.
//
// node kaitai.mjs TOOLS FOLDER reads FOLDER/plan.json, and writes the parsers and FOLDER/javascript.json.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [tools, folder] = process.argv.slice(2).map((path) => resolve(path));
// The compiler, its reader of YAML and the runtime are installed outside of the repository.
const load = createRequire(join(tools, "package.json"));
const compiler = load("kaitai-struct-compiler");
const KaitaiStream = load("kaitai-struct").KaitaiStream ?? load("kaitai-struct/KaitaiStream");
const yaml = load("yaml");

const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const member = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

// The value of a field in the JSON of the vectors.
function valueOf(message, { name, kind, entry }) {
  const own = message[member(name)];
  switch (kind) {
    case "RawHash":
      return hex(own);
    case "Double":
      return hex(message[member(`${name}_bits`)]);
    case "Entries":
      return own.map((it) => Object.fromEntries(entry.map((inner) => [inner, it[member(inner)]])));
    default:
      return own;
  }
}

function answer(Parser, messages, bytes) {
  try {
    const parsed = new Parser(new KaitaiStream(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
    const { name, fields } = messages[parsed.type];
    const values = fields.map((field) => [field.name, valueOf(parsed.fields, field)]);
    return { value: { type: name, fields: Object.fromEntries(values) } };
  } catch (error) {
    // A fault of this script is not a refusal.
    if (!/^(EOFError|Validation\w*Error)$/.test(error.name)) {
      throw error;
    }
    return { refused: error.name };
  }
}

const answers = [];
for (const [number, { description, messages, datagrams }] of plan.entries()) {
  const tree = yaml.parse(description);
  const inPython = await compiler.compile("python", tree, null, false);
  mkdirSync(join(folder, String(number)));
  writeFileSync(join(folder, String(number), "parser.py"), inPython["rollwire.py"]);

  const inJavaScript = await compiler.compile("javascript", tree, null, false);
  const path = join(folder, String(number), "Rollwire.cjs");
  writeFileSync(path, inJavaScript["Rollwire.js"].replaceAll("'kaitai-struct/KaitaiStream'", "process.env.KAITAI"));
  process.env.KAITAI = load.resolve("kaitai-struct/KaitaiStream");
  const { Rollwire } = load(path);
  answers.push(datagrams.map((datagram) => answer(Rollwire, messages, Buffer.from(datagram, "hex"))));
}
writeFileSync(join(folder, "javascript.json"), JSON.stringify(answers));
