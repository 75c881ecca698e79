using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// The fields of a JSON object that was written without blanks. Where a value ends is found without reading
/// it: most of a trace are its records, and few are asked for.
/// </summary>
ref struct CompactFields(ReadOnlySpan<byte> json)
{
    static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]"u8);

    readonly ReadOnlySpan<byte> json = json;
    int at;

    /// <summary>Goes on to the next field; false behind the last.</summary>
    /// <exception cref="JsonException">It is no such object.</exception>
    public bool Next(out string name, out Range value)
    {
        (name, value) = ("", default);
        var isEnd = at > 0 && Here == '}';
        Take(at == 0 ? '{' : isEnd ? '}' : ',');
        if (isEnd)
            return at == json.Length ? false : throw Malformed();
        var start = at;
        at = EndOfText(start);
        name = Encoding.UTF8.GetString(json[(start + 1)..(at - 1)]);
        Take(':');
        value = at..EndOf(at);
        at = value.End.Value;
        return true;
    }

    readonly byte Here => at < json.Length ? json[at] : throw Malformed();

    void Take(char mark)
    {
        if (Here != mark)
            throw Malformed();
        at++;
    }

    readonly int EndOf(int start)
    {
        var first = start < json.Length ? json[start] : (byte)0;
        if (first == '"')
            return EndOfText(start);
        if (first is not ((byte)'{' or (byte)'['))
            return start + Found(json[start..].IndexOfAny((byte)',', (byte)'}'));
        var (end, depth) = (start, 0);
        do
        {
            end += Found(json[end..].IndexOfAny(Marks));
            depth += json[end] switch { (byte)'{' or (byte)'[' => 1, (byte)'}' or (byte)']' => -1, _ => 0 };
            end = json[end] == '"' ? EndOfText(end) : end + 1;
        }
        while (depth > 0);
        return end;
    }

    readonly int EndOfText(int start)
    {
        if (start >= json.Length || json[start] != '"')
            throw Malformed();
        var end = start + 1;
        while (json[end += Found(json[end..].IndexOfAny((byte)'"', (byte)'\\'))] == '\\')
            end += 2;
        return end + 1;
    }

    static int Found(int index) => index >= 0 ? index : throw Malformed();

    static JsonException Malformed() => new("There is no object without blanks.");
}
