using System.Text;
using System.Text.Json;

namespace Mlops.Targets;

/// <summary>
/// A flat JSON object from parameter names to a text, number, truth value or an array of these. Comments and
/// trailing commas are let pass, <c>null</c> means not given, <c>$schema</c> is for editors.
/// </summary>
static class ParametersFile
{
    /// <param name="mistakes">Receives what is wrong with the file.</param>
    /// <returns>Empty if there is no such file.</returns>
    public static IReadOnlyDictionary<BuildParameter, GivenValue> Read(
        AbsolutePath path, string displayPath, AbsolutePath root, IReadOnlyList<BuildParameter> parameters,
        List<string> mistakes)
    {
        var values = new Dictionary<BuildParameter, GivenValue>();
        if (!File.Exists(path))
            return values;
        try
        {
            ReadObject(File.ReadAllBytes(path), displayPath, root, parameters, mistakes, values);
        }
        catch (JsonException exception)
        {
            mistakes.Add($"{displayPath}({exception.LineNumber + 1}): not well-formed JSON.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{displayPath}: {exception.Message}");
        }
        return values;
    }

    static void ReadObject(
        byte[] json, string displayPath, AbsolutePath root, IReadOnlyList<BuildParameter> parameters,
        List<string> mistakes, Dictionary<BuildParameter, GivenValue> values)
    {
        var start = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(
            json.AsSpan(start),
            new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            mistakes.Add($"{displayPath}: not a JSON object of parameters.");
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place =
                $"{displayPath}({1 + json.AsSpan(0, start + (int)reader.TokenStartIndex).Count((byte)'\n')})";
            var name = reader.GetString()!;
            reader.Read();
            var isGiven = reader.TokenType != JsonTokenType.Null;
            var texts = ReadTexts(ref reader);
            if (name == "$schema")
                continue;
            if (parameters.FirstOrDefault(one =>
                Names.Normalize(one.Name) == Names.Normalize(name)) is not { } parameter)
                mistakes.Add($"{place}: unknown parameter {name}.{Suggestion(name, parameters)}");
            else if (texts is null)
                mistakes.Add(
                    $"{place}: {parameter.Kebab} must be a text, a number, true, false "
                    + "or an array of these.");
            else if (isGiven)
                values[parameter] = new(texts, place, root);
        }
        while (reader.Read())
        {
        }
    }

    static string Suggestion(string name, IReadOnlyList<BuildParameter> parameters) =>
        Names.Suggestion(name, parameters.Where(one => one.IsListed).Select(one => one.Kebab));

    /// <summary>Null for objects and arrays within arrays; empty for <c>null</c>.</summary>
    static List<string>? ReadTexts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ReadText(ref reader) is { } text
                ? [text]
                : reader.TokenType == JsonTokenType.Null ? [] : null;
        var texts = new List<string>();
        var flat = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadText(ref reader) is { } item)
                texts.Add(item);
            else
                flat = false;
        }
        return flat ? texts : null;
    }

    static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
    }
}
