//! Mistakes in the implementations that lead to every kind of verdict.

use super::places::Edit;

/// What it is called, the mistake, and a verdict that it gets somewhere, with its code.
pub(super) type Fault = (&'static str, Edit<'static>, &'static str);

const MESSAGES: &str = "rollwire_reference/messages.py";
const ADAPTER: &str = "adapter.py";
const CONVERTED: &str = "return {\"type\": message.name, \"fields\": values}";

/// Mistakes in the Python implementation.
pub(super) static IN_PYTHON: [Fault; 12] = [
    (
        "action_256",
        (
            MESSAGES,
            "            if type(action) is not int or not 0 <= action <= U8:",
            "            if type(action) is not int or not 0 <= action <= U8 + 1:",
        ),
        "error crash",
    ),
    (
        "trailing_bytes",
        (MESSAGES, "        if len(data) != length:", "        if len(data) < length:"),
        "error crash",
    ),
    (
        "upper_case_timestamp",
        (ADAPTER, "f\"{values['timestamp']:016x}\"", "f\"{values['timestamp']:016X}\""),
        "fail wrong_value",
    ),
    (
        "true_for_1",
        (
            ADAPTER,
            "{\"frame\": frame, \"action\": action}",
            "{\"frame\": frame, \"action\": action == 1 or action}",
        ),
        "fail wrong_value",
    ),
    (
        "a_surplus_field",
        (
            ADAPTER,
            CONVERTED,
            "return {\"type\": message.name, \"fields\": {**values, \"more\": 0}}",
        ),
        "fail wrong_value",
    ),
    (
        "a_missing_field",
        (
            ADAPTER,
            CONVERTED,
            "values.pop(\"frame\", None)\n    return {\"type\": message.name, \"fields\": values}",
        ),
        "fail wrong_value",
    ),
    (
        "fields_in_a_list",
        (ADAPTER, CONVERTED, "return {\"type\": message.name, \"fields\": [values]}"),
        "error malformed",
    ),
    (
        "a_whole_number_as_a_double",
        (
            ADAPTER,
            CONVERTED,
            "if \"frame\" in values:\n        values[\"frame\"] *= 1.0\n    return {\"type\": message.name, \"fields\": values}",
        ),
        "pass -",
    ),
    (
        "another_class",
        (
            MESSAGES,
            "raise Refusal(\"trailing\", text, length)",
            "raise Refusal(\"count\", text, length)",
        ),
        "weak wrong_class",
    ),
    (
        "an_unknown_class",
        (MESSAGES, "raise Refusal(\"count\", text, cls", "raise Refusal(\"counts\", text, cls"),
        "weak wrong_class",
    ),
    (
        "text_that_is_not_hex",
        (MESSAGES, "rest = characters.lstrip(HEX_DIGITS.encode(\"ascii\"))", "rest = b\"\""),
        "weak alternative",
    ),
    (
        "refuses_what_is_right",
        (
            MESSAGES,
            "        if len(data) != length:",
            "        if len(data) != length or data[-1] == 1:",
        ),
        "fail refused",
    ),
];

const CODEC: &str = "src/codec.mjs";
const MESSAGE: &str = "adapter/message.mjs";
const MADE: &str = "  return { type, fields };";

/// Mistakes in the JavaScript implementation. The module `faulty_javascript` has more, all of which fail.
pub(super) static IN_JAVASCRIPT: [Fault; 7] = [
    (
        "a_surplus_field",
        (MESSAGE, MADE, "  return { type, fields: { ...fields, more: 0 } };"),
        "fail wrong_value",
    ),
    (
        "an_undefined_field",
        (MESSAGE, MADE, "  return { type, fields: { ...fields, more: undefined } };"),
        "pass -",
    ),
    (
        "a_missing_field",
        (MESSAGE, MADE, "  delete fields.frame;\n  return { type, fields };"),
        "fail wrong_value",
    ),
    (
        "fields_in_a_list",
        (MESSAGE, MADE, "  return { type, fields: [fields] };"),
        "error malformed",
    ),
    (
        "another_class",
        (CODEC, "if (size > length) refuse(\"trailing\",", "if (size > length) refuse(\"count\","),
        "weak wrong_class",
    ),
    (
        "text_that_is_not_hex",
        (CODEC, "if (bad >= 0) refuse(\"text\",", "if (bad >= 8) refuse(\"text\","),
        "weak alternative",
    ),
    (
        "an_error_that_is_not_a_refusal",
        (CODEC, "if (size > length) refuse(\"trailing\",", "if (size > length) throw new Error("),
        "error crash",
    ),
];
