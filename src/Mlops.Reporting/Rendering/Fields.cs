using Scriban.Runtime;

namespace Mlops.Reporting.Rendering;

/// <summary>What templates see: named values and lists of them, never a .NET object of ours.</summary>
static class Fields
{
    public static ScriptObject Of(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var made = new ScriptObject(fields.Length);
        foreach (var (name, value) in fields)
            made[name] = value!;
        return made;
    }

    public static ScriptArray List<T>(IEnumerable<T> items, Func<T, object?> show)
    {
        var list = new ScriptArray();
        foreach (var item in items)
            list.Add(show(item)!);
        return list;
    }

    public static ScriptArray Sentences(IEnumerable<string> sentences) =>
        List(sentences, text => new Prose(text));
}
