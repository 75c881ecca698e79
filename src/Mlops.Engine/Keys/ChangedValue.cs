using System.Text.Json;

namespace Mlops.Engine;

/// <summary>A value before and now, each on one line and no longer than a person reads.</summary>
static class ChangedValue
{
    const int Longest = 60;

    /// <summary>How much of what long values share stands before the place where they part.</summary>
    const int Context = 20;

    /// <returns>As <c>31 → 64</c>. Of long values that begin alike: what stands where they part.</returns>
    public static string Between(JsonElement? before, JsonElement? now)
    {
        var (left, right) = (Text(before), Text(now));
        if (left == right)
            (left, right) = (Raw(before), Raw(now));
        var shared = left.AsSpan().CommonPrefixLength(right);
        var start = shared < Longest ? 0 : shared - Context;
        return $"{Cut(left, start)} → {Cut(right, start)}";
    }

    /// <remarks>Never between the halves of a character.</remarks>
    static string Cut(string text, int start)
    {
        var from = start > 0 && char.IsLowSurrogate(text[start]) ? start - 1 : start;
        var to = Math.Min(from + Longest, text.Length);
        if (to < text.Length && char.IsLowSurrogate(text[to]))
            to--;
        return $"{(from > 0 ? "…" : "")}{text[from..to]}{(to < text.Length ? "…" : "")}";
    }

    static string Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!.ReplaceLineEndings(" ")
        : Raw(element);

    /// <summary>With its quotes: the text <c>"1"</c> is not the number 1.</summary>
    static string Raw(JsonElement? element) => element?.GetRawText() ?? "(none)";
}
