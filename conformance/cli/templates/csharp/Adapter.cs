using System.Text;
using System.Text.Json;

/// <summary>
/// The adapter: reads a request from each line of standard input and answers it with one line.
/// <c>rollwire explain adapter.md</c> describes the protocol. Your code belongs in Codec.cs.
/// </summary>
internal static class Adapter
{
    private const long MaxId = (1L << 53) - 1;

    /// <summary>What rollwire may ask. Extend capabilities and messages with your implementation.</summary>
    private static readonly Dictionary<string, object?> Declared = new()
    {
        ["protocol"] = 1,
        ["impl"] = new { name = "my-implementation", version = "0.1.0", language = "C#" },
        ["capabilities"] = new[] { "decode", "encode" },
        ["messages"] = new[] { "state_hash" },
    };

    /// <summary>One function for each question. What is not here is answered with unsupported.</summary>
    private static readonly Dictionary<string, Func<JsonElement, object>> Questions = new()
    {
        ["hello"] = Hello,
        ["decode"] = Decode,
        ["encode"] = Encode,
    };

    private static object Hello(JsonElement request)
    {
        JsonElement offered = request.GetProperty("protocol");
        if (!offered.EnumerateArray().Any(it => Integer(it) == 1))
        {
            throw new FormatException("this adapter speaks only protocol 1");
        }
        return new Dictionary<string, object?>(Declared) { ["nonce"] = Text(request, "nonce") };
    }

    private static object Decode(JsonElement request)
    {
        StateHash message = Codec.Decode(Convert.FromHexString(Text(request, "hex")));
        return new { type = "state_hash", fields = new { frame = message.Frame, hash = Hex(message.Hash) } };
    }

    /// <summary>
    /// The fields may be wrong on purpose. What a StateHash cannot hold is refused in its place.
    /// </summary>
    private static object Encode(JsonElement request)
    {
        if (Text(request, "type") != "state_hash")
        {
            throw new Refusal("unknown_type", "only STATE_HASH is known");
        }
        JsonElement fields = request.GetProperty("fields");
        long frame = Integer(fields.GetProperty("frame"))
            ?? throw new Refusal("value", "the frame is not an integer");
        if (frame is < 0 or > uint.MaxValue)
        {
            throw new Refusal("range", "the frame is not a u32");
        }
        JsonElement hash = fields.GetProperty("hash");
        if (hash.ValueKind != JsonValueKind.String)
        {
            throw new Refusal("value", "the hash is not text");
        }
        string digits = hash.GetString()!;
        if (digits.Length != 16 || !digits.All(char.IsAsciiHexDigit))
        {
            throw new Refusal("text", "the hash is not 16 hex digits");
        }
        return new { hex = Hex(Codec.Encode(new StateHash((uint)frame, Convert.FromHexString(digits)))) };
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    /// <summary>An integer has no point and no exponent.</summary>
    private static long? Integer(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long integer) ? integer : null;

    private static string Text(JsonElement request, string name) =>
        request.GetProperty(name).GetString() ?? throw new FormatException($"`{name}` is null");

    /// <summary>
    /// The answer without its id. A refusal is an answer; every other exception is a defect.
    /// </summary>
    private static (string, object) Answer(JsonElement request)
    {
        try
        {
            return Questions.TryGetValue(Text(request, "op"), out Func<JsonElement, object>? question)
                ? ("ok", question(request))
                : ("unsupported", new { });
        }
        catch (Refusal refusal)
        {
            return ("reject", new Dictionary<string, string>
            {
                ["class"] = refusal.RefusalClass,
                ["message"] = refusal.Message,
            });
        }
        catch (Exception defect)
        {
            return ("error", new { message = defect.Message });
        }
    }

    /// <summary>A line without an id cannot be answered, and is only logged.</summary>
    private static void AnswerLine(string line, TextWriter output)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement request = document.RootElement;
            if (request.ValueKind == JsonValueKind.Object
                && request.TryGetProperty("id", out JsonElement member)
                && Integer(member) is long id and >= 0 and <= MaxId)
            {
                (string name, object content) = Answer(request);
                var answer = new Dictionary<string, object> { ["id"] = id, [name] = content };
                output.Write(JsonSerializer.Serialize(answer) + "\n");
                output.Flush();
                return;
            }
            Complain("the request has no id", line);
        }
        catch (JsonException notJson)
        {
            Complain(notJson.Message, line);
        }
    }

    private static void Complain(string fault, string line) =>
        Console.Error.WriteLine($"{fault}: {line[..Math.Min(200, line.Length)]}");

    /// <summary>Answers until the end of standard input, and exits with code 0.</summary>
    private static void Main()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var input = new StreamReader(Console.OpenStandardInput(), utf8);
        using var output = new StreamWriter(Console.OpenStandardOutput(), utf8);
        while (input.ReadLine() is string line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                AnswerLine(line, output);
            }
        }
    }
}
