using Mlops.Engine;

/// <summary>
/// What the last run of the same request said, when it had nothing to do. While all that it looked at still stands,
/// this run says the same and is done.
/// </summary>
/// <param name="Targets">One line for each target that brought steps; empty where it had none of its own.</param>
sealed record Standing(IReadOnlyList<string> Targets, IReadOnlyList<CountLine> Summary)
{
    /// <summary>Lines of text; a name ends at the first tab.</summary>
    public string Text => string.Join('\n', Targets.Concat(Summary.Select(line => $"{line.Name}\t{line.Text}")));

    /// <returns>Null if there is none, or something that it looked at has changed.</returns>
    public static Standing? Find(string workspaceDirectory, string request, int targets)
    {
        if (Snapshot.Find(workspaceDirectory, request, Environment.GetEnvironmentVariable) is not { } snapshot)
            return null;
        var lines = snapshot.Text.Split('\n');
        var summary = new List<CountLine>();
        foreach (var line in lines.AsSpan(targets))
            summary.Add(new CountLine(line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]));
        return new Standing(lines[..targets], summary);
    }
}
