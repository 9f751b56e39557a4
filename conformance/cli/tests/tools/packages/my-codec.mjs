// A codec as the author of a test writes it down: the JavaScript library, with messages in the form
// of the vectors. It lies beside a copy of the implementation.

import * as library from "./src/index.mjs";
import { messageFromJson, messageToJson } from "./adapter/message.mjs";

export const decode = (datagram) => messageToJson(library.decode(datagram));
export const encode = (message) => library.encode(messageFromJson(message));
export const reencode = (datagram) => library.encode(library.decode(datagram));
export const Refused = library.Refusal;
