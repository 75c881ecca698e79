namespace Mlops.Targets;

public enum NoticeLevel
{
    Note,
    Warning,
    Error,
}

/// <summary>Something that a person should look at, with its place where it has one.</summary>
/// <param name="Id">Stable and searchable: <c>YAML-002</c>, <c>range:price</c>.</param>
/// <param name="File">Relative to the root with forward slashes, where it lies below it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record Notice(
    NoticeLevel Level, string Id, string Message, string? File = null, int? Line = null, int? Column = null)
{
    /// <summary>As compilers print it: <c>file(line,column): warning ID: message</c>.</summary>
    public override string ToString()
    {
        var position = (Line, Column) switch
        {
            (null, _) => "",
            (_, null) => $"({Line})",
            _ => $"({Line},{Column})",
        };
        var place = File is null ? "" : $"{File}{position}: ";
        return $"{place}{Level.ToString().ToLowerInvariant()} {Id}: {Message}";
    }

    internal Notice With(Func<string, string> text) =>
        this with { Id = text(Id), Message = text(Message), File = File is null ? null : text(File) };
}
