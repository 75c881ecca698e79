using Mlops.Engine;

/// <summary>
/// What the last run of the same request said, when it had nothing to do. While all that it looked at still stands,
/// this run says the same and is done.
/// </summary>
/// <param name="Targets">One line for each target that brought steps; empty where it had none of its own.</param>
/// <param name="Plan">One line for each step, all of them up to date.</param>
sealed record Standing(IReadOnlyList<string> Targets, IReadOnlyList<CountLine> Summary, IReadOnlyList<string> Plan)
{
    /// <summary>Lines of text; a name ends at the first tab, and the plan begins after an empty line.</summary>
    public string Text =>
        string.Join('\n', [.. Targets, .. Summary.Select(line => $"{line.Name}\t{line.Text}"), "", .. Plan]);

    /// <param name="refresh">Whether something may be noted, so that it is found faster next time.</param>
    /// <returns>Null if there is none, or something that it looked at has changed.</returns>
    public static Standing? Find(string workspaceDirectory, string request, int targets, bool refresh)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (Snapshot.Find(workspaceDirectory, request, Environment.GetEnvironmentVariable) is not { } snapshot)
            return null;
        if (refresh && snapshot.HasTouched)
            snapshot.Refresh(now);
        var lines = snapshot.Text.Split('\n');
        var plan = Array.IndexOf(lines, "", targets);
        var summary = new List<CountLine>();
        foreach (var line in lines.AsSpan(targets..plan))
            summary.Add(new CountLine(line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]));
        return new Standing(lines[..targets], summary, lines[(plan + 1)..]);
    }
}
